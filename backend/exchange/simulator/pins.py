"""Prices pinned by control, kept as a timeline so that the past never changes."""

import bisect
import itertools
from dataclasses import dataclass, field
from enum import Enum


class Mark(Enum):
    """What a symbol's price follows from an instant on when it is not pinned to a number."""

    FREE = "free"
    GONE = "gone"


Regime = int | Mark  # a pinned price in units of 1e-8, or a mark


@dataclass
class PinTimeline:
    """Per symbol: the instants at which the regime changed. Before the first, prices run free."""

    _instants: dict[str, list[int]] = field(default_factory=dict)
    _regimes: dict[str, list[Regime]] = field(default_factory=dict)

    def add(self, symbol: str, at_ms: int, regime: Regime) -> None:
        """Append a change; instants never go back, since the exchange's clock does not."""
        self._regimes.setdefault(symbol, []).append(regime)  # first, for readers that hold no lock
        self._instants.setdefault(symbol, []).append(at_ms)

    def at(self, symbol: str, at_ms: int) -> Regime:
        instants = self._instants.get(symbol)
        if instants is None:
            return Mark.FREE
        index = bisect.bisect_right(instants, at_ms) - 1
        return self._regimes[symbol][index] if index >= 0 else Mark.FREE

    def first(self, symbol: str) -> int | None:
        """Instant of the first change; before it nothing was ever pinned."""
        instants = self._instants.get(symbol)
        return instants[0] if instants else None

    def stretches(self, symbol: str, start_ms: int, end_ms: int) -> list[tuple[int, int, Regime]]:
        """Cut [start_ms, end_ms) where the regime changes."""
        cuts = [at for at in self._instants.get(symbol, ()) if start_ms < at < end_ms]
        edges = [start_ms, *cuts, end_ms]
        return [(low, high, self.at(symbol, low)) for low, high in itertools.pairwise(edges) if low < high]
