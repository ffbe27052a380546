"""From a wished quantity to one the exchange takes: rounded down, then checked, never raised to a minimum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Literal

from backend.core.model.amounts import MONEY, ONE, ZERO

Dropped = Literal["min_qty", "min_notional", "min_value"]


@dataclass(frozen=True, slots=True)
class FilteredOrder:
    """`quantity` after rounding and its `value`; `dropped` is the first rule it fails, None when it may be sent."""

    quantity: Decimal
    value: Decimal
    dropped: Dropped | None


@dataclass(frozen=True, slots=True)
class WholeUnits:
    """`quantity` bought, `cash_left`, and `value` of both together."""

    quantity: Decimal
    cash_left: Decimal
    value: Decimal


def round_down(quantity: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of `step` (> 0) not above `quantity` (>= 0)."""
    with localcontext(MONEY):
        return (quantity / step).to_integral_value(ROUND_FLOOR) * step


def filter_order(
    quantity: Decimal,
    price: Decimal,
    step: Decimal,
    min_qty: Decimal = ZERO,
    min_notional: Decimal = ZERO,
    min_value: Decimal = ZERO,
) -> FilteredOrder:
    """Round down to the step and check the exchange's minimum quantity and notional, then our own minimum value.

    Source:
        docs/formulas.md#order-filters.
    """
    rounded = round_down(quantity, step)
    with localcontext(MONEY):
        value = rounded * price
    dropped: Dropped | None = None
    if rounded < min_qty or rounded == 0:
        dropped = "min_qty"
    elif value < min_notional:
        dropped = "min_notional"
    elif value < min_value:
        dropped = "min_value"
    return FilteredOrder(rounded, value, dropped)


def whole_units(
    cash: Decimal,
    price: Decimal,
    step: Decimal,
    fee_per_order: Decimal = ZERO,
    weight: Decimal = ONE,
    sale: Decimal = ZERO,
) -> WholeUnits:
    """Buy as many steps as a share of the money allows, with a fixed fee for each order.

    To spend: `weight x (cash + sale)`, at most the cash after the sale and its fee; less the fee of the buy; rounded
    down to the step. Where not even one step fits there is no order and no fee.

    Source:
        docs/formulas.md#whole-units.
    """
    with localcontext(MONEY):
        available = cash + sale - (fee_per_order if sale > 0 else ZERO)
        spend = min(weight * (cash + sale), available) - fee_per_order
        quantity = round_down(spend / price, step) if spend > 0 else ZERO
        left = available - (quantity * price + fee_per_order if quantity > 0 else ZERO)
        return WholeUnits(quantity, left, left + quantity * price)
