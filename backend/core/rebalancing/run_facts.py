"""A run as its journal has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.model.amounts import total
from backend.core.model.runs import FINAL_LEGS, Attempt, Run, RunFill, RunLeg, RunState
from backend.core.rebalancing.order_money import Budget, changes, held_after

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Run, legs, attempts and fills at one moment."""

    run: Run
    legs: Sequence[RunLeg]
    attempts: Sequence[Attempt]
    fills: Sequence[RunFill]

    def next_leg(self) -> RunLeg | None:
        """The first one that has not ended; None: all have."""
        return next((leg for leg in self.legs if leg.state not in FINAL_LEGS), None)

    def tries(self, n: int) -> Sequence[Attempt]:
        """The attempts of a leg, the first one first."""
        return [one for one in self.attempts if one.n == n]

    def own_changes(self) -> list[dict[str, Decimal]]:
        """What each own trade did to the balances, in their order."""
        orders = {leg.planned.n: leg.planned for leg in self.legs}
        return [changes(orders[fill.n], [fill]) for fill in self.fills]

    def budget(self) -> Budget:
        """What the next order may spend."""
        moved: dict[int, Mapping[str, Decimal]] = {}
        for leg in self.legs:
            own = changes(leg.planned, [fill for fill in self.fills if fill.n == leg.planned.n])
            moved[leg.planned.n] = held_after({}, [own])
        return Budget([leg.planned for leg in self.legs], moved)

    def worth_sent(self) -> Decimal:
        """Of the orders that were sent and not proven never to have been placed, reporting currency."""
        sent = [one.worth for one in self.attempts if one.state not in ("REFUSED", "ABSENT")]
        return total(sent)

    def outcome(self) -> tuple[RunState, str | None, str]:
        """How a run ends that has no leg left to do: its state, a code and words."""
        by_state = {leg.state: leg for leg in reversed(self.legs)}
        if "NEEDS_REVIEW" in by_state:
            return "needs_review", "needs-review", by_state["NEEDS_REVIEW"].detail
        if "REJECTED" in by_state:
            return "failed", by_state["REJECTED"].error, by_state["REJECTED"].detail
        if "FILLED" in by_state or "ENDED" in by_state:
            return "complete", None, ""
        return "failed", "nothing-sent", "No order of the plan could be sent: each says why"


def facts_of(unit: UnitOfWork, run: Run) -> RunFacts:
    """Everything the journal has of a run."""
    return RunFacts(run, unit.runs.legs(run.id), unit.runs.attempts(run.id), unit.runs.fills(run.id))
