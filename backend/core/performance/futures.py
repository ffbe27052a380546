"""Profit of a futures position: it has no lots, only an entry and an exit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from backend.core.model.amounts import MONEY, ONE, ZERO


@dataclass(frozen=True, slots=True)
class FuturesProfit:
    """`gross` is the move alone, `pnl` after fees and funding; in the coin for a coin-margined contract."""

    gross: Decimal
    pnl: Decimal


def futures_profit(
    side: Literal["long", "short"],
    quantity: Decimal,
    entry: Decimal,
    exit_price: Decimal,
    fees: Decimal = ZERO,
    funding: Decimal = ZERO,
    contract: Literal["linear", "inverse"] = "linear",
    contract_size: Decimal = ONE,
) -> FuturesProfit:
    """Profit of `quantity` (coins, or contracts of `contract_size` units of quote currency when inverse).

    Args:
        entry, exit_price: > 0; the exit of an open position is the mark price.
        fees: paid, >= 0. `funding`: received, negative when paid. Both in the currency of the result.

    Source:
        docs/formulas.md#futures.
    """
    with localcontext(MONEY):
        direction = ONE if side == "long" else -ONE
        move = exit_price - entry if contract == "linear" else ONE / entry - ONE / exit_price
        gross = move * quantity * contract_size * direction
        return FuturesProfit(gross, gross - fees + funding)
