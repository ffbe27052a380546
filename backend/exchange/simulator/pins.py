"""Prices pinned by control, kept as a timeline so that the past never changes."""

import bisect
import itertools
from collections.abc import Sequence
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

    _changes: dict[str, tuple[list[int], list[Regime]]] = field(default_factory=dict)

    def add(self, symbol: str, at_ms: int, regime: Regime) -> None:
        """Set the regime from an instant on; what was planned for later is forgotten."""
        instants, regimes = self._changes.get(symbol, ([], []))
        kept = bisect.bisect_right(instants, at_ms)
        # New lists at once: readers hold no lock.
        self._changes[symbol] = ([*instants[:kept], at_ms], [*regimes[:kept], regime])

    def plan(self, symbol: str, changes: Sequence[tuple[int, Regime]]) -> None:
        """Plan changes, in order; those at or after an existing change are dropped, for that one forgot them."""
        first = self.first(symbol)
        wanted = [(at, regime) for at, regime in changes if first is None or at < first]
        instants, regimes = self._changes.get(symbol, ([], []))
        self._changes[symbol] = ([*(at for at, _ in wanted), *instants], [*(one for _, one in wanted), *regimes])

    def at(self, symbol: str, at_ms: int) -> Regime:
        instants, regimes = self._changes.get(symbol, ([], []))
        index = bisect.bisect_right(instants, at_ms) - 1
        return regimes[index] if index >= 0 else Mark.FREE

    def first(self, symbol: str) -> int | None:
        """Instant of the first change; before it nothing was ever pinned."""
        instants, _ = self._changes.get(symbol, ([], []))
        return instants[0] if instants else None

    def stretches(self, symbol: str, start_ms: int, end_ms: int) -> list[tuple[int, int, Regime]]:
        """Cut [start_ms, end_ms) where the regime changes."""
        cuts = [at for at in self._changes.get(symbol, ([], []))[0] if start_ms < at < end_ms]
        edges = [start_ms, *cuts, end_ms]
        return [(low, high, self.at(symbol, low)) for low, high in itertools.pairwise(edges) if low < high]
