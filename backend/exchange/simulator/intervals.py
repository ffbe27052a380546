"""Kline intervals and the edges of their candles."""

from datetime import UTC, datetime
from typing import Final

import numpy as np

from backend.exchange.simulator.candles import Ints
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, instant_of, ms_of

SECOND_MS: Final = 1000
INTERVALS_MS: Final[dict[str, int]] = {
    "1s": SECOND_MS,
    "1m": MINUTE_MS,
    "3m": 3 * MINUTE_MS,
    "5m": 5 * MINUTE_MS,
    "15m": 15 * MINUTE_MS,
    "30m": 30 * MINUTE_MS,
    "1h": HOUR_MS,
    "2h": 2 * HOUR_MS,
    "4h": 4 * HOUR_MS,
    "6h": 6 * HOUR_MS,
    "8h": 8 * HOUR_MS,
    "12h": 12 * HOUR_MS,
    "1d": DAY_MS,
    "3d": 3 * DAY_MS,
    "1w": 7 * DAY_MS,
}
MONTH: Final = "1M"
MONDAY_MS: Final = 4 * DAY_MS  # 1970-01-05 was the first Monday; weeks open on Mondays


def is_interval(name: str) -> bool:
    return name == MONTH or name in INTERVALS_MS


def bucket_start(interval: str, at_ms: int, zone_ms: int = 0) -> int:
    """Open time of the candle that holds `at_ms`; `zone_ms` shifts the day's edge for the timeZone parameter."""
    local = at_ms + zone_ms
    if interval == MONTH:
        day = instant_of(local)
        return ms_of(datetime(day.year, day.month, 1, tzinfo=UTC)) - zone_ms
    origin = MONDAY_MS if interval == "1w" else 0
    step = INTERVALS_MS[interval]
    return local - (local - origin) % step - zone_ms


def bucket_after(interval: str, start_ms: int, steps: int = 1, zone_ms: int = 0) -> int:
    """Open time of the candle `steps` after (or before, when negative) the one that opens at `start_ms`."""
    if interval == MONTH:
        day = instant_of(start_ms + zone_ms)
        months = day.year * 12 + day.month - 1 + steps
        return ms_of(datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)) - zone_ms
    return start_ms + steps * INTERVALS_MS[interval]


def bucket_edges(interval: str, start_ms: int, end_ms: int, zone_ms: int = 0) -> Ints:
    """Open times from `start_ms` to `end_ms`, both included and both edges of candles."""
    if interval != MONTH:
        step = INTERVALS_MS[interval]
        return np.arange(start_ms, end_ms + 1, step, dtype=np.int64)
    edges = [start_ms]
    while edges[-1] < end_ms:
        edges.append(bucket_after(interval, edges[-1], 1, zone_ms))
    return np.array(edges, np.int64)


def bucket_ends(interval: str, starts: Ints, zone_ms: int = 0) -> Ints:
    """The exclusive end of each candle."""
    if interval != MONTH:
        return starts + INTERVALS_MS[interval]
    return np.array([bucket_after(interval, start, 1, zone_ms) for start in starts.tolist()], np.int64)
