"""Compares the replayed ledger with what is held (`certificate.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.core.ledger.certificate import DIFFERENCES, Certificate, CertifiedAsset, WalletQuantity
from backend.core.ledger.likely_cause import Evidence
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.replay import final_quantities
from backend.core.ledger.wallet_sums import wallet_quantities
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import EventKind, LedgerEvent

if TYPE_CHECKING:
    from decimal import Decimal

    from backend.core.model.wallet_moves import WalletMove


def certify(
    events: Sequence[LedgerEvent],
    reported: Iterable[WalletQuantity],
    until_ms: int,
    prices: Mapping[str, Decimal],
    moves: Sequence[WalletMove] = (),
    moves_read: bool = False,
) -> Certificate:
    """Compare the replayed ledger with what the wallets hold.

    Args:
        events: in booking order; those after `until_ms` are left out.
        reported: every wallet's quantities, all of them known.
        prices: of coins, for guessing at causes only.
        moves: between wallets, in any order. `moves_read`: they were asked for.
    """
    known = [event for event in events if event.at_ms <= until_ms]
    told = [event for event in known if event.source != RECONCILIATION]
    replayed = final_quantities(told)
    in_wallets = wallet_quantities(told, [move for move in moves if move.at_ms <= until_ms])
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
            replayed_in=in_wallets.get(asset, {}),
        )
        for asset in sorted({*replayed, *wallets, *in_wallets})
    ]
    change = {row.asset: row.difference for row in rows if row.difference != ZERO}
    if change:
        causes = Evidence(known, {row.asset: row.wallets for row in rows}).causes(change, prices)
        rows = [replace(row, cause=causes.get(row.asset)) for row in rows]
    shown = tuple(row for row in rows if row.replayed != ZERO or any(row.wallets.values()))
    return Certificate(until_ms, shown, DIFFERENCES if change else None, moves_read=moves_read)
