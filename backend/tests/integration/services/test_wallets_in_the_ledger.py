"""Value, flows and returns while money stands in several wallets; the judge is the exchange's ledger and candles."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.core.model.holdings import EventKind
from backend.core.model.instants import HOUR_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.ports import Exchange
from backend.tests.fakes import CutExchange
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of
from backend.tests.integration.services.test_snapshots import BROKEN

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
ALL = ("spot", "funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")
FUNDING_FAILS = "/sapi/v1/asset/get-funding-asset"


def rows_agree(rig: Rig) -> None:
    """Every slot is worth what the exchange's ledger and candles give, and nothing is in doubt."""
    for row in rig.rows():
        assert (row.status, row.reason) == ("exact", None)
        assert row.value == rig.bourse.value_before(row.at_ms), row.at_ms
    rig.agree()


def slots(rig: Rig) -> list[int]:
    return [row.at_ms for row in rig.rows() if row.at_ms % HOUR_MS == 0]


def to_next_hour(bourse: Bourse, seconds_past: int = 5) -> int:
    """Let the clock pass the next full hour; returns that hour."""
    now = bourse.now_ms()
    hour = (now // HOUR_MS + 1) * HOUR_MS
    bourse.pass_s((hour - now) // 1000 + seconds_past)
    return hour


def test_a_move_between_own_wallets_needs_no_event_and_changes_no_figure(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BTC="0.4")
    rig = make_rig(bourse)
    rig.step()
    events = rig.events()
    for source, target in zip(ALL, (*ALL[1:], "spot"), strict=True):
        bourse.do("transfer", **{"from": source, "to": target}, asset="USDT", amount="1234.5")
        bourse.pass_s(1800)
        rig.step()
    assert rig.events() == events
    assert rig.sync().unreconciled == ()
    rows_agree(rig)


@pytest.mark.parametrize("seed", [1, 2])
def test_any_number_of_moves_leaves_every_row_as_it_is_without_them(
    open_bourse: OpenBourse, make_rig: MakeRig, empty_database: Path, tmp_path: Path, seed: int
) -> None:
    """Two accounts with one history, one of which moves its money about: bit for bit the same rows."""
    chance = random.Random(seed)
    still, moving = (open_bourse(USDT="5000", ETH="2") for _ in range(2))
    moving.simulator = still.simulator
    files = []
    for name in ("still", "moving"):
        file = tmp_path / f"{name}.db"
        file.write_bytes(empty_database.read_bytes())
        files.append(file)
    rigs = [make_rig(one, file=file) for one, file in zip((still, moving), files, strict=True)]
    held = {"spot": 5000}
    for turn in range(8):
        for _ in range(chance.randint(0, 4)):
            source = chance.choice([wallet for wallet, amount in held.items() if amount])
            target = chance.choice([wallet for wallet in ALL if wallet != source])
            amount = chance.randint(1, held[source])
            moving.do("transfer", **{"from": source, "to": target}, asset="USDT", amount=str(amount))
            held[source] -= amount
            held[target] = held.get(target, 0) + amount
        if turn in (2, 5):
            at = bourse_time(still)
            for one in (still, moving):
                one.do("deposit", asset="ETH", amount="0.25", at=at)
        still.pass_s(2400)
        for rig in rigs:
            rig.step()
    told = [[figures(row) for row in rig.rows()] for rig in rigs]
    until = min(rows[-1][0] for rows in told)
    assert [row for row in told[0] if row[0] <= until] == [row for row in told[1] if row[0] <= until]
    assert rigs[1].sync().unreconciled == ()


def bourse_time(bourse: Bourse) -> str:
    now: str = bourse.simulator.control("/sim/clock")["now"]
    return now


def figures(row: SnapshotRow) -> tuple[Any, ...]:
    return row.at_ms, row.value, row.flow, row.growth_index.hex(), row.pnl, row.status, row.composition


def test_income_and_costs_of_every_wallet_are_no_flows(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", ADA="1000", BTC="0.5")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("transfer", **{"from": "spot", "to": "earn_flexible"}, asset="ADA", amount="400")
    bourse.do("transfer", **{"from": "spot", "to": "earn_locked"}, asset="ADA", amount="300")
    bourse.do("transfer", **{"from": "spot", "to": "margin"}, asset="USDT", amount="1000")
    rig.step()
    bourse.do("reward", asset="ADA", amount="25", kind="airdrop")
    bourse.do("reward", asset="ADA", amount="0.125", kind="REALTIME", wallet="earn_flexible")
    bourse.do("reward", asset="ADA", amount="0.5", kind="locked", wallet="earn_locked")
    bourse.do("reward", asset="USDT", amount="7", kind="locked bonus")
    bourse.do("event", kind="borrow", asset="USDT", amount="100")
    bourse.do("event", kind="interest", asset="USDT", amount="0.75")
    to_next_hour(bourse)
    rig.step()
    to_next_hour(bourse)
    rig.step()
    kinds = {event.kind for event in rig.events()}
    assert kinds == {EventKind.DEPOSIT, EventKind.REWARD, EventKind.INTEREST, EventKind.LOAN}
    assert {flow.source for flow in rig.flows()} == {"deposit"}
    assert rig.sync().unreconciled == ()
    # What two histories tell is one reward.
    rewards = sorted(event.legs[0].amount for event in rig.events() if event.kind is EventKind.REWARD)
    assert rewards == [Decimal("0.125"), Decimal("0.5"), Decimal(7), Decimal(25)]
    rows_agree(rig)


def test_the_results_of_futures_are_income_and_open_profit_is_in_the_value(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="50000", BTC="1")
    bourse.simulator.control("/sim/prices", {"BTCUSDT": "60000"})
    rig = make_rig(bourse)
    rig.step()
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="20000")
    bourse.do("transfer", **{"from": "spot", "to": "coinm"}, asset="BTC", amount="0.5")
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.5")
    bourse.do("trade", market="coinm", symbol="BTCUSD_PERP", side="SELL", quantity="50")
    rig.step()
    bourse.simulator.control("/sim/prices", {"BTCUSDT": "62000"})
    bourse.pass_s(120)
    hour = to_next_hour(bourse)
    rig.step()
    coins = (Decimal(50 * 100) * (1 / Decimal(62000) - 1 / Decimal(60000))).quantize(Decimal("1e-8"))
    row = next(row for row in rig.rows() if row.at_ms == hour)
    assert row.value == bourse.value_before(hour) + Decimal("0.5") * 2000 + row_profit(rig, hour)
    assert abs(row_profit(rig, hour) - coins * 62000) < 1
    assert (row.status, row.reason) == ("exact", None)
    # Eight hours on, funding was paid; then the positions are closed.
    for _ in range(9):
        to_next_hour(bourse)
        rig.step()
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="SELL", quantity="0.5")
    bourse.do("trade", market="coinm", symbol="BTCUSD_PERP", side="BUY", quantity="50")
    to_next_hour(bourse)
    rig.step()
    bourse.simulator.control("/sim/prices", {"BTCUSDT": "free"})
    assert {event.kind for event in rig.events()} == {
        EventKind.DEPOSIT, EventKind.FUNDING, EventKind.FUTURES_FEE, EventKind.FUTURES_RESULT,
    }  # fmt: skip
    assert {flow.source for flow in rig.flows()} == {"deposit"}
    assert rig.sync().unreconciled == ()
    assert {row.status for row in rig.rows()} == {"exact"}
    rig.agree()


def row_profit(rig: Rig, at_ms: int) -> Decimal:
    """Open profit of the coin-margined wallet at a slot, as it was read, in the reporting currency."""
    with rig.store.read() as unit:
        (reading,) = (one for one in unit.watch.readings(rig.account) if 0 <= one.at_ms - at_ms < 60_000)
    return reading.amounts["BTC"] * rig.bourse.price("BTC", at_ms)


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


def test_slots_that_nobody_watched_while_a_position_was_open_are_missing_not_made_up(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="50000")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="20000")
    rig.step()
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.5")
    watched = to_next_hour(bourse)
    rig.step()
    bourse.pass_s(5 * 3600)
    down = to_next_hour(bourse)
    rig.step()
    missing = list(range(watched + HOUR_MS, down, HOUR_MS))
    assert len(missing) == 5
    assert not set(missing) & set(slots(rig))
    assert rig.tracker.statistics(None).missing == 5
    assert rig.tracker.history(0, 500, None).gaps == [(watched, down)]
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="SELL", quantity="0.5")
    to_next_hour(bourse)
    rig.step()
    # Closed: what nobody watched from here on is known, and filled.
    bourse.pass_s(5 * 3600)
    rig.step()
    assert rig.tracker.statistics(None).missing == 5
    assert {row.status for row in rig.rows()} == {"exact"}
    rig.agree()


def test_a_position_from_before_the_program_watched_makes_its_slots_estimates(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse("2026-05-20T10:00:00Z", USDT="50000")
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="20000", at="2026-05-21T10:00:00Z")
    for side, at in (("BUY", "2026-05-25T10:30:00Z"), ("SELL", "2026-05-27T09:30:00Z")):
        bourse.do("trade", market="usdm", symbol="BTCUSDT", side=side, quantity="0.5", at=at)
    rig = make_rig(bourse)
    rig.step()
    doubtful = [row.at_ms for row in rig.rows() if row.status != "exact"]
    assert {row.reason for row in rig.rows()} == {None, "unrealized_unknown"}
    # No funding was paid at eight: nothing was open until then.
    assert min(doubtful) == ms_of("2026-05-25T09:00:00Z")
    assert max(doubtful) == ms_of("2026-05-27T09:00:00Z")
    assert doubtful == list(range(doubtful[0], doubtful[-1] + 1, HOUR_MS))
    rig.agree()


def test_coins_that_are_owed_may_be_fewer_than_none(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="50000")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("transfer", **{"from": "spot", "to": "margin"}, asset="USDT", amount="20000")
    bourse.do("event", kind="borrow", asset="ETH", amount="2")
    bourse.do("transfer", **{"from": "margin", "to": "spot"}, asset="ETH", amount="2")
    bourse.pass_s(60)
    bourse.do("trade", symbol="ETHUSDT", side="SELL", quantity="2")
    bourse.do("event", kind="interest", asset="ETH", amount="0.001")
    to_next_hour(bourse)
    rig.step()
    to_next_hour(bourse)
    rig.step()
    assert rig.rows()[-1].composition["ETH"].quantity == Decimal("-2.001")
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
    whole.write_bytes(empty_database.read_bytes())
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
