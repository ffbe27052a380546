"""A calendar period of an account: the snapshots it lies between, its figures, and the months that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from backend.core.calendar_periods import (
    MONTH_NAME,
    NO_SNAPSHOTS,
    YEAR_NAME,
    CalendarPeriod,
    month_starts,
    periods,
)
from backend.core.model.instants import DAY_MS, from_ms
from backend.core.performance.figure import Figure
from backend.core.performance.windows import TOTAL
from backend.core.performance_tracker import Measured, PerformanceTracker, Refused
from backend.core.views import MonthView, PeriodView
from backend.core.window_rates import money_weighted

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class AccountPeriod:
    """A period of one account. `measured.start` is None where there is nothing to measure from, and `month` says why.

    `month` and `months` are as the table of months tells them; those of a month are none.
    """

    measured: Measured
    opening: SnapshotRow
    month: MonthView
    months: list[MonthView]
    figures: PeriodView

    def days(self, period: CalendarPeriod) -> int:
        """How many whole days the period has for the account: it may have begun later."""
        return (period.end_ms - max(self.opening.at_ms, period.start_ms)) // DAY_MS


def account_period(
    unit: UnitOfWork, performance: PerformanceTracker, period: CalendarPeriod, account_id: int | None
) -> AccountPeriod | Refused | None:
    """A period of an account, or why there is nothing to tell; None: its history begins later.

    Raises:
        NotFoundError: no such account in this environment.
    """
    whole = performance.measured(unit, TOTAL, account_id)
    if isinstance(whole, Refused):
        return whole
    first, last = whole.start or whole.last, whole.last
    if first.at_ms >= period.end_ms:
        return None
    if last.at_ms <= period.start_ms:
        return Refused(whole.basis, NO_SNAPSHOTS)
    row_at = partial(unit.snapshots.at_or_before, first.account_id)
    between = partial(performance.between, unit)
    name = YEAR_NAME if period.yearly else MONTH_NAME
    (month,) = periods([period.start, period.end], name, first, last, row_at, between)
    months: list[MonthView] = []
    if period.yearly:
        newest = min(from_ms(last.at_ms - 1), from_ms(period.end_ms - 1))
        starts = month_starts(max(from_ms(first.at_ms), period.start), newest, 12)
        months = periods(starts, MONTH_NAME, first, last, row_at, between)
    opening, closing = row_at(period.start_ms) or first, row_at(period.end_ms) or last
    begins = opening if month.figures.start is not None else None
    measured = Measured(whole.basis, begins, closing, month.figures)
    return AccountPeriod(measured, opening, month, months, _figures(unit, measured, period.days))


def refused_period(refused: Refused, days: int) -> PeriodView:
    """The figures of a period of which nothing can be told."""
    return PeriodView(days, None, refused.reason, None, None, Figure(None, refused.reason), 0)


def _figures(unit: UnitOfWork, found: Measured, days: int) -> PeriodView:
    figures = found.figures
    if found.start is None or figures.pnl is None:
        return PeriodView(days, figures, figures.reason, None, None, Figure(None, figures.reason), 0)
    rate = money_weighted(unit, found.last.account_id, found.start, found.last)
    return PeriodView(days, figures, figures.reason, None, None, rate, 0)
