"""Flexible Simple Earn stands in the spot wallet a second time, as LD + the coin's name. Here it is counted once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO, minus, total
from backend.core.model.wallets import EarnPosition, Wallet, WalletBalance

SHADOW: Final = "LD"


def fold_flexible(
    spot: Sequence[WalletBalance],
    positions: Sequence[EarnPosition] | None,
    listed: Collection[str],
    then: Sequence[WalletBalance] = (),
) -> Sequence[WalletBalance]:
    """The spot rows without the shadows of flexible Earn, and beside them one row of flexible Earn a coin.

    A row is a shadow when its name is no listed coin (LDO is one) and what follows the letters is: listed, or held in
    flexible Earn. Positions are the truth; a shadow counts in their place where they could not be read (None), or where
    none of them is of its coin: the two answers were given at different instants. A position whose shadow has changed
    since has changed by as much.

    Args:
        spot: rows of the spot wallet.
        positions: all flexible positions, or None where they are unknown.
        listed: the assets that the exchange lists.
        then: rows of the spot wallet as they were beside the positions, where these are older.
    """
    earning: dict[str, list[Decimal]] = {}
    for position in positions or ():
        earning.setdefault(position.asset, []).append(position.amount)
    kept: list[WalletBalance] = []
    shadows: dict[str, Decimal] = {}
    for row in spot:
        coin = _shadowed(row.asset, listed, earning)
        if coin is None:
            kept.append(row)
        else:
            shadows[coin] = row.net
    before = {row.asset.removeprefix(SHADOW): row.net for row in then if row.wallet is Wallet.SPOT}
    held = {coin: total(amounts) for coin, amounts in earning.items()}
    for coin in earning if then else ():
        grown = minus(shadows.get(coin, ZERO), before.get(coin, ZERO))
        held[coin] = max(total([held[coin], grown]), ZERO)
    for coin, amount in shadows.items():
        held.setdefault(coin, amount)
    return [*kept, *(WalletBalance(Wallet.EARN_FLEXIBLE, coin, held[coin]) for coin in held if held[coin] != ZERO)]


def elsewhere(tokens: Sequence[WalletBalance], beside: Sequence[WalletBalance]) -> tuple[WalletBalance, ...]:
    """What of some tokens is not among other rows: the staking account tells tokens again that stand in spot.

    What is held back stands nowhere else.
    """
    counted: dict[str, list[Decimal]] = {}
    for row in beside:
        counted.setdefault(row.asset, []).append(row.net)
    left = [replace(row, free=max(minus(row.free, *counted.get(row.asset, ())), ZERO)) for row in tokens]
    return tuple(row for row in left if row.net != ZERO)


def _shadowed(asset: str, listed: Collection[str], earning: Collection[str]) -> str | None:
    """The coin a spot row is the shadow of, or None: then it is a coin of its own."""
    coin = asset.removeprefix(SHADOW)
    if coin == asset or asset in listed:
        return None
    return coin if coin in listed or coin in earning else None
