"""The points of a chart: few of many rows, with the extremes of every line kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from backend.core.performance.under_water import deepest, under_water
from backend.core.series import SeriesChunk, thinned
from backend.core.views import HistoryPoint

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork

Floats = NDArray[np.float64]


def chart_points(
    unit: UnitOfWork, account: int, part: SeriesChunk, opening: SnapshotRow, points: int
) -> list[HistoryPoint]:
    """At most `points` points of the rows of a window that begins at `opening`, oldest first.

    Values are those just before the flow of their instant. Of the snapshots only those that are shown are read, of the
    hold-only shadow its line.
    """
    below = (under_water(part.growth), under_water(part.benchmark))
    held = _held(unit, account, part, opening.at_ms)
    kept = np.union1d(thinned(part, max(points - len(below), 2), (held, *below)), deepest(*below))
    shown = part.taken(kept)
    instants: list[int] = shown.at_ms.tolist()
    money = unit.snapshots.money_at(account, instants)
    benchmark_start = math.nan if opening.benchmark_index is None else opening.benchmark_index
    lines = [
        _known(line)
        for line in (
            _since(shown.growth, opening.growth_index),
            _since(shown.benchmark, benchmark_start),
            below[0][kept],
            below[1][kept],
            held[kept],
        )
    ]
    return [
        HistoryPoint(at_ms, twr, benchmark, *money[at_ms], depth, benchmark_depth, hold)
        for at_ms, twr, benchmark, depth, benchmark_depth, hold in zip(instants, *lines, strict=True)
        if at_ms in money
    ]


def _held(unit: UnitOfWork, account: int, part: SeriesChunk, start_ms: int) -> Floats:
    """What holding only has made since a start at each row, float64[n]; NaN where the shadow was not there."""
    found = np.full(len(part.at_ms), np.nan)
    if len(part.at_ms):
        at_ms, index = unit.shadows.hold_line(account, start_ms, int(part.at_ms[-1]))
        begun = len(at_ms) > 0 and at_ms[0] == start_ms
        places = np.minimum(np.searchsorted(part.at_ms, at_ms), len(part.at_ms) - 1)
        same = part.at_ms[places] == at_ms
        found[places[same]] = _since(index, float(index[0]) if begun else math.nan)[same]
    return found


def _since(line: Floats, start: float) -> Floats:
    """The return since a start, float64[n]; NaN throughout where that is none to measure from."""
    return line / (start if start > 0 else math.nan) - 1.0


def _known(line: Floats) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in line.tolist()]
