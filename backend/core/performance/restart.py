"""After a loss of everything: the row from which the index started anew, for a window that has the loss in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO
from backend.core.model.valuation import SnapshotRow

if TYPE_CHECKING:
    from backend.core.performance.windows import WindowFigures

# Between what is gained or lost in the ordinary way and what a loss of everything leaves (`LEFT_OF_ALL`).
BEFORE_A_LOSS: Final = 1e15
RowAt = Callable[[int], SnapshotRow | None]


@dataclass(frozen=True, slots=True)
class Restart:
    """The figures since the newest loss of everything; `at_ms` is the instant of that loss."""

    at_ms: int
    figures: WindowFigures


def restarted_row(start: SnapshotRow, end: SnapshotRow, row_at: RowAt) -> SnapshotRow | None:
    """The row at which everything was lost for the last time in (start, end]; None: nothing was, or nothing came since.

    Args:
        row_at: the last row not later than an instant. It is asked some dozens of times, however many rows there are,
            and never where nothing was lost.
    """

    def before(row: SnapshotRow) -> bool:
        return not row.growth_index < end.growth_index * BEFORE_A_LOSS

    if end.value <= ZERO or not end.growth_index > 0 or not before(start):
        return None
    low_ms, found = start.at_ms, end
    while found.at_ms - low_ms > 1:
        middle_ms = (low_ms + found.at_ms) // 2
        row = row_at(middle_ms)
        if row is None or before(row):
            low_ms = middle_ms
        else:
            found = row
    return found
