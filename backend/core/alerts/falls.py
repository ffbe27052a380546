"""How far an account has fallen, deposits and withdrawals taken out: by its growth index, as its return is."""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.model.amounts import ZERO, total

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow


def index_now(tail: SnapshotRow, value: Decimal) -> float | None:
    """The growth index at a value that was read after the newest snapshot; None where there is none."""
    base = total([tail.value, tail.flow])
    if base <= ZERO or not math.isfinite(tail.growth_index):
        return None
    return tail.growth_index * float(value / base)


def fall_percent(index: float | None, since: float) -> Decimal | None:
    """How far below an earlier index one is, in percent (float64 inside: a statistic); 0 where it has risen."""
    if index is None or not math.isfinite(since) or since <= 0:
        return None
    return max(Decimal(str(round((1.0 - index / since) * 100.0, 6))), ZERO)


def comparable(then: SnapshotRow, unpriced: Collection[str]) -> bool:
    """Whether a value of then and one of now are of the same coins: none that had a price then has lost it."""
    return not any(
        asset in then.composition and then.composition[asset].price is not None and then.composition[asset].quantity
        for asset in unpriced
    )
