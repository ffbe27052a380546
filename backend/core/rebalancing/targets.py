"""Target weights: are they whole, and how far may they go in one run. A weight of 0.25 is 25 %.

Source: docs/formulas.md#targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Final

from backend.core.errors import BadInputError
from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.errors import CapTooLowError

# A hundredth of a percentage point: what rounding to two decimals of a percent may leave.
SUM_TOLERANCE: Final = Decimal("0.0001")
HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")

Weights = Mapping[str, Decimal]


def targets_are_whole(targets: Weights) -> bool:
    """No weight below 0, and a sum of 1 within `SUM_TOLERANCE`."""
    with localcontext(MONEY):
        total = sum(targets.values(), ZERO)
        return all(weight >= 0 for weight in targets.values()) and abs(total - ONE) <= SUM_TOLERANCE


def check_percents(percents: Weights) -> None:
    """Targets in percent, as a person enters them.

    Raises:
        BadInputError: one is below 0, or they do not add up to 100; says by how much.
    """
    with localcontext(MONEY):
        total = sum(percents.values(), ZERO)
        left = HUNDRED - total
        if targets_are_whole({asset: share / HUNDRED for asset, share in percents.items()}):
            return
    below = sorted(asset for asset, share in percents.items() if share < ZERO)
    if below:
        raise BadInputError(f"A target cannot be below 0 %: {', '.join(below)}", "allocations")
    what = f"{_told(left)} % left" if left > ZERO else f"{_told(-left)} % too much"
    raise BadInputError(f"Targets must add up to 100 %: {_told(total)} %, {what}", "allocations")


def _told(percent: Decimal) -> str:
    """Two decimals, more where they are needed to tell it from a round number."""
    return format(percent.quantize(CENT) if percent == percent.quantize(CENT) else percent.normalize(), "f")


def limit_step(current: Weights, targets: Weights, max_change: Decimal) -> dict[str, Decimal]:
    """Move each weight towards its target by at most `max_change`; an asset without a target goes towards 0."""
    with localcontext(MONEY):
        moved = {}
        for asset in [*targets, *(asset for asset in current if asset not in targets)]:
            now = current.get(asset, ZERO)
            wanted = targets.get(asset, ZERO) - now
            moved[asset] = now + max(-max_change, min(max_change, wanted))
        return moved


def cap_weights(targets: Weights, cap: Decimal) -> dict[str, Decimal]:
    """Bring every weight down to `cap`; what is over is shared among the others in proportion to their weights.

    Raises:
        CapTooLowError: the weights above zero cannot hold the sum under the cap.
    """
    with localcontext(MONEY):
        total = sum(targets.values(), ZERO)
        if cap * sum(1 for weight in targets.values() if weight > 0) < total:
            raise CapTooLowError(f"a cap of {cap} holds less than {total}")
        weights = dict(targets)
        capped: set[str] = set()
        while over := {asset for asset, weight in weights.items() if weight > cap}:
            capped |= over
            free = {asset: weight for asset, weight in weights.items() if asset not in capped}
            room, given = total - cap * len(capped), sum(free.values(), ZERO)
            # Who has no weight gets none of the rest; `given` is zero only when nobody else is left.
            weights = {
                asset: cap if asset in capped else weight and weight * room / given for asset, weight in weights.items()
            }
        return weights
