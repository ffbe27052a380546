"""Wallets and histories that do not answer, or answer nonsense: gaps, and never a wrong figure."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.core.model.holdings import EventKind
from backend.core.model.instants import HOUR_MS
from backend.core.ports import Exchange
from backend.tests.database_places import copy_database
from backend.tests.fakes import CutExchange
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of
from backend.tests.integration.services.test_snapshots import BROKEN
from backend.tests.integration.services.test_wallets_in_the_ledger import bourse_time, rows_agree, slots, to_next_hour

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
FUNDING_FAILS = "/sapi/v1/asset/get-funding-asset"


def test_an_hour_without_a_wallet_is_a_gap_and_no_cliff(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="1000", ETH="2")
    bourse.do("transfer", **{"from": "spot", "to": "funding"}, asset="ETH", amount="1.5", at="2026-05-26T00:00:00Z")
    rig = make_rig(bourse)
    rig.step()
    to_next_hour(bourse)
    rig.step()
    before, events = rig.rows(), rig.events()
    bourse.break_answers("http_500", match=FUNDING_FAILS)
    missed = [to_next_hour(bourse)]
    rig.step()
    # What happens meanwhile: money that leaves and comes, through the gap.
    bourse.pass_s(600)
    at = bourse_time(bourse)
    bourse.do("deposit", asset="ETH", amount="0.5", at=at)
    bourse.do("transfer", **{"from": "funding", "to": "spot"}, asset="ETH", amount="0.25")
    missed.append(to_next_hour(bourse))
    rig.step()
    assert [row.at_ms for row in rig.rows()] == [row.at_ms for row in before]
    # The flow is listed, and nothing waits for the wallet.
    assert [flow.at_ms for flow in rig.flows() if flow.status == "exact"][-1] == ms_of(at)
    assert rig.sync().dirty_from_ms is None
    assert [event.kind for event in rig.events()] == [*(event.kind for event in events), EventKind.DEPOSIT]
    assert rig.sync().unreconciled == ()
    bourse.calm_down()
    again = to_next_hour(bourse)
    rig.step()
    found = slots(rig)
    assert not set(missed) & set(found)
    assert again in found
    assert rig.tracker.statistics(None).missing == len(missed)
    last_before = missed[0] - HOUR_MS
    assert rig.tracker.history(0, 500, None).gaps == [(last_before, again)]
    # Flows and returns go through it exactly.
    assert [row.at_ms for row in rig.rows() if row.flow and row.at_ms > last_before] == [ms_of(at)]
    rows_agree(rig)
    window = rig.tracker.window(0, None)
    assert window.figures is not None
    assert (window.figures.status, window.figures.reason) == ("exact", None)
    # A rebuild of the past does not fill it either.
    bourse.do("deposit", asset="USDT", amount="10", at="2026-05-27T00:00:01Z")
    rig.step()
    assert slots(rig) == found
    rows_agree(rig)


def test_a_first_import_waits_for_the_wallets_and_calls_nothing_unexplained(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="1000", ETH="2")
    bourse.do("transfer", **{"from": "spot", "to": "funding"}, asset="ETH", amount="1.5", at="2026-05-26T00:00:00Z")
    rig = make_rig(bourse)
    bourse.break_answers("http_500", match=FUNDING_FAILS)
    for _ in range(2):
        rig.step()
        bourse.pass_s(600)
    assert rig.rows() == []
    assert (rig.sync().import_complete, rig.sync().unreconciled) == (False, ())
    bourse.calm_down()
    rig.step()
    assert {event.kind for event in rig.events()} == {EventKind.DEPOSIT}
    assert rig.sync().import_complete
    rows_agree(rig)


def test_a_history_of_income_that_does_not_answer_makes_nothing_unexplained(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="1000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("reward", asset="ADA", amount="25", kind="airdrop")
    bourse.break_answers("http_500", match="assetDividend")
    missed = to_next_hour(bourse)
    valuation = rig.step()
    # The wallets are worth showing all the same.
    assert valuation.total == bourse.value_before(bourse.now_ms())
    assert rig.sync().unreconciled == ()
    bourse.calm_down()
    to_next_hour(bourse)
    rig.step()
    assert missed not in slots(rig)
    assert {flow.source for flow in rig.flows()} == {"deposit"}
    rows_agree(rig)


def test_a_history_that_fails_does_not_keep_the_others_from_telling(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="1000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="50")
    rig.step()
    bourse.break_answers("http_500", match="assetDividend")
    bourse.do("reward", asset="USDT", amount="0.5", kind="bonus", wallet="usdm")
    hour = to_next_hour(bourse)
    rig.step()
    assert rig.events()[-1].kind is EventKind.REWARD
    assert hour in slots(rig)
    rows_agree(rig)


def test_an_import_of_income_cut_off_at_any_call_reads_the_same_in_the_end(
    open_bourse: OpenBourse, make_rig: MakeRig, empty_database: Path, tmp_path: Path
) -> None:
    """Months of rewards and futures. A dozen starts: more would use up the minute's budget of the dear histories."""
    bourse = open_bourse("2026-01-10T10:00:00Z", USDT="50000", ADA="1000")
    bourse.do(
        "transfer", **{"from": "spot", "to": "earn_flexible"}, asset="ADA", amount="400", at="2026-01-12T00:00:00Z"
    )
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="20000", at="2026-01-12T00:00:00Z")
    for day in range(3, 30, 2):
        at = f"2026-0{1 + day % 5}-{day:02}T00:00:10Z"
        if at > "2026-01-12":
            bourse.do("reward", asset="ADA", amount=f"0.{day}", kind="REALTIME", wallet="earn_flexible", at=at)
            bourse.do("reward", asset="ADA", amount=f"1.{day}", kind="airdrop", at=at)
    for side, at in (("BUY", "2026-04-25T08:30:00Z"), ("SELL", "2026-04-27T09:30:00Z")):
        bourse.do("trade", market="usdm", symbol="BTCUSDT", side=side, quantity="0.5", at=at)
    whole = tmp_path / "whole.db"
    copy_database(empty_database, whole)
    plain = make_rig(bourse, file=whole)
    plain.step()
    rig = make_rig(bourse)
    cuts = 0

    def cutting(exchange: Exchange) -> CutExchange:
        return CutExchange(exchange, 2 + 5 * cuts)

    rig.wrap = cutting
    while not rig.try_step():
        cuts += 1
    assert cuts >= 8
    assert rig.sync().import_complete
    assert rig.events() == plain.events()
    assert {event.kind for event in rig.events()} == {
        EventKind.DEPOSIT, EventKind.REWARD, EventKind.FUNDING, EventKind.FUTURES_FEE, EventKind.FUTURES_RESULT,
    }  # fmt: skip
    assert (rig.sync().unreconciled, plain.sync().unreconciled) == ((), ())
    for one in (rig, plain):
        one.wrap = lambda exchange: exchange
        one.step()
        one.agree()
    # Read again, it is recorded once.
    assert rig.events() == plain.events()


@pytest.mark.parametrize("seed", [3, 4])
def test_broken_answers_of_every_wallet_leave_gaps_and_never_a_wrong_figure(
    open_bourse: OpenBourse, make_rig: MakeRig, seed: int
) -> None:
    bourse = open_bourse(USDT="9000", ADA="500", ETH="1")
    for wallet in ("funding", "usdm", "earn_flexible", "margin"):
        bourse.do("transfer", **{"from": "spot", "to": wallet}, asset="USDT", amount="1000", at="2026-05-26T00:00:00Z")
    rig = make_rig(bourse, timeout_s=0.3)
    rig.step()
    chance = random.Random(seed)
    bourse.break_answers(*BROKEN, p=0.2, seed=seed)
    for turn in range(8):
        rig.try_step()
        source, target = chance.sample(("spot", "funding", "usdm", "earn_flexible", "margin"), 2)
        bourse.do("transfer", **{"from": source, "to": target}, asset="USDT", amount="100")
        if turn % 3 == 0:
            bourse.do("reward", asset="ADA", amount="1.5", kind="airdrop")
            bourse.do("reward", asset="USDT", amount="0.25", kind="bonus", wallet="usdm")
        if turn % 3 == 1:
            bourse.do("deposit", asset="ETH", amount="0.1")
        bourse.pass_s(1800)
    bourse.calm_down()
    bourse.pass_s(400)
    rig.step()
    to_next_hour(bourse)
    rig.step()
    assert {flow.source for flow in rig.flows()} == {"deposit"}
    assert {flow.status for flow in rig.flows()} == {"exact"}
    assert rig.sync().unreconciled == ()
    rows_agree(rig)
