"""Maximum drawdown: the deepest fall below a running peak, of the index and never of the value itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.core.model.amounts import MONEY, ZERO

Floats = NDArray[np.float64]
# An index that is back at its peak may differ from it by the rounding of its products.
NOISE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Drawdown:
    """`depth` <= 0 (-0.1 is ten percent below the peak); `peak` and `trough` are positions in the index.

    `peak` is the last position before the fall. Without any fall the depth is 0 and both positions are 0. `recovered`
    is the first position after the trough that is at the peak again, None while there is none.
    """

    depth: float
    peak: int
    trough: int
    recovered: int | None


@dataclass(frozen=True, slots=True)
class EquityDrawdown:
    """Deepest fall in money and deepest fall in percent of a balance: not always the same fall.

    `max_abs` >= 0 in money with `max_abs_relative`, its share of the peak it fell from; `max_relative` >= 0 is the
    largest share with `max_relative_abs`, its money. A share is None where no peak was above zero.
    """

    max_abs: Decimal
    max_abs_relative: Decimal | None
    max_relative: Decimal | None
    max_relative_abs: Decimal | None


def index_of_returns(returns: Floats) -> Floats:
    """float64[n + 1]: the index that starts at 1, the starting capital, and compounds n returns (float64[n])."""
    return np.concatenate([np.ones(1), np.multiply.accumulate(1.0 + returns)])


def depths(index: Floats) -> Floats:
    """`index / running peak - 1` of each position, float64[n] <= 0; 0 while there was no peak above zero."""
    peaks = np.maximum.accumulate(index)
    fallen = np.zeros(len(index), dtype=np.float64)
    np.divide(index, peaks, out=fallen, where=peaks > 0)
    return np.where(peaks > 0, fallen - 1.0, 0.0)


def max_drawdown(index: Floats) -> Drawdown:
    """Deepest fall of an index.

    Args:
        index: float64[n], n >= 1, finite; the first position is the starting capital.

    Source:
        docs/formulas.md#maximum-drawdown.
    """
    falls = drawdowns(index)
    return falls[0] if falls else Drawdown(0.0, 0, 0, None)


def deepest_known(index: Floats) -> float | None:
    """The depth of the deepest fall, NaN left out; None where fewer than two values are known or the first is 0."""
    known = index[np.isfinite(index)]
    return max_drawdown(known).depth if len(known) > 1 and known[0] > 0 else None


def drawdowns(index: Floats) -> list[Drawdown]:
    """Every fall below a running peak until that is reached again, the deepest first; of equals the earlier.

    Args:
        index: float64[n], n >= 1, finite; the first position is the starting capital.
    """
    below = depths(index)
    under = np.concatenate([[False], below < -NOISE, [False]]).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(under) == 1), np.flatnonzero(np.diff(under) == -1)
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        trough = start + int(np.argmin(below[start:end]))
        found.append(Drawdown(float(below[trough]), start - 1, trough, end if end < len(index) else None))
    return sorted(found, key=lambda fall: (fall.depth, fall.trough))


def equity_drawdown(starting_balance: Decimal, profits: Sequence[Decimal]) -> EquityDrawdown:
    """Deepest falls of a balance that starts at `starting_balance` and books `profits` in the order given."""
    with localcontext(MONEY):
        balance = peak = starting_balance
        deepest: tuple[Decimal, Decimal | None] = (ZERO, None)
        widest: tuple[Decimal | None, Decimal | None] = (None, None)
        for profit in profits:
            balance += profit
            peak = max(peak, balance)
            fall = peak - balance
            share = fall / peak if peak > 0 else None
            if fall > deepest[0] or deepest[1] is None:
                deepest = (fall, share)
            if share is not None and (widest[0] is None or share > widest[0]):
                widest = (share, fall)
        return EquityDrawdown(deepest[0], deepest[1], widest[0], widest[1])
