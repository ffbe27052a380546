"""The days of an account as columns, for figures of many days, and the part of them that a window rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.core.model.instants import DAY_MS

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
BEFORE_EVERYTHING: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class DaySeries:
    """Columns of equal length, oldest day first; NaN where there is nothing.

    `growth` and `benchmark` are the indices at 00:00; `high`, `low` and `fall` are those of the day's full hours, of
    which there are `hours`. `doubts`: estimated links up to 00:00, -1 without a valuation then. `reasons`: of the
    valuation at 00:00 and of the first doubtful snapshot, by day, where there is any.
    """

    day_ms: Whole
    growth: Floats
    benchmark: Floats
    high: Floats
    low: Floats
    fall: Floats
    benchmark_high: Floats
    benchmark_low: Floats
    benchmark_fall: Floats
    hours: Whole
    benchmark_hours: Whole
    doubts: Whole
    reasons: Mapping[int, tuple[str | None, str | None]]

    def part(self, start_ms: int, end_ms: int) -> DaySeries:
        """The days with start <= 00:00 <= end."""
        low = int(np.searchsorted(self.day_ms, start_ms, side="left"))
        high = int(np.searchsorted(self.day_ms, end_ms, side="right"))
        inside = {day: reasons for day, reasons in self.reasons.items() if start_ms <= day <= end_ms}
        return replace(self, **{name: getattr(self, name)[low:high] for name in COLUMNS}, reasons=inside)

    def then(self, later: DaySeries) -> DaySeries:
        """These days, and behind them the other ones in the place of any from their first day on."""
        if not len(later.day_ms):
            return self
        kept = self.part(BEFORE_EVERYTHING, int(later.day_ms[0]) - 1)
        both = {name: np.concatenate([getattr(kept, name), getattr(later, name)]) for name in COLUMNS}
        return replace(self, **both, reasons={**kept.reasons, **later.reasons})


COLUMNS: Final = tuple(field.name for field in fields(DaySeries) if field.name != "reasons")


class DayCache:
    """One series an account. `rebuilds` tells when days of the past were replaced; then all are read anew."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[int, DaySeries]] = {}

    def get(self, account_id: int, rebuilds: int, read_from: Callable[[int], DaySeries]) -> DaySeries:
        """The days up to now; `read_from(instant)` reads those from an instant on. The newest is always read again."""
        held = self._held.get(account_id)
        if held is not None and held[0] == rebuilds and len(held[1].day_ms):
            series = held[1].then(read_from(int(held[1].day_ms[-1])))
        else:
            series = read_from(BEFORE_EVERYTHING)
        self._held[account_id] = (rebuilds, series)
        return series


def dense(series: DaySeries, first_ms: int, last_ms: int, line: Floats) -> Floats:
    """A line at every 00:00 from first to last, both included; NaN where the day has none."""
    grid = np.full((last_ms - first_ms) // DAY_MS + 1, np.nan)
    inside = (series.day_ms >= first_ms) & (series.day_ms <= last_ms)
    grid[(series.day_ms[inside] - first_ms) // DAY_MS] = line[inside]
    return grid


def returns_of(index: Floats) -> Floats:
    """The return of each day between two neighbouring valuations; NaN where one is missing or nothing was left."""
    before, after = index[:-1], index[1:]
    found = np.full(len(before), np.nan)
    np.divide(after, before, out=found, where=before > 0)
    return found - 1.0
