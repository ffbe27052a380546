"""Prices without stored history: every candle of every symbol follows from the seed.

Built from coarse to fine, each level fitted into the one above, so that all intervals agree:

* days: the log price at each midnight, a mean-reverting walk around the scenario's trend plus a common market factor;
* hours: a bridge from midnight to midnight, each hour with its own high and low;
* minutes: a bridge inside the hour that attains exactly its open, high, low and close; seconds likewise in a minute.

Pairs without a series of their own (ETHBTC, BTCTRY) are quotients of their legs' minute closes, rounded to the tick.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from backend.exchange.simulator.cache import Cache
from backend.exchange.simulator.candles import EMPTY, Bar, Candles, Ints, bar_at, candles_of, joined
from backend.exchange.simulator.coins import coin_of
from backend.exchange.simulator.noise import Floats, key_of, normal, uniform
from backend.exchange.simulator.paths import FIRST_DAY_MS, LAST_DAY_MS, DayPath, day_path, market_walk
from backend.exchange.simulator.scenarios import Scenario
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, UNIT, floor_to

BLOCK_DAYS: Final = 32
BLOCK_MS: Final = BLOCK_DAYS * DAY_MS
MINUTE_BLOCK_MS: Final = 4 * HOUR_MS
# 36 and 12 kilobytes each. Histories of years are read once, from end to end: keeping all of one helps nobody.
HOUR_BLOCKS: Final = 200
MINUTE_BLOCKS: Final = 400
KEPT_SPAN_MS: Final = 2 * DAY_MS
DOLLAR: Final = "USDT"


@dataclass(frozen=True)
class Pair:
    """What the process must know of a symbol; `tick` and `step` in units of 1e-8."""

    symbol: str
    base: str
    quote: str
    tick: int
    step: int


class SeededPrices:
    """Implements PriceSource for the pairs that `pair_of` knows."""

    def __init__(self, seed: int, scenario: Scenario, anchor_ms: int, pair_of: Callable[[str], Pair | None]) -> None:
        self._seed, self._scenario, self._anchor_ms = seed, scenario, anchor_ms
        self._pair_of = pair_of
        self._market = market_walk(seed)
        self._paths: Cache[str, DayPath] = Cache(4096)
        self._hours: Cache[tuple[str, int], Candles] = Cache(HOUR_BLOCKS)
        self._minutes: Cache[tuple[str, int], Candles] = Cache(MINUTE_BLOCKS)

    def span(self, symbol: str) -> tuple[int, int] | None:
        return (FIRST_DAY_MS, LAST_DAY_MS) if self._pair_of(symbol) else None

    def price_at(self, symbol: str, at_ms: int) -> int | None:
        pair = self._pair_of(symbol)
        minute = floor_to(at_ms, MINUTE_MS) - MINUTE_MS
        if pair is None or not minute >= FIRST_DAY_MS or at_ms > LAST_DAY_MS:
            return None
        return int(self._minute_page(pair, minute, minute + MINUTE_MS).close[0])

    def candles(self, symbol: str, starts: Ints, ends: Ints) -> Candles:
        pair = self._pair_of(symbol)
        inside = (starts >= FIRST_DAY_MS) & (ends <= LAST_DAY_MS)
        starts, ends = starts[inside], ends[inside]
        if pair is None or not len(starts):
            return EMPTY
        first, last = int(starts[0]), int(ends[-1])
        by_hours = not ((starts % HOUR_MS).any() or (ends % HOUR_MS).any())
        few_minutes = last - first <= (KEPT_SPAN_MS if by_hours or len(starts) > 1 else HOUR_MS)
        if few_minutes and not (by_hours and self._own_series(pair)):  # a quotient's hours are made of its minutes
            return _aggregate(self._minute_page(pair, first, last), MINUTE_MS, starts, ends)
        if by_hours:
            return _aggregate(self._hour_page(pair, first, last), HOUR_MS, starts, ends)
        bars = [self._long_bar(pair, int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
        columns = (np.array([getattr(bar, name) for bar in bars]) for name in ("open", "high", "low", "close"))
        return candles_of(starts, columns, np.array([bar.volume for bar in bars], object))

    def seconds(self, symbol: str, start_ms: int, end_ms: int) -> Candles:
        pair = self._pair_of(symbol)
        low, high = max(floor_to(start_ms, MINUTE_MS), FIRST_DAY_MS), min(end_ms, LAST_DAY_MS)
        if pair is None or low >= high:
            return EMPTY
        minutes = self._minute_page(pair, low, -(-high // MINUTE_MS) * MINUTE_MS)
        fine = subdivide(minutes, 60, MINUTE_MS // 60, pair.tick, self._key(pair.symbol, "second"))
        return fine.part((fine.start >= start_ms) & (fine.start < end_ms))

    def next_data(self, symbol: str, at_ms: int) -> int | None:
        span = self.span(symbol)
        return max(at_ms, span[0]) if span and at_ms < span[1] else None

    def last_data(self, symbol: str, at_ms: int) -> int | None:
        span = self.span(symbol)
        return min(at_ms, span[1]) if span and at_ms > span[0] else None

    # -- series -------------------------------------------------------------------------------------------------

    def _key(self, name: str, level: str) -> np.uint64:
        return key_of(self._seed, name, level)

    def _path(self, name: str, asset: str) -> DayPath:
        return self._paths.get(
            name, lambda: day_path(self._seed, coin_of(asset), self._scenario, self._anchor_ms, self._market)
        )

    @staticmethod
    def _own_series(pair: Pair) -> str | None:
        """The asset whose path in dollars this pair follows directly; None for a quotient of two."""
        if pair.quote == DOLLAR and not coin_of(pair.base).inverse:
            return pair.base
        return pair.quote if pair.base == DOLLAR else None

    def _hour_page(self, pair: Pair, start_ms: int, end_ms: int) -> Candles:
        blocks = range(floor_to(start_ms, BLOCK_MS), end_ms, BLOCK_MS)
        page = joined(
            [self._hours.get((pair.symbol, block), partial(self._hour_block, pair, block)) for block in blocks]
        )
        first = int(page.start[0])
        return page.part(slice((start_ms - first) // HOUR_MS, (end_ms - first) // HOUR_MS))

    def _minute_page(self, pair: Pair, start_ms: int, end_ms: int) -> Candles:
        """Minutes of a range: from memory when it is short, in one go and not kept when it is long."""
        if end_ms - start_ms > KEPT_SPAN_MS:
            page = self._minutes_of(pair, floor_to(start_ms, HOUR_MS), -(-end_ms // HOUR_MS) * HOUR_MS)
        else:
            blocks = range(floor_to(start_ms, MINUTE_BLOCK_MS), end_ms, MINUTE_BLOCK_MS)
            page = joined(
                [self._minutes.get((pair.symbol, at), partial(self._minute_block, pair, at)) for at in blocks]
            )
        first = int(page.start[0])
        return page.part(slice((start_ms - first) // MINUTE_MS, (end_ms - first) // MINUTE_MS))

    def _minute_block(self, pair: Pair, block: int) -> Candles:
        return self._minutes_of(pair, block, block + MINUTE_BLOCK_MS)

    def _long_bar(self, pair: Pair, start: int, end: int) -> Bar:
        """One candle over a long range with ragged edges: minutes, whole hours, minutes."""
        first_hour, last_hour = -(-start // HOUR_MS) * HOUR_MS, floor_to(end, HOUR_MS)
        edges = ((start, min(first_hour, end)), (first_hour, last_hour), (max(last_hour, first_hour), end))
        bars = [
            bar_at(self.candles(pair.symbol, np.array([low]), np.array([high])), 0) for low, high in edges if low < high
        ]
        whole = Bar.joined(bars)
        assert whole is not None  # start < end, so there was at least one part
        return whole

    def _hour_block(self, pair: Pair, block: int) -> Candles:
        asset = self._own_series(pair)
        start = max(block, FIRST_DAY_MS)
        days = (min(block + BLOCK_MS, LAST_DAY_MS) - start) // DAY_MS
        if asset is None:
            edges = start + HOUR_MS * np.arange(days * 24 + 1, dtype=np.int64)
            page = self._minute_page(pair, start, int(edges[-1]))
            return _aggregate(page, MINUTE_MS, edges[:-1], edges[1:])
        path = self._path(pair.symbol, asset)
        first = (start - FIRST_DAY_MS) // DAY_MS
        midnights = path.log_price[first : first + days + 1]
        hours = start // HOUR_MS + np.arange(days * 24, dtype=np.int64)
        deviation = path.daily_deviation / 24**0.5
        moves = (deviation * normal(self._key(pair.symbol, "hour"), hours)).reshape(days, 24)
        moves += ((midnights[1:] - midnights[:-1]) - moves.sum(axis=1))[:, None] / 24
        logs = midnights[:-1, None] + np.cumsum(moves, axis=1)
        logs[:, -1] = midnights[1:]
        edges = np.concatenate([midnights[:1], logs.ravel()])
        ticks = np.maximum(np.rint(np.exp(edges) * (UNIT / pair.tick)), 1)
        opens, closes = ticks[:-1], ticks[1:]
        above = np.abs(normal(self._key(pair.symbol, "high"), hours)) * deviation * 0.5
        below = np.abs(normal(self._key(pair.symbol, "low"), hours)) * deviation * 0.5
        highs = np.floor(np.maximum(opens, closes) * (1 + above))
        lows = np.maximum(np.ceil(np.minimum(opens, closes) * (1 - below)), 1)
        busy = 0.4 + 1.2 * uniform(self._key(pair.symbol, "volume"), hours)
        volume = np.maximum(path.steps_an_hour(pair.step) * busy, 1).astype(np.int64)
        prices = ((column * pair.tick).astype(np.int64) for column in (opens, highs, lows, closes))
        return candles_of(hours * HOUR_MS, prices, volume, pair.step)

    def _minutes_of(self, pair: Pair, start_ms: int, end_ms: int) -> Candles:
        """Minutes of a range of whole hours."""
        if self._own_series(pair) is not None:
            hours = self._hour_page(pair, start_ms, end_ms)
            return subdivide(hours, 60, MINUTE_MS, pair.tick, self._key(pair.symbol, "minute"))
        quotient = self._dollars(pair.base, start_ms, end_ms) / self._dollars(pair.quote, start_ms, end_ms)
        ticks = np.maximum(np.rint(quotient * (UNIT / pair.tick)), 1)
        opens, closes = ticks[:-1], ticks[1:]
        minutes = np.arange(start_ms // MINUTE_MS, end_ms // MINUTE_MS, dtype=np.int64)
        steps = coin_of(pair.base).turnover_usd / 20 / 1440 / coin_of(pair.base).level * UNIT / pair.step
        volume = np.maximum(2 * steps * uniform(self._key(pair.symbol, "volume"), minutes), 1).astype(np.int64)
        columns = (opens, np.maximum(opens, closes), np.minimum(opens, closes), closes)
        prices = ((column * pair.tick).astype(np.int64) for column in columns)
        return candles_of(minutes * MINUTE_MS, prices, volume, pair.step)

    def _dollars(self, asset: str, start_ms: int, end_ms: int) -> Floats:
        """Dollars per unit of the asset: as the range opens, then at each minute's close."""
        if asset == DOLLAR:
            return np.ones((end_ms - start_ms) // MINUTE_MS + 1)
        inverse = coin_of(asset).inverse
        symbol = DOLLAR + asset if inverse else asset + DOLLAR
        base, quote = (DOLLAR, asset) if inverse else (asset, DOLLAR)
        leg = self._pair_of(symbol) or Pair(symbol, base, quote, 1, UNIT)
        minutes = self._minute_page(leg, start_ms, end_ms)
        prices = np.concatenate([minutes.open[:1], minutes.close]) / UNIT
        return np.asarray(1 / prices if inverse else prices, np.float64)


def _aggregate(page: Candles, step_ms: int, starts: Ints, ends: Ints) -> Candles:
    """Make candles of whole steps of a page without gaps; the page covers every range."""
    origin = int(page.start[0])
    low, high = (starts - origin) // step_ms, (ends - origin) // step_ms
    if len(page) == len(starts):
        return page
    pairs = np.column_stack([low, high]).ravel()
    padded = {name: np.append(getattr(page, name), 0) for name in ("high", "low", "volume")}
    return Candles(
        starts,
        page.open[low],
        np.maximum.reduceat(padded["high"], pairs)[::2],
        np.minimum.reduceat(padded["low"], pairs)[::2],
        page.close[high - 1],
        np.add.reduceat(padded["volume"], pairs)[::2],
        page.volume_unit,
    )


def subdivide(whole: Candles, parts: int, part_ms: int, tick: int, key: np.uint64) -> Candles:
    """Split each candle into `parts` that together have exactly its open, high, low, close and volume."""
    index = (whole.start // part_ms)[:, None] + np.arange(parts, dtype=np.int64)
    opens, highs, lows, closes = (
        (column // tick).astype(np.float64)[:, None] for column in (whole.open, whole.high, whole.low, whole.close)
    )
    steps = normal(key, index)
    bridge = np.cumsum(steps - steps.mean(axis=1, keepdims=True), axis=1)
    way = np.arange(1, parts + 1) / parts
    path = np.rint(opens + (closes - opens) * way + bridge * (highs - lows) / (1.2 * parts**0.5))
    path = np.clip(path, lows, highs)
    path[:, -1:] = closes
    before = np.concatenate([opens, path[:, :-1]], axis=1)
    top, bottom = np.maximum(before, path), np.minimum(before, path)
    rows = np.arange(len(whole))
    top[rows, top.argmax(axis=1)] = highs[:, 0]
    bottom[rows, bottom.argmin(axis=1)] = lows[:, 0]
    weights = 1 + (uniform(key, index + 1) * 15).astype(np.int64)
    volume = whole.volume[:, None] * weights // weights.sum(axis=1, keepdims=True)
    volume[:, -1] += whole.volume - volume.sum(axis=1)
    prices = ((column.ravel() * tick).astype(np.int64) for column in (before, top, bottom, path))
    return candles_of((index * part_ms).ravel(), prices, volume.ravel(), whole.volume_unit)
