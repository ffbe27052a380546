"""What a rebalance costs, and what that cost takes from the next period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ONE, ZERO


@dataclass(frozen=True, slots=True)
class RebalanceCost:
    """Ratios of the capital: `turnover` (both sides), `drag` (cost), `return_difference` of the next period."""

    turnover: Decimal
    drag: Decimal
    return_difference: Decimal


def rebalance_cost(
    weights_before: Mapping[str, Decimal],
    targets: Mapping[str, Decimal],
    cost_rate: Mapping[str, Decimal],
    next_return: Decimal = ZERO,
) -> RebalanceCost:
    """Cost = turnover x rate per asset, taken from the capital that enters the next period.

    Args:
        cost_rate: per asset, a ratio of the money traded; every asset that trades needs one.

    Source:
        docs/formulas.md#cost-of-a-rebalance.
    """
    with localcontext(MONEY):
        moved = {
            asset: abs(targets.get(asset, ZERO) - weights_before.get(asset, ZERO))
            for asset in dict.fromkeys([*weights_before, *targets])
        }
        drag = sum((share * cost_rate[asset] for asset, share in moved.items() if share), ZERO)
        return RebalanceCost(sum(moved.values(), ZERO), drag, drag * (ONE + next_return))
