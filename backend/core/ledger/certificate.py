"""The completeness certificate: does the ledger, replayed without what stands in for unknown events, give what is held?

Coin by coin, over all wallets together (docs/decisions/0008-wallets-in-the-ledger.md), to the last digit: there is no
tolerance. Where it could not be compared nothing is certified, and the reason is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from backend.core.ledger.likely_cause import Evidence
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.replay import final_quantities
from backend.core.model.amounts import ZERO, minus, plain, total
from backend.core.model.holdings import EventKind, LedgerEvent

WALLET_UNKNOWN: Final = "wallet_unknown"
HISTORY_UNKNOWN: Final = "history_unknown"
NOT_COMPARED: Final = "not_compared"
# The account lives from statements: nobody reports balances to compare with.
NO_KEY: Final = "no_key"
DIFFERENCES: Final = "differences"
# Every wallet together: a move between own wallets needs no event.
ALL_WALLETS: Final = "all"


@dataclass(frozen=True, slots=True)
class WalletQuantity:
    """What one wallet holds of an asset, debts taken off."""

    wallet: str
    asset: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class CertifiedAsset:
    """One coin. `decided`: how much of the difference the user has said what it was. `cause`: the likely one."""

    asset: str
    replayed: Decimal
    wallets: Mapping[str, Decimal]
    decided: Decimal = ZERO
    cause: str | None = None

    @property
    def reported(self) -> Decimal:
        return total(list(self.wallets.values()))

    @property
    def difference(self) -> Decimal:
        """Reported less replayed: what is missing in the ledger, negative where it has too much."""
        return minus(self.reported, self.replayed)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One account. `until_ms`: events up to then were compared. `reason`: why it is not complete, None where it is."""

    until_ms: int | None
    assets: tuple[CertifiedAsset, ...]
    reason: str | None
    unknown_wallets: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.reason is None


def refused(reason: str, unknown_wallets: Sequence[str] = ()) -> Certificate:
    """No certificate: nothing was compared."""
    return Certificate(None, (), reason, tuple(unknown_wallets))


def certify(
    events: Sequence[LedgerEvent],
    reported: Iterable[WalletQuantity],
    until_ms: int,
    prices: Mapping[str, Decimal],
) -> Certificate:
    """Compare the replayed ledger with what the wallets hold.

    Args:
        events: in booking order; those after `until_ms` are left out.
        reported: every wallet's quantities, all of them known.
        prices: of coins, for guessing at causes only.
    """
    known = [event for event in events if event.at_ms <= until_ms]
    replayed = final_quantities(event for event in known if event.source != RECONCILIATION)
    decided = final_quantities(
        event for event in known if event.source == RECONCILIATION and event.kind is not EventKind.UNEXPLAINED
    )
    wallets: dict[str, dict[str, list[Decimal]]] = {}
    for one in reported:
        wallets.setdefault(one.asset, {}).setdefault(one.wallet, []).append(one.quantity)
    rows = [
        CertifiedAsset(
            asset,
            replayed.get(asset, ZERO),
            {wallet: total(parts) for wallet, parts in wallets.get(asset, {}).items()},
            decided.get(asset, ZERO),
        )
        for asset in sorted({*replayed, *wallets})
    ]
    change = {row.asset: row.difference for row in rows if row.difference != ZERO}
    if change:
        causes = Evidence(known, {row.asset: row.wallets for row in rows}).causes(change, prices)
        rows = [replace(row, cause=causes.get(row.asset)) for row in rows]
    shown = tuple(row for row in rows if row.reported != ZERO or row.replayed != ZERO)
    return Certificate(until_ms, shown, DIFFERENCES if change else None)


def encode_certificate(certificate: Certificate) -> str:
    """As JSON text."""
    return json.dumps(
        {
            "until": certificate.until_ms,
            "reason": certificate.reason,
            "unknown_wallets": certificate.unknown_wallets,
            "assets": [
                [
                    row.asset,
                    plain(row.replayed),
                    {wallet: plain(quantity) for wallet, quantity in row.wallets.items()},
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
                {wallet: Decimal(quantity) for wallet, quantity in wallets.items()},
                Decimal(decided),
                cause,
            )
            for asset, replayed, wallets, decided, cause in stored["assets"]
        ),
        reason=stored["reason"],
        unknown_wallets=tuple(stored["unknown_wallets"]),
    )
