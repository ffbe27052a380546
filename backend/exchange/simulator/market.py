"""What the market looks like at an instant: prices, klines, 24-hour figures, pins laid over the source.

One rule for every partial minute: while a minute runs, it is flat at the price that trading sees, which is the close
of the last minute that ended. A running candle is therefore made of its finished minutes and never shows the future.
"""

import itertools
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

import numpy as np

from backend.exchange.simulator.candles import (
    EMPTY,
    Bar,
    Candles,
    Ints,
    PriceSource,
    RenamedSource,
    bar_at,
    candles_of,
    joined,
)
from backend.exchange.simulator.intervals import bucket_after, bucket_edges, bucket_ends, bucket_start
from backend.exchange.simulator.pins import Mark, PinTimeline
from backend.exchange.simulator.wire import DAY_MS, MINUTE_MS, decimal_of, floor_to

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class DayFigures:
    """The 24 hours before an instant; prices in units of 1e-8."""

    symbol: str
    open_ms: int
    close_ms: int
    bar: Bar

    @property
    def change_percent(self) -> Decimal:
        change = Decimal(self.bar.close - self.bar.open) / self.bar.open * HUNDRED
        return change.quantize(Decimal("0.001"), ROUND_HALF_EVEN)


@dataclass(frozen=True)
class KlinePage:
    """Candles and the instant at which each ends (exclusive)."""

    candles: Candles
    ends: Ints


@dataclass(frozen=True)
class KlineQuery:
    """`start_ms`, `end_ms` bound the open times, both inclusive; `zone_ms` shifts the edge of the day."""

    symbol: str
    interval: str
    start_ms: int | None
    end_ms: int | None
    limit: int
    zone_ms: int = 0


class Market:
    """Prices of all symbols, from one source and the pins on top."""

    def __init__(self, source: PriceSource, pins: PinTimeline) -> None:
        self._source = self.names = RenamedSource(source)
        self.pins = pins

    def price_units(self, symbol: str, at_ms: int) -> int | None:
        regime = self.pins.at(symbol, at_ms)
        if isinstance(regime, int):
            return regime
        return None if regime is Mark.GONE else self._source.price_at(symbol, at_ms)

    def price_at(self, symbol: str, at_ms: int) -> Decimal | None:
        """The price that trading sees at the instant; None where the symbol has none."""
        units = self.price_units(symbol, at_ms)
        return None if units is None else decimal_of(units)

    def day_figures(self, symbol: str, now: int) -> DayFigures | None:
        """None when the symbol has no price now. Opens at the price of 24 hours ago, or the first one since."""
        last = self.price_units(symbol, now)
        if last is None:
            return None
        opened = self.price_units(symbol, now - DAY_MS)
        between = self.bar(symbol, now - DAY_MS, now)
        bars = [Bar.flat(units) for units in (opened,) if units is not None]
        bars += [bar for bar in (between,) if bar is not None]
        whole = Bar.joined([*bars, Bar.flat(last)])
        assert whole is not None  # the last price is always among them
        return DayFigures(symbol, now - DAY_MS, now, whole)

    def bar(self, symbol: str, start_ms: int, end_ms: int) -> Bar | None:
        """The candle of any range of the past, not only of whole minutes; None in a gap."""
        bars: list[Bar] = []
        for low, high, regime in self.pins.stretches(symbol, start_ms, end_ms):
            if isinstance(regime, int):
                bars.append(Bar.flat(regime))
            elif regime is Mark.FREE:
                bars += self._free_bars(symbol, low, high)
        return Bar.joined(bars)

    def _free_bars(self, symbol: str, start_ms: int, end_ms: int) -> list[Bar]:
        first, last = -(-start_ms // MINUTE_MS) * MINUTE_MS, floor_to(end_ms, MINUTE_MS)
        if first > last:  # inside one minute
            return self._running(symbol, start_ms)
        bars = self._running(symbol, start_ms) if start_ms < first else []
        if first < last:
            page = self._source.candles(symbol, np.array([first]), np.array([last]))
            bars += [bar_at(page, 0)] if len(page) else []
        return bars + (self._running(symbol, last) if last < end_ms else [])

    def _running(self, symbol: str, at_ms: int) -> list[Bar]:
        """The part of a minute from `at_ms` on: flat at the trading price, where the source has a candle."""
        minute = floor_to(at_ms, MINUTE_MS)
        price = self._source.price_at(symbol, at_ms)
        if price is None or not len(self._source.candles(symbol, np.array([minute]), np.array([minute + MINUTE_MS]))):
            return []
        return [Bar.flat(price)]

    def klines(self, query: KlineQuery, now: int) -> KlinePage:
        """A page as the exchange cuts it: oldest from the start when one is given, else newest up to the end."""
        span = self._span(query.symbol, now)
        if span is None:
            return KlinePage(EMPTY, EMPTY.start)
        interval, zone = query.interval, query.zone_ms
        first = span[0] if query.start_ms is None else max(query.start_ms, span[0])
        newest = min(span[1] - 1, now) if query.end_ms is None else min(query.end_ms, span[1] - 1, now)
        low = bucket_start(interval, first, zone)
        if query.start_ms is not None and low < query.start_ms:
            low = bucket_after(interval, low, 1, zone)
        high = bucket_after(interval, bucket_start(interval, newest, zone), 1, zone)
        if low >= high:
            return KlinePage(EMPTY, EMPTY.start)
        forward = query.start_ms is not None
        page = self._walk(query, low, high, now, forward=forward)
        page = page.part(slice(0, query.limit) if forward else slice(-query.limit, None))
        return KlinePage(page, bucket_ends(interval, page.start, zone))

    def _span(self, symbol: str, now: int) -> tuple[int, int] | None:
        """Where candles can be: the source's span and, once something was pinned, everything since."""
        span, pinned = self._source.span(symbol), self.pins.first(symbol)
        if pinned is None:
            return span
        return (min(span[0], pinned), max(span[1], now + 1)) if span else (pinned, now + 1)

    def _walk(self, query: KlineQuery, low: int, high: int, now: int, *, forward: bool) -> Candles:
        """Collect candles between two edges until there are enough; long gaps are jumped over."""
        parts: list[Candles] = []
        found = 0
        while low < high and found < query.limit:
            if forward:
                cut = min(high, bucket_after(query.interval, low, query.limit, query.zone_ms))
                part = self._page(query, low, cut, now)
                parts += [part] if len(part) else []
                low = cut if len(part) else max(cut, self._bucket_of_next(query, cut, high))
            else:
                cut = max(low, bucket_after(query.interval, high, -query.limit, query.zone_ms))
                part = self._page(query, cut, high, now)
                parts[:0] = [part] if len(part) else []
                high = cut if len(part) else min(cut, self._bucket_of_last(query, cut, low))
            found += len(part)
        return joined(parts)

    def _bucket_of_next(self, query: KlineQuery, at_ms: int, otherwise: int) -> int:
        """Where the next candle opens; once something is pinned, nothing is jumped over."""
        pinned = self.pins.first(query.symbol)
        if pinned is not None and at_ms >= pinned:
            return at_ms
        following = [at for at in (self._source.next_data(query.symbol, at_ms), pinned) if at is not None]
        return bucket_start(query.interval, min(following), query.zone_ms) if following else otherwise

    def _bucket_of_last(self, query: KlineQuery, at_ms: int, otherwise: int) -> int:
        pinned = self.pins.first(query.symbol)
        if pinned is not None and at_ms > pinned:
            return at_ms
        last = self._source.last_data(query.symbol, at_ms)
        if last is None:
            return otherwise
        return bucket_after(query.interval, bucket_start(query.interval, last - 1, query.zone_ms), 1, query.zone_ms)

    def _page(self, query: KlineQuery, low: int, high: int, now: int) -> Candles:
        """All candles that open in [low, high), both being edges of candles."""
        edges = bucket_edges(query.interval, low, high, query.zone_ms)
        settled = min(now, self.pins.first(query.symbol) or now)
        if query.interval == "1s":
            settled = floor_to(settled, MINUTE_MS)
        plain = int(np.searchsorted(edges[1:], settled, "right"))
        parts: list[Candles] = []
        if plain and query.interval == "1s":
            parts.append(self._source.seconds(query.symbol, low, int(edges[plain])))
        elif plain:
            parts.append(self._source.candles(query.symbol, edges[:plain], edges[1 : plain + 1]))
        rest = edges[plain:].tolist()
        for start, end in itertools.pairwise(rest):
            parts += self._single(query.symbol, start, min(end, now + 1))
        return _in_units(parts)

    def _single(self, symbol: str, start: int, end: int) -> list[Candles]:
        bar = self.bar(symbol, start, end) if start < end else None
        if bar is None:
            return []
        prices = (np.array([units], np.int64) for units in (bar.open, bar.high, bar.low, bar.close))
        return [candles_of(np.array([start], np.int64), prices, np.array([bar.volume], object))]


def _in_units(parts: list[Candles]) -> Candles:
    """Join pages whose volumes may be counted in different steps."""
    if len({part.volume_unit for part in parts if len(part)}) > 1:
        parts = [
            Candles(
                part.start, part.open, part.high, part.low, part.close, part.volume.astype(object) * part.volume_unit
            )
            for part in parts
        ]
    return joined(parts)
