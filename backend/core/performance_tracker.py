"""PerformanceTracker: snapshots, time-weighted returns, profit and statistics over a unit of work.

Every window is one division of two indexed rows; nothing here grows with the length of the history but the chart,
whose rows are kept in memory and thinned.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from backend.core.calendar_periods import MONTH_NAME, YEAR_NAME, month_starts, periods, year_starts
from backend.core.chart_points import chart_points
from backend.core.errors import StaleDataError
from backend.core.flow_book import FlowBook, read_cursor
from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.imported_values import counted
from backend.core.model.accounts import Account, is_whole
from backend.core.model.instants import DAY_MS, HOUR_MS, from_ms, to_ms
from backend.core.performance.day_rows import midnights
from backend.core.performance.day_series import DayCache, DaySeries
from backend.core.performance.drawdown import deepest_known
from backend.core.performance.figure import Figure
from backend.core.performance.restart import Restart, restarted_row
from backend.core.performance.risk_sample import missing_days, path_doubt
from backend.core.performance.snapshot_chain import FINE_FOR_MS
from backend.core.performance.windows import (
    TOTAL,
    WINDOWS,
    IndexedRow,
    WindowFigures,
    window_figures,
    window_start,
)
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.series import Series, SeriesCache, SeriesChunk
from backend.core.told_accounts import told_accounts
from backend.core.views import (
    Basis,
    HistoryView,
    MonthlyView,
    PeriodView,
    SnapshotPage,
    StatisticsView,
    WindowView,
)
from backend.core.whole import IMPORTING, chain_account, watched_until
from backend.core.window_doubts import behind, benchmark_doubt, explained
from backend.core.window_rates import rate_between

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.core.model.imported import ImportedValue
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import Store, UnitOfWork

NO_HISTORY = "no_history"


@dataclass(frozen=True, slots=True)
class _Chain:
    """The first and the newest snapshot of an account, or of all together, in which the accounts `told` are to be.
    `behind`: their benchmark is another one than is wanted.
    """

    account: int
    first: SnapshotRow
    last: SnapshotRow
    behind: bool
    told: Sequence[Account]


Subject = tuple[Basis, _Chain | None, str | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """A window of a chain: its ends (`start` None where there is no row to begin with) and its figures."""

    basis: Basis
    start: SnapshotRow | None
    last: SnapshotRow
    figures: WindowFigures

    @property
    def window(self) -> WindowView:
        """As it is told."""
        known = self.start is not None and self.figures.pnl is not None
        start, end = (self.start.value, self.last.value) if known and self.start is not None else (None, None)
        return WindowView(self.basis, self.figures, start, end, None)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no chain to measure."""

    basis: Basis
    reason: str

    @property
    def window(self) -> WindowView:
        """As it is told."""
        return WindowView(self.basis, None, None, None, self.reason)


class PerformanceTracker(FlowBook):
    """Figures over time. Cash flows, which make them, are the inherited `FlowBook`."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        settings: ViewSettings,
        now_ms: Callable[[], int],
        series: SeriesCache | None = None,
    ) -> None:
        super().__init__(store, portfolio, settings, now_ms)
        self._series = series or SeriesCache()
        self._days = DayCache()

    def window(self, days: int, account_id: int | None) -> WindowView:
        """Return and profit of the last `days` (0: all).

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            return self.measured(unit, days, account_id).window

    def measured(self, unit: UnitOfWork, days: int, account_id: int | None) -> Measured | Refused:
        """The window of the last `days` (0: all).

        Raises:
            NotFoundError: no such account in this environment.
        """
        basis, chain, refusal = self._subject(unit, account_id)
        if chain is None:
            return Refused(basis, refusal or NO_HISTORY)
        start = chain.first if days == TOTAL else _start_row(unit, chain.account, chain.last, days)
        return Measured(basis, start, chain.last, self._figures(unit, start, chain, days))

    def chain(self, unit: UnitOfWork, account_id: int | None) -> int | None:
        """The number under which the snapshots of an account, or of all together, are found; None: there are none.

        Raises:
            NotFoundError: no such account in this environment.
        """
        environment = self._settings.environment
        return chain_account(unit, environment, told_accounts(unit, environment, account_id))

    def days_of(self, unit: UnitOfWork, account: int) -> DaySeries:
        """All days of an account."""
        rebuilds = unit.accounts.sync_state(account).rebuilds
        return self._days.get(account, rebuilds, lambda since: unit.daily.series(account, since))

    def statistics(self, account_id: int | None) -> StatisticsView:
        """Tracking statistics and all windows."""
        with self._store.read() as unit:
            basis, chain, refusal = self._subject(unit, account_id)
            if chain is None:
                empty = {
                    name: PeriodView(days, None, refusal, None, None, Figure(None, refusal), 0)
                    for name, days in WINDOWS.items()
                }
                return StatisticsView(basis, None, None, 0, 0, 0, 0, empty)
            account, first, last = chain.account, chain.first, chain.last
            series = self.days_of(unit, account)
            flows = unit.cash_flows.between(account, first.at_ms, last.at_ms)
            periods = {name: self._period(unit, chain, days, series, flows) for name, days in WINDOWS.items()}
            return StatisticsView(
                basis=basis,
                first=first,
                last=last,
                snapshots=last.seq,
                expected=last.slots_expected,
                missing=last.slots_expected - last.slots,
                cash_flows=unit.cash_flows.count(account),
                periods=periods,
            )

    def history(self, days: int, points: int, account_id: int | None) -> HistoryView:
        """The growth of a window as at most `points` chart points, extremes kept."""
        with self._store.read() as unit:
            return self.history_in(unit, days, points, account_id)

    def history_in(self, unit: UnitOfWork, days: int, points: int, account_id: int | None) -> HistoryView:
        """`history` inside a caller's transaction."""
        basis, chain, refusal = self._subject(unit, account_id)
        if chain is None:
            return HistoryView(basis, days, None, [], [], [], refusal)
        account, first, last = chain.account, chain.first, chain.last
        start = first if days == TOTAL else _start_row(unit, account, last, days)
        figures = self._figures(unit, start, chain, days)
        # A window longer than the history shows the history there is; its status says so.
        opening = start if start is not None else first
        part = self._rows(unit, account).rows.part(opening.at_ms, last.at_ms)
        flows = [
            (flow.at_ms, flow.amount)
            for flow in unit.cash_flows.all(account)
            if flow.amount is not None and opening.at_ms <= flow.at_ms <= last.at_ms
        ]
        return HistoryView(
            basis=basis,
            days=days,
            figures=figures,
            points=chart_points(unit, account, part, opening, points),
            flows=flows,
            gaps=gaps_in(part, self._settings.snapshot_interval_s * 1000),
            reason=None,
            replayed_until_ms=watched_until(unit, account),
            since_ms=opening.at_ms,
        )

    def lines(self, account: int, start_ms: int, end_ms: int) -> SeriesChunk:
        """The rows of an account with start <= instant <= end."""
        with self._store.read() as unit:
            return self._rows(unit, account).rows.part(start_ms, end_ms)

    def monthly(self, months: int, account_id: int | None) -> MonthlyView:
        """Month-end values and returns, oldest first, the running month last, and the years they are of."""
        with self._store.read() as unit:
            basis, chain, _ = self._subject(unit, account_id)
            if chain is None:
                return MonthlyView(basis, [], [])
            account, first, last = chain.account, chain.first, chain.last
            begun, newest = from_ms(first.at_ms), from_ms(last.at_ms - 1)
            starts = month_starts(begun, newest, months)

            def row_at(at_ms: int) -> SnapshotRow | None:
                return unit.snapshots.at_or_before(account, at_ms)

            def between(start: SnapshotRow, end: SnapshotRow) -> WindowFigures:
                return self._between(unit, start, end, chain.behind, chain.told)

            return MonthlyView(
                basis,
                periods(starts, MONTH_NAME, first, last, row_at, between),
                periods(year_starts(max(starts[0], begun), newest), YEAR_NAME, first, last, row_at, between),
            )

    def snapshots(self, before_ms: int | None, limit: int, cursor: str | None, account_id: int | None) -> SnapshotPage:
        """A page of snapshots, newest first; the cursor is `instant-account` of the last row."""
        with self._store.read() as unit:
            basis, _, _ = self._subject(unit, account_id)
            accounts = [account.id for account in wanted_accounts(unit, self._settings.environment, account_id)]
            after = None if cursor is None else read_cursor(cursor)
            own = unit.snapshots.page(accounts, before_ms, after, limit + 1)
            rows = _with_imported(unit, accounts, own, before_ms, after, limit + 1)
            shown = rows[:limit]
            last = shown[-1] if len(rows) > limit else None
            watched = {one: unit.ledger.cursor(one, IMPORT, WATCHED) for one in accounts}
            known = {one: at_ms for one, at_ms in watched.items() if at_ms is not None}
            return SnapshotPage(basis, shown, None if last is None else f"{last.at_ms}-{last.account_id}", known)

    def require_fresh(self, account_id: int | None) -> None:
        """Refuse a snapshot of data that are stale or incomplete.

        Raises:
            StaleDataError: says which.
        """
        view = self._portfolio.balances(account_id)
        if view.total is None:
            raise StaleDataError("No balances were read yet: there is nothing to take a snapshot of")
        if view.basis.stale:
            raise StaleDataError("The balances are stale: a snapshot now would not show the present value")
        if not view.complete:
            raise StaleDataError("The balances are incomplete: a wallet or a price is missing")

    def _period(
        self, unit: UnitOfWork, chain: _Chain, days: int, daily: DaySeries, flows: Sequence[CashFlow]
    ) -> PeriodView:
        account, first, last = chain.account, chain.first, chain.last
        start = first if days == TOTAL else _start_row(unit, account, last, days)
        figures = self._figures(unit, start, chain, days)
        has_days = (last.at_ms - first.at_ms) // DAY_MS
        if start is None or figures.pnl is None:
            return PeriodView(days, figures, figures.reason, None, None, Figure(None, figures.reason), has_days)
        inside = daily.part(start.at_ms + 1, last.at_ms)
        opening_benchmark = math.nan if start.benchmark_index is None else start.benchmark_index
        wanted = midnights(start.at_ms, last.at_ms)
        return PeriodView(
            days=days,
            figures=figures,
            reason=figures.reason,
            max_drawdown=deepest_known(np.concatenate([[start.growth_index], inside.growth])),
            benchmark_max_drawdown=deepest_known(np.concatenate([[opening_benchmark], inside.benchmark])),
            xirr=rate_between(flows, start, last),
            has_days=has_days,
            drawdown_doubt=figures.reason or path_doubt(inside, wanted),
            benchmark_drawdown_doubt=benchmark_doubt(unit, start, last, figures)
            or missing_days(inside.benchmark, wanted),
            restart=self._restart(unit, chain, start),
        )

    def _restart(self, unit: UnitOfWork, chain: _Chain, start: SnapshotRow) -> Restart | None:
        row = restarted_row(start, chain.last, partial(unit.snapshots.at_or_before, chain.account))
        return None if row is None else Restart(row.at_ms, self.between(unit, row, chain.last))

    def _subject(self, unit: UnitOfWork, account_id: int | None) -> Subject:
        """What the answer rests on, the chain of the account or of all together, and why there is none."""
        basis = self._portfolio.balances_in(unit, account_id).basis
        account = self.chain(unit, account_id)
        if account is None:
            told = told_accounts(unit, self._settings.environment, account_id)
            return basis, None, IMPORTING if told else NO_HISTORY
        first, last = unit.snapshots.first(account), unit.snapshots.last(account)
        dirty = unit.accounts.sync_state(account).dirty_from_ms
        if first is None or last is None:
            return basis, None, NO_HISTORY if dirty is None else IMPORTING
        if dirty is not None and dirty <= first.at_ms:
            # All of it is computed anew, from its very start on.
            return basis, None, IMPORTING
        chain = _Chain(account, first, last, behind(unit, account), self._told(unit, account))
        return replace(basis, as_of_ms=last.at_ms), chain, None

    def _figures(self, unit: UnitOfWork, start: SnapshotRow | None, chain: _Chain, days: int) -> WindowFigures:
        opening = None if start is None else indexed(start)
        figures = window_figures(opening, indexed(chain.last), days, from_ms(chain.first.at_ms))
        return explained(unit, start, chain.last, figures, chain.behind, chain.told)

    def between(self, unit: UnitOfWork, start: SnapshotRow, end: SnapshotRow) -> WindowFigures:
        """The figures from one row of a chain to a later one."""
        account = start.account_id
        return self._between(unit, start, end, behind(unit, account), self._told(unit, account))

    def _between(
        self, unit: UnitOfWork, start: SnapshotRow, end: SnapshotRow, behind: bool, told: Sequence[Account]
    ) -> WindowFigures:
        figures = window_figures(indexed(start), indexed(end), TOTAL, from_ms(start.at_ms))
        return explained(unit, start, end, figures, behind, told)

    def _told(self, unit: UnitOfWork, account: int) -> Sequence[Account]:
        return told_accounts(unit, self._settings.environment, None) if is_whole(account) else ()

    def _rows(self, unit: UnitOfWork, account: int) -> Series:
        rebuilds = unit.accounts.sync_state(account).rebuilds
        return self._series.get(
            account,
            rebuilds,
            lambda after: unit.snapshots.series_after(account, after),
            lambda: unit.packed.series(account, rebuilds),
        )


def indexed(row: SnapshotRow) -> IndexedRow:
    """What a window needs of a stored row."""
    return IndexedRow(
        at=from_ms(row.at_ms),
        value=row.value,
        index=row.growth_index,
        benchmark_index=row.benchmark_index,
        cum_flows=row.cum_flows,
        cum_deposits=row.cum_deposits,
        doubts=row.doubts,
        estimated=row.status != "exact",
        flow_alone=row.reason is not None and row.value_doubt is None,
        broken=row.reason if math.isnan(row.growth_index) else None,
        benchmark=row.benchmark,
    )


def _start_row(unit: UnitOfWork, account: int, last: SnapshotRow, days: int) -> SnapshotRow | None:
    return unit.snapshots.at_or_before(account, to_ms(window_start(from_ms(last.at_ms), days)))


def _with_imported(
    unit: UnitOfWork,
    accounts: Sequence[int],
    own: Sequence[SnapshotRow],
    before_ms: int | None,
    after: tuple[int, int] | None,
    limit: int,
) -> Sequence[SnapshotRow | ImportedValue]:
    """A page of snapshots, filled up with the values that were imported for the time before the first of an account."""
    ends = [at_ms + 1 for at_ms in (before_ms, None if after is None else after[0]) if at_ms is not None]
    found = [
        one
        for account in accounts
        for one in counted(unit, account, min(ends, default=None), limit)
        if after is None or (one.at_ms, one.account_id) < after
    ]
    if not found:
        return own
    rows: list[SnapshotRow | ImportedValue] = [*own, *found]
    return sorted(rows, key=lambda row: (row.at_ms, row.account_id), reverse=True)[:limit]


def gaps_in(part: SeriesChunk, interval_ms: int) -> list[tuple[int, int]]:
    """Where slots are missing: from the last row before them to the next slot. Flows inside a gap do not divide it.

    Slots are an hour apart at most, and as close as the interval says in the last days.
    """
    at_ms = part.at_ms[(part.at_ms % interval_ms == 0) | (part.at_ms % DAY_MS == 0) | (part.at_ms == part.at_ms[:1])]
    fine_since = int(at_ms[-1]) - FINE_FOR_MS + HOUR_MS if len(at_ms) else 0
    widest = np.where(at_ms[:-1] >= fine_since, interval_ms, max(interval_ms, HOUR_MS))
    wide = np.flatnonzero(np.diff(at_ms) > widest)
    return [(int(at_ms[row]), int(at_ms[row + 1])) for row in wide]
