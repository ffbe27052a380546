"""A drawdown from its peak to its trough, piece by piece: the product of the pieces, less 1, is the figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from backend.core.explain.model import Explained, Input, Piece, ratio
from backend.core.explain.pieces import rounded_to
from backend.core.explain.windows import shown_percent
from backend.core.explain.wording import WORDS, chain
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.drawdown import max_drawdown
from backend.core.risk_views import DrawdownsView, RiskFigure

if TYPE_CHECKING:
    from backend.core.performance.risk_sample import Line
    from backend.core.ports import UnitOfWork
    from backend.core.series import SeriesChunk

# Instant in ms, and the index.
Point = tuple[int, float]


def fall_pieces(unit: UnitOfWork, account: int, line: Line, figure: RiskFigure) -> list[Piece]:
    """Day by day, from the peak to the trough of the daily index; nothing where it never fell."""
    fall = figure.fall
    if fall is None or figure.value is None:
        return []
    inside = (line.at_ms >= fall.peak_ms) & (line.at_ms <= fall.trough_ms)
    points = list(zip(line.at_ms[inside].tolist(), line.index[inside].tolist(), strict=True))
    return _chained(unit, account, points, figure.value)


def explain_fall(unit: UnitOfWork, account: int, view: DrawdownsView, line: Line, number: int) -> Explained:
    """A fall of a window, the deepest is number 1: from its peak to its trough, and where it was made up for."""
    assert number <= len(view.falls), "a fall that there is none of"
    fall = view.falls[number - 1]
    figure = RiskFigure(fall.depth, view.status, view.reason, 0, fall=fall)
    pieces = fall_pieces(unit, account, line, figure)
    index = dict(zip(line.at_ms.tolist(), line.index.tolist(), strict=True))
    instants = {"peak": fall.peak_ms, "trough": fall.trough_ms, "recovered": fall.recovered_ms}
    known = {name: at_ms for name, at_ms in instants.items() if at_ms is not None}
    ids = {row.at_ms: row.id for row in unit.snapshots.at_instants(account, sorted(known.values()))}
    return Explained(
        unit="percent",
        result=fall.depth,
        status=view.status,
        reason=view.reason,
        method="drawdown",
        words=WORDS["drawdown"],
        formula=chain(pieces, "drawdown", shown_percent(fall.depth)),
        pieces=pieces,
        inputs=[
            Input("index", name, None, at_ms, "snapshots", ids.get(at_ms), factor=Decimal(repr(index[at_ms])))
            for name, at_ms in known.items()
        ],
        start_ms=fall.peak_ms,
        end_ms=fall.until_ms,
    )


def hourly_pieces(
    unit: UnitOfWork, account: int, rows: SeriesChunk, benchmark: bool, figure: RiskFigure
) -> list[Piece]:
    """From the hour of the peak to the hour of the trough, cut at each 00:00 in between.

    Args:
        rows: all of the window, its start first.
    """
    if not figure.value:
        return []
    index = rows.benchmark if benchmark else rows.growth
    counted = np.isfinite(index) & (rows.at_ms % HOUR_MS == 0)
    counted[:1] |= np.isfinite(index[:1])
    at_ms, hourly = rows.at_ms[counted], index[counted]
    fall = max_drawdown(hourly)
    place = np.arange(fall.peak, fall.trough + 1)
    corner = (place == fall.peak) | (place == fall.trough) | (at_ms[place] % DAY_MS == 0)
    chosen = place[corner]
    points = list(zip(at_ms[chosen].tolist(), hourly[chosen].tolist(), strict=True))
    return _chained(unit, account, points, figure.value)


def _chained(unit: UnitOfWork, account: int, points: Sequence[Point], value: float) -> list[Piece]:
    ids = {row.at_ms: row.id for row in unit.snapshots.at_instants(account, [at_ms for at_ms, _ in points])}
    pieces = [
        Piece(
            start_ms=start_ms,
            end_ms=end_ms,
            start_value=None,
            end_value=None,
            factor=ratio(Decimal(repr(end)), Decimal(repr(start))),
            kind="index",
            start_id=ids.get(start_ms),
            end_id=ids.get(end_ms),
        )
        for (start_ms, start), (end_ms, end) in pairwise(points)
    ]
    shown = shown_percent(value)
    assert shown is not None, "a fall without a depth"
    return rounded_to(pieces, shown)
