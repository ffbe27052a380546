"""Payloads of market streams: what a subscription has to say each second."""

import re
from typing import Any, Final

from backend.exchange.simulator.candles import Bar
from backend.exchange.simulator.contracts import FUNDING_MS, USDM, contracts, funding_rate
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.intervals import bucket_after, bucket_start, is_interval
from backend.exchange.simulator.rest.market_data import BOOK_DEPTH, trades_in
from backend.exchange.simulator.wire import UNIT, floor_to, text8

MINI, BOOK, MARK, KLINE = "miniTicker", "bookTicker", "markPrice", "kline_"
ALL_MINI, ALL_MARK = "!miniTicker@arr", "!markPrice@arr"
FORM: Final = re.compile(r"([^@!A-Z]+)@(miniTicker|bookTicker|markPrice(?:@1s)?|kline_(\w+))")


class MarketFeed:
    """What one connection has been told of the market, so that only news goes out.

    Args:
        futures: whether it speaks for the USD-M host, where mark prices exist.
    """

    def __init__(self, exchange: Exchange, *, futures: bool) -> None:
        self._exchange, self._futures = exchange, futures
        self._told: dict[tuple[str, str], Any] = {}

    def knows(self, stream: str) -> bool:
        """Whether the name is one of a stream that can be served; others are accepted and stay silent."""
        if stream in (ALL_MINI, ALL_MARK):
            return stream == ALL_MINI or self._futures
        found = FORM.fullmatch(stream)
        if found is None or self._exchange.book.get(found[1].upper()) is None:
            return False
        return is_interval(found[3]) if found[3] else self._futures or not found[2].startswith(MARK)

    def forget(self, stream: str) -> None:
        self._told = {key: value for key, value in self._told.items() if key[0] != stream}

    def due(self, stream: str, now: int) -> list[Any]:
        """The payloads of the stream now; empty when nothing has changed."""
        if not self.knows(stream):
            return []
        if stream == ALL_MINI:
            rows = [row for name in self._exchange.book.names() for row in self._mini(stream, name, now)]
            return [rows] if rows else []
        if stream == ALL_MARK:
            marks = [
                _mark_row(self._exchange, one.symbol, one.spot, now) for one in contracts(self._exchange.book, USDM)
            ]
            return [[row for row in marks if row]]
        name, _, kind = stream.partition("@")
        symbol = name.upper()
        if kind == MINI:
            return self._mini(stream, symbol, now)
        if kind == BOOK:
            return self._book(stream, symbol, now)
        if kind.startswith(MARK):
            row = _mark_row(self._exchange, symbol, symbol, now)
            return [row] if row else []
        return self._kline(stream, symbol, kind.removeprefix(KLINE), now)

    def _news(self, stream: str, symbol: str, value: Any) -> bool:
        if self._told.get((stream, symbol)) == value:
            return False
        self._told[stream, symbol] = value
        return True

    def _mini(self, stream: str, symbol: str, now: int) -> list[Any]:
        market = self._exchange.market
        if not self._news(stream, symbol, market.price_units(symbol, now)):
            return []
        figures = market.day_figures(symbol, now)
        if figures is None:
            return []
        bar = figures.bar
        return [
            {
                "e": "24hrMiniTicker",
                "E": now,
                "s": symbol,
                "c": text8(bar.close),
                "o": text8(bar.open),
                "h": text8(bar.high),
                "l": text8(bar.low),
                "v": text8(bar.volume),
                "q": text8(bar.volume * bar.mean // UNIT),
            }
        ]

    def _book(self, stream: str, symbol: str, now: int) -> list[Any]:
        units = self._exchange.market.price_units(symbol, now)
        if units is None or not self._news(stream, symbol, units):
            return []
        price = text8(units)
        return [{"u": now, "s": symbol, "b": price, "B": BOOK_DEPTH, "a": price, "A": BOOK_DEPTH}]

    def _kline(self, stream: str, symbol: str, interval: str, now: int) -> list[Any]:
        """The running candle when it changed; the one before it, closed, when a new one has begun."""
        start = bucket_start(interval, now)
        before = self._told.get((stream, "start"))
        rows = []
        if before is not None and before < start:
            rows += self._candle(symbol, interval, before, start, now, closed=True)
        self._told[stream, "start"] = start
        running = self._candle(symbol, interval, start, now + 1, now, closed=False)
        if running and self._news(stream, symbol, running[0]["k"]):
            rows += running
        return rows

    def _candle(self, symbol: str, interval: str, start: int, end: int, now: int, *, closed: bool) -> list[Any]:
        bar = self._exchange.market.bar(symbol, start, end)
        if bar is None:
            price = self._exchange.market.price_units(symbol, now)
            if price is None:
                return []
            bar = Bar.flat(price)
        last = bucket_after(interval, start) - 1
        candle = {
            "t": start,
            "T": last,
            "s": symbol,
            "i": interval,
            "f": 0,
            "L": trades_in(bar.volume),
            "o": text8(bar.open),
            "c": text8(bar.close),
            "h": text8(bar.high),
            "l": text8(bar.low),
            "v": text8(bar.volume),
            "n": trades_in(bar.volume),
            "x": closed,
            "q": text8(bar.volume * bar.mean // UNIT),
            "V": text8(bar.volume // 2),
            "Q": text8(bar.volume // 2 * bar.mean // UNIT),
            "B": "0",
        }
        return [{"e": "kline", "E": now, "s": symbol, "k": candle}]


def _mark_row(exchange: Exchange, symbol: str, spot: str, now: int) -> dict[str, Any] | None:
    units = exchange.market.price_units(spot, now)
    if units is None:
        return None
    last = floor_to(now, FUNDING_MS)
    price, rate = text8(units), format(funding_rate(symbol, last), "f")
    return {
        "e": "markPriceUpdate",
        "E": now,
        "s": symbol,
        "p": price,
        "i": price,
        "P": price,
        "r": rate,
        "T": last + FUNDING_MS,
    }
