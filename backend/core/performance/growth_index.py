"""The running growth index: one number per snapshot, so that the return of any window is one division.

    index_i = index_(i-1) x V_i / (V_(i-1) + F_(i-1))

V is the value just before the flow F of the same instant. The *base* of a row, V + F, is added in `Decimal` and only
then turned into a float: after a withdrawal of nearly everything a float sum would keep none of the digits that are
left. The vector pass and the one-row form do the same operations in the same order and give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.core.model.amounts import MONEY
from backend.core.performance.twr import GAIN_WITHOUT_CAPITAL

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# What is left of the index where a value falls to nothing with capital in it. No return over the loss shows another
# digit than -100 %, however much is gained later; and the index starts anew from it, where 0 could never be divided by.
LEFT_OF_ALL: Final = 1e-30
# Below this there is no room for another loss of everything: the index is 0 from there on.
SMALLEST: Final = 1e-270
NEGATIVE_VALUE: Final = "negative_value"
NEGATIVE_BASE: Final = "negative_base"


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the next row needs of the last one.

    `index` is NaN once the chain is broken; `broken` then says why (`negative_value`, `negative_base`).
    `base` is float(V + F). `warning` is `gain_without_capital` when this row brought it.
    """

    index: float
    base: float
    broken: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class GrowthIndex:
    """`index` is float64[n]; `gains_without_capital` are row positions; from row `broken_at` on all is NaN.

    With `broken` = `negative_value` the row `broken_at` itself is worth less than nothing, with `negative_base` the
    withdrawal of the row before it took more than there was.
    """

    index: Floats
    gains_without_capital: tuple[int, ...]
    broken_at: int | None
    broken: str | None
    state: IndexState


def as_floats(values: Sequence[Decimal], flows: Sequence[Decimal]) -> tuple[Floats, Floats]:
    """Values and bases (value + flow, added exactly) of n rows as float64[n] each."""
    with localcontext(MONEY):
        bases = [float(value + flow) for value, flow in zip(values, flows, strict=True)]
    return np.array([float(value) for value in values], dtype=np.float64), np.array(bases, dtype=np.float64)


def open_index(value: Decimal, flow: Decimal, index: float = 1.0) -> IndexState:
    """State of the first row: no return yet."""
    with localcontext(MONEY):
        base = float(value + flow)
    return IndexState(math.nan, base, NEGATIVE_VALUE) if value < 0 else IndexState(index, base)


def next_index(previous: IndexState, value: Decimal, flow: Decimal) -> IndexState:
    """Append one row in O(1); the result has the very bits of `growth_index` over all rows.

    Args:
        value, flow: of the new row, in the reporting currency.
    """
    with localcontext(MONEY):
        base = float(value + flow)
    if previous.broken is not None:
        return IndexState(math.nan, base, previous.broken)
    now = float(value)
    if now < 0:
        return IndexState(math.nan, base, NEGATIVE_VALUE)
    if previous.base < 0:
        return IndexState(math.nan, base, NEGATIVE_BASE)
    if previous.base > 0:
        index = previous.index * (now / previous.base if now > 0 else LEFT_OF_ALL)
        return IndexState(index if index >= SMALLEST else 0.0, base)
    return IndexState(previous.index, base, warning=GAIN_WITHOUT_CAPITAL if now > 0 else None)


def growth_index(
    values: Floats, bases: Floats, start: IndexState | None = None, start_index: float = 1.0
) -> GrowthIndex:
    """Index of every row in one pass.

    Args:
        values, bases: float64[n], n >= 1, from `as_floats`; row i is worth `values[i]` just before its flow and
            `bases[i]` just after it.
        start: state of the row before the first one, to go on from. Without it the first row opens the chain with
            `start_index`.

    Returns:
        See `GrowthIndex`. A base of 0 gives the factor 1, with a warning when a value appears all the same. A value
        that falls to 0 with capital in it leaves `LEFT_OF_ALL` of the index, and the next capital starts from there.

    Source:
        docs/formulas.md#growth-index.
    """
    first = start if start is not None else IndexState(start_index, math.nan)
    base_before = np.concatenate([np.array([first.base]), bases[:-1]])
    exact = base_before > 0
    factors = np.ones(len(values), dtype=np.float64)
    np.divide(values, base_before, out=factors, where=exact)
    if not values.all():
        factors[exact & (values == 0)] = LEFT_OF_ALL
    negative_base = base_before < 0
    no_capital = (base_before == 0) & (values > 0)
    index = np.multiply.accumulate(np.concatenate([np.array([first.index]), factors]))[1:]
    if np.fmin.reduce(index) < SMALLEST:
        index[np.flatnonzero(index < SMALLEST)[0] :] = 0.0
    broken_at, broken = _first_break(values < 0, negative_base, first.broken)
    if broken_at is not None:
        index[broken_at:] = np.nan
        no_capital[broken_at:] = False
    warnings = tuple(int(row) for row in np.flatnonzero(no_capital))
    last = len(values) - 1
    state = IndexState(
        float(index[last]), float(bases[last]), broken, GAIN_WITHOUT_CAPITAL if last in warnings[-1:] else None
    )
    return GrowthIndex(index, warnings, broken_at, broken, state)


def _first_break(
    negative_value: Flags, negative_base: Flags, broken_before: str | None
) -> tuple[int | None, str | None]:
    if broken_before is not None:
        return 0, broken_before
    rows = np.flatnonzero(negative_value | negative_base)
    if len(rows) == 0:
        return None, None
    row = int(rows[0])
    return row, NEGATIVE_VALUE if negative_value[row] else NEGATIVE_BASE
