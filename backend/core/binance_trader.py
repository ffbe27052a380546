"""BinanceTrader: an account's balances and what they are worth, over `ports.Exchange`.

Conversions and order steps join it with rebalancing; until then nothing here can send an order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from backend.core.model.holdings import Balance
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.core.valuation import PriceRoutes, value_balances


class BinanceTrader:
    """One account on one exchange, valued in a reporting currency."""

    def __init__(
        self, exchange: Exchange, reporting: str, last_known: Callable[[str], Decimal | None] = lambda symbol: None
    ) -> None:
        """`last_known(symbol)`: the last price we stored of a pair, for coins that left the listing."""
        self._exchange = exchange
        self._reporting = reporting
        self._last_known = last_known

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
        # The list is read anew when a pair turns out to have left it.
        routes = PriceRoutes(self._exchange.symbols(), self._reporting)
        # The price's own instant; where nothing has a ticker, the exchange's clock.
        at_ms = max((ticker.at_ms for ticker in tickers), default=0) or self._exchange.server_time_ms()
        unlisted = {balance.asset for balance in balances if not routes.of(balance.asset)}
        last_known = {asset: self._last_known(routes.direct_name(asset)) for asset in unlisted}
        delisted = {asset: price for asset, price in last_known.items() if price is not None}
        return value_balances(balances, routes, {ticker.symbol: ticker for ticker in tickers}, at_ms, delisted)


def quantities(balances: Sequence[Balance]) -> Mapping[str, Decimal]:
    """Total quantity by asset."""
    return {balance.asset: balance.total for balance in balances}
