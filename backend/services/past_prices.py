"""Prices of the past: read once from the exchange's candles, then kept in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from backend.core.ledger.cost_translation import OLD_PRICE
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.valuation import MAX_ROUTES, NO_PRICE, Hop, PriceRoutes, Route, route_price
from backend.services.price_looks import Ahead, PriceLook, price_looks

if TYPE_CHECKING:
    from backend.core.model.valuation import PricePoint
    from backend.core.ports import Exchange, Store

# A price is of an instant when trades of the hour before it made it; later it is the last one known, and called old.
FRESH_FOR_MS: Final = HOUR_MS
# A pause of trading: longer, and the coin is taken for one that no longer trades.
LONGEST_PAUSE_MS: Final = 2 * DAY_MS
# Questions sent together; what they told is kept before the next ones are sent.
TOGETHER: Final = 21


@dataclass(frozen=True, slots=True)
class PastPrice:
    """Price of an asset at an instant in the reporting currency.

    `doubt` says why it is missing or old; `paused`: old because there was no trading, which has gone on since or may.
    """

    price: Decimal | None
    doubt: str | None
    paused: bool = False


NOTHING: Final = PastPrice(None, NO_PRICE)


class PastPrices:
    """Finds prices of assets at instants, for one account's rebuild."""

    def __init__(self, store: Store, exchange: Exchange, epoch: int, routes: PriceRoutes) -> None:
        self._store = store
        self._exchange = exchange
        self._epoch = epoch
        self._routes = routes
        self._ahead: Callable[[], Ahead] = Ahead

    @property
    def reporting(self) -> str:
        """The currency that prices are in."""
        return self._routes.reporting

    def expect(self, ahead: Callable[[], Ahead]) -> None:
        """Keep also what answers tell of instants that will be asked about later; `ahead` is called where one is."""
        self._ahead = cache(ahead)

    def of(self, asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
        """The price of an asset at each instant: the best route that has a recent price, else the best old one."""
        return self.of_all({asset: instants_ms})[asset]

    def of_all(self, wanted: Mapping[str, Iterable[int]]) -> Mapping[str, Mapping[int, PastPrice]]:
        """`of` for several assets; what the exchange is to tell of them is asked for together.

        Raises:
            ExchangeError: a price could not be read; what was read before it is kept.
        """
        waiting = {asset: sorted(set(instants_ms)) for asset, instants_ms in wanted.items()}
        found: dict[str, dict[int, PastPrice]] = {asset: {} for asset in wanted}
        for asset in wanted:
            if not self._routes.of(asset):
                found[asset].update(self._remembered(asset, waiting.pop(asset)))
        for number in range(MAX_ROUTES):
            routes = {asset: self._routes.of(asset)[number : number + 1] for asset, left in waiting.items() if left}
            tried = {asset: route[0] for asset, route in routes.items() if route}
            if not tried:
                break
            points = self._points(tried, waiting)
            for asset, route in tried.items():
                known = found[asset]
                for at_ms in waiting[asset]:
                    price = _along(route, points, at_ms)
                    before = known.get(at_ms)
                    if price.price is not None and (before is None or price.doubt is None):
                        known[at_ms] = price
                waiting[asset] = [at for at in waiting[asset] if at not in known or known[at].doubt is not None]
        return {
            asset: {**{at_ms: NOTHING for at_ms in waiting.get(asset, ()) if at_ms not in known}, **known}
            for asset, known in found.items()
        }

    def _remembered(self, asset: str, instants_ms: Sequence[int]) -> Mapping[int, PastPrice]:
        """Prices of a coin that left the listing: as they were known while it was there, then the last one, old."""
        symbol = self._routes.direct_name(asset)
        route = Route((Hop(symbol, inverted=False),), tradable=False)
        with self._store.read() as unit:
            points = unit.prices.known(symbol, instants_ms)
            found = {at_ms: _along(route, {symbol: points}, at_ms) for at_ms in points}
            for at_ms in instants_ms:
                if at_ms not in found:
                    last = unit.prices.latest(symbol, at_ms)
                    found[at_ms] = NOTHING if last is None else PastPrice(last.price, OLD_PRICE)
        return found

    def _points(
        self, routes: Mapping[str, Route], instants_ms: Mapping[str, Sequence[int]]
    ) -> Mapping[str, Mapping[int, PricePoint]]:
        """What is known, or told now, of every pair on one route of each asset, by pair and instant."""
        assets: dict[str, list[str]] = {}
        for asset, route in routes.items():
            for hop in route.hops:
                assets.setdefault(hop.symbol, []).append(asset)
        known: dict[str, dict[int, PricePoint]] = {}
        looks: list[PriceLook] = []
        with self._store.read() as unit:
            for symbol, own in assets.items():
                wanted = sorted({at_ms for asset in own for at_ms in instants_ms[asset]})
                known[symbol] = dict(unit.prices.known(symbol, wanted))
                missing = [at_ms for at_ms in wanted if at_ms not in known[symbol]]
                if missing:
                    looks += price_looks(symbol, missing, self._ahead().of(own))
        for start in range(0, len(looks), TOGETHER):
            for point in self._told(looks[start : start + TOGETHER]):
                known[point.symbol][point.at_ms] = point
        return known

    def _told(self, looks: Sequence[PriceLook]) -> Sequence[PricePoint]:
        """Ask the exchange, and keep what it tells. Before the first candle of a page the last one before it counts."""
        answers = self._exchange.candle_answers([look.ask for look in looks])
        told, empty = [], []
        for look, answer in zip(looks, answers, strict=True):
            told += look.points(answer)
            before = look.before(answer)
            empty += [before] if before is not None else []
        answers = self._exchange.candle_answers([look.ask for look in empty]) if empty else ()
        for look, answer in zip(empty, answers, strict=True):
            told += look.points(answer)
        with self._store.write(self._epoch) as unit:
            # "No price" may be an answer too early: only prices are kept.
            unit.prices.add(point for point in told if point.price is not None)
        return told


def _along(route: Route, points: Mapping[str, Mapping[int, PricePoint]], at_ms: int) -> PastPrice:
    hops = [points[hop.symbol].get(at_ms) for hop in route.hops]
    ages = [at_ms - hop.candle_end_ms for hop in hops if hop is not None and hop.candle_end_ms is not None]
    if len(route.hops) == 1 and not route.hops[0].inverted:
        # Nearly every price: nothing to multiply.
        price = None if hops[0] is None else hops[0].price
    else:
        price = route_price(route, lambda symbol: point.price if (point := points[symbol].get(at_ms)) else None)
    if price is None:
        return NOTHING
    age = max(ages, default=0)
    return PastPrice(price, OLD_PRICE if age >= FRESH_FOR_MS else None, FRESH_FOR_MS <= age <= LONGEST_PAUSE_MS)
