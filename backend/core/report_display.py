"""A report in another currency: each amount by the price of its own instant, as the pages tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.display_rates import Rates, stored_rates
from backend.core.display_windows import OTHER_CURRENCY, Course, in_display, month_in_display, points_in_display
from backend.core.model.amounts import ZERO
from backend.core.model.instants import to_ms
from backend.core.position_views import RoundTrips
from backend.core.proof_view import AttributionView
from backend.core.report_views import KindSums, ReportView

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.core.ports import UnitOfWork
    from backend.core.profit_book import Ends
    from backend.core.report_periods import AccountPeriod
    from backend.core.views import FlowRow, HistoryPoint


@dataclass(frozen=True, slots=True)
class Shown:
    """The currency a report is told in; without `course` the reporting one."""

    course: Course | None = None

    @property
    def rates(self) -> Rates | None:
        return None if self.course is None else self.course.rates

    def flow(self, flow: CashFlow) -> CashFlow:
        """A cash flow at the price of its instant, without an amount where there is none."""
        return flow if self.rates is None else replace(flow, amount=self.rates.then(flow.amount, flow.at_ms))

    def told(self, view: ReportView) -> ReportView:
        """A report in the currency. What was booked would need the price of each of its own instants: it is not told.

        Holdings, days, risk and the sum of the flows are in it already.
        """
        course = self.course
        if course is None:
            return view
        nothing = KindSums([], None, "unavailable", OTHER_CURRENCY)
        points = view.line
        return replace(
            view,
            summary=replace(view.summary, figures=in_display(view.summary.figures, course)),
            months=[month_in_display(month, course) for month in view.months],
            line=points_in_display(points, (points[0].at_ms, points[0].value or ZERO), course) if points else [],
            flows=[replace(one, row=self._row(one.row, course.rates)) for one in view.flows],
            trips=RoundTrips(view.method, None, "unavailable", OTHER_CURRENCY),
            profit=replace(view.profit, rows=[], status="unavailable", reason=OTHER_CURRENCY),
            attribution=AttributionView(view.attribution.window, None, "unavailable", OTHER_CURRENCY),
            fees=nothing,
            income=nothing,
        )

    def _row(self, row: FlowRow, rates: Rates) -> FlowRow:
        return replace(row, flow=self.flow(row.flow), value_before=rates.then(row.value_before, row.flow.at_ms))


def shown_in_currency(
    unit: UnitOfWork,
    currency: str,
    reporting: str,
    one: AccountPeriod | None,
    ends: Ends,
    flows: Sequence[FlowRow],
    line: Sequence[HistoryPoint],
) -> Shown:
    """The prices of a currency at every instant of a report, and what its windows are made of."""
    windows = [] if one is None else [one.measured.figures, *(month.figures for month in one.months)]
    instants = {to_ms(at) for figures in windows for at in (figures.start, figures.end) if at is not None}
    values = {}
    if one is not None:
        values = {row.at_ms: row.value for row in unit.snapshots.at_instants(one.opening.account_id, sorted(instants))}
    instants |= {row.at_ms for pair in ends.values() for row in pair}
    instants |= {row.flow.at_ms for row in flows} | {point.at_ms for point in line}
    rates = Rates(currency, None, stored_rates(unit, currency, reporting, sorted(instants)))
    valued = [row.flow for row in flows if row.counted and row.flow.amount is not None]
    return Shown(Course(values, valued, rates))
