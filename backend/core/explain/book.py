"""ExplainBook: any figure that is shown, opened to its formula, its rows and its doubts.

It asks the services that the pages ask, so that it explains the figure that is shown and no other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backend.core.explain.instants import explain_change, explain_deposits, explain_value
from backend.core.explain.model import Explained, Unit
from backend.core.explain.profits import explain_position, explain_profit, explain_realized, explain_unrealized
from backend.core.explain.rates import explain_benchmark, explain_excess, explain_xirr
from backend.core.explain.windows import explain_window, read_window
from backend.core.explain.wording import METHOD_VERSIONS, WORDS
from backend.core.performance_tracker import RECOMPUTING, SEVERAL_ACCOUNTS, PerformanceTracker
from backend.core.portfolio_view import PortfolioView
from backend.core.ports import Store
from backend.core.views import WindowView

OF_WINDOWS: Final = (
    "twr", "twr_annualized", "pnl", "pnl_percent", "net_flows", "benchmark_twr", "excess", "xirr",
)  # fmt: skip
MONEY: Final = frozenset({"pnl", "net_flows"})
# The rows of a window may be replaced between two looks at them.
LOOKS: Final = 3
FEWEST_POINTS: Final = 3
METRICS: Final = tuple(METHOD_VERSIONS)


class ExplainBook:
    """Answers "how was this made?" over a store."""

    def __init__(self, store: Store, portfolio: PortfolioView, performance: PerformanceTracker) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance

    def explain(self, metric: str, days: int, account_id: int | None, asset: str | None) -> Explained:
        """What a figure is made of.

        Args:
            metric: one of `METRICS`.
            days: of a window, 0: all; figures of now take none.
            asset: the coin of a position.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: a position without its coin.
        """
        if metric in OF_WINDOWS:
            return self._window(metric, days, account_id)
        return self._now(metric, account_id, asset)

    def _now(self, metric: str, account_id: int | None, asset: str | None) -> Explained:
        overview = self._portfolio.overview(account_id)
        view = overview.balances
        with self._store.read() as unit:
            if metric == "value":
                found = explain_value(view)
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
                found = explain_position(unit, view, asset, metric == "position_realized")
        return replace(found, basis=view.basis)

    def _window(self, metric: str, days: int, account_id: int | None) -> Explained:
        shown = self._performance.window(days, account_id)
        account = account_id if account_id is not None else self._only(shown)
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

    def _only(self, shown: WindowView) -> int | None:
        """The one account of the environment: a window of several has no figures."""
        with self._store.read() as unit:
            accounts = unit.accounts.in_environment(shown.basis.environment)
        return accounts[0].id if len(accounts) == 1 else None


def _nothing(metric: str, shown: WindowView) -> Explained:
    """Why there is no figure."""
    figures = shown.figures
    unit: Unit = "money" if metric in MONEY else "percent"
    return Explained(
        unit=unit,
        result=None,
        status="unavailable",
        reason=(figures.reason if figures else None) or shown.reason or SEVERAL_ACCOUNTS,
        method=metric,
        words=WORDS[metric],
        formula="not defined",
        available_from=figures.available_from if figures else None,
        basis=shown.basis,
    )
