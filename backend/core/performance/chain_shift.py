"""What a late or corrected flow does to the rows behind it: each running figure moves by one and the same step.

Between two flows `V / (V + F)` of every row stays what it was, so the growth index of all later rows changes by one
factor and their sums by one constant (docs/decisions/0022-late-flows.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ZERO
from backend.core.performance.snapshot_chain import ValuedPoint, linked_index

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow


@dataclass(frozen=True, slots=True)
class Step:
    """By how much rows move: `growth` is a factor (float64), all others are added."""

    growth: float = 1.0
    flows: Decimal = ZERO
    deposits: Decimal = ZERO
    doubts: int = 0
    seq: int = 0
    slots: int = 0


@dataclass(frozen=True, slots=True)
class AtFlow:
    """What tells of a stored row whether the flows of its instant are still what it was made of."""

    at_ms: int
    kind: str
    flow: Decimal
    reason: str | None


NO_STEP: Final = Step()


@dataclass(frozen=True, slots=True)
class Shift:
    """The step of the rows with after < instant < before."""

    after_ms: int
    before_ms: int
    step: Step


@dataclass(frozen=True, slots=True)
class Repair:
    """What becomes of stored rows, oldest first: instants `removed`, rows moved by `shifts`, and rows `put` in.

    Rows that are put are whole: no shift has them inside. `line_lost`: the benchmark's money line has to be made anew
    from the first change on.
    """

    from_ms: int
    removed: Sequence[int]
    shifts: Sequence[Shift]
    put: Sequence[SnapshotRow]
    line_lost: bool

    @property
    def changed(self) -> bool:
        return bool(self.removed or self.put)


def moved(row: SnapshotRow, step: Step) -> SnapshotRow:
    """A row as it is after a step."""
    with localcontext(MONEY):
        return replace(
            row,
            growth_index=row.growth_index * step.growth,
            cum_flows=row.cum_flows + step.flows,
            cum_deposits=row.cum_deposits + step.deposits,
            doubts=row.doubts + step.doubts,
            seq=row.seq + step.seq,
            slots=row.slots + step.slots,
        )


def step_behind(was: SnapshotRow, now: SnapshotRow, after: SnapshotRow) -> Step | None:
    """The step of a row, and of all behind it up to the next change.

    Args:
        was: the row before `after` as it was stored.
        now: the row before it from now on, of the same instant or another one.
        after: as it is stored.

    Returns:
        None where the change is no step: a chain that breaks, or breaks no more, or begins to count from another row.
    """
    point = ValuedPoint(
        after.at_ms, after.kind, after.value, after.flow, after.deposits, after.composition, None, None, None
    )
    linked, before = linked_index(now, point), linked_index(was, point)
    if (linked.broken, linked.warning) != (before.broken, before.warning):
        return None
    if linked.broken is not None:
        growth = 1.0
    elif after.growth_index == 0 or linked.index == 0:
        if after.growth_index != linked.index:
            return None
        growth = 1.0
    else:
        growth = linked.index / after.growth_index
    if not math.isfinite(growth):
        return None
    with localcontext(MONEY):
        return Step(
            growth=growth,
            flows=now.cum_flows + now.flow - after.cum_flows,
            deposits=now.cum_deposits + now.deposits - after.cum_deposits,
            doubts=now.doubts - was.doubts,
            seq=now.seq + 1 - after.seq,
            slots=now.slots - was.slots,
        )
