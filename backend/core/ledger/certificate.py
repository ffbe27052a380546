"""The completeness certificate: does the ledger, replayed without what stands in for unknown events, give what is held?

Coin by coin, over all wallets together (docs/decisions/0008-wallets-in-the-ledger.md), to the last digit: there is no
tolerance. Beneath each coin its wallets (0023-wallet-moves.md), which decide nothing. Where it could not be compared
nothing is certified, and the reason is told. `certify.py` compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from backend.core.ledger.wallet_lines import WalletLine, wallet_lines
from backend.core.model.amounts import ZERO, minus, plain, total

WALLET_UNKNOWN: Final = "wallet_unknown"
HISTORY_UNKNOWN: Final = "history_unknown"
NOT_COMPARED: Final = "not_compared"
# The account lives from statements: nobody reports balances to compare with.
NO_KEY: Final = "no_key"
DIFFERENCES: Final = "differences"
# Every wallet together: the coin itself.
ALL_WALLETS: Final = "all"


@dataclass(frozen=True, slots=True)
class WalletQuantity:
    """What one wallet holds of an asset, debts taken off."""

    wallet: str
    asset: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class CertifiedAsset:
    """One coin. `decided`: how much of the difference the user has said what it was. `cause`: the likely one.

    `wallets`: what each holds. `replayed_in`: what ledger and moves give for each; None: nobody replayed them.
    """

    asset: str
    replayed: Decimal
    wallets: Mapping[str, Decimal]
    decided: Decimal = ZERO
    cause: str | None = None
    replayed_in: Mapping[str, Decimal] | None = None

    @property
    def reported(self) -> Decimal:
        return total(list(self.wallets.values()))

    @property
    def difference(self) -> Decimal:
        """Reported less replayed: what is missing in the ledger, negative where it has too much."""
        return minus(self.reported, self.replayed)

    def lines(self, moves_read: bool) -> Sequence[WalletLine]:
        """The coin in each wallet."""
        return wallet_lines(self.wallets, self.replayed_in, self.difference, moves_read)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One account. `until_ms`: events up to then were compared. `reason`: why it is not complete, None where it is.
    `moves_read`: moves between its wallets were asked for.
    """

    until_ms: int | None
    assets: tuple[CertifiedAsset, ...]
    reason: str | None
    unknown_wallets: tuple[str, ...] = ()
    moves_read: bool = False

    @property
    def complete(self) -> bool:
        return self.reason is None


def refused(reason: str, unknown_wallets: Sequence[str] = ()) -> Certificate:
    """No certificate: nothing was compared."""
    return Certificate(None, (), reason, tuple(unknown_wallets))


def encode_certificate(certificate: Certificate) -> str:
    """As JSON text."""
    return json.dumps(
        {
            "until": certificate.until_ms,
            "reason": certificate.reason,
            "unknown_wallets": certificate.unknown_wallets,
            "moves_read": certificate.moves_read,
            "assets": [
                [
                    row.asset,
                    plain(row.replayed),
                    _encode_wallets(row),
                    plain(row.decided),
                    row.cause,
                ]
                for row in certificate.assets
            ],
        }
    )


def decode_certificate(text: str) -> Certificate:
    """What `encode_certificate` wrote."""
    stored: dict[str, Any] = json.loads(text)
    return Certificate(
        until_ms=stored["until"],
        assets=tuple(
            CertifiedAsset(
                asset,
                Decimal(replayed),
                {wallet: Decimal(both[0]) for wallet, both in _pairs(wallets).items() if both[0] is not None},
                Decimal(decided),
                cause,
                _decode_replayed(wallets),
            )
            for asset, replayed, wallets, decided, cause in stored["assets"]
        ),
        reason=stored["reason"],
        unknown_wallets=tuple(stored["unknown_wallets"]),
        moves_read=stored.get("moves_read", False),
    )


def _encode_wallets(row: CertifiedAsset) -> Mapping[str, object]:
    """By wallet what is reported and what is replayed, null where it is neither; before wallets were replayed, the
    first alone.
    """
    if row.replayed_in is None:
        return {wallet: plain(quantity) for wallet, quantity in row.wallets.items()}
    sides = row.wallets, row.replayed_in
    return {
        wallet: [plain(side[wallet]) if wallet in side else None for side in sides]
        for wallet in (*row.wallets, *(one for one in row.replayed_in if one not in row.wallets))
    }


def _pairs(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    return {wallet: both if isinstance(both, list) else [both, None] for wallet, both in stored.items()}


def _decode_replayed(stored: Mapping[str, Any]) -> Mapping[str, Decimal] | None:
    if any(isinstance(both, str) for both in stored.values()):
        return None
    return {wallet: Decimal(both[1]) for wallet, both in stored.items() if both[1] is not None}
