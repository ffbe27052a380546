"""Rows of a transaction history that move coins between own wallets, as moves: from where, to where.

A move is two rows, one in each wallet, or one row whose operation names the other wallet. A row that names no wallet
known here, on either side, is a move that nothing can be made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.imports.statements.entries import source_of
from backend.core.model.amounts import ZERO
from backend.core.model.wallet_moves import WalletMove
from backend.core.model.wallets import Wallet

SOURCE: Final = source_of("transactions")
# The two rows of a move may be booked on either side of the turn of a second.
APART_MS: Final = 2_000
_SPOT_AND: Final[Mapping[str, Wallet]] = {
    "transfer between main and funding wallet": Wallet.FUNDING,
    "transfer between spot account and um futures account": Wallet.FUTURES_USDM,
    "transfer between spot account and cm futures account": Wallet.FUTURES_COINM,
    "savings purchase": Wallet.EARN_FLEXIBLE,
    "savings principal redemption": Wallet.EARN_FLEXIBLE,
    "simple earn flexible subscription": Wallet.EARN_FLEXIBLE,
    "simple earn flexible redemption": Wallet.EARN_FLEXIBLE,
    "simple earn locked subscription": Wallet.EARN_LOCKED,
    "simple earn locked redemption": Wallet.EARN_LOCKED,
}


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One row: the signed change of a coin in a wallet (None: one without a name here)."""

    at_ms: int
    operation: str
    wallet: Wallet | None
    coin: str
    change: Decimal


def moves_of(rows: Iterable[MoveRow]) -> list[WalletMove]:
    """The moves that rows come to, the oldest first, without names: their import gives them."""
    alone: dict[tuple[str, str, Decimal], list[MoveRow]] = {}
    found: list[WalletMove | None] = []
    for row in sorted(rows, key=lambda one: one.at_ms):
        operation = " ".join(row.operation.lower().split())
        others = alone.setdefault((operation, row.coin, -row.change), [])
        other = next((one for one in others if row.at_ms - one.at_ms <= APART_MS and one.wallet != row.wallet), None)
        if other is None:
            alone.setdefault((operation, row.coin, row.change), []).append(row)
        else:
            others.remove(other)
            found.append(_move(row, other.wallet))
    for (operation, _, _), left in alone.items():
        found += [_move(row, _other_side(operation, row.wallet)) for row in left]
    return sorted((move for move in found if move is not None), key=lambda one: one.at_ms)


def _other_side(operation: str, wallet: Wallet | None) -> Wallet | None:
    """The wallet that an operation moves to or from, seen from one of the two."""
    named = _SPOT_AND.get(operation)
    if wallet is Wallet.SPOT:
        return named
    return Wallet.SPOT if wallet is not None and wallet is named else None


def _move(row: MoveRow, other: Wallet | None) -> WalletMove | None:
    if row.wallet is None or other is None or row.wallet is other:
        return None
    source, target = (row.wallet, other) if row.change < ZERO else (other, row.wallet)
    return WalletMove(SOURCE, "", row.at_ms, row.coin, abs(row.change), source.value, target.value)
