"""BinanceTrader: an account's balances and what they are worth, over `ports.Exchange`.

Conversions and order steps join it with rebalancing; until then nothing here can send an order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.model.holdings import Balance
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.core.valuation import PriceRoutes, value_balances

# Balances are read before their prices. What is at most this much older is told with the instant of the prices.
APART_MS: Final = 2_000
LOOKS: Final = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What the account held; everything that had happened by `at_ms` is in it."""

    at_ms: int
    balances: Sequence[Balance]


class BinanceTrader:
    """One account on one exchange, valued in a reporting currency."""

    def __init__(
        self, exchange: Exchange, reporting: str, last_known: Callable[[str], Decimal | None] = lambda symbol: None
    ) -> None:
        """`last_known(symbol)`: the last price we stored of a pair, for coins that left the listing."""
        self._exchange = exchange
        self._reporting = reporting
        self._last_known = last_known

    def held(self) -> Held:
        """What the account holds now.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        at_ms = self._exchange.server_time_ms()
        return Held(at_ms, self._exchange.balances())

    def held_and_valued(self) -> tuple[Held, Valuation]:
        """Balances and their value, read close together: a pause between them is made good by reading both again.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        for _ in range(LOOKS):
            held = self.held()
            valuation, prices_at_ms = self._valued(held)
            if prices_at_ms - held.at_ms <= APART_MS:
                break
        return held, valuation

    def valuation(self, held: Held) -> Valuation:
        """Balances at the last prices.

        Returns:
            A valuation at the instant of the newest price used, or at that of the balances where these are much older:
            it never claims to know what happened after they were read. Coins without a price are named, never zero.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        return self._valued(held)[0]

    def _valued(self, held: Held) -> tuple[Valuation, int]:
        """The valuation, and the instant of its newest price."""
        balances = held.balances
        routes = PriceRoutes(self._exchange.symbols(), self._reporting)
        tickers = self._exchange.tickers(routes.symbols_of(balance.asset for balance in balances))
        # The list is read anew when a pair turns out to have left it.
        routes = PriceRoutes(self._exchange.symbols(), self._reporting)
        prices_at_ms = max((ticker.at_ms for ticker in tickers), default=held.at_ms)
        at_ms = prices_at_ms if prices_at_ms - held.at_ms <= APART_MS else held.at_ms
        unlisted = {balance.asset for balance in balances if not routes.of(balance.asset)}
        last_known = {asset: self._last_known(routes.direct_name(asset)) for asset in unlisted}
        delisted = {asset: price for asset, price in last_known.items() if price is not None}
        prices = {ticker.symbol: ticker for ticker in tickers}
        return value_balances(balances, routes, prices, at_ms, delisted), prices_at_ms


def quantities(balances: Sequence[Balance]) -> Mapping[str, Decimal]:
    """Total quantity by asset."""
    return {balance.asset: balance.total for balance in balances}
