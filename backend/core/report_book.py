"""ReportBook: a month or a year, put together of what the other books tell. It reckons nothing by itself.

Everything is read in one transaction, and nothing of it grows with the history before the period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from backend.core.calendar_periods import NO_SNAPSHOTS, CalendarPeriod, calendar_of
from backend.core.explain.wording import METHOD_VERSIONS
from backend.core.flows import net_deposits
from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.kind_sums import fees_by_kind, income_by_kind
from backend.core.model.instants import from_ms
from backend.core.performance.windows import TOTAL
from backend.core.performance_tracker import NO_HISTORY, Measured, PerformanceTracker, Refused
from backend.core.position_views import RoundTrips, SymbolsView
from backend.core.report_display import Shown, shown_in_currency
from backend.core.report_holdings import holdings_of
from backend.core.report_periods import AccountPeriod, account_period, refused_period
from backend.core.report_views import (
    HoldingsAt,
    PeriodsView,
    Quality,
    ReportFlow,
    ReportSummary,
    ReportView,
    ToldPeriod,
)
from backend.core.risk_views import shown_in
from backend.core.told_accounts import told_accounts

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkBook, BenchmarkView
    from backend.core.daily_book import DailyBook
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.model.valuation import SnapshotRow
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.profit_book import Ends, ProfitBook
    from backend.core.proof_view import ProofView
    from backend.core.risk_book import RiskBook
    from backend.core.views import BalancesView, FlowRow, NetDeposits, PeriodView, Status, WindowView

MOST_FALLS: Final = 5


@dataclass(frozen=True, slots=True)
class Books:
    """What a report is put together of."""

    risk: RiskBook
    daily: DailyBook
    profits: ProfitBook
    benchmarks: BenchmarkBook
    proofs: ProofView


@dataclass(frozen=True, slots=True)
class _Found:
    """The accounts of a report and their periods; `missing`: why one of them is not in it.

    `alone` is the only account's or that of all together, without which `refused` says why there are no returns. `ends`
    are those of every account that has figures.
    """

    view: BalancesView
    accounts: Sequence[Account]
    parts: Sequence[AccountPeriod]
    ends: Ends
    missing: str | None
    alone: AccountPeriod | None
    refused: Refused

    @property
    def why(self) -> str | None:
        """Why something is not in the sums; None: everything is."""
        return self.missing or (None if self.ends else self.refused.reason)

    @property
    def measured(self) -> Measured | Refused:
        return self.refused if self.alone is None else self.alone.measured

    @property
    def window(self) -> WindowView:
        return self.measured.window

    def figures(self, days: int) -> PeriodView:
        return refused_period(self.refused, days) if self.alone is None else self.alone.figures


class ReportBook:
    """Answers about calendar periods over a store."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        performance: PerformanceTracker,
        settings: ViewSettings,
        books: Books,
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._environment = settings.environment
        self._books = books

    def periods(self, account_id: int | None) -> PeriodsView:
        """The months and years that there are snapshots of.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            basis = self._portfolio.balances_in(unit, account_id).basis
            found = [
                self._performance.measured(unit, TOTAL, account.id)
                for account in told_accounts(unit, self._environment, account_id)
            ]
        chains = [one for one in found if not isinstance(one, Refused)]
        if not chains:
            reason = next((one.reason for one in found if isinstance(one, Refused)), NO_HISTORY)
            return PeriodsView(basis, [], "unavailable", reason)
        first_ms = min((one.start or one.last).at_ms for one in chains)
        last_ms = max(one.last.at_ms for one in chains)
        told = calendar_of(from_ms(first_ms), from_ms(max(last_ms - 1, first_ms)))
        return PeriodsView(basis, [ToldPeriod(one, one.end_ms > last_ms) for one in told], "exact", None)

    def report(
        self, period: CalendarPeriod, method: Method, account_id: int | None, currency: str | None = None
    ) -> ReportView:
        """A period of one account, or of all of the environment together.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            found = self._found(unit, period, account_id)
            reporting = found.view.basis.reporting_currency
            return self._report(unit, found, period, method, None if currency == reporting else currency)

    def _found(self, unit: UnitOfWork, period: CalendarPeriod, account_id: int | None) -> _Found:
        view = self._portfolio.balances_in(unit, account_id)
        accounts = [holding.account for holding in view.accounts]
        told = [account_period(unit, self._performance, period, account.id) for account in accounts]
        parts = [one for one in told if isinstance(one, AccountPeriod)]
        refusals = [one for one in told if isinstance(one, Refused)]
        lone = told[0] if len(told) == 1 else account_period(unit, self._performance, period, None) if told else None
        nothing = NO_SNAPSHOTS if told else NO_HISTORY
        ends = {
            part.opening.account_id: (part.opening, part.measured.last)
            for part in parts
            if part.measured.start is not None
        }
        if len(told) > 1 and isinstance(lone, AccountPeriod):
            ends = {account: _within(unit, lone, pair) for account, pair in ends.items()}
        return _Found(
            view=view,
            accounts=accounts,
            parts=parts,
            ends=ends,
            missing=next((one.reason for one in refusals), None)
            or next((part.month.figures.reason for part in parts if part.measured.start is None), None),
            alone=lone if isinstance(lone, AccountPeriod) else None,
            refused=lone if isinstance(lone, Refused) else Refused(view.basis, nothing),
        )

    def _report(
        self, unit: UnitOfWork, found: _Found, period: CalendarPeriod, method: Method, currency: str | None
    ) -> ReportView:
        books, alone, ends = self._books, found.alone, found.ends
        account_id = found.accounts[0].id if len(found.accounts) == 1 else None
        flows = self._performance.flows_between(unit, found.view, _span(period, ends))
        line = [] if alone is None else books.daily.line(unit, alone.measured)
        days = period.days if alone is None else alone.days(period)
        shown = Shown()
        if currency is not None:
            reporting = found.view.basis.reporting_currency
            shown = shown_in_currency(unit, currency, reporting, alone, ends, flows, line)
        trips = self._trips(unit, found, method)
        opening = holdings_of([pair[0] for pair in ends.values()], found.why, shown.rates)
        closing = holdings_of([pair[1] for pair in ends.values()], found.why, shown.rates)
        view = ReportView(
            basis=shown_in(found.window.basis, currency),
            period=period,
            running=any(part.measured.last.at_ms < period.end_ms for part in found.parts),
            accounts=found.accounts,
            method=method,
            in_reporting=currency is None,
            summary=_summary(found, opening, closing, period),
            months=[] if alone is None else alone.months,
            line=line,
            days=books.daily.between(unit, (period.start_ms, period.end_ms), account_id, currency),
            risk=books.risk.of_period(unit, found.measured, days, currency),
            trips=trips,
            falls=books.risk.falls_of_period(unit, found.measured, days, MOST_FALLS, currency),
            benchmark=self._benchmark(unit, alone),
            attribution=books.proofs.attribution_of(unit, found.window, account_id),
            flows=[ReportFlow(row, _in_figures(ends, row)) for row in flows],
            flows_total=_flows_total(found, flows, shown),
            opening=opening,
            closing=closing,
            profit=self._profit(unit, found, method, period),
            fees=fees_by_kind(unit, ends, trips),
            income=income_by_kind(unit, ends, trips),
            quality=_quality(unit, ends),
            certificate=books.proofs.certificate_in(unit, account_id),
            versions=METHOD_VERSIONS,
        )
        return shown.told(view)

    def _trips(self, unit: UnitOfWork, found: _Found, method: Method) -> RoundTrips:
        if not found.ends:
            return RoundTrips(method, None, "unavailable", found.why)
        trips = self._books.profits.round_trips_between(unit, found.view, found.window, method, found.ends)
        status, reason = _doubted(trips.status, trips.reason, found.why)
        return replace(trips, status=status, reason=reason)

    def _profit(self, unit: UnitOfWork, found: _Found, method: Method, period: CalendarPeriod) -> SymbolsView:
        profit = self._books.profits.by_symbol_between(unit, found.view, method, found.ends, period.name)
        if not found.ends:
            return replace(profit, rows=[], status="unavailable", reason=found.why)
        status, reason = _doubted(profit.status, profit.reason, found.why)
        return replace(profit, status=status, reason=reason)

    def _benchmark(self, unit: UnitOfWork, alone: AccountPeriod | None) -> BenchmarkView | None:
        if alone is None:
            return None
        measured = alone.measured
        return self._books.benchmarks.between(unit, measured.basis, measured.figures, measured.start, measured.last)


def _within(
    unit: UnitOfWork, whole: AccountPeriod, pair: tuple[SnapshotRow, SnapshotRow]
) -> tuple[SnapshotRow, SnapshotRow]:
    """The ends of an account where those of all together are: they end where the last of them does."""
    opening, closing = pair
    row = unit.snapshots.at_or_before(opening.account_id, whole.measured.last.at_ms)
    return opening, closing if row is None or row.at_ms < opening.at_ms else row


def _span(period: CalendarPeriod, ends: Ends) -> tuple[int, int]:
    """All flows of the period, and those before it that its figures count: they begin with the snapshot before it."""
    return min([period.start_ms, *(opening.at_ms for opening, _ in ends.values())]), period.end_ms


def _in_figures(ends: Ends, row: FlowRow) -> bool:
    """Whether a flow is in the figures: those of the instant of the first snapshot are, those of the last are not."""
    pair = ends.get(row.flow.account_id)
    return pair is not None and row.counted and pair[0].at_ms <= row.flow.at_ms < pair[1].at_ms


def _flows_total(found: _Found, flows: Sequence[FlowRow], shown: Shown) -> NetDeposits:
    """The sum of the flows that the figures count."""
    told = net_deposits([shown.flow(row.flow) for row in flows if _in_figures(found.ends, row)])
    if not found.ends:
        return replace(told, net=None, status="unavailable", reason=found.why)
    status, reason = _doubted(told.status, told.reason, found.why)
    return replace(told, status=status, reason=reason)


def _summary(found: _Found, opening: HoldingsAt, closing: HoldingsAt, period: CalendarPeriod) -> ReportSummary:
    doubt = closing if closing.status == "unavailable" or opening.status == "exact" else opening
    return ReportSummary(
        begun_ms=opening.at_ms,
        ended_ms=closing.at_ms,
        start_value=opening.value,
        end_value=closing.value,
        values_status=doubt.status,
        values_reason=doubt.reason,
        figures=found.figures(period.days),
        complete=bool(found.parts) and found.missing is None and all(part.month.complete for part in found.parts),
    )


def _quality(unit: UnitOfWork, ends: Ends) -> Quality:
    watched = [unit.ledger.cursor(account, IMPORT, WATCHED) for account in ends]
    return Quality(
        expected=sum(closing.slots_expected - opening.slots_expected for opening, closing in ends.values()),
        missing=sum(_missing(closing) - _missing(opening) for opening, closing in ends.values()),
        doubtful=sum(closing.doubts - opening.doubts for opening, closing in ends.values()),
        replayed_until_ms=max((at_ms for at_ms in watched if at_ms is not None), default=None),
    )


def _missing(row: SnapshotRow) -> int:
    return row.slots_expected - row.slots


def _doubted(status: Status, reason: str | None, missing: str | None) -> tuple[Status, str | None]:
    """Sums in which an account is missing are estimates."""
    return ("estimated", missing) if status == "exact" and missing is not None else (status, reason)
