"""Shadows of an account: the benchmark after any plan, and what holding only would have made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.core.benchmark_book import BenchmarkBook
from backend.core.flow_book import NewFlow
from backend.core.model.amounts import minus
from backend.core.model.instants import HOUR_MS, from_ms, iso_ms
from backend.core.performance.benchmark_plan import HOLD_SETTING, PLAN_SETTING, BenchmarkPlan, encode_plan
from backend.core.performance.hold_only import HoldRow
from backend.core.performance_tracker import PerformanceTracker
from backend.services import shadow_keeper
from backend.services.shadow_keeper import ShadowKeeper
from backend.tests.database_places import copy_database
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of

D = Decimal
THIRDS = BenchmarkPlan({"BTC": D("0.3333"), "SOL": D("0.3333"), "USDT": D("0.3333")}, weekday=2, hour=3, by_share=True)


def traded(open_bourse: Callable[..., Bourse]) -> Bourse:
    """An account of a few days with deposits, withdrawals and trades."""
    bourse = open_bourse(USDT="1000", BTC="0.2", SOL="3")
    bourse.do("deposit", asset="ETH", amount="2", at="2026-05-26T09:30:00Z")
    bourse.do("withdraw", asset="USDT", amount="250", fee="1", at="2026-05-28T20:10:00Z")
    bourse.do("deposit", asset="USDT", amount="700", at="2026-05-30T07:00:00Z")
    bourse.do("deposit", asset="BTC", amount="0.01", at="2026-05-30T07:00:00Z")
    bourse.do("withdraw", asset="BTC", amount="0.05", fee="0", at="2026-05-31T12:00:00Z")
    return bourse


def choose(rig: Rig, plan: BenchmarkPlan | None = None, hold_since_ms: int | None = None) -> None:
    with rig.store.write() as unit:
        if plan is not None:
            unit.settings.set(PLAN_SETTING, encode_plan(plan))
        unit.settings.set(HOLD_SETTING, json.dumps(hold_since_ms))


def follow(rig: Rig, keeper: ShadowKeeper | None = None) -> None:
    (keeper or ShadowKeeper(rig.store, "USDT")).update(rig.session(), rig.lease.acquire() or 0)


def columns(rig: Rig) -> list[Any]:
    return [(row.at_ms, row.benchmark_index, row.benchmark_value, row.benchmark) for row in rig.rows()]


def held(rig: Rig) -> dict[int, HoldRow]:
    """The hold-only rows by instant."""
    with rig.store.read() as unit:
        found = {row.at_ms: unit.shadows.hold_by(rig.account, row.at_ms) for row in rig.rows()}
    return {at_ms: row for at_ms, row in found.items() if row is not None and row.at_ms == at_ms}


def test_another_plan_gives_the_whole_past_the_columns_it_would_have_had_from_the_start(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], empty_database: Path, tmp_path: Path
) -> None:
    bourse = traded(open_bourse)
    rig = make_rig(bourse)
    rig.step()
    before = rig.rows()
    choose(rig, THIRDS)
    rig.step()
    # Until the keeper has come by, all rows follow the plan of before.
    assert columns(rig)[: len(before)] == [(r.at_ms, r.benchmark_index, r.benchmark_value, r.benchmark) for r in before]
    follow(rig)
    late = make_rig(bourse, file=copy_database(empty_database, tmp_path / "other.db"), owner="other")
    choose(late, THIRDS)
    late.step()
    follow(late)
    wanted = {at_ms: told for at_ms, *told in columns(late)}
    assert len(wanted) >= len(before)
    for at_ms, *told in columns(rig):
        assert told == wanted[at_ms], from_ms(at_ms)
    assert [row.growth_index for row in rig.rows()][: len(before)] == [row.growth_index for row in before]
    # New rows go on by the new plan, wherever they are made.
    bourse.pass_s(2 * 3600)
    rig.step()
    assert set(rig.rows()[-1].benchmark.units) == {"BTC", "SOL", "USDT"}  # type: ignore[union-attr]  # it has a state


def test_the_days_follow_another_plan(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(traded(open_bourse))
    rig.step()
    choose(rig, THIRDS)
    follow(rig)
    midnights = {row.at_ms: row for row in rig.rows() if row.at_ms % (24 * HOUR_MS) == 0}
    with rig.store.read() as unit:
        days = unit.daily.rows(rig.account, 0, 2**62)
    opened = {day.day_ms: day.opening for day in days if day.opening is not None}
    assert len(opened) == len(midnights) > 4
    for at_ms, opening in opened.items():
        assert (opening.benchmark, opening.benchmark_value) == (
            midnights[at_ms].benchmark_index,
            midnights[at_ms].benchmark_value,
        )


def test_a_recomputation_that_is_cut_off_shows_no_half_and_is_made_by_the_next_one(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig(traded(open_bourse))
    rig.step()
    old = columns(rig)
    monkeypatch.setattr(shadow_keeper, "CHUNK_ROWS", 50)
    monkeypatch.setattr(shadow_keeper, "LONGEST_S", 0.0)
    choose(rig, THIRDS)
    cut_off = ShadowKeeper(rig.store, "USDT")
    follow(rig, cut_off)
    assert columns(rig) == old
    assert 0 < len(held(rig)) <= 50
    book = BenchmarkBook(rig.store, rig.portfolio, rig.tracker, rig.portfolio._settings, lambda coins: [])
    assert book.choice().recomputing
    view = book.view(0, None)
    assert (view.status, view.reason) == ("estimated", "recomputing")
    # Of holding only days are lacking: no figure of less than the window stands for it.
    assert (view.hold.growth, view.hold.twr, view.hold.status, view.hold.reason) == (
        None,
        None,
        "unavailable",
        "recomputing",
    )
    restarted = ShadowKeeper(rig.store, "USDT")
    turns = 0
    while book.choice().recomputing:
        follow(rig, restarted)
        turns += 1
        assert turns < 100
    assert turns > 2
    slowly = columns(rig)
    assert slowly != old
    monkeypatch.undo()
    choose(rig, BenchmarkPlan({"BTC": D(1)}))
    follow(rig)
    choose(rig, THIRDS)
    follow(rig)
    assert columns(rig) == slowly


def test_resets_that_fell_while_nobody_worked_happen_at_the_price_of_their_instant(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2")
    rig = make_rig(bourse)
    rig.step()
    bourse.pass_s(15 * 24 * 3600)
    rig.step()
    noon = ms_of("2026-06-15T12:00:00Z")
    tail = rig.rows()[-1].benchmark
    assert tail is not None
    assert tail.reset_at_ms == noon
    assert tail.reset_prices == tuple(float(bourse.close(symbol, noon)) for symbol in ("BTCUSDT", "ETHUSDT"))
    worth = {coin: quantity * bourse.close(coin + "USDT", noon) for coin, quantity in tail.units.items()}
    assert worth["BTC"] == pytest.approx(worth["ETH"], rel=D("1e-20"))


def test_a_withdrawal_of_more_than_the_benchmark_had_raises_one_alert_and_waits_to_be_looked_at(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    # The benchmark begins with the account, whatever the hour that an exchange used before has come to.
    begun = "2026-05-25T10:00:00Z"
    bourse = open_bourse(begun, USDT="1000", BTC="0.02")
    opened_ms = ms_of(begun)
    rig = make_rig(bourse)
    bourse.pass_s(2 * 24 * 3600)
    # Far enough that the hours until all is taken out do not bring it back.
    while abs(change := bourse.price("BTC", bourse.now_ms()) / bourse.price("BTC", opened_ms) - 1) < D("0.05"):
        bourse.pass_s(24 * 3600)
    rose = change > 0
    # Half of the account is in the coin that did better, so it is worth more than a benchmark of the other one.
    choose(rig, BenchmarkPlan({"USDT" if rose else "BTC": D(1)}))
    rig.step()
    follow(rig)

    def alerts() -> list[Any]:
        with rig.store.read() as unit:
            return [told["kind"] for _, topic, _, told in unit.events.after(0, 10_000) if topic == "alert"]

    def waiting() -> list[str]:
        return [one.kind for one in rig.portfolio.overview(None).attention]

    assert (alerts(), "benchmark_exhausted" in waiting()) == ([], False)
    now = bourse.now_ms()
    bourse.pass_s(4 * 3600)
    bourse.do("withdraw", asset="USDT", amount="1000", fee="0", at=iso_ms(now + HOUR_MS))
    bourse.do("withdraw", asset="BTC", amount="0.02", fee="0", at=iso_ms(now + 2 * HOUR_MS))
    rig.step()
    bourse.pass_s(2 * 3600)
    rig.step()
    assert rig.rows()[-1].benchmark.exhausted  # type: ignore[union-attr]  # it has a state
    assert alerts() == ["benchmark_exhausted"]
    assert "benchmark_exhausted" in waiting()


def expected_hold(bourse: Bourse, instants: list[int], by_share: bool) -> Mapping[int, tuple[Decimal, float]]:
    """Value and index by the definition, from the exchange's own ledger."""
    units: dict[str, Decimal] = {}
    index, base = 1.0, D(0)
    found: dict[int, tuple[Decimal, float]] = {}
    flows: dict[int, list[dict[str, Any]]] = {}
    for row in bourse.ledger():
        if row["kind"] in ("deposit", "withdrawal"):
            flows.setdefault(row["at_ms"], []).append(row)
    for at_ms in instants:
        value = sum((quantity * bourse.price(coin, at_ms) for coin, quantity in units.items()), D(0))
        grown = index * float(value / base) if base else index
        found[at_ms] = (value, grown)
        if at_ms not in flows:
            continue
        left = arrived = D(0)
        for row in flows[at_ms]:
            change = D(row["change"])
            if change > 0:
                units[row["asset"]] = units.get(row["asset"], D(0)) + change
                arrived += change * bourse.price(row["asset"], at_ms)
            else:
                left -= change * bourse.price(row["asset"], at_ms)
        before = value + arrived
        kept = 1 - left / (bourse.value_before(at_ms) + arrived if by_share else before)
        units = {coin: quantity * kept for coin, quantity in units.items()}
        base, index = before * kept, grown
    return found


@pytest.mark.parametrize("by_share", [False, True])
def test_holding_only_keeps_what_came_and_lets_go_a_share(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], by_share: bool
) -> None:
    bourse = traded(open_bourse)
    rig = make_rig(bourse)
    choose(rig, BenchmarkPlan({"BTC": D(1)}, by_share=by_share))
    rig.step()
    follow(rig)
    rows = held(rig)
    instants = [row.at_ms for row in rig.rows()]
    assert list(rows) == instants
    for at_ms, (value, index) in expected_hold(bourse, instants, by_share).items():
        assert rows[at_ms].value == pytest.approx(value, rel=D("1e-20"), abs=D("1e-20")), from_ms(at_ms)
        assert rows[at_ms].index == pytest.approx(index, rel=1e-12)
        assert rows[at_ms].reason is None


def test_holding_only_from_a_chosen_instant_begins_with_what_was_held_then(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    rig = make_rig(traded(open_bourse))
    rig.step()
    since = ms_of("2026-05-29T00:00:00Z")
    choose(rig, hold_since_ms=since)
    follow(rig)
    rows = held(rig)
    opening = next(row for row in rig.rows() if row.at_ms == since)
    assert min(rows) == since
    assert (rows[since].value, rows[since].index) == (opening.value, 1.0)
    later = next(row for row in rig.rows() if row.at_ms == since + 5 * HOUR_MS)
    # Nothing moved in between: holding only is what was done.
    assert rows[later.at_ms].value == later.value
    choose(rig, hold_since_ms=None)
    follow(rig)
    assert min(held(rig)) == rig.rows()[0].at_ms


def test_a_late_flow_has_the_shadow_made_anew_from_its_instant(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = traded(open_bourse)
    rig = make_rig(bourse)
    rig.step()
    follow(rig)
    at_ms = ms_of("2026-05-29T10:00:00Z")
    before = held(rig)
    rig.tracker.add_cash_flow(NewFlow(at_ms, D(500), "", None, None), None)
    rig.step()
    follow(rig)
    after = held(rig)
    assert list(after) == [row.at_ms for row in rig.rows()]
    for one, row in after.items():
        if one <= at_ms:
            assert (row.value, row.index) == (before[one].value, before[one].index)
        if one == at_ms + HOUR_MS:
            # Money of which nobody said what it bought stays money.
            assert minus(row.value, before[one].value) == 500


def test_long_histories_are_packed_and_read_by_a_new_process_as_they_are(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shadow_keeper, "PACK_ROWS", 20)
    bourse = traded(open_bourse)
    rig = make_rig(bourse)
    rig.step()

    def agree() -> int:
        """How many rows are packed; what a new process makes of them is what the snapshots say."""
        new = PerformanceTracker(rig.store, rig.portfolio, rig.portfolio._settings, lambda: rig.machine.wall_ms)
        lines = new.lines(rig.account, 0, 2**62)
        rows = rig.rows()
        assert lines.at_ms.tolist() == [row.at_ms for row in rows]
        assert lines.growth.tolist() == [row.growth_index for row in rows]
        assert lines.benchmark.tolist() == [row.benchmark_index for row in rows]
        with rig.store.read() as unit:
            return unit.packed.rows(rig.account, rig.sync().rebuilds)

    assert agree() == 0
    follow(rig)
    first = agree()
    assert first == len(rig.rows())
    bourse.pass_s(10 * 3600)
    rig.step()
    follow(rig)
    assert agree() == first
    # A late flow moves the block with the rows, bit by bit, and puts its own row into it.
    rig.tracker.add_cash_flow(NewFlow(ms_of("2026-05-29T10:20:00Z"), D(500), "", None, None), None)
    rig.step()
    assert agree() == first + 1
    follow(rig)
    assert agree() == first + 1
    # A rebuild makes the block worthless at once.
    with rig.store.write() as unit:
        unit.accounts.count_rebuild(rig.account)
    assert agree() == 0
    follow(rig)
    assert agree() == len(rig.rows())
