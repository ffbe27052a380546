"""The benchmark once more: its index and its money line, from prices and flows alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.verify.differences import EXACT

WEEK_MS: Final = 7 * DAY_MS
# 1970-01-01 was a Thursday.
FIRST_MONDAY_MS: Final = 4 * DAY_MS
HALVES: Final = '[[["BTC", "0.5"], ["ETH", "0.5"]], 0, 12, false]'
Prices = Mapping[str, Decimal]
PriceOf = Callable[[str, int], Decimal | None]


@dataclass(slots=True)
class BenchmarkLine:
    """Index and units after the last row. `plan`: the stored JSON of weights, weekday, hour, and how withdrawals go."""

    plan: str | None
    weights: dict[str, Decimal] = field(init=False)
    weekday: int = field(init=False)
    hour: int | None = field(init=False)
    by_share: bool = field(init=False)
    _index: Decimal | None = None
    _since: Prices = field(default_factory=dict)
    _units: dict[str, Decimal] = field(default_factory=dict)
    _missed: bool = False
    _at_ms: int = 0

    def __post_init__(self) -> None:
        weights, self.weekday, self.hour, self.by_share = json.loads(self.plan or HALVES)
        whole = sum((Decimal(weight) for _, weight in weights), Decimal(0))
        self.weights = {coin: EXACT.divide(Decimal(weight), whole) for coin, weight in weights}

    def at(self, at_ms: int, value: Decimal, flow: Decimal, price: PriceOf) -> tuple[Decimal | None, Decimal | None]:
        """Index and value just before the flow of a row; then the flow and a reset of that instant are taken in."""
        with localcontext(EXACT):
            prices = self._prices(at_ms, price)
            if self._index is None:
                if prices is None:
                    return None, None
                self._index, self._since = Decimal(1), prices
                self._units = self._bought(value, prices)
                told: tuple[Decimal | None, Decimal | None] = self._index, value
            else:
                for due in self._due(self._at_ms, at_ms - 1):
                    self._reset(due, price)
                told = (None, None) if prices is None else (self._grown(prices), self._worth(prices))
            if flow != 0:
                self._flow(flow, value, prices)
            if self._at_ms and self._due(at_ms - 1, at_ms):
                self._reset(at_ms, price)
            self._at_ms = at_ms
            return told

    def _prices(self, at_ms: int, price: PriceOf) -> Prices | None:
        found = {coin: known for coin in self.weights if (known := price(coin, at_ms)) is not None}
        return found if len(found) == len(self.weights) else None

    def _grown(self, prices: Prices) -> Decimal:
        assert self._index is not None
        moves = [weight * prices[coin] / self._since[coin] for coin, weight in self.weights.items()]
        return self._index * sum(moves, Decimal(0))

    def _worth(self, prices: Prices) -> Decimal | None:
        if self._missed:
            return None
        return sum((quantity * prices[coin] for coin, quantity in self._units.items()), Decimal(0))

    def _bought(self, value: Decimal, prices: Prices) -> dict[str, Decimal]:
        return {coin: value * weight / prices[coin] for coin, weight in self.weights.items()}

    def _flow(self, flow: Decimal, value: Decimal, prices: Prices | None) -> None:
        if prices is None:
            self._missed = True
            return
        if flow > 0:
            for coin, quantity in self._bought(flow, prices).items():
                self._units[coin] = self._units.get(coin, Decimal(0)) + quantity
            return
        before = value if self.by_share else sum((self._units[coin] * prices[coin] for coin in self._units), Decimal(0))
        kept = 1 + flow / before if before > 0 and -flow <= before else Decimal(0)
        self._units = {coin: quantity * kept for coin, quantity in self._units.items()}

    def _due(self, after_ms: int, until_ms: int) -> list[int]:
        """Scheduled instants with after < t <= until."""
        if self.hour is None:
            return []
        first = FIRST_MONDAY_MS + self.weekday * DAY_MS + self.hour * HOUR_MS
        start = first + ((after_ms - first) // WEEK_MS + 1) * WEEK_MS
        return list(range(start, until_ms + 1, WEEK_MS))

    def _reset(self, at_ms: int, price: PriceOf) -> None:
        prices = self._prices(at_ms, price)
        if prices is None:
            return
        self._index = self._grown(prices)
        worth = sum((quantity * prices[coin] for coin, quantity in self._units.items()), Decimal(0))
        self._units, self._since = self._bought(worth, prices), prices
