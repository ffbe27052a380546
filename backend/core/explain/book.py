"""ExplainBook: any figure that is shown, opened to its formula, its rows and its doubts.

It asks the services that the pages ask, so that it explains the figure that is shown and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from backend.core.errors import BadInputError
from backend.core.explain.instants import explain_change, explain_deposits, explain_value
from backend.core.explain.model import Explained, Unit
from backend.core.explain.positions import explain_position
from backend.core.explain.profits import explain_profit, explain_realized, explain_unrealized
from backend.core.explain.rates import explain_benchmark, explain_excess, explain_xirr
from backend.core.explain.risks import OF_BENCHMARK, RISKS, explain_risk
from backend.core.explain.trips import TRIPS, closing_trades, explain_trips
from backend.core.explain.windows import explain_window, read_window
from backend.core.explain.wording import METHOD_VERSIONS, WORDS
from backend.core.ledger.lots import Method
from backend.core.performance_tracker import NO_HISTORY, PerformanceTracker
from backend.core.portfolio_view import PortfolioView
from backend.core.ports import Store
from backend.core.profit_book import ProfitBook
from backend.core.risk_book import RiskBook
from backend.core.views import WindowView
from backend.core.whole import RECOMPUTING

OF_WINDOWS: Final = (
    "twr", "twr_annualized", "pnl", "pnl_percent", "net_flows", "benchmark_twr", "excess", "xirr",
)  # fmt: skip
MONEY: Final = frozenset({"pnl", "net_flows"})
# The rows of a window may be replaced between two looks at them.
LOOKS: Final = 3
FEWEST_POINTS: Final = 3
METRICS: Final = tuple(METHOD_VERSIONS)


@dataclass(frozen=True, slots=True)
class Question:
    """Which figure is asked about.

    `metric`: one of `METRICS`; `days`: of a window, 0: all; `benchmark`: the benchmark's instead of the portfolio's;
    `currency`: of risk figures, where it is another one than the reporting currency; `positions` by their ids, or
    `asset`: the coin; `method`: of costs.
    """

    metric: str
    days: int = 0
    account: int | None = None
    benchmark: bool = False
    currency: str | None = None
    asset: str | None = None
    positions: Sequence[str] = ()
    method: Method = Method.AVERAGE


class ExplainBook:
    """Answers "how was this made?" over a store."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        performance: PerformanceTracker,
        risk: RiskBook,
        profits: ProfitBook,
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._risk = risk
        self._profits = profits

    def explain(self, asked: Question) -> Explained:
        """What a figure is made of.

        Raises:
            NotFoundError: no such account in this environment, or no such position.
            BadInputError: a position without its coin, or a benchmark that has no such figure.
        """
        if asked.benchmark and asked.metric not in OF_BENCHMARK:
            raise BadInputError(f"The benchmark has no {asked.metric}", "of")
        if asked.metric in OF_WINDOWS:
            return self._window(asked.metric, asked.days, asked.account)
        if asked.metric in RISKS:
            with self._store.read() as unit:
                opened = self._risk.opened(unit, asked.days, asked.account, asked.currency)
                found = explain_risk(unit, opened, asked.metric, asked.benchmark, self._performance.lines)
            return replace(found, basis=opened.view.basis)
        if asked.metric in TRIPS:
            return self._trips(asked)
        return self._now(asked)

    def _trips(self, asked: Question) -> Explained:
        shown = self._performance.window(asked.days, asked.account)
        trips = self._profits.round_trips(asked.days, asked.method, asked.account)
        accounts = [holding.account.id for holding in self._portfolio.balances(asked.account).accounts]
        with self._store.read() as unit:
            return explain_trips(closing_trades(unit, accounts, asked.days, shown, trips), asked.metric)

    def _now(self, asked: Question) -> Explained:
        metric = asked.metric
        overview = self._portfolio.overview(asked.account)
        view = overview.balances
        with self._store.read() as unit:
            if metric == "value":
                found = explain_value(unit, view)
            elif metric == "change_today":
                found = explain_change(unit, view, overview.change_today)
            elif metric == "net_deposits":
                found = explain_deposits(unit, view, overview.net_deposits)
            elif metric == "profit":
                found = explain_profit(overview)
            elif metric == "realized":
                found = explain_realized(unit, view, overview.profit)
            elif metric == "unrealized":
                found = explain_unrealized(view, overview.profit)
            else:
                found = explain_position(unit, view, metric, asked.asset, asked.positions, asked.method)
        return replace(found, basis=view.basis)

    def _window(self, metric: str, days: int, account_id: int | None) -> Explained:
        shown = self._performance.window(days, account_id)
        with self._store.read() as unit:
            account = self._performance.chain(unit, account_id)
        for _ in range(LOOKS):
            figures = shown.figures
            if figures is None or figures.pnl is None:
                return _nothing(metric, shown)
            gaps = self._performance.history(days, FEWEST_POINTS, account_id).gaps
            with self._store.read() as unit:
                window = None if account is None else read_window(unit, account, shown, gaps)
                if window is not None and account is not None:
                    if metric == "xirr":
                        found = explain_xirr(window)
                    elif metric == "benchmark_twr":
                        found = explain_benchmark(unit, account, window)
                    elif metric == "excess":
                        found = explain_excess(unit, account, window)
                    else:
                        found = explain_window(metric, window)
                    return replace(found, basis=shown.basis)
            shown = self._performance.window(days, account_id)
        return _nothing(metric, replace(shown, figures=None, reason=RECOMPUTING))


def _nothing(metric: str, shown: WindowView) -> Explained:
    """Why there is no figure."""
    figures = shown.figures
    unit: Unit = "money" if metric in MONEY else "percent"
    return Explained(
        unit=unit,
        result=None,
        status="unavailable",
        reason=(figures.reason if figures else None) or shown.reason or NO_HISTORY,
        method=metric,
        words=WORDS[metric],
        formula="not defined",
        available_from=figures.available_from if figures else None,
        basis=shown.basis,
    )
