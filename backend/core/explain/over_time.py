"""Figures of a window, whatever it is: its two snapshots are known, and all that is asked for lies between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from backend.core.benchmark_display import benchmark_in_display, instants_of
from backend.core.display_rates import Rates, stored_rates
from backend.core.display_view import course_of
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.explain.attributions import ATTRIBUTIONS, explain_held, explain_kinds, explain_part
from backend.core.explain.benchmark_coins import marks_of
from backend.core.explain.days import nothing
from backend.core.explain.falls import explain_fall
from backend.core.explain.in_currency import window_in
from backend.core.explain.rates import explain_benchmark, explain_excess, explain_xirr
from backend.core.explain.risks import RISKS, explain_risk
from backend.core.explain.shadows import OF_PERCENT, SHADOWS, Shadowed, explain_shadow
from backend.core.explain.trips import TRIPS, closing_trades, explain_trips
from backend.core.explain.windows import explain_window, read_window
from backend.core.kind_sums import fees_by_kind, income_by_kind
from backend.core.performance.windows import TOTAL
from backend.core.performance_tracker import Measured, PerformanceTracker, Refused, gaps_in
from backend.core.position_views import RoundTrips
from backend.core.proof_view import AttributionView
from backend.core.whole import RECOMPUTING, members_of

if TYPE_CHECKING:
    from backend.core.explain.model import Explained
    from backend.core.explain.spans import Subject
    from backend.core.ledger.lots import Method
    from backend.core.portfolio_view import PortfolioView
    from backend.core.ports import UnitOfWork
    from backend.core.profit_book import Ends
    from backend.core.report_book import Books

MONEY: Final = frozenset({"pnl", "net_flows"})
ENDS: Final = ("start_value", "end_value")
KINDS: Final = ("fees", "income")
FALL: Final = "drawdown"
NO_DRAWDOWN: Final = "no_drawdown"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure of the window. `number`: which fall, 1 is the deepest."""

    metric: str
    account: int | None
    benchmark: bool
    method: Method
    number: int


class OverTime:
    """Opens figures inside a caller's transaction."""

    def __init__(
        self, portfolio: PortfolioView, performance: PerformanceTracker, books: Books, interval_ms: int
    ) -> None:
        self._portfolio = portfolio
        self._performance = performance
        self._books = books
        self._interval_ms = interval_ms

    def explain(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> Explained:
        """A figure of a window."""
        metric = asked.metric
        if metric in RISKS:
            opened = self._books.risk.opened(unit, subject.measured, subject.of, subject.currency)
            found = explain_risk(unit, opened, metric, asked.benchmark, self._performance.lines)
        elif metric == FALL:
            found = self._fall(unit, subject, asked.number)
        elif metric in TRIPS:
            found = self._trips(unit, subject, asked)
        elif metric in SHADOWS:
            found = self._shadow(unit, subject, asked)
        elif metric in ATTRIBUTIONS:
            found = self._part(unit, subject, asked)
        elif metric in ENDS:
            found = _held(unit, subject, metric)
        elif metric in KINDS:
            found = self._kinds(unit, subject, asked)
        else:
            found = self._window(unit, subject, metric)
        return replace(found, basis=subject.basis)

    def _window(self, unit: UnitOfWork, subject: Subject, metric: str) -> Explained:
        measured = subject.measured
        if isinstance(measured, Refused):
            return nothing(metric, measured.reason, metric in MONEY)
        figures, account = measured.figures, measured.last.account_id
        if measured.start is None or figures.pnl is None:
            reason = nothing(metric, figures.reason, metric in MONEY)
            return replace(reason, available_from=figures.available_from)
        line = self._performance.lines(account, measured.start.at_ms, measured.last.at_ms)
        window = read_window(unit, account, measured.window, gaps_in(line, self._interval_ms))
        if window is None:
            # Its rows were replaced just now.
            return nothing(metric, RECOMPUTING, metric in MONEY)
        marks = marks_of(unit, account, window) if metric == "benchmark_twr" else []
        if subject.currency is not None:
            instants = [mark.at_ms for mark in marks]
            course = course_of(unit, account, [figures], subject.currency, measured.basis.reporting_currency, instants)
            window = window_in(window, course)
        if metric == "xirr":
            return explain_xirr(window)
        if metric == "benchmark_twr":
            return explain_benchmark(unit, account, window, marks)
        return explain_excess(window) if metric == "excess" else explain_window(metric, window)

    def _fall(self, unit: UnitOfWork, subject: Subject, number: int) -> Explained:
        view, line = self._books.risk.opened_falls(unit, subject.measured, subject.of, number, subject.currency)
        if line is None or subject.account is None or len(view.falls) < number:
            return nothing(FALL, view.reason if line is None else NO_DRAWDOWN)
        return explain_fall(unit, subject.account, view, line, number)

    def _round_trips(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> RoundTrips:
        measured = subject.measured
        if subject.currency is not None:
            return RoundTrips(asked.method, None, "unavailable", OTHER_CURRENCY)
        if isinstance(measured, Refused) or measured.start is None:
            reason = measured.reason if isinstance(measured, Refused) else measured.figures.reason
            return RoundTrips(asked.method, None, "unavailable", reason)
        view = self._portfolio.balances_in(unit, asked.account)
        return self._books.profits.round_trips_between(unit, view, measured.window, asked.method, _ends(unit, measured))

    def _trips(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> Explained:
        accounts = [] if subject.account is None else members_of(unit, subject.account)
        trips = self._round_trips(unit, subject, asked)
        return explain_trips(closing_trades(unit, accounts, TOTAL, subject.measured.window, trips), asked.metric)

    def _kinds(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> Explained:
        trips = self._round_trips(unit, subject, asked)
        ends = _ends(unit, subject.measured)
        sums = (fees_by_kind if asked.metric == "fees" else income_by_kind)(unit, ends, trips)
        return explain_kinds(asked.metric, sums, ends)

    def _part(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> Explained:
        measured = subject.measured
        window = measured.window
        if subject.currency is not None:
            view = AttributionView(window, None, "unavailable", OTHER_CURRENCY)
        else:
            view = self._books.proofs.attribution_of(unit, window, asked.account)
        start, end = (None, None) if isinstance(measured, Refused) else (measured.start, measured.last)
        return explain_part(unit, asked.metric, view, start, end)

    def _shadow(self, unit: UnitOfWork, subject: Subject, asked: Asked) -> Explained:
        measured, metric = subject.measured, asked.metric
        if isinstance(measured, Refused):
            return nothing(metric, measured.reason, metric not in OF_PERCENT)
        benchmarks = self._books.benchmarks
        # Windows of days end with the newest snapshot, which may be too old to be compared with now.
        newest = subject.of[0] == subject.of[1]
        view = benchmarks.of_newest(unit, measured, asked.account) if newest else benchmarks.of_window(unit, measured)
        rates: Rates | None = None
        if subject.currency is not None:
            currency, reporting, account = subject.currency, view.basis.reporting_currency, measured.last.account_id
            instants = instants_of(view)
            if view.hold.since_ms is not None and view.hold.value.at_ms is not None:
                span = (view.hold.since_ms, view.hold.value.at_ms)
                instants += [flow.at_ms for flow in unit.cash_flows.between(account, *span)]
            course = course_of(unit, account, [measured.figures], currency, reporting, instants)
            view, rates = benchmark_in_display(view, course, currency), course.rates
        return explain_shadow(metric, Shadowed(unit, view, measured.last, measured.basis.reporting_currency, rates))


def _ends(unit: UnitOfWork, measured: Measured | Refused) -> Ends:
    """Between which snapshots the books of each account are read: all together begin and end at the same ones."""
    if isinstance(measured, Refused) or measured.start is None:
        return {}
    return dict.fromkeys(members_of(unit, measured.last.account_id), (measured.start, measured.last))


def _held(unit: UnitOfWork, subject: Subject, metric: str) -> Explained:
    measured = subject.measured
    if isinstance(measured, Refused):
        return nothing(metric, measured.reason, money=True)
    row = measured.start if metric == "start_value" else measured.last
    if row is None or measured.start is None:
        return nothing(metric, measured.figures.reason, money=True)
    rates = None
    if subject.currency is not None:
        stored = stored_rates(unit, subject.currency, measured.basis.reporting_currency, [row.at_ms])
        rates = Rates(subject.currency, None, stored)
    return explain_held(metric, [row], None, rates)
