"""ProfitBook: profit and risk of a period, and profit by coin and contract. Reads prepared rows only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

import numpy as np

from backend.core.ledger.account_book import UNKNOWN_COST
from backend.core.ledger.book_sums import METHODS, Sums
from backend.core.ledger.lots import Method
from backend.core.model.amounts import MONEY, ZERO, minus, total
from backend.core.model.instants import DAY_MS, to_ms
from backend.core.own_moves import flows_of
from backend.core.performance.drawdown import max_drawdown
from backend.core.performance.figure import Figure, undefined
from backend.core.performance.risk import sharpe, sortino, volatility
from backend.core.performance.windows import TOTAL, WINDOWS, WindowFigures
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Store, UnitOfWork
from backend.core.position_views import MetricsView, ProfitParts, SymbolProfit, SymbolsView
from backend.core.trade_book import DIFFERS, Readiness, open_gain, readiness
from backend.core.views import BalancesView, Status, WindowView

TOO_FEW_DAYS: Final = "too_few_days"
# docs/formulas.md#risk: fewer daily returns say nothing.
FEWEST_RETURNS: Final = 30
CONTRACT: Final = re.compile(r"^(.+?)(USDT|USDC|BUSD|FDUSD|USD)(_\w+)?$")
MOST_POSITIONS: Final = 100_000


@dataclass(slots=True)
class _Line:
    """One coin or contract over the accounts shown."""

    sums: list[Sums] = field(default_factory=list)
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
        self._reporting = settings.reporting_currency

    def metrics(self, period: str, method: Method, account_id: int | None) -> MetricsView:
        """Profit and risk of a period that ends with the newest snapshot.

        Raises:
            NotFoundError: no such account in this environment.
        """
        window = self._performance.window(WINDOWS[period], account_id)
        growth = self._performance.daily_growth(WINDOWS[period], account_id)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            parts, status, reason = _parts(unit, view, ready, window, WINDOWS[period], METHODS.index(method))
        firsts = [state.first_trade_ms for state in ready.states.values() if state.first_trade_ms is not None]
        with np.errstate(divide="ignore", invalid="ignore"):
            returns = growth[1:] / growth[:-1] - 1.0 if growth is not None and len(growth) > 1 else np.empty(0)
        enough = len(returns) >= FEWEST_RETURNS
        deepest = None if growth is None or not enough else Figure(max_drawdown(growth).depth)
        short = undefined(TOO_FEW_DAYS if window.figures is not None else window.reason or TOO_FEW_DAYS)
        return MetricsView(
            window=window,
            method=method,
            period=period,
            parts=parts,
            parts_status=status,
            parts_reason=reason,
            first_trade_ms=min(firsts, default=None),
            volatility=volatility(returns) if enough else short,
            sharpe=sharpe(returns) if enough else short,
            sortino=sortino(returns) if enough else short,
            max_drawdown=deepest or short,
        )

    def by_symbol(self, method: Method, account_id: int | None) -> SymbolsView:
        """Profit of every coin and contract over the whole history, the largest first.

        Raises:
            NotFoundError: no such account in this environment.
        """
        place = METHODS.index(method)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            lines = self._lines(unit, view, place)
            for flow in flows_of(unit, view).moved:
                subject = (flow.asset or self._reporting, False)
                if subject in lines and flow.amount is not None:
                    lines[subject].moved.append(flow.amount)
        rows = [self._profit(name, futures, line, place, ready) for (name, futures), line in lines.items()]
        rows.sort(key=lambda row: (row.total is None, -(row.total or ZERO), row.symbol))
        status, reason = _certainty(ready)
        unknown = next((row.reason for row in rows if row.unrealized is None), None)
        if status == "exact" and unknown is not None:
            status, reason = "estimated", unknown
        return SymbolsView(view.basis, method, rows, status, reason)

    def _lines(self, unit: UnitOfWork, view: BalancesView, place: int) -> dict[tuple[str, bool], _Line]:
        lines: dict[tuple[str, bool], _Line] = {}
        for holding in view.accounts:
            account = holding.account.id
            for subject, sums in unit.books.sums(account).items():
                lines.setdefault(subject, _Line()).sums.append(sums)
            for row in unit.books.open_positions(account, 0, MOST_POSITIONS):
                line = lines.setdefault((row.asset, False), _Line())
                gain, doubt = open_gain(view, account, row, place)
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
            lines.setdefault((self._reporting, False), _Line()).gains.extend(due)
        return lines

    def _profit(self, name: str, futures: bool, line: _Line, place: int, ready: Readiness) -> SymbolProfit:
        income = total([one.income for one in line.sums])
        transferred = total([*(one.transferred[place] for one in line.sums), *line.moved])
        contract = CONTRACT.match(name) if futures else None
        status: Status = ready.status
        reason = ready.reason
        if line.doubt is not None:
            status, reason = "unavailable", line.doubt
        return SymbolProfit(
            symbol=name if futures or name == self._reporting else name + self._reporting,
            asset=contract.group(1) if contract else name,
            futures=futures,
            realized=total([*(one.realized[place] for one in line.sums), income, transferred]),
            unrealized=None if line.doubt is not None else total(line.gains),
            income=income,
            transferred_out=transferred,
            fees=total([one.fees for one in line.sums]),
            trades=sum(one.trades for one in line.sums),
            closing=sum(one.closing for one in line.sums),
            winning=sum(one.winning[place] for one in line.sums),
            status=status,
            reason=reason,
        )


def _parts(
    unit: UnitOfWork, view: BalancesView, ready: Readiness, window: WindowView, days: int, place: int
) -> tuple[ProfitParts | None, Status, str | None]:
    """What was booked in a window; over several accounts in as many days, each account's to its own newest snapshot."""
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
        start_ms, end_ms = _limits(unit, account, figures, days)
        ends.append(unit.books.run_at(account, end_ms))
        starts.append(Sums() if start_ms is None else unit.books.run_at(account, start_ms))

    def grown(name: str) -> Decimal:
        return minus(total([_value(one, name, place) for one in ends]), *(_value(one, name, place) for one in starts))

    # What left one of these accounts for another did not leave them: its price moved on while it was on its way.
    moved = [flow.amount for flow in flows_of(unit, view).moved if flow.amount is not None]
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


def _limits(unit: UnitOfWork, account: int, figures: WindowFigures | None, days: int) -> tuple[int | None, int | None]:
    """Start and end of a period in ms; None: the start, or the end, of the whole history."""
    if figures is not None:
        return None if figures.start is None else to_ms(figures.start), to_ms(figures.end)
    last = unit.snapshots.last(account)
    if days == TOTAL or last is None:
        return None, None
    return last.at_ms - days * DAY_MS, last.at_ms


def _certainty(ready: Readiness) -> tuple[Status, str | None]:
    """How far sums of profit can be trusted: coins whose cost nobody has told stand in them at their market value."""
    if ready.status == "exact" and any(state.unknown_lots for state in ready.states.values()):
        return "estimated", UNKNOWN_COST
    return ready.status, ready.reason


def _value(sums: Sums, name: str, place: int) -> Decimal:
    value = getattr(sums, name)
    with localcontext(MONEY):
        return Decimal(value[place] if isinstance(value, list) else value)
