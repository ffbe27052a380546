"""How far the chain of returns lies below its running peak, for the chart under the returns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def under_water(index: Floats) -> Floats:
    """`index / running peak - 1` of each position, float64[n] <= 0; NaN where the index is not known, or never was
    above zero. The first position is the starting capital.

    Source:
        docs/formulas.md#maximum-drawdown.
    """
    peaks = np.fmax.accumulate(index)
    below = np.full(len(index), np.nan)
    np.divide(index, peaks, out=below, where=peaks > 0)
    return below - 1.0


def deepest(*lines: Floats) -> NDArray[np.int64]:
    """The position of the lowest value of each line that has one: a chart that leaves rows out keeps these."""
    return np.array([int(np.nanargmin(line)) for line in lines if np.isfinite(line).any()], dtype=np.int64)
