"""DailyBook: what each day was worth, against the benchmark, and how both stand now.

All accounts together have a chain of their own; until it is there their values add up, and no returns are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.display_rates import NO_RATE, Rates, stored_rates
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.model.accounts import is_whole
from backend.core.model.amounts import MONEY, minus, total
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.day_rows import day_of
from backend.core.performance.risk_sample import MISSING_DAYS, MISSING_HOURS
from backend.core.performance.windows import NO_BENCHMARK, TOTAL, Trust
from backend.core.performance_tracker import (
    NO_HISTORY,
    Measured,
    PerformanceTracker,
    Refused,
)
from backend.core.risk_views import Comparison, DailyView, DayView, shown_in
from backend.core.told_accounts import told_accounts
from backend.core.views import Basis, HistoryPoint
from backend.core.whole import IMPORTING, NOT_IN_IT, RECOMPUTING, marked_from

if TYPE_CHECKING:
    from backend.core.model.day_row import DayRow
    from backend.core.model.valuation import BenchmarkTail, SnapshotRow
    from backend.core.portfolio_view import ViewSettings
    from backend.core.ports import Store, UnitOfWork

HOURS_TOLD: Final = 24


@dataclass(frozen=True, slots=True)
class _Held:
    """One chain: its first and newest snapshot, its days, and since when they are being made anew."""

    account: int
    first: SnapshotRow
    last: SnapshotRow
    days: Mapping[int, DayRow]
    dirty_ms: int | None
    # Of the days whose benchmark is doubtful at 00:00, or was before.
    tails: Mapping[int, BenchmarkTail]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one account adds to a day; None: not known. `reason`: why it is a doubtful one."""

    average: Decimal | None
    close: Decimal | None
    benchmark_average: Decimal | None
    benchmark_close: Decimal | None
    hours: int
    complete: bool
    reason: str | None


class DailyBook:
    """Answers about days over a store."""

    def __init__(self, store: Store, performance: PerformanceTracker, settings: ViewSettings) -> None:
        self._store = store
        self._performance = performance
        self._environment = settings.environment
        self._step_ms = -(-settings.snapshot_interval_s * 1000 // HOUR_MS) * HOUR_MS

    def daily(self, days: int, account_id: int | None, currency: str | None = None) -> DailyView:
        """The newest `days` days, those before the first snapshot left out, the running one last.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            basis, held, reason = self._held(unit, account_id, lambda last_ms: day_of(last_ms) - days * DAY_MS)
            if not held:
                return DailyView(shown_in(basis, currency), days, [], None, [], "unavailable", reason)
            newest_ms = max(one.last.at_ms for one in held)
            hours = _compared(unit, held)
            currency = None if currency == basis.reporting_currency else currency
            rows = self._rows(unit, held, reason, (day_of(newest_ms) - (days - 1) * DAY_MS, newest_ms), currency, basis)
            if currency is not None:
                instants = [one.at_ms for one in hours]
                rates = Rates(currency, None, stored_rates(unit, currency, basis.reporting_currency, instants))
                hours = [_hour_in(one, rates) for one in hours]
        latest = hours.pop() if hours else None
        return DailyView(
            basis=shown_in(basis, currency),
            days=days,
            rows=rows,
            latest=latest,
            hours=hours[-HOURS_TOLD:],
            status="exact" if reason is None else "estimated",
            reason=reason,
        )

    def between(
        self, unit: UnitOfWork, span_ms: tuple[int, int], account_id: int | None, currency: str | None = None
    ) -> list[DayView]:
        """The days with start <= 00:00 < end, oldest first, as far as there are any.

        Raises:
            NotFoundError: no such account in this environment.
        """
        start_ms, end_ms = span_ms
        basis, held, reason = self._held(unit, account_id, lambda _: start_ms, end_ms)
        if not held:
            return []
        currency = None if currency == basis.reporting_currency else currency
        until_ms = min(max(one.last.at_ms for one in held), end_ms - 1)
        return self._rows(unit, held, reason, (start_ms, until_ms), currency, basis)

    def line(self, unit: UnitOfWork, found: Measured) -> list[HistoryPoint]:
        """The course of a window of one account: its start, each 00:00 in it that has a valuation, and its end."""
        start, last = found.start, found.last
        if start is None:
            return []
        points = [(start.at_ms, start.value, start.growth_index, start.benchmark_index)]
        for row in unit.daily.rows(last.account_id, start.at_ms + 1, last.at_ms - 1):
            if row.opening is not None:
                points.append((row.day_ms, row.opening.value, row.opening.growth, row.opening.benchmark))
        if last.at_ms > start.at_ms:
            points.append((last.at_ms, last.value, last.growth_index, last.benchmark_index))
        return [
            HistoryPoint(
                at_ms=at_ms,
                twr=_ratio(start.growth_index, growth),
                benchmark=_ratio(start.benchmark_index, benchmark),
                value=value,
                net_deposits=None,
            )
            for at_ms, value, growth, benchmark in points
        ]

    def _rows(
        self,
        unit: UnitOfWork,
        held: Sequence[_Held],
        missing: str | None,
        span_ms: tuple[int, int],
        currency: str | None,
        basis: Basis,
    ) -> list[DayView]:
        """Days from an instant on, or from the first snapshot, to the day of another; in a currency, or as they are."""
        start_ms, newest_ms = span_ms
        grid = range(max(start_ms, day_of(min(one.first.at_ms for one in held))), newest_ms + 1, DAY_MS)
        rows = [_day(self._step_ms, day_ms, held, missing) for day_ms in grid]
        if currency is None:
            return rows
        last_ms = max(one.last.at_ms for one in held)
        instants = [*grid, *(min(day_ms + DAY_MS, last_ms) for day_ms in grid), held[0].first.at_ms]
        rates = Rates(currency, None, stored_rates(unit, currency, basis.reporting_currency, instants))
        return [_day_in(row, held[0], min(row.day_ms + DAY_MS, last_ms), rates) for row in rows]

    def _held(
        self, unit: UnitOfWork, account_id: int | None, since: Callable[[int], int], until_ms: int | None = None
    ) -> tuple[Basis, Sequence[_Held], str | None]:
        """The accounts with a history, and why what they add up to is nothing or not everything.

        Args:
            since: the first day wanted of an account whose newest snapshot is of an instant.
            until_ms: the last day wanted; None: the newest.
        """
        together = self._performance.measured(unit, TOTAL, account_id)
        if isinstance(together, Measured) and together.start is not None:
            reason = together.figures.money.reason
            missing = reason if is_whole(together.last.account_id) and reason in NOT_IN_IT else None
            return together.basis, [_held_of(unit, together.start, together.last, since, until_ms)], missing
        held: list[_Held] = []
        missing = None
        for account in told_accounts(unit, self._environment, account_id):
            found = self._performance.measured(unit, TOTAL, account.id)
            if isinstance(found, Refused) or found.start is None:
                reason = found.reason if isinstance(found, Refused) else NO_HISTORY
                valuation = unit.balances.latest(account.id)
                if reason != NO_HISTORY or valuation is None or valuation.lines:
                    missing = reason
                continue
            held.append(_held_of(unit, found.start, found.last, since, until_ms))
        return together.basis, held, missing if held else missing or NO_HISTORY


def _held_of(
    unit: UnitOfWork, first: SnapshotRow, last: SnapshotRow, since: Callable[[int], int], until_ms: int | None
) -> _Held:
    account = last.account_id
    span = since(last.at_ms), last.at_ms if until_ms is None else until_ms
    rows = {row.day_ms: row for row in unit.daily.rows(account, *span)}
    tails = unit.snapshots.doubted_benchmarks(account, *span)
    return _Held(account, first, last, rows, marked_from(unit, account), tails)


def _day(step_ms: int, day_ms: int, held: Sequence[_Held], missing: str | None) -> DayView:
    parts = [_part(step_ms, day_ms, one) for one in held if day_of(one.first.at_ms) <= day_ms]
    growth, benchmark_growth = _growth(day_ms, held[0]) if len(held) == 1 else (None, None)
    reason = next((part.reason for part in parts if part.reason is not None), missing)
    average, close = _sum([part.average for part in parts]), _sum([part.close for part in parts])
    if reason is None and growth is None:
        # Until all together have a chain their values add up, and there is no return.
        reason = IMPORTING if len(held) > 1 else MISSING_DAYS
    certain = reason is None or (reason == IMPORTING and close is not None)
    benchmark_close = _sum([part.benchmark_close for part in parts])
    doubts = (_benchmark_doubt(day_ms, one) for one in held if day_of(one.first.at_ms) <= day_ms)
    known = benchmark_close is not None or benchmark_growth is not None
    other = next((doubt for doubt in doubts if doubt is not None), missing if known else missing or NO_BENCHMARK)
    return DayView(
        day_ms=day_ms,
        average=average,
        close=close,
        benchmark_average=_sum([part.benchmark_average for part in parts]),
        benchmark_close=benchmark_close,
        growth=growth,
        benchmark_growth=benchmark_growth,
        hours=min(part.hours for part in parts),
        complete=all(part.complete for part in parts),
        status="exact" if certain else "unavailable" if average is None and close is None else "estimated",
        reason=reason,
        benchmark_trust=Trust.of(known, other),
    )


def _benchmark_doubt(day_ms: int, one: _Held) -> str | None:
    """Why the benchmark at the ends of a day is an estimate: its prices then, a reset behind it, or its units."""
    if one.dirty_ms is not None and one.dirty_ms < day_ms + DAY_MS:
        return RECOMPUTING
    start = one.first.benchmark if day_of(one.first.at_ms) == day_ms else one.tails.get(day_ms)
    end = one.last.benchmark if day_of(one.last.at_ms) == day_ms else one.tails.get(day_ms + DAY_MS)
    if end is None:
        return None if start is None else start.doubt
    drifted = end.doubted if start is None else start.doubt or end.doubt_since(start)
    return end.doubt or drifted or end.line_doubt


def _part(step_ms: int, day_ms: int, one: _Held) -> _Part:
    row, after = one.days.get(day_ms), one.days.get(day_ms + DAY_MS)
    if row is None:
        return _Part(None, None, None, None, 0, False, MISSING_DAYS)
    close = benchmark_close = None
    running = day_of(one.last.at_ms) == day_ms
    if running:
        close, benchmark_close = one.last.value, one.last.benchmark_value
    elif after is not None and after.opening is not None:
        close, benchmark_close = after.opening.value, after.opening.benchmark_value
    begin_ms, end_ms = max(day_ms, one.first.at_ms), min(day_ms + DAY_MS - 1, one.last.at_ms)
    wanted = end_ms // step_ms - (begin_ms - 1) // step_ms if DAY_MS % step_ms == 0 else 0
    anew = one.dirty_ms is not None and one.dirty_ms < day_ms + DAY_MS
    closing_doubt = (
        one.last.reason if running else None if after is None or after.opening is None else (after.opening.reason)
    )
    reason = RECOMPUTING if anew else row.reason or closing_doubt
    if reason is None and (row.hours < wanted or close is None):
        reason = MISSING_HOURS
    with localcontext(MONEY):
        return _Part(
            average=row.value_sum / row.hours if row.hours else None,
            close=close,
            benchmark_average=row.benchmark_sum / row.benchmark_hours if row.benchmark_hours else None,
            benchmark_close=benchmark_close,
            hours=row.hours,
            complete=not running and begin_ms == day_ms and row.hours >= wanted and close is not None,
            reason=reason,
        )


def _growth(day_ms: int, one: _Held) -> tuple[float | None, float | None]:
    """Return of a day, own and of the benchmark: from its 00:00, or the first snapshot of all, to its end."""
    row, after = one.days.get(day_ms), one.days.get(day_ms + DAY_MS)
    start: tuple[float, float | None] | None = None
    if row is not None and row.opening is not None:
        start = (row.opening.growth, row.opening.benchmark)
    elif day_of(one.first.at_ms) == day_ms:
        start = (one.first.growth_index, one.first.benchmark_index)
    end: tuple[float, float | None] | None = None
    if day_of(one.last.at_ms) == day_ms:
        end = (one.last.growth_index, one.last.benchmark_index)
    elif after is not None and after.opening is not None:
        end = (after.opening.growth, after.opening.benchmark)
    if start is None or end is None:
        return None, None
    return _ratio(start[0], end[0]), _ratio(start[1], end[1])


def _ratio(start: float | None, end: float | None) -> float | None:
    if start is None or end is None or not start > 0 or end != end:
        return None
    return end / start - 1.0


def _compared(unit: UnitOfWork, held: Sequence[_Held]) -> list[Comparison]:
    """The last full hours that all accounts have, oldest first, and the newest snapshots of them behind."""
    newest_ms = min(one.last.at_ms for one in held)
    last_ms = newest_ms // HOUR_MS * HOUR_MS
    grid = range(last_ms - (HOURS_TOLD - 1) * HOUR_MS, last_ms + 1, HOUR_MS)
    by_account = [
        (one, {row.at_ms: row for row in unit.snapshots.at_instants(one.account, list(grid))}) for one in held
    ]
    found = []
    for at_ms in grid:
        begun = [(one, rows.get(at_ms)) for one, rows in by_account if one.first.at_ms <= at_ms]
        known = [(one, row) for one, row in begun if row is not None]
        if begun and len(known) == len(begun):
            found.append(_comparison(at_ms, known))
    latest = [(one, unit.snapshots.at_or_before(one.account, newest_ms)) for one in held]
    now = [(one, row) for one, row in latest if row is not None]
    apart = any(newest_ms - row.at_ms > HOUR_MS for _, row in now)
    found.append(_comparison(newest_ms, now, MISSING_HOURS if apart else None))
    return found


def _comparison(at_ms: int, rows: Sequence[tuple[_Held, SnapshotRow]], doubt: str | None = None) -> Comparison:
    value = total([row.value for _, row in rows])
    benchmark = _sum([row.benchmark_value for _, row in rows])
    anew = any(one.dirty_ms is not None and one.dirty_ms <= row.at_ms for one, row in rows)
    marks = [row.benchmark.doubt or row.benchmark.line_doubt for _, row in rows if row.benchmark is not None]
    told = [doubt, *(row.reason for _, row in rows), *marks]
    reason = RECOMPUTING if anew else next((one for one in told if one is not None), None)
    return _against(Comparison(at_ms, value, benchmark, None, None, "exact" if reason is None else "estimated", reason))


def _against(one: Comparison) -> Comparison:
    """With difference and ratio, as far as there is a benchmark."""
    if one.value is None or one.benchmark is None:
        return replace(one, difference=None, ratio=None)
    difference = minus(one.value, one.benchmark)
    with localcontext(MONEY):
        ratio = difference / one.benchmark if one.benchmark > 0 else None
    return replace(one, difference=difference, ratio=ratio)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return total(known) if len(known) == len(values) else None


def _day_in(row: DayView, one: _Held, end_ms: int, rates: Rates) -> DayView:
    """A day in another currency: its close by the price of its end. Its average would need the price of every hour."""
    start_ms = max(row.day_ms, one.first.at_ms)
    end = rates.at(end_ms)
    unknown = row.close is not None and end is None
    return replace(
        row,
        average=None,
        benchmark_average=None,
        close=rates.then(row.close, end_ms),
        benchmark_close=rates.then(row.benchmark_close, end_ms),
        growth=rates.growth(row.growth, start_ms, end),
        benchmark_growth=rates.growth(row.benchmark_growth, start_ms, end),
        status="unavailable" if unknown else row.status,
        reason=NO_RATE if unknown else row.reason or OTHER_CURRENCY,
        benchmark_trust=Trust("unavailable", NO_RATE)
        if end is None and row.benchmark_trust.status != "unavailable"
        else row.benchmark_trust,
    )


def _hour_in(one: Comparison, rates: Rates) -> Comparison:
    value = rates.then(one.value, one.at_ms)
    shown = replace(one, value=value, benchmark=rates.then(one.benchmark, one.at_ms))
    if value is None:
        shown = replace(shown, status="unavailable", reason=NO_RATE)
    return _against(shown)
