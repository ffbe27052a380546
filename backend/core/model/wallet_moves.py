"""Moves between the wallets of one account: they change no sum, and what each wallet holds is known by them alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# The cursor that says, where it is not 0, that all that is told of what differs between wallets was read.
WALLET_MOVES: Final = "wallet_moves"
MOVES_READ: Final = "read"


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
