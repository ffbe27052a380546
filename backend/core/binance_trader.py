"""BinanceTrader: an account's balances and what they are worth, over `ports.Exchange`.

Conversions and order steps join it with rebalancing; until then nothing here can send an order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from backend.core.model.holdings import Balance
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.core.valuation import PriceRoutes, value_balances


class BinanceTrader:
    """One account on one exchange, valued in a reporting currency."""

    def __init__(self, exchange: Exchange, reporting: str) -> None:
        self._exchange = exchange
        self._reporting = reporting

    def balances(self) -> Sequence[Balance]:
        """What the account holds now.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        return self._exchange.balances()

    def valuation(self, balances: Sequence[Balance]) -> Valuation:
        """Balances at the last prices.

        Returns:
            A valuation at the instant of the newest price used; coins without a price are named, never zero.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        routes = PriceRoutes(self._exchange.symbols(), self._reporting)
        tickers = self._exchange.tickers(routes.symbols_of(balance.asset for balance in balances))
        # The price's own instant; where nothing has a ticker, the exchange's clock.
        at_ms = max((ticker.at_ms for ticker in tickers), default=0) or self._exchange.server_time_ms()
        return value_balances(balances, routes, {ticker.symbol: ticker for ticker in tickers}, at_ms)


def quantities(balances: Sequence[Balance]) -> Mapping[str, Decimal]:
    """Total quantity by asset."""
    return {balance.asset: balance.total for balance in balances}
