"""Flexible Simple Earn stands in the spot wallet a second time, as LD + the coin's name. Here it is counted once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO, total
from backend.core.model.wallets import EarnPosition, Wallet, WalletBalance

SHADOW: Final = "LD"


def fold_flexible(
    spot: Sequence[WalletBalance], positions: Sequence[EarnPosition] | None, listed: Collection[str]
) -> Sequence[WalletBalance]:
    """The spot rows without the shadows of flexible Earn, and beside them one row of flexible Earn a coin.

    A row is a shadow when its name is no listed coin (LDO is one) and what follows the letters is: listed, or held in
    flexible Earn. Positions are the truth; a shadow counts in their place where they could not be read (None), or where
    none of them is of its coin: the two answers were given at different instants.

    Args:
        spot: rows of the spot wallet.
        positions: all flexible positions, or None where they are unknown.
        listed: the assets that the exchange lists.
    """
    earning: dict[str, list[Decimal]] = {}
    for position in positions or ():
        earning.setdefault(position.asset, []).append(position.amount)
    kept: list[WalletBalance] = []
    flexible = [WalletBalance(Wallet.EARN_FLEXIBLE, asset, total(amounts)) for asset, amounts in earning.items()]
    for row in spot:
        coin = _shadowed(row.asset, listed, earning)
        if coin is None:
            kept.append(row)
        elif coin not in earning:
            flexible.append(replace(row, wallet=Wallet.EARN_FLEXIBLE, asset=coin))
    return [*kept, *(row for row in flexible if row.net != ZERO)]


def _shadowed(asset: str, listed: Collection[str], earning: Collection[str]) -> str | None:
    """The coin a spot row is the shadow of, or None: then it is a coin of its own."""
    coin = asset.removeprefix(SHADOW)
    if coin == asset or asset in listed:
        return None
    return coin if coin in listed or coin in earning else None
