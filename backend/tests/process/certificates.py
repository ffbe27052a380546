"""What a certificate should say, from the exchange's own ledger; nothing is imported from the program under test."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from backend.tests.process.harness import Product
from backend.tests.process.reference import movements

Held = dict[str, Decimal]
# What the program calls the simulator's wallets, and those that count what is owed in them.
WALLETS: Final = {
    "margin": "margin_cross",
    "margin_borrowed": "margin_cross",
    "margin_interest": "margin_cross",
    "isolated_margin": "margin_isolated",
    "isolated_borrowed": "margin_isolated",
    "isolated_interest": "margin_isolated",
    "usdm": "futures_usdm",
    "coinm": "futures_coinm",
}


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


def owned_in(ledger: Any) -> dict[str, Held]:
    """The same wallet by wallet, by the program's names."""
    rows: dict[str, list[Any]] = {}
    for row in ledger:
        rows.setdefault(WALLETS.get(row["wallet"], row["wallet"]), []).append(row)
    return {wallet: held for wallet, found in rows.items() if (held := owned(found))}


def wallet_faults(found: Any, truth: Mapping[str, Held]) -> list[str]:
    """What is wrong in the wallets of a certificate: a wallet is right to the last digit, or says that it is not, and
    all of a coin come to the difference of the coin.
    """
    faults = []
    for row in found["assets"]:
        off = Decimal(0)
        for line in row["wallets"]:
            about = f"{row['asset']} in {line['wallet']}"
            real = truth.get(line["wallet"], {}).get(row["asset"], Decimal(0))
            replayed, reported = Decimal(line["replayed"]), Decimal(line["reported"])
            off += reported - replayed
            if reported != real:
                faults.append(f"{about}: {reported} is reported, {real} is there")
            if (line["state"] == "agrees") != (replayed == real) or Decimal(line["difference"]) != reported - replayed:
                faults.append(f"{about}: {replayed} of {real} is called {line['state']}, {line['difference']}")
        if off != Decimal(row["difference"]):
            faults.append(f"{row['asset']}: its wallets differ by {off}, it by {row['difference']}")
    return faults


def changed_by(fill: Mapping[str, Any]) -> Held:
    """What a fill of a pair with USDT changed, its fee included."""
    sign = 1 if fill["isBuyer"] else -1
    change = {
        fill["symbol"].removesuffix("USDT"): sign * Decimal(fill["qty"]),
        "USDT": -sign * Decimal(fill["quoteQty"]),
    }
    change[fill["commissionAsset"]] = change.get(fill["commissionAsset"], Decimal(0)) - Decimal(fill["commission"])
    return change
