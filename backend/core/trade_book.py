"""TradeBook: positions, trades and profit as they are shown. Reads prepared rows only."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from backend.core.errors import NotFoundError
from backend.core.ledger.lots import Method
from backend.core.ledger.positions import decode_positions
from backend.core.model.amounts import MONEY
from backend.core.performance.figure import undefined
from backend.core.performance.windows import WINDOWS
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Store
from backend.core.position_views import (
    LotPage,
    LotView,
    MetricsView,
    PositionPage,
    PositionView,
    SymbolsView,
    TradePage,
)
from backend.core.views import Basis

Wanted = Literal["open", "closed", "all"]
RECOMPUTING = "recomputing"


class TradeBook:
    """Answers about positions, trades and profit over a store."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, performance: PerformanceTracker, settings: ViewSettings
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._settings = settings

    def positions(
        self, wanted: Wanted, method: Method, limit: int, cursor: str | None, account_id: int | None
    ) -> PositionPage:
        """A page of positions.

        Raises:
            NotFoundError: no such account in this environment.
        """
        view = self._portfolio.balances(account_id)
        rows = []
        for holding in view.accounts:
            book = decode_positions(holding.sync.positions)
            prices = {line.balance.asset: line.price for _, _, line in view.lines}
            for asset, held in (book.open if book else {}).items():
                price, known = prices.get(asset), book is not None and book.complete
                value = None if price is None else MONEY.multiply(held.quantity, price)
                rows.append(
                    PositionView(
                        id=f"{holding.account.id}-{asset}",
                        account=holding.account,
                        futures=False,
                        symbol=asset + self._settings.reporting_currency,
                        asset=asset,
                        short=False,
                        quantity=held.quantity,
                        entry_price=MONEY.divide(held.cost, held.quantity),
                        exit_price=None,
                        price=price,
                        cost=held.cost,
                        value=value,
                        unrealized=None if value is None else MONEY.subtract(value, held.cost),
                        realized=None,
                        income=None,
                        fees=None,
                        trades=0,
                        opened_ms=None,
                        closed_ms=None,
                        cost_status="known",
                        status="exact" if known else "estimated",
                        reason=None if book is None else book.reason,
                    )
                )
        shown = rows[:limit] if wanted != "closed" and cursor is None and method is Method.AVERAGE else []
        return PositionPage(view.basis, method, shown, None, len(rows), None, "estimated", RECOMPUTING)

    def metrics(self, period: str, method: Method, account_id: int | None) -> MetricsView:
        """Profit and risk of a period."""
        window = self._performance.window(WINDOWS[period], account_id)
        none = undefined(RECOMPUTING)
        return MetricsView(window, method, period, None, "unavailable", RECOMPUTING, None, none, none, none, none)

    def by_symbol(self, method: Method, account_id: int | None) -> SymbolsView:
        """Profit by coin and contract."""
        return SymbolsView(self._basis(account_id), method, [], "unavailable", RECOMPUTING)

    def trades(
        self,
        symbol: str | None,
        side: str | None,
        span_ms: tuple[int | None, int | None],
        method: Method,
        limit: int,
        cursor: str | None,
        account_id: int | None,
    ) -> TradePage:
        """A page of trades, newest first."""
        return TradePage(self._basis(account_id), method, [], None, "unavailable", RECOMPUTING)

    def lots(
        self, wanted: Literal["unknown", "entered", "all"], limit: int, cursor: str | None, account_id: int | None
    ) -> LotPage:
        """A page of coins that came from outside, newest first."""
        return LotPage(self._basis(account_id), [], None, None, "unavailable", RECOMPUTING)

    def enter_cost(self, lot_id: int, cost: Decimal | None, acquired_ms: int | None) -> tuple[Basis, LotView]:
        """Say what coins from outside had cost; None: it is not known.

        Raises:
            NotFoundError: there is no such lot.
            BadInputError: they cannot have been acquired then.
        """
        raise NotFoundError(f"There is no lot {lot_id}")

    def _basis(self, account_id: int | None) -> Basis:
        return self._portfolio.balances(account_id).basis
