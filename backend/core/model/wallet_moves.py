"""Moves between the wallets of one account: they change no sum, and what each wallet holds is known by them alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.model.wallets import Wallet

# The cursor that says, where it is not 0, that all that is told of what differs between wallets was read.
WALLET_MOVES: Final = "wallet_moves"
MOVES_READ: Final = "read"
# Wallets that the exchange tells transfers between.
MOVED_BETWEEN: Final = (
    *(Wallet.SPOT, Wallet.FUNDING, Wallet.MARGIN_CROSS, Wallet.MARGIN_ISOLATED),
    *(Wallet.FUTURES_USDM, Wallet.FUTURES_COINM),
)
_TRANSFER: Final = "transfer_"
# What went into Earn and came out of it.
EARN_MOVES: Final = ("earn_flexible_in", "earn_flexible_out", "earn_locked_in", "earn_locked_out")


def transfer_history(source: Wallet, target: Wallet) -> str:
    """What the history of the moves from one wallet to another is called."""
    return f"{_TRANSFER}{source.value}_{target.value}"


def tells_moves(history: str) -> bool:
    """Whether a history tells of moves between own wallets, which change no sum."""
    return history.startswith(_TRANSFER) or history in EARN_MOVES


@dataclass(frozen=True, slots=True)
class WalletMove:
    """Coins that went from one wallet of an account to another.

    `source` and `external_id` together are unique in an account: recording a move twice changes nothing.
    """

    source: str
    external_id: str
    at_ms: int
    asset: str
    amount: Decimal
    from_wallet: str
    to_wallet: str
