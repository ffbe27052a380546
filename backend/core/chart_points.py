"""The points of a chart: few of many rows, with the extremes of every line kept."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from backend.core.model.valuation import SnapshotRow
from backend.core.performance.under_water import deepest, under_water
from backend.core.ports import UnitOfWork
from backend.core.series import SeriesChunk, thinned
from backend.core.views import HistoryPoint

Floats = NDArray[np.float64]


def chart_points(
    unit: UnitOfWork, account: int, part: SeriesChunk, opening: SnapshotRow, points: int
) -> list[HistoryPoint]:
    """At most `points` points of the rows of a window that begins at `opening`, oldest first.

    Values are those just before the flow of their instant. Only the rows that are shown are read.
    """
    below = (under_water(part.growth), under_water(part.benchmark))
    kept = np.union1d(thinned(part, max(points - len(below), 2)), deepest(*below))
    shown = part.taken(kept)
    instants: list[int] = shown.at_ms.tolist()
    held = unit.shadows.hold_since(account, opening.at_ms, instants)
    money = unit.snapshots.money_at(account, instants)
    benchmark_start = math.nan if opening.benchmark_index is None else opening.benchmark_index
    lines = [
        _known(line)
        for line in (
            _since(shown.growth, opening.growth_index),
            _since(shown.benchmark, benchmark_start),
            below[0][kept],
            below[1][kept],
        )
    ]
    return [
        HistoryPoint(at_ms, twr, benchmark, *money[at_ms], depth, benchmark_depth, held.get(at_ms))
        for at_ms, twr, benchmark, depth, benchmark_depth in zip(instants, *lines, strict=True)
        if at_ms in money
    ]


def _since(line: Floats, start: float) -> Floats:
    """The return since a start, float64[n]; NaN throughout where that is none to measure from."""
    return line / (start if start > 0 else math.nan) - 1.0


def _known(line: Floats) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in line.tolist()]
