"""The benchmark once more: its index and its money line, from prices and flows alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.verify.differences import EXACT, Row
from backend.verify.price_book import Told

WEEK_MS: Final = 7 * DAY_MS
# 1970-01-01 was a Thursday.
FIRST_MONDAY_MS: Final = 4 * DAY_MS
HALVES: Final = '[[["BTC", "0.5"], ["ETH", "0.5"]], 0, 12, false]'
Prices = Mapping[str, Decimal]
PriceOf = Callable[[str, int], Told]
FLOW_NOT_MIRRORED: Final = "flow_not_mirrored"


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
    _exhausted: bool = False
    _doubt: str | None = None
    # The newest doubtful reset, what was the matter with it, and why the units are an estimate since.
    _marks: tuple[int | None, str | None, str | None] = (None, None, None)
    _reset_ms: int = 0
    _at_ms: int = 0

    def __post_init__(self) -> None:
        weights, self.weekday, self.hour, self.by_share = json.loads(self.plan or HALVES)
        whole = sum((Decimal(weight) for _, weight in weights), Decimal(0))
        self.weights = {coin: EXACT.divide(Decimal(weight), whole) for coin, weight in weights}

    def at(
        self, at_ms: int, value: Decimal, flow: Decimal, price: PriceOf, reason: str | None, flow_doubt: str | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """Index and value just before the flow of a row; then the flow and a reset of that instant are taken in.

        Args:
            reason: why the row is an estimate.
            flow_doubt: why the amount of its flow is.
        """
        with localcontext(EXACT):
            prices, self._doubt = self._prices(at_ms, price)
            if self._index is None:
                if prices is None:
                    return None, None
                self._index, self._since, self._reset_ms = Decimal(1), prices, at_ms
                self._units = self._bought(value, prices)
                self._mark(at_ms, self._doubt)
                self._mark_line(reason)
                told: tuple[Decimal | None, Decimal | None] = self._index, value
            else:
                for due in self._due(self._at_ms, at_ms - 1):
                    self._reset(due, price)
                told = (None, None) if prices is None else (self._grown(prices), self._worth(prices))
            if flow != 0:
                self._flow(flow, value, prices)
                self._mark_line(self._doubt)
            self._mark_line(flow_doubt or (reason if self.by_share and flow < 0 else None))
            if self._at_ms and self._due(at_ms - 1, at_ms):
                self._reset(at_ms, price)
            self._at_ms = at_ms
            return told

    def compare(self, told: Row, stored: str | None) -> None:
        """Compare the stored state after the last row: the last reset, and what is held since."""
        if stored is None or self._index is None:
            told.exactly("benchmark_state", stored is not None, self._index is not None)
            return
        at_ms, index, prices, units, *rest = json.loads(stored)
        marks = rest.pop(0) if isinstance(rest[0], list) else [None, None, None]
        exhausted, doubt, missed = (*rest, None, None)[:3]
        told.exactly("benchmark reset_at", at_ms, self._reset_ms)
        told.statistic("benchmark reset_index", index, self._index)
        for coin, price in zip(self.weights, prices, strict=True):
            told.statistic(f"benchmark reset_price {coin}", price, self._since[coin])
        for coin in sorted({*units, *self._units}):
            told.money(f"benchmark units {coin}", Decimal(units.get(coin, 0)), self._units.get(coin, Decimal(0)))
        told.exactly("benchmark exhausted", exhausted, self._exhausted)
        told.exactly("benchmark doubt", doubt, self._doubt)
        for name, one, other in zip(("doubted_at", "doubted", "line_doubt"), marks, self._marks, strict=True):
            told.exactly(f"benchmark {name}", one, other)
        told.exactly("benchmark missed", missed, FLOW_NOT_MIRRORED if self._missed else None)

    def _prices(self, at_ms: int, price: PriceOf) -> tuple[Prices | None, str | None]:
        """The price of each coin, None where one has none; and which has none, or an old one."""
        told = {coin: price(coin, at_ms) for coin in self.weights}
        found = {coin: known for coin, (known, _) in told.items() if known is not None}
        lacking = [coin for coin in told if coin not in found]
        doubtful = lacking or [coin for coin, (_, doubt) in told.items() if doubt is not None]
        doubt = f"{told[doubtful[0]][1]}:{doubtful[0]}" if doubtful else None
        return (None if lacking else found), doubt

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
            self._exhausted = False
            return
        before = value if self.by_share else sum((self._units[coin] * prices[coin] for coin in self._units), Decimal(0))
        kept = 1 + flow / before if before > 0 and -flow <= before else Decimal(0)
        self._exhausted = -flow > before
        self._units = {coin: quantity * kept for coin, quantity in self._units.items()}

    def _due(self, after_ms: int, until_ms: int) -> list[int]:
        """Scheduled instants with after < t <= until."""
        if self.hour is None:
            return []
        first = FIRST_MONDAY_MS + self.weekday * DAY_MS + self.hour * HOUR_MS
        start = first + ((after_ms - first) // WEEK_MS + 1) * WEEK_MS
        return list(range(start, until_ms + 1, WEEK_MS))

    def _reset(self, at_ms: int, price: PriceOf) -> None:
        prices, doubt = self._prices(at_ms, price)
        self._mark(at_ms, doubt)
        if prices is None:
            return
        self._index, self._reset_ms = self._grown(prices), at_ms
        worth = sum((quantity * prices[coin] for coin, quantity in self._units.items()), Decimal(0))
        self._units, self._since = self._bought(worth, prices), prices

    def _mark(self, at_ms: int, doubt: str | None) -> None:
        """A reset, or the beginning, at prices that may be doubtful."""
        if doubt is not None:
            self._marks = at_ms, doubt, self._marks[2] or doubt

    def _mark_line(self, doubt: str | None) -> None:
        self._marks = *self._marks[:2], self._marks[2] or doubt
