"""Wallets as a transaction history names them: how they are written changes over the years, their letters do not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from backend.core.model.wallets import Wallet

# Of Earn the operation tells whether it is locked.
_WALLETS: Final[Mapping[str, Wallet]] = {
    "spot": Wallet.SPOT,
    "funding": Wallet.FUNDING,
    "earn": Wallet.EARN_FLEXIBLE,
    "simpleearn": Wallet.EARN_FLEXIBLE,
    "savings": Wallet.EARN_FLEXIBLE,
    "margin": Wallet.MARGIN_CROSS,
    "crossmargin": Wallet.MARGIN_CROSS,
    "isolatedmargin": Wallet.MARGIN_ISOLATED,
    "usdtfutures": Wallet.FUTURES_USDM,
    "usdmfutures": Wallet.FUTURES_USDM,
    "coinmfutures": Wallet.FUTURES_COINM,
}


@lru_cache(maxsize=64)
def letters(account: str) -> str:
    """The name of a wallet by its letters alone."""
    return "".join(letter for letter in account.lower() if letter.isalpha())


def wallet_named(account: str, operation: str = "") -> Wallet | None:
    """The wallet that a row of an operation is in; None: one without a name here."""
    found = _WALLETS.get(letters(account))
    return Wallet.EARN_LOCKED if found is Wallet.EARN_FLEXIBLE and "locked" in operation.lower() else found
