"""Net asset value: what is owned and what open positions would bring, less what is owed."""

from __future__ import annotations

from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ZERO


def net_asset_value(
    wallet: Decimal, unrealized: Decimal = ZERO, borrowed: Decimal = ZERO, interest: Decimal = ZERO
) -> Decimal:
    """Value in the reporting currency.

    Args:
        wallet: balances of all wallets at market price; of a futures account its wallet balance.
        unrealized: profit of open positions at market price, negative for a loss.
        borrowed, interest: amounts owed, both >= 0.

    Source:
        docs/formulas.md#net-asset-value.
    """
    with localcontext(MONEY):
        return wallet + unrealized - borrowed - interest
