"""Prices of the past: read once from the exchange's candles, then kept in the database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.market import Candle
from backend.core.model.valuation import PricePoint
from backend.core.ports import Exchange, Store
from backend.core.valuation import NO_PRICE, Hop, PriceRoutes, Route, route_price

# A price is of an instant when trades of the hour before it made it; later it is the last one known, and called old.
FRESH_FOR_MS: Final = HOUR_MS
# A pause of trading: longer, and the coin is taken for one that no longer trades.
LONGEST_PAUSE_MS: Final = 2 * DAY_MS
OLD_PRICE: Final = "old_price"
CANDLES_A_PAGE: Final = 1000
# Below this many instants on a grid, asking for each is cheaper than reading pages.
FEW: Final = 3
INTERVALS: Final = (("1h", HOUR_MS), ("30m", 30 * MINUTE_MS), ("15m", 15 * MINUTE_MS), ("5m", 5 * MINUTE_MS))


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

    @property
    def reporting(self) -> str:
        """The currency that prices are in."""
        return self._routes.reporting

    def of(self, asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
        """The price of an asset at each instant: the best route that has a recent price, else the best old one."""
        waiting = sorted(set(instants_ms))
        found: dict[int, PastPrice] = {}
        routes = self._routes.of(asset)
        if not routes:
            return self._remembered(asset, waiting)
        for route in routes:
            if not waiting:
                break
            points = {hop.symbol: self._points(hop.symbol, waiting) for hop in route.hops}
            for at_ms in waiting:
                price = _along(route, points, at_ms)
                known = found.get(at_ms)
                if price.price is not None and (known is None or price.doubt is None):
                    found[at_ms] = price
            waiting = [at_ms for at_ms in waiting if at_ms not in found or found[at_ms].doubt is not None]
        return {**dict.fromkeys(waiting, NOTHING), **found}

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

    def _points(self, symbol: str, instants_ms: Sequence[int]) -> Mapping[int, PricePoint]:
        with self._store.read() as unit:
            known = dict(unit.prices.known(symbol, instants_ms))
        missing = [at_ms for at_ms in instants_ms if at_ms not in known]
        if missing:
            fresh = self._read(symbol, missing)
            with self._store.write(self._epoch) as unit:
                # "No price" may be an answer too early: only prices are kept.
                unit.prices.add(point for point in fresh if point.price is not None)
            known.update({point.at_ms: point for point in fresh})
        return known

    def _read(self, symbol: str, instants_ms: Sequence[int]) -> list[PricePoint]:
        """Ask the exchange: instants on a common grid or close together by pages, the others one by one."""
        found: list[PricePoint] = []
        rest = list(instants_ms)
        for interval, step in INTERVALS:
            on_grid = [at_ms for at_ms in rest if at_ms % step == 0]
            if len(on_grid) > FEW:
                found.extend(self._read_pages(symbol, interval, step, on_grid))
                rest = [at_ms for at_ms in rest if at_ms % step != 0]
        for close in _close_together(rest):
            if len(close) > FEW:
                found.extend(self._read_minutes(symbol, close))
            else:
                found.extend(_point(symbol, at_ms, self._exchange.last_candle(symbol, at_ms)) for at_ms in close)
        return found

    def _read_minutes(self, symbol: str, instants_ms: Sequence[int]) -> list[PricePoint]:
        """Instants whose minutes fit on one page; before the first candle of the page each is asked for by itself."""
        start = instants_ms[0] // MINUTE_MS * MINUTE_MS - MINUTE_MS
        page = self._exchange.candles(symbol, "1m", start, instants_ms[-1])
        ends = [candle.end_ms for candle in page]
        found: list[PricePoint] = []
        for at_ms in instants_ms:
            place = bisect_right(ends, at_ms)
            last = page[place - 1] if place else self._exchange.last_candle(symbol, at_ms)
            found.append(_point(symbol, at_ms, last))
        return found

    def _read_pages(self, symbol: str, interval: str, step: int, instants_ms: Sequence[int]) -> list[PricePoint]:
        found: list[PricePoint] = []
        page: Sequence[Candle] = ()
        page_until = instants_ms[0] - step
        position = 0
        last: Candle | None = None
        for at_ms in instants_ms:
            while page_until < at_ms:
                start = max(page_until, at_ms - step)
                page_until = min(start + CANDLES_A_PAGE * step, instants_ms[-1])
                page = self._exchange.candles(symbol, interval, start, page_until)
                position = 0
                if start > (last.end_ms if last else 0) and (not page or page[0].open_ms > at_ms - step):
                    # Nothing ended right at the first instant: the last price before the gap is known.
                    last = self._exchange.last_candle(symbol, at_ms) or last
            while position < len(page) and page[position].end_ms <= at_ms:
                last = page[position]
                position += 1
            found.append(_point(symbol, at_ms, last))
        return found


def _close_together(instants_ms: Sequence[int]) -> list[list[int]]:
    """Instants in order, in groups that span less than a page of minutes."""
    groups: list[list[int]] = []
    for at_ms in instants_ms:
        if groups and at_ms - groups[-1][0] < (CANDLES_A_PAGE - 2) * MINUTE_MS:
            groups[-1].append(at_ms)
        else:
            groups.append([at_ms])
    return groups


def _point(symbol: str, at_ms: int, candle: Candle | None) -> PricePoint:
    if candle is None:
        return PricePoint(symbol, at_ms, None, None)
    return PricePoint(symbol, at_ms, candle.close, candle.end_ms)


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
