"""The sub-periods of a window: cut at every flow, each linked by division, their product the figure that is shown.

Only the rows at flows are read. Each piece is held against the stored index; one that does not agree is walked row by
row, where values of nothing and withdrawals of everything have rules of their own (docs/formulas.md#twr).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from backend.core.explain.model import CUT, EXACTLY, Piece, linked, ratio
from backend.core.model.amounts import ONE, ZERO
from backend.core.model.valuation import SnapshotRow

# What a stored index, a float64 statistic, may differ by from the exact quotients.
INDEX_TOLERANCE: Final = 1e-9
SHOWN_DIGITS: Final = Decimal("1e-8")
HUNDRED: Final = Decimal(100)
ReadRows = Callable[[int, int], Iterable[SnapshotRow]]
FlowIds = Mapping[int, Sequence[int]]


def window_pieces(
    start: SnapshotRow, at_flows: Sequence[SnapshotRow], end: SnapshotRow, between: ReadRows, flow_ids: FlowIds
) -> list[Piece]:
    """The pieces of a window.

    Args:
        at_flows: the rows with a flow strictly inside the window, oldest first.
        between: reads all rows with start <= instant <= end, oldest first.
        flow_ids: ids of the cash flows of an instant.
    """
    corners = [start, *(row for row in at_flows if row.flow != ZERO), end]
    pieces: list[Piece] = []
    for earlier, later in pairwise(corners):
        found = list(_walked([earlier, later]))
        if not _agrees(found, earlier, later):
            found = list(_walked(between(earlier.at_ms, later.at_ms)))
        pieces.extend(found)
    # A flow at the last instant comes after the window.
    return [
        replace(piece, flow=None)
        if piece.end_ms == end.at_ms
        else replace(piece, flow_ids=tuple(flow_ids.get(piece.end_ms, ())))
        for piece in pieces
    ]


def rounded_to(pieces: Sequence[Piece], shown: float) -> list[Piece]:
    """The pieces, and where their product shows another last digit than the figure, a last one that says by how much.

    Args:
        shown: the figure in percent, as the API rounds it.
    """
    if not pieces:
        return []
    product = linked(pieces)
    told = Decimal(repr(shown))
    exact = EXACTLY.multiply(product - ONE, HUNDRED).quantize(SHOWN_DIGITS, ROUND_HALF_EVEN, context=EXACTLY)
    if exact == told or product == ZERO:
        return list(pieces)
    wanted = EXACTLY.add(EXACTLY.divide(told, HUNDRED), ONE)
    factor = ratio(wanted, product)
    small = abs(factor - ONE) <= Decimal(repr(INDEX_TOLERANCE))
    last = pieces[-1]
    kind = "rounding" if small else "not_explained"
    rest = Piece(last.end_ms, last.end_ms, None, None, factor, kind=kind)
    return [*pieces, rest if small else replace(rest, status="estimated", reason="index_differs")]


def _walked(rows: Iterable[SnapshotRow]) -> Iterator[Piece]:
    """Pieces of rising rows: cut at flows, where nothing is left, and where a value comes from nothing."""
    opening: SnapshotRow | None = None
    previous: SnapshotRow | None = None
    for row in rows:
        if opening is None or previous is None:
            opening = previous = row
            continue
        base = EXACTLY.add(previous.value, previous.flow)
        if _emptied(previous, row):
            yield _piece(previous, row, ratio(EXACTLY.subtract(previous.value, base), previous.value), "emptied")
            opening = row
        elif base == ZERO and row.value > ZERO:
            if opening is not previous:
                yield _linked_piece(opening, previous)
            yield _piece(previous, row, ONE, "gain_without_capital")
            opening = row
        elif row.flow != ZERO or (base > ZERO and row.value == ZERO):
            yield _linked_piece(opening, row)
            opening = row
        previous = row
    if opening is not None and previous is not None and opening is not previous:
        yield _linked_piece(opening, previous)


def _emptied(previous: SnapshotRow, row: SnapshotRow) -> bool:
    nothing = not row.composition and row.value == ZERO
    return nothing and previous.flow < ZERO < EXACTLY.add(previous.value, previous.flow) < previous.value


def _linked_piece(start: SnapshotRow, end: SnapshotRow) -> Piece:
    base = EXACTLY.add(start.value, start.flow)
    if base == ZERO:
        return _piece(start, end, ONE, "nothing_held" if end.value == ZERO else "gain_without_capital")
    return _piece(start, end, ratio(end.value, base), "link")


def _piece(start: SnapshotRow, end: SnapshotRow, factor: Decimal, kind: str) -> Piece:
    # Doubts about a flow are the next piece's.
    doubt = end.value_doubt or start.reason
    return Piece(
        start_ms=start.at_ms,
        end_ms=end.at_ms,
        start_value=EXACTLY.add(start.value, start.flow),
        end_value=end.value,
        factor=factor.quantize(CUT, context=EXACTLY),
        flow=end.flow if end.flow != ZERO else None,
        kind=kind,
        status="exact" if doubt is None else "estimated",
        reason=doubt,
        start_id=start.id,
        end_id=end.id,
    )


def _agrees(pieces: Sequence[Piece], start: SnapshotRow, end: SnapshotRow) -> bool:
    if start.growth_index == 0:
        # All was lost before: whatever follows is multiplied by nothing.
        return True
    stored = end.growth_index / start.growth_index
    own = float(linked(pieces))
    return math.isfinite(stored) and math.isclose(stored, own, rel_tol=INDEX_TOLERANCE, abs_tol=1e-15)
