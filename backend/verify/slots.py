"""How many slots of the grid have a snapshot, and how many should have one."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.model.instants import DAY_MS, HOUR_MS


@dataclass(slots=True)
class Slots:
    """Running counts of the grid: multiples of the interval, and every 00:00 UTC.

    Slots closer than an hour are thinned out as they grow old, and when is not stored: they are not counted.
    """

    interval_ms: int
    taken: int = 0
    expected: int = 0
    _last_ms: int | None = None

    @property
    def known(self) -> bool:
        return self.interval_ms >= HOUR_MS

    def take(self, at_ms: int) -> None:
        """Go on to the next snapshot."""
        here = int(at_ms % self.interval_ms == 0 or at_ms % DAY_MS == 0)
        self.taken += here
        self.expected += here if self._last_ms is None else self._between(self._last_ms, at_ms)
        self._last_ms = at_ms

    def _between(self, after_ms: int, until_ms: int) -> int:
        """Slots with after < slot <= until."""
        steps = range((after_ms // self.interval_ms + 1) * self.interval_ms, until_ms + 1, self.interval_ms)
        if DAY_MS % self.interval_ms == 0:
            return len(steps)
        days = range((after_ms // DAY_MS + 1) * DAY_MS, until_ms + 1, DAY_MS)
        return len({*steps, *days})
