"""Stored charts: the very bytes that the rows make, found while all that they rest on stands, and never after."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import CacheStats

from backend.api.shapes.performance import chart_body, history, stored_history
from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.ledger.residuals import ROW_CAUSES, Finding
from backend.core.model.accounts import Account
from backend.core.model.holdings import CashFlow
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.hold_only import HoldRow, HoldState
from backend.core.performance.snapshot_chain import Grid, ValuedPoint, extend
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import UnitOfWork
from backend.core.stored_charts import STORED_DAYS, STORED_POINTS, ReadyCharts
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.chart_keeper import LONGER_EVERY_S, ChartKeeper
from backend.tests.builders import T0, point
from backend.tests.integration.db.conftest import MachineClock

SETTINGS = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
HOURS = 24 * 20
LAST_MS = T0 + (HOURS - 1) * HOUR_MS
DOUBT = sorted(ROW_CAUSES)[0]
Change = Callable[[UnitOfWork, int], object]


def walk(seed: int, hours: int = HOURS) -> list[ValuedPoint]:
    """Hourly values and benchmark prices that go up and down, with a flow now and then and a gap."""
    rng = random.Random(seed)
    points = []
    value, prices = 1000.0, [50_000.0, 2_000.0]
    for hour in range(hours):
        value *= 1 + rng.gauss(0, 0.01)
        prices = [price * (1 + rng.gauss(0, 0.01)) for price in prices]
        flow = 100.0 if hour % 100 == 7 else 0.0
        marks = (str(round(prices[0], 2)), str(round(prices[1], 2)))
        if hour not in range(50, 55):
            points.append(point(T0 + hour * HOUR_MS, str(round(value, 6)), str(flow), benchmark=marks))
        value += flow
    return points


def deposited(account_id: int, at_ms: int, amount: str = "100", name: str = "1") -> CashFlow:
    return CashFlow(
        id=None,
        account_id=account_id,
        at_ms=at_ms,
        amount=Decimal(amount),
        asset=None,
        quantity=None,
        price=None,
        description="",
        source="manual",
        external_id=name,
        status="exact",
        reason=None,
    )


def hold_row(at_ms: int) -> HoldRow:
    state = HoldState(1.0, Decimal(1000), {"USDT": Decimal(1000)}, False, None, None)
    return HoldRow(at_ms, Decimal(1000), 1.0 + (at_ms - T0) / DAY_MS / 100, None, state if at_ms == T0 else None)


def add_hold(unit: UnitOfWork, account_id: int, after_ms: int = 0) -> None:
    rows = unit.shadows.chain(account_id, after_ms, HOURS * 2)
    unit.shadows.add_hold(account_id, [(snapshot, hold_row(at_ms)) for snapshot, at_ms, *_ in rows])


@dataclass
class Charts:
    """An account with a past and stored charts, and two ways to its charts: stored, and from the rows."""

    store: SqlStore
    account: Account
    clock: MachineClock
    keeper: ChartKeeper
    epoch: int
    seconds: list[float]

    def stored(self, days: int = 0, account_id: int | None = None, settings: ViewSettings = SETTINGS) -> Any:
        found = ReadyCharts(self.store, settings, self.clock).find(days, STORED_POINTS, account_id, None)
        return None if found is None else stored_history(*found).written()

    def from_rows(self, days: int = 0) -> tuple[bytes, str]:
        return history(tracker(self.store, self.clock).history(days, STORED_POINTS, self.account.id)).written()

    def change(self, change: Change) -> None:
        with self.store.write() as unit:
            change(unit, self.account.id)

    def make(self) -> int:
        """Let the keeper work, long after it did last."""
        self.seconds[0] += LONGER_EVERY_S
        return self.keeper.update(self.account.id, self.epoch)


def tracker(store: SqlStore, clock: MachineClock) -> PerformanceTracker:
    return PerformanceTracker(store, PortfolioView(store, SETTINGS, clock), SETTINGS, clock)


@pytest.fixture
def charts(store: SqlStore, engine: Engine, account: Account, clock: MachineClock) -> Charts:
    epoch = SqlLease(engine, "tests", 60_000, clock, lambda owner: False).acquire()
    assert epoch is not None
    with store.write() as unit:
        unit.snapshots.append(extend(account.id, None, walk(1), [], Grid(HOUR_MS)))
        for hour in range(7, HOURS, 100):
            unit.cash_flows.insert(deposited(account.id, T0 + hour * HOUR_MS, name=str(hour)))
        unit.shadows.begin_hold(account.id, "all")
        add_hold(unit, account.id)
        unit.ledger.set_cursor(account.id, IMPORT, WATCHED, T0 + 300 * HOUR_MS)
        unit.accounts.update_sync(account.id, as_of=LAST_MS, refreshed_machine=clock(), attempted_machine=clock())
    seconds = [0.0]
    keeper = ChartKeeper(store, tracker(store, clock), SETTINGS, chart_body, lambda: seconds[0])
    made = Charts(store, account, clock, keeper, epoch, seconds)
    assert made.make() == len(STORED_DAYS)
    return made


def test_a_peak_of_holding_only_is_in_a_chart_of_few_points(charts: Charts) -> None:
    peak_ms = T0 + 123 * HOUR_MS

    def peaked(unit: UnitOfWork, account_id: int) -> None:
        rows = unit.shadows.chain(account_id, 0, HOURS * 2)
        unit.shadows.begin_hold(account_id, "peaked")
        told = [(one, hold_row(at_ms)) for one, at_ms, *_ in rows]
        told = [(one, replace(row, index=9.0) if row.at_ms == peak_ms else row) for one, row in told]
        unit.shadows.add_hold(account_id, told)

    charts.change(peaked)
    shown = tracker(charts.store, charts.clock).history(0, 60, charts.account.id).points
    assert len(shown) <= 60
    assert [one.hold for one in shown if one.at_ms == peak_ms] == [8.0]


@pytest.mark.parametrize("of_account", [True, False])
def test_after_the_start_a_first_question_waits_for_no_statement(
    charts: Charts, engine: Engine, of_account: bool
) -> None:
    ready, asked = ReadyCharts(charts.store, SETTINGS, charts.clock), []
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, _values, context, _many: asked.append((statement, context.cache_hit)),
    )
    ready.prepare()
    asked.clear()
    assert ready.find(0, STORED_POINTS, charts.account.id if of_account else None, None) is not None
    assert {hit for statement, hit in asked if "stored_charts" in statement} == {CacheStats.CACHE_HIT}


@pytest.mark.parametrize("days", STORED_DAYS)
def test_a_stored_chart_is_byte_for_byte_the_one_of_the_rows(charts: Charts, days: int) -> None:
    assert charts.stored(days) == charts.from_rows(days)
    found = ReadyCharts(charts.store, SETTINGS, charts.clock).find(days, STORED_POINTS, None, None)
    assert found is not None
    sent = stored_history(*found).prepared(1, 1.0).coded(True)
    assert (sent.coding, gzip.decompress(sent.body)) == ("gzip", charts.stored(days)[0])
    body = json.loads(charts.stored(days)[0])
    assert body["days"] == days
    assert body["series"][-1]["hold_percent"] is not None
    assert (body["flows"] and body["gaps"]) or days in (7, 14)


def test_a_program_that_starts_on_the_database_answers_the_same(charts: Charts) -> None:
    before = charts.stored(365, charts.account.id)
    again = replace(charts, store=SqlStore(charts.store._engine, charts.clock))
    assert before is not None
    assert again.stored(365, charts.account.id) == before
    assert again.stored(365) == before


def a_new_snapshot(unit: UnitOfWork, account_id: int) -> None:
    last = unit.snapshots.last(account_id)
    unit.snapshots.append(extend(account_id, last, [point(LAST_MS + HOUR_MS, "1234")], [], Grid(HOUR_MS)))


def a_rebuilt_past(unit: UnitOfWork, account_id: int) -> None:
    """As many rows, the same newest instant, other values."""
    unit.snapshots.delete_from(account_id, 0)
    unit.accounts.count_rebuild(account_id)
    unit.snapshots.append(extend(account_id, None, walk(2), [], Grid(HOUR_MS)))
    add_hold(unit, account_id)


def a_late_flow(unit: UnitOfWork, account_id: int) -> None:
    unit.cash_flows.insert(deposited(account_id, T0 + 30 * HOUR_MS, name="late"))
    unit.accounts.mark_dirty(account_id, T0 + 30 * HOUR_MS)


def a_second_late_flow(unit: UnitOfWork, account_id: int) -> None:
    """Later than the first: the mark of the past stays where it is."""
    unit.cash_flows.insert(deposited(account_id, T0 + 40 * HOUR_MS, name="later"))
    unit.accounts.mark_dirty(account_id, T0 + 40 * HOUR_MS)


def a_past_that_waits(unit: UnitOfWork, account_id: int) -> None:
    """Trades of long ago were read, and no cash flow."""
    unit.accounts.mark_dirty(account_id, T0 + 30 * HOUR_MS)


def a_corrected_flow(unit: UnitOfWork, account_id: int) -> None:
    flow = unit.cash_flows.all(account_id)[0]
    unit.cash_flows.change(replace(flow, amount=Decimal(55)))


def a_flow_less(unit: UnitOfWork, account_id: int) -> None:
    flow = unit.cash_flows.all(account_id)[0]
    assert flow.id is not None
    unit.cash_flows.delete(flow.id)


def other_hold_rows(unit: UnitOfWork, account_id: int) -> None:
    """The same instants, since another day."""
    unit.shadows.begin_hold(account_id, "others")
    rows = unit.shadows.chain(account_id, 0, HOURS * 2)
    unit.shadows.add_hold(
        account_id, [(one, replace(hold_row(at_ms), index=2.0 + at_ms / T0)) for one, at_ms, *_ in rows]
    )


def fewer_hold_rows(unit: UnitOfWork, account_id: int) -> None:
    unit.shadows.begin_hold(account_id, "all")


def another_watch(unit: UnitOfWork, account_id: int) -> None:
    unit.ledger.set_cursor(account_id, IMPORT, WATCHED, T0 + 301 * HOUR_MS)


def a_finding(unit: UnitOfWork, account_id: int) -> None:
    finding = Finding(LAST_MS - HOUR_MS, LAST_MS, Decimal(5), DOUBT, ())
    unit.proofs.replace_findings(account_id, 0, None, [finding])


CHANGES = [
    a_new_snapshot,
    a_rebuilt_past,
    a_late_flow,
    a_past_that_waits,
    a_corrected_flow,
    a_flow_less,
    other_hold_rows,
    fewer_hold_rows,
    another_watch,
    a_finding,
]


@pytest.mark.parametrize("days", [0, 7])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_changed_is_never_answered_by_what_was_stored_before(charts: Charts, change: Change, days: int) -> None:
    before = charts.from_rows(days)
    charts.change(change)
    assert charts.stored(days) is None
    assert charts.make() == len(STORED_DAYS)
    assert charts.stored(days) == charts.from_rows(days)
    if days == 0:
        assert charts.stored() != before


def test_each_of_two_late_flows_is_in_the_chart_while_the_past_waits(charts: Charts) -> None:
    charts.change(a_late_flow)
    charts.make()
    assert json.loads(charts.stored()[0])["reason"] == "recomputing"
    charts.change(a_second_late_flow)
    assert charts.stored() is None


def test_a_chart_grows_stale_like_any_answer(charts: Charts) -> None:
    assert json.loads(charts.stored()[0])["stale"] is False
    charts.clock.now += 3_600_000
    assert json.loads(charts.stored()[0])["stale"] is True
    assert charts.stored() == charts.from_rows()


def test_a_currency_that_is_worth_less_is_told(charts: Charts) -> None:
    charts.change(lambda unit, account_id: unit.accounts.update_sync(account_id, depegged=True))
    assert json.loads(charts.stored()[0])["reporting_currency_depeg"] is True
    assert charts.stored() == charts.from_rows()


def test_only_what_is_stored_is_found(charts: Charts) -> None:
    ready = ReadyCharts(charts.store, SETTINGS, charts.clock)
    assert ready.find(0, STORED_POINTS, None, "USDT") is not None
    assert ready.find(0, STORED_POINTS, None, "EUR") is None
    assert ready.find(0, STORED_POINTS - 1, None, None) is None
    assert ready.find(8, STORED_POINTS, None, None) is None
    assert ready.find(0, STORED_POINTS, charts.account.id + 1, None) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(SETTINGS, environment="demo"),
        replace(SETTINGS, reporting_currency="USDC"),
        replace(SETTINGS, snapshot_interval_s=60),
    ],
)
def test_another_environment_and_other_settings_find_nothing(charts: Charts, other: ViewSettings) -> None:
    assert charts.stored(0, charts.account.id, other) is None
    assert charts.stored(0, None, other) is None


def test_several_accounts_have_no_chart_together_and_each_its_own(charts: Charts) -> None:
    with charts.store.write() as unit:
        second = unit.accounts.ensure("simulator", "second", "other")
        elsewhere = unit.accounts.ensure("demo", "third", "third")
    assert charts.stored(0, None) is None
    assert charts.stored(0, charts.account.id) == charts.from_rows()
    assert charts.stored(0, second.id) is None
    assert charts.stored(0, elsewhere.id) is None


def test_what_stands_is_not_made_again(charts: Charts) -> None:
    assert charts.make() == 0
    # What it rests on is as it was: a refresh, and a change of another account.
    with charts.store.write() as unit:
        unit.accounts.update_sync(charts.account.id, refreshed_machine=charts.clock() + 5)
        other = unit.accounts.ensure("simulator", "second", "other")
        unit.cash_flows.insert(deposited(other.id, T0))
        unit.accounts.count_rebuild(other.id)
    assert charts.make() == 0


def test_a_keeper_that_is_wanted_elsewhere_goes_on_at_its_next_step(charts: Charts) -> None:
    charts.change(a_rebuilt_past)
    assert charts.keeper.update(charts.account.id, charts.epoch, lambda: False) == 1
    assert charts.stored(STORED_DAYS[0]) == charts.from_rows(STORED_DAYS[0])
    assert charts.stored(STORED_DAYS[1]) is None
    assert charts.keeper.update(charts.account.id, charts.epoch) == len(STORED_DAYS) - 1


def test_rows_a_minute_apart_wait_and_a_changed_past_does_not(charts: Charts) -> None:
    charts.change(a_new_snapshot)
    assert charts.keeper.update(charts.account.id, charts.epoch) == 0
    assert charts.stored() is None
    charts.change(a_corrected_flow)
    assert charts.keeper.update(charts.account.id, charts.epoch) == len(STORED_DAYS)
    assert charts.stored() == charts.from_rows()


@pytest.mark.parametrize("seed", range(5))
def test_the_end_and_the_extremes_of_every_line_are_in_a_stored_chart(charts: Charts, seed: int) -> None:
    def longer(unit: UnitOfWork, account_id: int) -> None:
        unit.snapshots.delete_from(account_id, 0)
        unit.accounts.count_rebuild(account_id)
        unit.snapshots.append(extend(account_id, None, walk(seed + 10, 3 * STORED_POINTS), [], Grid(HOUR_MS)))

    charts.change(longer)
    charts.make()
    whole = history(tracker(charts.store, charts.clock).history(0, 10_000, charts.account.id)).written()[0]
    every, shown = json.loads(whole)["series"], json.loads(charts.stored()[0])["series"]
    assert len(every) > 2 * STORED_POINTS >= len(shown)
    assert (shown[0], shown[-1]) == (every[0], every[-1])
    for name in ("twr_percent", "benchmark_percent"):
        assert max(one[name] for one in shown) == max(one[name] for one in every)
        assert min(one[name] for one in shown) == min(one[name] for one in every)
    for name in ("drawdown_percent", "benchmark_drawdown_percent"):
        assert min(one[name] for one in shown) == min(one[name] for one in every)


def test_whatever_is_done_to_cash_flows_is_counted_for_their_account_alone(charts: Charts) -> None:
    with charts.store.write() as unit:
        other = unit.accounts.ensure("simulator", "second", "other")
    engine = charts.store._engine
    statements = (
        "INSERT INTO cash_flows (account_id, timestamp, type, source, external_id, status)"
        " VALUES (:account, 1, 'DEPOSIT', 'manual', 'x', 'exact')",
        "UPDATE cash_flows SET amount_usd = '5' WHERE account_id = :account AND external_id = 'x'",
        "DELETE FROM cash_flows WHERE account_id = :account AND external_id = 'x'",
    )
    for statement in statements:
        counts = changes(charts, other)
        with engine.execution_options(writing=True).begin() as connection:
            connection.execute(text(statement), {"account": charts.account.id})
        assert changes(charts, other) == (counts[0] + 1, counts[1])


def changes(charts: Charts, other: Account) -> tuple[int, int]:
    with charts.store.read() as unit:
        return unit.charts.ground(charts.account.id).flow_changes, unit.charts.ground(other.id).flow_changes
