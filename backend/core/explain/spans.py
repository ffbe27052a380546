"""The time that a question is about: some days, a month or a year, or from one snapshot to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.calendar_periods import NO_SNAPSHOTS, CalendarPeriod
from backend.core.errors import BadInputError
from backend.core.model.instants import DAY_MS, iso_ms
from backend.core.performance.windows import TOTAL
from backend.core.performance_tracker import Measured, PerformanceTracker, Refused
from backend.core.report_periods import AccountPeriod, account_period
from backend.core.risk_views import shown_in

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork
    from backend.core.views import Basis


@dataclass(frozen=True, slots=True)
class Instants:
    """From one snapshot to a later one, by their instants in ms."""

    start_ms: int
    end_ms: int


# Days up to the newest snapshot (0: all), a calendar period, or two snapshots.
Span = int | CalendarPeriod | Instants


@dataclass(frozen=True, slots=True)
class Subject:
    """A window of an account. `of`: how many days it is called, and how many a sample of days goes back (0: to its
    start). `currency`: another one than the reporting one, which figures are wanted in.
    """

    measured: Measured | Refused
    of: tuple[int, int]
    currency: str | None = None

    @property
    def basis(self) -> Basis:
        """What an answer rests on."""
        return shown_in(self.measured.basis, self.currency)

    @property
    def account(self) -> int | None:
        """None where there is no window."""
        return None if isinstance(self.measured, Refused) else self.measured.last.account_id


def subject_of(
    unit: UnitOfWork, performance: PerformanceTracker, span: Span, account_id: int | None, currency: str | None = None
) -> Subject:
    """The window of a span.

    Raises:
        NotFoundError: no such account in this environment.
        BadInputError: there is no snapshot of an instant, or the second is not the later one.
    """
    if isinstance(span, int):
        measured, of = performance.measured(unit, span, account_id), (span, span)
    elif isinstance(span, Instants):
        measured, of = _between(unit, performance, span, account_id)
    else:
        measured, of = _of_period(unit, performance, span, account_id)
    return Subject(measured, of, None if currency == measured.basis.reporting_currency else currency)


def _between(
    unit: UnitOfWork, performance: PerformanceTracker, span: Instants, account_id: int | None
) -> tuple[Measured | Refused, tuple[int, int]]:
    if span.start_ms >= span.end_ms:
        raise BadInputError("to must be later than from", "to")
    whole = performance.measured(unit, TOTAL, account_id)
    days = (span.end_ms - span.start_ms) // DAY_MS
    if isinstance(whole, Refused):
        return whole, (days, TOTAL)
    rows = {row.at_ms: row for row in unit.snapshots.at_instants(whole.last.account_id, [span.start_ms, span.end_ms])}
    for name, at_ms in (("from", span.start_ms), ("to", span.end_ms)):
        if at_ms not in rows:
            raise BadInputError(f"There is no snapshot of {iso_ms(at_ms)}", name)
    start, end = rows[span.start_ms], rows[span.end_ms]
    return Measured(whole.basis, start, end, performance.between(unit, start, end)), (days, TOTAL)


def _of_period(
    unit: UnitOfWork, performance: PerformanceTracker, period: CalendarPeriod, account_id: int | None
) -> tuple[Measured | Refused, tuple[int, int]]:
    found = account_period(unit, performance, period, account_id)
    if isinstance(found, AccountPeriod):
        return found.measured, (found.days(period), TOTAL)
    if found is None:
        basis = performance.measured(unit, TOTAL, account_id).basis
        found = Refused(basis, NO_SNAPSHOTS)
    return found, (period.days, TOTAL)
