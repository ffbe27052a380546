"""The coarsest level of the seeded process: one log price per midnight, from 2017 to 2040."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from backend.exchange.simulator.coins import Coin
from backend.exchange.simulator.noise import Floats, key_of, normal
from backend.exchange.simulator.scenarios import Scenario, trend
from backend.exchange.simulator.wire import DAY_MS, UNIT, ms_of

FIRST_DAY_MS: Final = ms_of(datetime(2017, 1, 1, tzinfo=UTC))
LAST_DAY_MS: Final = ms_of(datetime(2040, 1, 1, tzinfo=UTC))
DAYS: Final = (LAST_DAY_MS - FIRST_DAY_MS) // DAY_MS
REVERSION: Final = 0.995  # of a coin's distance from its trend, how much is left a day later
STABLE_REVERSION: Final = 0.9
MARKET_DEVIATION: Final = 0.018


@dataclass(frozen=True)
class DayPath:
    """`log_price[d]` is the natural log of the price at the start of day d since 2017-01-01; DAYS + 1 values."""

    log_price: Floats
    daily_deviation: float
    steps_per_hour_of_one: float

    def steps_an_hour(self, step: int) -> float:
        """Typical volume of an hour in lot steps of `step` units of 1e-8."""
        return self.steps_per_hour_of_one * UNIT / step


def _walk(key: np.uint64, deviation: float, reversion: float) -> Floats:
    """y_d = reversion * y_(d-1) + noise, in chunks whose powers stay well inside float64."""
    noise = deviation * normal(key, np.arange(DAYS + 1, dtype=np.int64))
    walk = np.empty(DAYS + 1)
    chunk = max(1, int(20 / -np.log(reversion)))
    last = 0.0
    for start in range(0, DAYS + 1, chunk):
        part = noise[start : start + chunk]
        powers = reversion ** np.arange(1, len(part) + 1)
        walk[start : start + chunk] = powers * (last + np.cumsum(part / powers))
        last = float(walk[min(start + chunk, DAYS + 1) - 1])
    return walk


def market_walk(seed: int) -> Floats:
    """The factor that moves all coins together."""
    return _walk(key_of(seed, "market", "day"), MARKET_DEVIATION, REVERSION)


def day_path(seed: int, coin: Coin, scenario: Scenario, anchor_ms: int, market: Floats) -> DayPath:
    """The coin's path in USDT (USDT's path in the coin for money quoted that way); its level at the anchor day."""
    days = np.arange(DAYS + 1, dtype=np.float64)
    anchor = min(max((anchor_ms - FIRST_DAY_MS) // DAY_MS, 0), DAYS)
    deviation = coin.daily_deviation * (scenario.restlessness if coin.market_pull else 1.0)
    shared = MARKET_DEVIATION * scenario.restlessness * coin.market_pull
    own = max(deviation**2 - shared**2, (0.4 * deviation) ** 2) ** 0.5
    reversion = STABLE_REVERSION if coin.daily_deviation < 0.001 else REVERSION
    walk = _walk(key_of(seed, coin.asset, "day"), own, reversion)
    walk = walk + coin.market_pull * scenario.restlessness * market
    level = 1 / coin.level if coin.inverse else coin.level
    logs = np.log(level) + coin.market_pull * trend(scenario, days - anchor) + walk - walk[anchor]
    return DayPath(logs, deviation, coin.turnover_usd / 24 / (1.0 if coin.inverse else coin.level))
