"""What rows do not add up to, told as a row: nothing is left out unseen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.core.explain.model import Input
from backend.core.model.amounts import minus

# Shares of coins and means are cut at some 60th digit: what is left of that is no missing row.
DUST: Final = Decimal("1e-20")


def whole(rows: Sequence[Input], result: Decimal, left_by: str | None = None) -> list[Input]:
    """The rows, and a last one with what their parts lack of the figure.

    Args:
        left_by: what accounts for more than dust; None: nothing does, and the row says so.
    """
    left = minus(result, *(one.part for one in rows if one.part is not None))
    if not left:
        return list(rows)
    if abs(left) < DUST:
        return [*rows, Input("rounding", "rounding", None, part=left)]
    if left_by is not None:
        return [*rows, Input(left_by, left_by, left, part=left)]
    return [*rows, Input("figure", "other", left, status="estimated", reason="not_booked", part=left)]
