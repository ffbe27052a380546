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
from backend.tests.database_places import copy_database
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
ALL = ("spot", "funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")


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
    still = open_bourse(USDT="5000", ETH="2")
    moving = open_bourse(beside=still, USDT="5000", ETH="2")
    files = []
    for name in ("still", "moving"):
        file = tmp_path / f"{name}.db"
        copy_database(empty_database, file)
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
