"""Candles as columns, and what any source of prices must answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Candles:
    """n candles, oldest first; prices in units of 1e-8, `volume` in steps of `volume_unit` units.

    `volume` may be an object array of Python integers: some coins trade more than 64 bits of units a day.
    """

    start: Ints
    open: Ints
    high: Ints
    low: Ints
    close: Ints
    volume: NDArray[Any]
    volume_unit: int = 1

    def __len__(self) -> int:
        return len(self.start)

    def part(self, chosen: slice | NDArray[np.bool_]) -> "Candles":
        return Candles(
            self.start[chosen],
            self.open[chosen],
            self.high[chosen],
            self.low[chosen],
            self.close[chosen],
            self.volume[chosen],
            self.volume_unit,
        )


@dataclass(frozen=True)
class Bar:
    """One candle as plain integers: prices and `volume` in units of 1e-8."""

    open: int
    high: int
    low: int
    close: int
    volume: int

    @property
    def mean(self) -> int:
        """A price to count the turnover with."""
        return (self.open + self.high + self.low + self.close) // 4

    @staticmethod
    def flat(price: int) -> "Bar":
        """The candle of a stretch in which nothing moved."""
        return Bar(price, price, price, price, 0)

    @staticmethod
    def joined(bars: Sequence["Bar"]) -> "Bar | None":
        """The candle made of these, in time order; None when there are none."""
        if not bars:
            return None
        return Bar(
            bars[0].open,
            max(bar.high for bar in bars),
            min(bar.low for bar in bars),
            bars[-1].close,
            sum(bar.volume for bar in bars),
        )


def candles_of(start: Ints, prices: Iterable[NDArray[Any]], volume: NDArray[Any], volume_unit: int = 1) -> Candles:
    """Candles from their columns; `prices` are open, high, low and close in this order."""
    opens, highs, lows, closes = prices
    return Candles(start, opens, highs, lows, closes, volume, volume_unit)


EMPTY = candles_of(np.empty(0, np.int64), [np.empty(0, np.int64)] * 4, np.empty(0, np.int64))


def joined(parts: Sequence[Candles]) -> Candles:
    """Put pages of one symbol after each other; all share one volume unit."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else EMPTY
    start, *prices, volume = (
        np.concatenate([getattr(part, name) for part in filled])
        for name in ("start", "open", "high", "low", "close", "volume")
    )
    return candles_of(start, prices, volume, filled[0].volume_unit)


def bar_at(candles: Candles, index: int) -> Bar:
    """Candle number `index` as plain integers."""
    return Bar(
        int(candles.open[index]),
        int(candles.high[index]),
        int(candles.low[index]),
        int(candles.close[index]),
        int(candles.volume[index]) * candles.volume_unit,
    )


class PriceSource(Protocol):
    """Where prices come from: the seeded process, or recorded candles. Instants are ms, prices units of 1e-8."""

    def span(self, symbol: str) -> tuple[int, int] | None:
        """First and last instant with a price, [first candle's open, last candle's end]; None: never a price."""

    def price_at(self, symbol: str, at_ms: int) -> int | None:
        """Close of the last one-minute candle that ended by `at_ms`; None before and after the data."""

    def candles(self, symbol: str, starts: Ints, ends: Ints) -> Candles:
        """One candle for each half-open range of whole minutes that has data; ranges ascend and do not overlap."""

    def seconds(self, symbol: str, start_ms: int, end_ms: int) -> Candles:
        """One-second candles with start_ms <= open < end_ms, where there is data."""

    def next_data(self, symbol: str, at_ms: int) -> int | None:
        """First instant >= at_ms that lies in a candle."""

    def last_data(self, symbol: str, at_ms: int) -> int | None:
        """Last instant < at_ms that lies in a candle, given as its exclusive end (<= at_ms)."""


class RenamedSource:
    """Prices of symbols under new names: what the old symbol was worth, the new one is."""

    def __init__(self, source: PriceSource) -> None:
        self._source = source
        self._former: dict[str, str] = {}

    def rename(self, former: Mapping[str, str]) -> None:
        """Take new symbol -> old symbol; a symbol may be renamed again."""
        self._former |= {new: self._former.get(old, old) for new, old in former.items()}

    def _of(self, symbol: str) -> str:
        return self._former.get(symbol, symbol)

    def span(self, symbol: str) -> tuple[int, int] | None:
        return self._source.span(self._of(symbol))

    def price_at(self, symbol: str, at_ms: int) -> int | None:
        return self._source.price_at(self._of(symbol), at_ms)

    def candles(self, symbol: str, starts: Ints, ends: Ints) -> Candles:
        return self._source.candles(self._of(symbol), starts, ends)

    def seconds(self, symbol: str, start_ms: int, end_ms: int) -> Candles:
        return self._source.seconds(self._of(symbol), start_ms, end_ms)

    def next_data(self, symbol: str, at_ms: int) -> int | None:
        return self._source.next_data(self._of(symbol), at_ms)

    def last_data(self, symbol: str, at_ms: int) -> int | None:
        return self._source.last_data(self._of(symbol), at_ms)
