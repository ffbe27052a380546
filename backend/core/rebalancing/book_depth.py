"""What an order of its size costs: through the offers of the book, not at the best of them alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from backend.core.model.amounts import MONEY, ZERO

if TYPE_CHECKING:
    from backend.core.trade_ports import BookLevel


def price_through(
    levels: Sequence[BookLevel], quantity: Decimal | None = None, money: Decimal | None = None
) -> Decimal | None:
    """The average price of an order that takes offers one after the other; None: they do not hold as much.

    Args:
        levels: of the side that it takes, the best first.
        quantity: of the base asset, or `money` of the quote asset to be spent; exactly one is given, above zero.
    """
    left, bought, paid = (quantity if money is None else money) or ZERO, ZERO, ZERO
    with localcontext(MONEY):
        for level in levels:
            holds = level.quantity if money is None else level.quantity * level.price
            taken = min(holds, left)
            left -= taken
            bought += taken if money is None else taken / level.price
            paid += taken * level.price if money is None else taken
            if left <= ZERO:
                return paid / bought if bought > ZERO else None
    return None
