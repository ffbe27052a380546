"""Made-up candles in the shape of recorded ones: hours with an outage, a few days of minutes, one coin by the day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backend.tests.process.reference import DAY, HOUR, MINUTE, milliseconds
from backend.tests.simulator.candle_writer import write_candles

FIRST: Final = milliseconds("2023-02-01")
LAST: Final = milliseconds("2023-05-20")
OUTAGE: Final = (milliseconds("2023-03-24T12:00"), milliseconds("2023-03-24T17:00"))
MINUTES: Final = (milliseconds("2023-04-03T03:00"), milliseconds("2023-04-06T20:18"))
# Price in cents at the start.
HOURLY: Final = {"BTC": 2_312_345, "ETH": 158_671, "SOL": 2_390, "ADA": 39}
DAILY: Final = {"BNB": 31_250}


def write_market(folder: Path, seed: int) -> None:
    """Fill `folder` with candle files; the same seed gives the same files."""
    chance = random.Random(seed)
    for coin, cents in HOURLY.items():
        _write(folder, f"{coin}USDT-1h", _walk(chance, cents, FIRST, LAST, HOUR))
    for coin, cents in DAILY.items():
        _write(folder, f"{coin}USDT-1d", _walk(chance, cents, FIRST, LAST, DAY))
    for coin in ("BTC", "ETH"):
        _write(folder, f"{coin}USDT-1m-2023-04", _walk(chance, HOURLY[coin], *MINUTES, MINUTE))


def _walk(chance: random.Random, cents: int, start: int, end: int, step: int) -> Iterator[tuple[int, float, float]]:
    """Open time, open and close (cents) of each candle; the market moves on during the outage."""
    price = float(cents)
    for at in range(start, end, step):
        opened = price
        price *= 1 + chance.gauss(0, 0.004)
        if step == DAY or not OUTAGE[0] <= at < OUTAGE[1]:
            yield at, opened, price


def _write(folder: Path, name: str, candles: Iterator[tuple[int, float, float]]) -> None:
    rows = []
    for at, opened, closed in candles:
        first, last = f"{opened / 100:.4f}", f"{closed / 100:.4f}"
        high, low = max(first, last, key=float), min(first, last, key=float)
        rows.append((at, first, high, low, last, "12.5"))
    write_candles(folder, name, rows)
