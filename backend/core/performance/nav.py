"""Net asset value: what is owned and what open positions would bring, less what is owed."""

from __future__ import annotations

from decimal import Decimal, localcontext

from backend.core.performance.exact import EXACT


def net_asset_value(
    wallet: Decimal, unrealized: Decimal = Decimal(0), borrowed: Decimal = Decimal(0), interest: Decimal = Decimal(0)
) -> Decimal:
    """Value in the reporting currency.

    Args:
        wallet: balances of all wallets at market price; of a futures account its wallet balance.
        unrealized: profit of open positions at market price, negative for a loss.
        borrowed, interest: amounts owed, both >= 0.

    Source:
        docs/formulas.md#net-asset-value.
    """
    with localcontext(EXACT):
        return wallet + unrealized - borrowed - interest
