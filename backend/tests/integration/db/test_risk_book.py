"""Risk and days of an account: how far they can be trusted, and what changes them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from backend.core.daily_book import DailyBook
from backend.core.model.accounts import Account
from backend.core.model.amounts import ZERO, total
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.benchmark_plan import PLAN_SETTING, BenchmarkPlan, encode_plan
from backend.core.performance.snapshot_chain import Grid, ValuedPoint, extend
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.risk_book import ALONE, RiskBook
from backend.core.risk_views import RiskView
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, point

SETTINGS = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
DAYS = 40
Change = Callable[[int, ValuedPoint], ValuedPoint | None]


def hourly(seed: int = 1, scale: str = "1", days: int = DAYS) -> list[ValuedPoint]:
    """Values and benchmark prices of every hour of some days and of 5 more hours, with a deposit now and then."""
    rng = random.Random(seed)
    factor, value, prices = Decimal(scale), Decimal(1000), [50_000.0, 2_000.0]
    points = []
    for hour in range(days * 24 + 6):
        value = (value * Decimal(str(round(math.exp(rng.gauss(0, 0.01)), 6)))).quantize(Decimal("0.000001"))
        prices = [price * math.exp(rng.gauss(0, 0.01)) for price in prices]
        flow = Decimal(rng.randint(-100, 300)) if hour % 100 == 7 else Decimal(0)
        at_ms = T0 + hour * HOUR_MS
        marks = (str(round(prices[0], 2)), str(round(prices[1], 2)))
        points.append(point(at_ms, value * factor, flow * factor, benchmark=marks))
        value += flow
    return points


def kept(points: Sequence[ValuedPoint], change: Change) -> list[ValuedPoint]:
    changed = [change((one.at_ms - T0) // HOUR_MS, one) for one in points]
    return [one for one in changed if one is not None]


def write(store: SqlStore, account_id: int, points: Sequence[ValuedPoint]) -> None:
    with store.write() as unit:
        unit.snapshots.append(extend(account_id, None, points, [], Grid(HOUR_MS)))


def tracker(store: SqlStore) -> PerformanceTracker:
    return PerformanceTracker(store, PortfolioView(store, SETTINGS, lambda: T0), SETTINGS, lambda: T0)


def risk(store: SqlStore, days: int = 0, account_id: int | None = None) -> RiskView:
    return RiskBook(store, tracker(store), SETTINGS.snapshot_interval_s).risk(days, account_id)


def told(view: RiskView) -> dict[str, tuple[str, str | None]]:
    return {name: (line.own.status, line.own.reason) for name, line in view.lines.items()}


def test_whole_days_without_a_doubt_are_exact(store: SqlStore, account: Account) -> None:
    write(store, account.id, hourly())
    view = risk(store)
    assert (view.count, view.missing, view.benchmark_count) == (DAYS, 0, DAYS)
    assert {state for name, state in told(view).items() if name != "calmar"} == {("exact", None)}
    assert told(view)["calmar"] == ("unavailable", "period_too_short")
    calmar = view.lines["calmar"].own
    assert calmar.available_from_ms == T0 + 365 * DAY_MS


def test_a_doubtful_valuation_at_midnight_makes_every_figure_an_estimate_and_none_of_the_benchmark(
    store: SqlStore, account: Account
) -> None:
    doubt = "no_price:DUST"
    write(store, account.id, kept(hourly(), lambda hour, one: replace(one, doubt=doubt) if hour == 240 else one))
    view = risk(store)
    assert {state for name, state in told(view).items() if name != "calmar"} == {("estimated", doubt)}
    marks = [line.benchmark for name, line in view.lines.items() if name in ALONE and name != "calmar"]
    assert {(one.status, one.reason) for one in marks if one is not None} == {("exact", None)}


def test_a_doubt_between_two_midnights_is_one_of_the_hourly_figure_alone(store: SqlStore, account: Account) -> None:
    write(
        store, account.id, kept(hourly(), lambda hour, one: replace(one, doubt="old_price:X") if hour == 245 else one)
    )
    found = told(risk(store))
    assert found.pop("max_drawdown_hourly") == ("estimated", "old_price:X")
    assert found.pop("calmar")[0] == "unavailable"
    assert set(found.values()) == {("exact", None)}


def test_a_doubtful_flow_between_two_midnights_makes_the_days_after_an_estimate(
    store: SqlStore, account: Account
) -> None:
    def unsure(hour: int, one: ValuedPoint) -> ValuedPoint:
        return replace(one, flow_doubt="old_price:EUR") if hour == 207 else one

    write(store, account.id, kept(hourly(), unsure))
    assert {state for name, state in told(risk(store)).items() if name != "calmar"} == {("estimated", "old_price:EUR")}
    # Of the 30 days after it the returns are those of the index, whatever it was.
    later = told(risk(store, 30))
    assert later["volatility"] == ("exact", None)


def test_the_first_day_of_a_sample_counts_although_the_window_begins_within_it(
    store: SqlStore, account: Account
) -> None:
    def unsure(hour: int, one: ValuedPoint) -> ValuedPoint:
        return replace(one, flow_doubt="old_price:EUR") if hour == (DAYS - 30) * 24 + 3 else one

    write(store, account.id, kept(hourly(), unsure))
    view = risk(store, 30)
    assert view.figures is not None
    assert view.figures.status == "exact"
    assert (view.count, told(view)["volatility"]) == (30, ("estimated", "old_price:EUR"))


def test_a_day_without_midnight_is_left_out_and_counted_and_never_filled(store: SqlStore, account: Account) -> None:
    points = hourly()
    write(store, account.id, kept(points, lambda hour, one: None if hour == 240 else one))
    view = risk(store)
    # Both days that meet at this midnight.
    assert (view.count, view.missing, view.benchmark_count) == (DAYS - 2, 2, DAYS - 2)
    assert told(view)["volatility"] == ("estimated", "missing_days")
    assert told(view)["beta"] == ("estimated", "missing_days")
    assert told(view)["max_drawdown_hourly"] == ("estimated", "missing_hours")
    rows = extend(account.id, None, points, [], Grid(HOUR_MS))
    index = [row.growth_index for row in rows if row.at_ms % DAY_MS == 0]
    returns = [after / before - 1 for before, after in pairwise(index)]
    left = [value for place, value in enumerate(returns) if place not in (9, 10)]
    mean = math.fsum(left) / len(left)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in left) / (len(left) - 1))
    assert view.lines["volatility"].own.value == pytest.approx(deviation * math.sqrt(365), rel=1e-9)


@pytest.mark.parametrize("hour", [24, 240, DAYS * 24])
def test_a_drawdown_over_a_midnight_without_a_value_is_an_estimate_though_the_return_is_exact(
    store: SqlStore, account: Account, hour: int
) -> None:
    write(store, account.id, kept(hourly(), lambda at, one: None if at == hour else one))
    period = tracker(store).statistics(account.id).periods["total"]
    assert period.figures is not None
    assert period.figures.status == "exact"
    assert (period.drawdown_doubt, period.benchmark_drawdown_doubt) == ("missing_days", "missing_days")
    week = tracker(store).statistics(account.id).periods["7d"]
    assert week.drawdown_doubt == ("missing_days" if hour == DAYS * 24 else None)


def test_a_drawdown_over_a_doubtful_midnight_is_an_estimate_though_the_return_is_exact(
    store: SqlStore, account: Account
) -> None:
    write(
        store, account.id, kept(hourly(), lambda hour, one: replace(one, doubt="old_price:X") if hour == 240 else one)
    )
    period = tracker(store).statistics(account.id).periods["total"]
    assert period.figures is not None
    assert (period.figures.status, period.drawdown_doubt) == ("exact", "old_price:X")
    assert period.benchmark_drawdown_doubt is None


def test_the_falls_of_a_history_of_one_midnight_say_that_it_has_no_value(store: SqlStore, account: Account) -> None:
    write(store, account.id, kept(hourly(days=1), lambda hour, one: None if hour in (0, 24) else one))
    book = RiskBook(store, tracker(store), SETTINGS.snapshot_interval_s)
    view = book.drawdowns(0, 5, account.id)
    assert (view.status, view.reason) == ("estimated", "missing_days")


def test_hours_that_are_missing_are_said_by_the_hourly_figure(store: SqlStore, account: Account) -> None:
    write(store, account.id, kept(hourly(), lambda hour, one: None if hour == 245 else one))
    found = told(risk(store))
    assert found["max_drawdown_hourly"] == ("estimated", "missing_hours")
    assert found["max_drawdown"] == ("exact", None)


def test_days_without_a_benchmark_are_in_no_figure_against_it(store: SqlStore, account: Account) -> None:
    def unknown(hour: int, one: ValuedPoint) -> ValuedPoint:
        return replace(one, benchmark=None) if 240 <= hour < 264 else one

    write(store, account.id, kept(hourly(), unknown))
    view = risk(store)
    assert (view.count, view.benchmark_count) == (DAYS, DAYS - 2)
    assert view.lines["beta"].own.count == DAYS - 2
    assert told(view)["beta"] == ("estimated", "missing_days")
    assert told(view)["sharpe"] == ("exact", None)
    mark = view.lines["sharpe"].benchmark
    assert mark is not None
    assert (mark.status, mark.reason, mark.count) == ("estimated", "missing_days", DAYS - 2)


def test_an_old_price_of_the_benchmark_is_a_doubt_about_it_and_what_is_held_against_it(
    store: SqlStore, account: Account
) -> None:
    def old(hour: int, one: ValuedPoint) -> ValuedPoint:
        return replace(one, benchmark_doubt="old_price:ETH") if hour in (240, 245) else one

    write(store, account.id, kept(hourly(), old))
    view = risk(store)
    assert (told(view)["beta"], told(view)["sharpe"]) == (("estimated", "old_price:ETH"), ("exact", None))
    mark = view.lines["sharpe"].benchmark
    assert mark is not None
    assert (mark.status, mark.reason) == ("estimated", "old_price:ETH")


def test_until_the_benchmark_follows_its_plan_its_figures_are_those_of_another(
    store: SqlStore, account: Account
) -> None:
    write(store, account.id, hourly())
    with store.write() as unit:
        unit.settings.set(PLAN_SETTING, encode_plan(BenchmarkPlan({"SOL": Decimal(1)})))
    view = risk(store)
    assert (told(view)["beta"], told(view)["sharpe"]) == (("estimated", "recomputing"), ("exact", None))


def test_without_any_benchmark_there_is_none(store: SqlStore, account: Account) -> None:
    write(store, account.id, kept(hourly(), lambda hour, one: replace(one, benchmark=None)))
    view = risk(store)
    assert told(view)["beta"] == ("unavailable", "no_benchmark")
    mark = view.lines["max_drawdown_hourly"].benchmark
    assert mark is not None
    assert (mark.value, mark.reason) == (None, "no_benchmark")


def test_after_a_value_below_zero_nothing_is_told(store: SqlStore, account: Account) -> None:
    def below(hour: int, one: ValuedPoint) -> ValuedPoint:
        return replace(one, value=Decimal(-5)) if hour == 300 else one

    write(store, account.id, kept(hourly(), below))
    view = risk(store)
    assert set(told(view).values()) == {("unavailable", "negative_value")}
    assert {line.own.value for line in view.lines.values()} == {None}


def test_while_the_past_is_computed_anew_everything_says_so(store: SqlStore, account: Account) -> None:
    write(store, account.id, hourly())
    with store.write() as unit:
        unit.accounts.mark_dirty(account.id, T0 + 10 * DAY_MS)
    view = risk(store)
    assert {state for name, state in told(view).items() if name != "calmar"} == {("estimated", "recomputing")}
    mark = view.lines["volatility"].benchmark
    assert mark is not None
    assert (mark.status, mark.reason) == ("estimated", "recomputing")


@pytest.mark.parametrize("scale", ["0.001", "7", "123456.789"])
def test_scaling_all_values_changes_no_figure(store: SqlStore, account: Account, scale: str) -> None:
    write(store, account.id, hourly(3))
    with store.write() as unit:
        other = unit.accounts.ensure("simulator", "other", "other")
    write(store, other.id, hourly(3, scale))
    one, two = risk(store, 0, account.id), risk(store, 0, other.id)
    for name, line in one.lines.items():
        assert (two.lines[name].own.status, two.lines[name].own.reason) == (line.own.status, line.own.reason)
        if line.own.value is not None:
            assert two.lines[name].own.value == pytest.approx(line.own.value, rel=1e-9), name
        assert two.lines[name].own.day_ms == line.own.day_ms


@pytest.mark.parametrize("seed", range(5))
def test_a_flow_found_late_leaves_what_would_be_there_had_it_been_known(
    store: SqlStore, account: Account, seed: int
) -> None:
    points = hourly(seed)
    rng = random.Random(seed)
    write(store, account.id, points)
    book = RiskBook(store, tracker(store), SETTINGS.snapshot_interval_s)
    before = book.risk(0, None)
    place = rng.randrange(len(points) - 200)
    amount = Decimal(rng.randint(50, 900))
    late = [replace(one, flow=one.flow + amount) if at == place else one for at, one in enumerate(points)]
    whole = extend(account.id, None, late, [], Grid(HOUR_MS))
    with store.write() as unit:
        unit.snapshots.delete_from(account.id, points[place].at_ms)
        unit.accounts.count_rebuild(account.id)
        unit.snapshots.append(whole[place:])
        other = unit.accounts.ensure("simulator", "other", "other")
    write(store, other.id, late)
    after, fresh = book.risk(0, account.id), book.risk(0, other.id)
    assert after.lines == fresh.lines
    assert after.lines != before.lines


def test_until_all_accounts_have_a_chain_their_risk_is_not_told_and_their_days_add_up(
    store: SqlStore, account: Account
) -> None:
    with store.write() as unit:
        other = unit.accounts.ensure("simulator", "other", "other")
    write(store, account.id, hourly(1))
    write(store, other.id, hourly(2)[30:])
    assert set(told(risk(store)).values()) == {("unavailable", "history_importing")}
    book = DailyBook(store, tracker(store), SETTINGS)
    both, one, two = (book.daily(50, wanted) for wanted in (None, account.id, other.id))
    later = {row.day_ms: row for row in two.rows}
    assert len(both.rows) == len(one.rows) == DAYS + 1
    for row, mine in zip(both.rows, one.rows, strict=True):
        theirs = later.get(row.day_ms)
        assert row.close == (mine.close or 0) + ((theirs.close or 0) if theirs else 0)
        assert row.growth is None
        assert (row.status, row.reason) == ("exact", "history_importing")
    assert both.latest is not None
    assert one.latest is not None
    assert two.latest is not None
    assert both.latest.value == total([one.latest.value or ZERO, two.latest.value or ZERO])
    assert both.latest.difference == total([one.latest.difference or ZERO, two.latest.difference or ZERO])


def test_a_day_with_a_hole_says_so_and_a_whole_missing_day_has_no_figures(store: SqlStore, account: Account) -> None:
    write(store, account.id, kept(hourly(), lambda hour, one: None if hour == 245 or 264 <= hour < 312 else one))
    rows = DailyBook(store, tracker(store), SETTINGS).daily(DAYS, account.id).rows
    found = {(row.day_ms - T0) // DAY_MS: row for row in rows}
    hole = found[10]
    assert (hole.hours, hole.complete, hole.status, hole.reason) == (23, False, "estimated", "missing_hours")
    assert (hole.close, hole.growth) == (None, None)
    missing = found[11]
    assert (missing.average, missing.close, missing.growth, missing.hours) == (None, None, None, 0)
    assert (missing.status, missing.reason) == ("unavailable", "missing_days")
    assert (found[13].status, found[13].complete) == ("exact", True)
    assert not found[DAYS].complete
    assert found[DAYS].status == "exact"
