"""What risk figures of a window are made of: its daily returns, and the daily index that drawdowns are read from.

The N daily returns of a window of N days end with the newest 00:00 UTC. A day without a valuation at either end is left
out, never filled. Source: docs/formulas.md#risk.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from backend.core.model.instants import DAY_MS
from backend.core.performance.day_rows import day_of
from backend.core.performance.day_series import DaySeries, Floats, Whole, dense, returns_of
from backend.core.performance.windows import ESTIMATED_LINK, TOTAL

# Fewer daily returns say nothing.
FEWEST_RETURNS: Final = 30
MISSING_DAYS: Final = "missing_days"
MISSING_HOURS: Final = "missing_hours"
Prices = Callable[[Whole], Floats]


@dataclass(frozen=True, slots=True)
class Line:
    """An index over a window, float64. `returns`: of each day of the sample, NaN where it is not known.

    `index` and `at_ms`: the start of the window and each 00:00 in it that has a valuation.
    """

    returns: Floats
    index: Floats
    at_ms: Whole

    @property
    def count(self) -> int:
        """How many daily returns are known."""
        return int(np.count_nonzero(np.isfinite(self.returns)))

    @property
    def missing(self) -> int:
        return len(self.returns) - self.count


@dataclass(frozen=True, slots=True)
class Sample:
    """Both lines of a window. `first_ms`: 00:00 of the first day; `doubt`: why a valuation used is an estimate."""

    first_ms: int
    own: Line
    benchmark: Line
    doubt: str | None

    def day_ms(self, place: int) -> int:
        """00:00 of the day of a return."""
        return self.first_ms + place * DAY_MS


@dataclass(frozen=True, slots=True)
class Start:
    """The snapshot a window begins with."""

    at_ms: int
    growth: float
    benchmark: float | None


def sample_of(
    series: DaySeries, start: Start, end_ms: int, days: int, begun_ms: int, prices: Prices | None = None
) -> Sample:
    """The sample of a window of `days` (0: everything) that begins with `start` and ends at `end_ms`.

    Args:
        series: all days from the one before `start` to `end_ms`.
        begun_ms: the first 00:00 UTC of the account: a window as long as its history has no day before it.
        prices: of a currency in the reporting one, at instants; NaN where there is none. The lines are then in it.
    """
    last_ms = day_of(end_ms)
    first_ms = -(-start.at_ms // DAY_MS) * DAY_MS if days == TOTAL else max(last_ms - days * DAY_MS, begun_ms)
    first_ms = min(first_ms, last_ms)
    grid = np.arange(first_ms, last_ms + 1, DAY_MS, dtype=np.int64)
    inside = series.part(start.at_ms + 1, end_ms)
    at_ms = np.concatenate([[start.at_ms], inside.day_ms]).astype(np.int64)
    opening = math.nan if start.benchmark is None else start.benchmark

    def line(column: Floats, first: float, part: Floats) -> Line:
        whole, index = dense(series, first_ms, last_ms, column), np.concatenate([[first], part])
        if prices is not None:
            whole, index = whole / prices(grid), index / prices(at_ms)
        known = np.isfinite(index)
        return Line(returns_of(whole), index[known], at_ms[known])

    return Sample(
        first_ms=first_ms,
        own=line(series.growth, start.growth, inside.growth),
        benchmark=line(series.benchmark, opening, inside.benchmark),
        doubt=_doubt(series.part(first_ms, last_ms)),
    )


def known_returns(series: DaySeries) -> int:
    """How many daily returns the days give."""
    if not len(series.day_ms):
        return 0
    whole = dense(series, int(series.day_ms[0]), int(series.day_ms[-1]), series.growth)
    return int(np.count_nonzero(np.isfinite(returns_of(whole))))


def _doubt(used: DaySeries) -> str | None:
    """Why a valuation at 00:00 is an estimate, or a link between two of them."""
    known = used.doubts[used.doubts >= 0]
    linked = len(known) > 1 and known[-1] > known[0]
    for opening, any_hour in used.reasons.values():
        if opening is not None or (linked and any_hour is not None):
            return opening or any_hour
    return ESTIMATED_LINK if linked else None


def path_doubt(inside: DaySeries, wanted: int) -> str | None:
    """Why a drawdown over the `wanted` 00:00 UTC of a window is an estimate, beside what is doubtful about the window:
    one of their values is, or there is none.
    """
    doubt = next((opening for opening, _ in inside.reasons.values() if opening is not None), None)
    return doubt or missing_days(inside.growth, wanted)


def missing_days(line: Floats, wanted: int) -> str | None:
    """The doubt about a line that is not known at as many 00:00 UTC as are wanted."""
    return MISSING_DAYS if np.count_nonzero(np.isfinite(line)) < wanted else None


def hourly_fall(opening: Floats, days: tuple[Floats, Floats, Floats]) -> float | None:
    """The deepest fall of an index over full hours.

    Args:
        opening: the start of the window and the hours until the first whole day, float64[m], m >= 1; NaN is left out.
        days: highest, lowest and deepest fall of each whole day after, float64[n]; NaN is left out.
    """
    first = opening[np.isfinite(opening)]
    known = np.isfinite(days[0])
    high, low, fall = (column[known] for column in days)
    if not len(first) or not first[0] > 0:
        return None
    peaks = np.maximum.accumulate(np.concatenate([[first.max()], high]))[:-1]
    within = np.min(first / np.maximum.accumulate(first)) - 1.0
    return float(min(within, np.min(low / peaks - 1.0, initial=0.0), np.min(fall, initial=0.0)))
