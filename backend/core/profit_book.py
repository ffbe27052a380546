"""ProfitBook: profit and risk of a period, and profit by coin and contract. Reads prepared rows only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, localcontext
from functools import partial
from typing import TYPE_CHECKING, Final

from backend.core.ledger.book_sums import METHODS, SubjectRun, Sums
from backend.core.ledger.cost_translation import NO_PRICE
from backend.core.ledger.unrealized import UNKNOWN
from backend.core.model.amounts import MONEY, ONE, ZERO, minus, total
from backend.core.model.instants import DAY_MS, to_ms
from backend.core.model.valuation import UNKNOWN_COST, SnapshotRow
from backend.core.own_moves import flows_of
from backend.core.performance.windows import (
    GAP_AT_START,
    HISTORY_TOO_SHORT,
    OLDEST_START,
    TOTAL,
    WINDOWS,
    WindowFigures,
)
from backend.core.position_views import MetricsView, ProfitParts, RoundTrips, SymbolProfit, SymbolsView
from backend.core.risk_book import RiskBook
from backend.core.trade_book import DIFFERS, NO_DATA, RECOMPUTING, Readiness, open_gain, readiness

if TYPE_CHECKING:
    from backend.core.ledger.book_changes import Subject
    from backend.core.ledger.lots import Method
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import BalancesView, Status, WindowView

CONTRACT: Final = re.compile(r"^(.+?)(USDT|USDC|BUSD|FDUSD|USD)(_\w+)?$")
MOST_POSITIONS: Final = 100_000
MILLISECOND: Final = timedelta(milliseconds=1)


NO_RUN: Final = SubjectRun(Sums())
# Start and end of what is counted, in ms: start <= instant < end; None: the start, or the end, of the whole history.
Span = tuple[int | None, int | None]
Limits = Callable[[int], Span]
# The snapshots that a period of an account begins and ends with, by account.
Ends = Mapping[int, tuple[SnapshotRow, SnapshotRow]]


@dataclass(slots=True)
class _Line:
    """One coin or contract over the accounts shown."""

    sums: list[Sums] = field(default_factory=list)
    # What they had been when the period began.
    before: list[Sums] = field(default_factory=list)
    gains: list[Decimal] = field(default_factory=list)
    moved: list[Decimal] = field(default_factory=list)
    doubt: str | None = None


class ProfitBook:
    """Answers about profit over a store."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, performance: PerformanceTracker, settings: ViewSettings
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._risk = RiskBook(store, performance, settings.snapshot_interval_s)
        self._reporting = settings.reporting_currency

    def metrics(self, period: str, method: Method, account_id: int | None) -> MetricsView:
        """Profit and risk of a period that ends with the newest snapshot.

        Raises:
            NotFoundError: no such account in this environment.
        """
        window = self._performance.window(WINDOWS[period], account_id)
        risk = self._risk.risk(WINDOWS[period], account_id).lines
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            limits = partial(_limits, unit, window.figures, WINDOWS[period])
            parts, status, reason = _parts(unit, view, ready, window, limits, METHODS.index(method))
        firsts = [state.first_trade_ms for state in ready.states.values() if state.first_trade_ms is not None]
        return MetricsView(
            window=window,
            method=method,
            period=period,
            parts=parts,
            parts_status=status,
            parts_reason=reason,
            first_trade_ms=min(firsts, default=None),
            volatility=risk["volatility"].own,
            sharpe=risk["sharpe"].own,
            sortino=risk["sortino"].own,
            max_drawdown=risk["max_drawdown"].own,
        )

    def round_trips(self, days: int, method: Method, account_id: int | None) -> RoundTrips:
        """What closing trades brought in the last `days` (0: all).

        Raises:
            NotFoundError: no such account in this environment.
        """
        window = self._performance.window(days, account_id)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            limits = partial(_limits, unit, window.figures, days)
            parts = _parts(unit, view, readiness(unit, view), window, limits, METHODS.index(method))
        return RoundTrips(method, *parts)

    def round_trips_between(
        self, unit: UnitOfWork, view: BalancesView, window: WindowView, method: Method, ends: Ends
    ) -> RoundTrips:
        """The same between two snapshots of each account shown; `window`: how far its return can be trusted."""
        ready, limits = readiness(unit, view), partial(_instants, ends)
        return RoundTrips(method, *_parts(unit, view, ready, window, limits, METHODS.index(method)))

    def by_symbol(self, period: str, method: Method, account_id: int | None) -> SymbolsView:
        """Profit of every coin and contract, the largest first: of the whole history, or from the last snapshot that is
        as old as the period, counted from each account's newest one, until now.

        Raises:
            NotFoundError: no such account in this environment.
        """
        place = METHODS.index(method)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            shown = [holding.account.id for holding in view.accounts]
            starts = {account: _start(unit, account, WINDOWS[period], ready) for account in shown}
            refused = next((one for one in starts.values() if isinstance(one, str)), None)
            if refused is not None:
                return SymbolsView(view.basis, method, period, None, [], "unavailable", refused)
            opening = {account: row for account, row in starts.items() if isinstance(row, SnapshotRow)}
            lines = self._lines(unit, view, place, opening)
            for flow in flows_of(unit, view).moved:
                subject = (flow.asset or self._reporting, False)
                row = opening.get(flow.account_id)
                if subject in lines and flow.amount is not None and (row is None or flow.at_ms >= row.at_ms):
                    lines[subject].moved.append(flow.amount)
        instants = {row.at_ms for row in opening.values()}
        start_ms = instants.pop() if len(instants) == 1 else None
        return self._told(view, ready, method, period, start_ms, lines)

    def by_symbol_between(
        self, unit: UnitOfWork, view: BalancesView, method: Method, ends: Ends, period: str
    ) -> SymbolsView:
        """Profit of every coin and contract between two snapshots of each account shown, the largest first."""
        place = METHODS.index(method)
        lines: dict[Subject, _Line] = {}
        for account, (opening, closing) in ends.items():
            before = unit.books.subject_runs(account, opening.at_ms)
            for subject, run in unit.books.subject_runs(account, closing.at_ms).items():
                was = before.get(subject, NO_RUN)
                if run.sums == was.sums and not run.held:
                    continue
                line = lines.setdefault(subject, _Line())
                line.sums.append(run.sums)
                line.before.append(was.sums)
                for row, one, sign in ((opening, was, ONE), (closing, run, -ONE)):
                    if one.held:
                        _take_open(line, row, subject[0], one, place, sign)
                if subject[1] and run.sums != was.sums:
                    # It may have been open at an end: snapshots tell the wallet's value, not which part of it was.
                    lines.setdefault((self._reporting, False), _Line()).doubt = UNKNOWN
        for flow in flows_of(unit, view).moved:
            subject = (flow.asset or self._reporting, False)
            if subject in lines and flow.amount is not None and _inside(_instants(ends, flow.account_id), flow.at_ms):
                lines[subject].moved.append(flow.amount)
        starts = {opening.at_ms for opening, _ in ends.values()}
        start_ms = starts.pop() if len(starts) == 1 else None
        return self._told(view, readiness(unit, view), method, period, start_ms, lines)

    def _told(
        self,
        view: BalancesView,
        ready: Readiness,
        method: Method,
        period: str,
        start_ms: int | None,
        lines: Mapping[Subject, _Line],
    ) -> SymbolsView:
        place = METHODS.index(method)
        rows = [self._profit(name, futures, line, place, ready) for (name, futures), line in lines.items()]
        rows.sort(key=lambda row: (row.total is None, -(row.total or ZERO), row.symbol))
        status, reason = _certainty(ready)
        unknown = next((row.reason for row in rows if row.unrealized is None), None)
        if status == "exact" and unknown is not None:
            status, reason = "estimated", unknown
        return SymbolsView(view.basis, method, period, start_ms, rows, status, reason)

    def _lines(
        self, unit: UnitOfWork, view: BalancesView, place: int, opening: Mapping[int, SnapshotRow]
    ) -> dict[Subject, _Line]:
        lines: dict[Subject, _Line] = {}
        for holding in view.accounts:
            account = holding.account.id
            row = opening.get(account)
            runs = {} if row is None else unit.books.subject_runs(account, row.at_ms)
            for subject, sums in unit.books.sums(account).items():
                run = runs.get(subject, NO_RUN)
                if sums != run.sums or run.held:
                    line = lines.setdefault(subject, _Line())
                    line.sums.append(sums)
                    line.before.append(run.sums)
                    if run.held and row is not None:
                        _take_open(line, row, subject[0], run, place, ONE)
            for held in unit.books.open_positions(account, 0, MOST_POSITIONS):
                line = lines.setdefault((held.asset, False), _Line())
                gain, doubt = open_gain(view, account, held, place)
                if gain is None:
                    line.doubt = doubt
                else:
                    line.gains.append(gain)
        for (_, asset), cost in view.costs.items():
            if cost.reason == DIFFERS and (asset, False) not in lines and cost.quantity != ZERO:
                lines[asset, False] = _Line(doubt=DIFFERS)
        # The reporting currency has no cost; what open positions are going to pay in it is a gain all the same.
        due = [line.balance.unrealized for _, _, line in view.lines if line.balance.asset == self._reporting]
        if any(due):
            line = lines.setdefault((self._reporting, False), _Line())
            line.gains.extend(due)
            if opening:
                # Snapshots tell the value of the wallet, not which part of it was still open.
                line.doubt = UNKNOWN
        return lines

    def _profit(self, name: str, futures: bool, line: _Line, place: int, ready: Readiness) -> SymbolProfit:
        def grown(name: str) -> Decimal:
            return _grown(line.before, line.sums, name, place)

        income, transferred = grown("income"), total([grown("transferred"), *line.moved])
        contract = CONTRACT.match(name) if futures else None
        status: Status = ready.status
        reason = ready.reason
        if line.doubt is not None:
            status, reason = "unavailable", line.doubt
        return SymbolProfit(
            symbol=name if futures or name == self._reporting else name + self._reporting,
            asset=contract.group(1) if contract else name,
            futures=futures,
            realized=total([grown("realized"), income, transferred]),
            unrealized=None if line.doubt is not None else total(line.gains),
            income=income,
            transferred_out=transferred,
            fees=grown("fees"),
            trades=int(grown("trades")),
            closing=int(grown("closing")),
            winning=int(grown("winning")),
            status=status,
            reason=reason,
        )


def _parts(
    unit: UnitOfWork, view: BalancesView, ready: Readiness, window: WindowView, limits: Limits, place: int
) -> tuple[ProfitParts | None, Status, str | None]:
    """What was booked in a window, of each account between its `limits`."""
    if ready.status == "unavailable":
        return None, ready.status, ready.reason
    figures: WindowFigures | None = window.figures
    if figures is not None and figures.start is None:
        return None, "unavailable", figures.reason
    if figures is None and len(view.accounts) == 1:
        return None, "unavailable", window.reason
    ends, starts = [], []
    for holding in view.accounts:
        account = holding.account.id
        start_ms, end_ms = limits(account)
        ends.append(unit.books.run_at(account, end_ms))
        starts.append(Sums() if start_ms is None else unit.books.run_at(account, start_ms))

    def grown(name: str) -> Decimal:
        return _grown(starts, ends, name, place)

    # What left one of these accounts for another did not leave them: its price moved on while it was on its way.
    moved = [
        flow.amount
        for flow in flows_of(unit, view).moved
        if flow.amount is not None and _inside(limits(flow.account_id), flow.at_ms)
    ]
    income, transferred = grown("income"), total([grown("transferred"), *moved])
    realized = total([grown("realized"), income, transferred])
    pnl = None if figures is None else figures.pnl
    parts = ProfitParts(
        realized=realized,
        unrealized=None if pnl is None else minus(pnl, realized),
        income=income,
        transferred_out=transferred,
        fees=grown("fees"),
        trades=int(grown("trades")),
        closing=int(grown("closing")),
        winning=int(grown("winning")),
        gains=grown("gains"),
        losses=grown("losses"),
    )
    return parts, *_certainty(ready)


def _limits(unit: UnitOfWork, figures: WindowFigures | None, days: int, account: int) -> Span:
    """Start and end of a window in days; over several accounts each account's ends with its own newest snapshot."""
    if figures is not None:
        return None if figures.start is None else to_ms(figures.start), to_ms(figures.end)
    last = unit.snapshots.last(account)
    if days == TOTAL or last is None:
        return None, None
    return last.at_ms - days * DAY_MS, last.at_ms


def _instants(ends: Ends, account: int) -> Span:
    """Start and end of an account; one that has none has nothing in the period."""
    if account not in ends:
        return 0, 0
    opening, closing = ends[account]
    return opening.at_ms, closing.at_ms


def _inside(span_ms: Span, at_ms: int) -> bool:
    start_ms, end_ms = span_ms
    return (start_ms is None or start_ms <= at_ms) and (end_ms is None or at_ms < end_ms)


def _certainty(ready: Readiness) -> tuple[Status, str | None]:
    """How far sums of profit can be trusted: coins whose cost nobody has told stand in them at their market value."""
    if ready.status == "exact" and any(state.unknown_lots for state in ready.states.values()):
        return "estimated", UNKNOWN_COST
    return ready.status, ready.reason


def _start(unit: UnitOfWork, account: int, days: int, ready: Readiness) -> SnapshotRow | str | None:
    """The snapshot that a period begins with, or why there is none; None: the whole history."""
    if days == TOTAL:
        return None
    first, last = unit.snapshots.first(account), unit.snapshots.last(account)
    if first is None or last is None:
        return NO_DATA
    wanted_ms = last.at_ms - days * DAY_MS
    if wanted_ms < first.at_ms:
        return HISTORY_TOO_SHORT
    row = unit.snapshots.at_or_before(account, wanted_ms)
    if row is None or wanted_ms - row.at_ms > OLDEST_START // MILLISECOND:
        return GAP_AT_START
    state = ready.states.get(account)
    changed_ms = None if state is None else state.dirty_from_ms
    # What was booked up to there is not what is known now.
    return row if changed_ms is None or changed_ms > row.at_ms else RECOMPUTING


def _take_open(line: _Line, row: SnapshotRow, asset: str, run: SubjectRun, place: int, sign: Decimal) -> None:
    """Take the profit that was open at a snapshot off the line, or with `sign` -1 add it."""
    was = row.composition.get(asset)
    if was is None or was.quantity != run.held:
        line.doubt = DIFFERS
    elif was.price is None:
        line.doubt = NO_PRICE
    else:
        with localcontext(MONEY):
            line.gains.append(sign * (run.held_cost[place] - run.held * was.price))


def _grown(starts: Sequence[Sums], ends: Sequence[Sums], name: str, place: int) -> Decimal:
    return minus(total([_value(one, name, place) for one in ends]), *(_value(one, name, place) for one in starts))


def _value(sums: Sums, name: str, place: int) -> Decimal:
    value = getattr(sums, name)
    with localcontext(MONEY):
        return Decimal(value[place] if isinstance(value, list) else value)
