"""Balances and prices to value: direct pair, inverse pair, or over one other coin, or two.

A coin without a price is named and stays outside the value; it is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import cached_property
from itertools import islice, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ONE, ZERO, product
from backend.core.model.valuation import PricedBalance, Valuation

if TYPE_CHECKING:
    from backend.core.model.holdings import Balance
    from backend.core.model.market import Symbol, Ticker

# Over which coins a price is looked for first, best first; any other coin comes after them.
INTERMEDIATES: Final = ("BTC", "ETH", "BNB", "USDC", "FDUSD", "TUSD", "BUSD", "EUR", "TRY", "BRL")
# Dollars by name. The first that is not the reporting currency tells whether that is still worth one.
DOLLARS: Final = ("USDC", "USDT", "FDUSD", "TUSD", "BUSD")
PEGGED_FROM: Final = Decimal("0.995")
PEGGED_TO: Final = Decimal("1.005")
MAX_ROUTES: Final = 4
NO_PRICE: Final = "no_price"
NOT_TRADING: Final = "not_trading"
DIVISION: Final = Context(prec=28)
HUNDRED: Final = Decimal(100)
NO_PRICES: Final[Mapping[str, Decimal]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hop:
    """One pair on the way to the reporting currency; `inverted` when the price is to be divided by."""

    symbol: str
    inverted: bool


@dataclass(frozen=True, slots=True)
class Route:
    """The pairs that turn an asset into the reporting currency; `tradable` when all of them trade now."""

    hops: tuple[Hop, ...]
    tradable: bool


class PriceRoutes:
    """Finds routes in the list of symbols of an exchange. Deterministic: the same list gives the same routes."""

    def __init__(self, symbols: Iterable[Symbol], reporting: str) -> None:
        self._pairs = {(symbol.base, symbol.quote): symbol for symbol in symbols}
        self.reporting = reporting
        self._found: dict[str, Sequence[Route]] = {}

    def of(self, asset: str) -> Sequence[Route]:
        """Routes of an asset, best first: trading before halted, fewer pairs before more, direct before inverse, then
        over the coin with the most liquid markets.

        The reporting currency has the empty route; an unknown coin has none. Over two coins only where no other trades.
        """
        found = self._found.get(asset)
        if found is None:
            found = self._found[asset] = self._search(asset)
        return found

    def direct_name(self, asset: str) -> str:
        """What the direct pair of an asset is called, listed or not."""
        return asset + self.reporting

    def symbols_of(self, assets: Iterable[str]) -> set[str]:
        """Every symbol on any trading route of some assets; for an asset without one, on its best halted route."""
        wanted: set[str] = set()
        for asset in assets:
            routes = self.of(asset)
            usable = [route for route in routes if route.tradable] or routes[:1]
            wanted.update(hop.symbol for route in usable[:2] for hop in route.hops)
        return wanted

    def peg(self) -> Route | None:
        """The pair that tells whether the reporting currency still is a dollar; None where it is none."""
        if self.reporting not in DOLLARS:
            return None
        other = next(dollar for dollar in DOLLARS if dollar != self.reporting)
        return next((Route((hop,), symbol.tradable) for hop, symbol in self._hops(other, self.reporting)), None)

    def _search(self, asset: str) -> Sequence[Route]:
        if asset == self.reporting:
            return [Route((), True)]
        found = [Route((hop,), symbol.tradable) for hop, symbol in self._hops(asset, self.reporting)]
        found += [self._over(asset, middle) for middle in self._between(asset, self.reporting)]
        if not any(route.tradable for route in found):
            found += self._over_two(asset)
        return sorted(found, key=lambda route: not route.tradable)[:MAX_ROUTES]

    def _over(self, *coins: str) -> Route:
        """The route over some coins to the reporting currency, by the best pair of each two."""
        hops = [self._hops(source, target)[0] for source, target in pairwise((*coins, self.reporting))]
        return Route(tuple(hop for hop, _ in hops), all(symbol.tradable for _, symbol in hops))

    def _over_two(self, asset: str) -> Sequence[Route]:
        """Routes over two coins, for those that trade against none that the reporting currency trades against."""
        firsts = self._neighbours.get(asset, set()) - {self.reporting}
        ways = [(second, first) for first in firsts for second in self._between(first, self.reporting)]
        best = sorted(ways, key=lambda way: (self._rank(way[0]), self._rank(way[1])))
        routes = (self._over(asset, first, second) for second, first in best if second != asset)
        return list(islice((route for route in routes if route.tradable), MAX_ROUTES))

    def _between(self, source: str, target: str) -> Sequence[str]:
        """The coins that both trade against, best first."""
        shared = self._neighbours.get(source, set()) & self._neighbours.get(target, set())
        return sorted(shared, key=self._rank)

    def _rank(self, asset: str) -> tuple[int, int, str]:
        """Best first: the well-known ones, then by how many pairs it has.

        Never by volume: a price of the past must be found along the same route at any time.
        """
        known = INTERMEDIATES.index(asset) if asset in INTERMEDIATES else len(INTERMEDIATES)
        return known, -len(self._neighbours[asset]), asset

    @cached_property
    def _neighbours(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for base, quote in self._pairs:
            found.setdefault(base, set()).add(quote)
            found.setdefault(quote, set()).add(base)
        return found

    def _hops(self, source: str, target: str) -> list[tuple[Hop, Symbol]]:
        found = []
        direct, inverse = self._pairs.get((source, target)), self._pairs.get((target, source))
        if direct is not None:
            found.append((Hop(direct.name, False), direct))
        if inverse is not None:
            found.append((Hop(inverse.name, True), inverse))
        return sorted(found, key=lambda item: not item[1].tradable)


class RouteBook:
    """Keeps the routes of the newest list of symbols, so that accounts of one exchange search them once."""

    def __init__(self, reporting: str) -> None:
        self._reporting = reporting
        self._kept: tuple[Sequence[Symbol], PriceRoutes] | None = None

    def routes(self, symbols: Sequence[Symbol]) -> PriceRoutes:
        """The routes of a list; the very same list gives the same object."""
        kept = self._kept
        if kept is None or kept[0] is not symbols:
            kept = self._kept = (symbols, PriceRoutes(symbols, self._reporting))
        return kept[1]


def route_price(route: Route, price_of: Callable[[str], Decimal | None]) -> Decimal | None:
    """Price of an asset along a route; None where one of the pairs has no price.

    Products keep every digit, a division keeps 28.
    """
    result = ONE
    for hop in route.hops:
        price = price_of(hop.symbol)
        if price is None or price <= ZERO:
            return None
        if hop.inverted:
            with localcontext(DIVISION):
                price = ONE / price
        result = product(result, price)
    return result


def value_balances(
    balances: Sequence[Balance],
    routes: PriceRoutes,
    tickers: Mapping[str, Ticker],
    at_ms: int,
    delisted: Mapping[str, Decimal] = NO_PRICES,
    indexed: Mapping[str, Decimal] = NO_PRICES,
) -> Valuation:
    """Price balances with the last prices of the market.

    Args:
        delisted: last known prices, in the reporting currency, of assets that no listed pair prices any more.
        indexed: prices of now, of assets that no listed pair prices and the exchange gives an index of.

    Returns:
        A valuation at `at_ms`; a line's `reason` is `no_price`, or `not_trading` where only a halted pair has a price,
        or the last price of a delisted one is known.
    """
    return Valuation.of(at_ms, tuple(_priced(balance, routes, tickers, delisted, indexed) for balance in balances))


def depegged(routes: PriceRoutes, tickers: Mapping[str, Ticker]) -> bool:
    """Whether the reporting currency has left another dollar by more than half a percent; unknown counts as no."""
    peg = routes.peg()
    price = None if peg is None else route_price(peg, lambda symbol: _last(tickers, symbol))
    return price is not None and not PEGGED_FROM <= price <= PEGGED_TO


def _last(tickers: Mapping[str, Ticker], symbol: str) -> Decimal | None:
    ticker = tickers.get(symbol)
    return None if ticker is None else ticker.price


def _priced(
    balance: Balance,
    routes: PriceRoutes,
    tickers: Mapping[str, Ticker],
    delisted: Mapping[str, Decimal],
    indexed: Mapping[str, Decimal],
) -> PricedBalance:
    for route in routes.of(balance.asset):
        price = route_price(route, lambda symbol: _last(tickers, symbol))
        if price is not None:
            reason = None if route.tradable else NOT_TRADING
            change = _change_24h(route, tickers)
            return PricedBalance(balance, price, product(balance.valued, price), change, reason)
    index = indexed.get(balance.asset)
    if index is not None:
        return PricedBalance(balance, index, product(balance.valued, index), None, None)
    remembered = delisted.get(balance.asset)
    if remembered is not None:
        return PricedBalance(balance, remembered, product(balance.valued, remembered), None, NOT_TRADING)
    return PricedBalance(balance, None, None, None, NO_PRICE)


def _change_24h(route: Route, tickers: Mapping[str, Ticker]) -> Decimal | None:
    """Change over 24 hours in percent along a route; the reporting currency itself does not change."""
    growth = ONE
    for hop in route.hops:
        change = tickers[hop.symbol].change_24h_percent
        if change is None or change <= -HUNDRED:
            return None
        with localcontext(DIVISION):
            factor = ONE + change / HUNDRED
            growth *= ONE / factor if hop.inverted else factor
    if len(route.hops) == 1 and not route.hops[0].inverted:
        return tickers[route.hops[0].symbol].change_24h_percent
    with localcontext(DIVISION):
        return ((growth - ONE) * HUNDRED).quantize(Decimal("0.001"))
