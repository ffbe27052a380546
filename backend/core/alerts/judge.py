"""Whether a level fires: once, and again only after it was armed again. What is not known does neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from backend.core.model.amounts import ZERO

if TYPE_CHECKING:
    from backend.core.model.alerts import RuleState

Verdict = Literal["nothing", "fires", "rearms"]
# By subject; None in the place of a number: it is not known now.
Measured = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Fires at `limit` or beyond, is armed again at `rearm` or before; between the two nothing changes.

    `falling`: beyond is below. A limit of 0 fires above it and is armed again at it.
    """

    limit: Decimal
    rearm: Decimal
    falling: bool = False

    def verdict(self, fired: bool, measure: Decimal | None) -> Verdict:
        """What a measure comes to, where it stands as `fired` says."""
        if measure is None:
            return "nothing"
        sign = -1 if self.falling else 1
        beyond = measure * sign >= self.limit * sign and (self.limit != ZERO or measure != ZERO)
        if not fired:
            return "fires" if beyond else "nothing"
        return "rearms" if measure * sign <= self.rearm * sign and not beyond else "nothing"


def judged(
    states: Iterable[RuleState], fresh: RuleState, measured: Measured | None, at: Threshold
) -> list[tuple[Verdict, RuleState, Decimal | None]]:
    """Every state of a rule that changes, with what it becomes and the measure that did it.

    Args:
        states: those that are kept, of this rule and account.
        fresh: the state of a subject that has none yet.
        measured: None: nothing is known now, and nothing changes. A subject that is not in it is gone: 0.
    """
    if measured is None:
        return []
    known = {state.subject: state for state in states}
    found: list[tuple[Verdict, RuleState, Decimal | None]] = []
    for subject in dict.fromkeys([*known, *measured]):
        state = known.get(subject, replace(fresh, subject=subject))
        measure = measured.get(subject, ZERO)
        verdict = at.verdict(state.fired, measure)
        if verdict == "fires":
            found.append((verdict, replace(state, fired=True, times=state.times + 1), measure))
        elif verdict == "rearms":
            found.append((verdict, replace(state, fired=False), measure))
    return found
