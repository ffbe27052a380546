"""What a certificate should say, from the exchange's own ledger; nothing is imported from the program under test."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backend.tests.process.harness import Product
from backend.tests.process.reference import movements

Held = dict[str, Decimal]


def compared(product: Product) -> Any:
    """The certificate once the first import is compared, None before."""
    found = product.get("/api/imports/certificate")
    return found if found["accounts"] and found["accounts"][0]["compared_at"] else None


def by_coin(found: Any, name: str) -> Held:
    """One column of a certificate; coins with nothing in it are left out."""
    return {row["asset"]: Decimal(row[name]) for row in found["assets"] if Decimal(row[name])}


def owned(ledger: Any) -> Held:
    """What the exchange's ledger adds up to."""
    sums: Held = {}
    for move in movements(ledger):
        sums[move.asset] = sums.get(move.asset, Decimal(0)) + move.change
    return {asset: quantity for asset, quantity in sums.items() if quantity}


def changed_by(fill: Mapping[str, Any]) -> Held:
    """What a fill of a pair with USDT changed, its fee included."""
    sign = 1 if fill["isBuyer"] else -1
    change = {
        fill["symbol"].removesuffix("USDT"): sign * Decimal(fill["qty"]),
        "USDT": -sign * Decimal(fill["quoteQty"]),
    }
    change[fill["commissionAsset"]] = change.get(fill["commissionAsset"], Decimal(0)) - Decimal(fill["commission"])
    return change
