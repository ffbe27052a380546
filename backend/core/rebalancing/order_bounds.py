"""What all rules of a symbol ask of a market order together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ZERO

if TYPE_CHECKING:
    from backend.core.model.trading_rules import SymbolRules

SMALLEST_STEP: Final = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class OrderBounds:
    """Both lot rules and both notional rules as one; a maximum of None is none, quantities in the base asset.

    `max_position`: more of the base asset than that is not bought.
    """

    step: Decimal
    min_qty: Decimal
    max_qty: Decimal | None
    min_notional: Decimal
    max_position: Decimal | None = None


def market_order_bounds(rules: SymbolRules) -> OrderBounds:
    """The step is the smallest multiple of both steps, a minimum the larger one, a maximum the smaller one."""
    lots = [lot for lot in (rules.lot, rules.market_lot) if lot is not None]
    step = SMALLEST_STEP
    for lot in lots:
        step = _common_multiple(step, lot.step) if lot.step else step
    notionals = [
        rule.minimum for rule in (rules.notional, rules.min_notional) if rule is not None and rule.minimum_for_market
    ]
    return OrderBounds(
        step=step,
        min_qty=max((lot.minimum for lot in lots), default=ZERO),
        max_qty=min((lot.maximum for lot in lots if lot.maximum), default=None),
        min_notional=max(notionals, default=ZERO),
        max_position=rules.max_position,
    )


def one_step_counts(rules: SymbolRules) -> bool:
    """Whether what the exchange rounds to the larger of both steps fits the other too."""
    steps = [lot.step for lot in (rules.lot, rules.market_lot) if lot is not None and lot.step]
    return market_order_bounds(rules).step == max(steps, default=SMALLEST_STEP)


def _common_multiple(one: Decimal, other: Decimal) -> Decimal:
    with localcontext(MONEY):
        multiple = max(one, other)
        while multiple % one or multiple % other:
            multiple += max(one, other)
        return multiple
