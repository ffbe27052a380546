"""Balances as they are shown now, and the certificate that was made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Connection, select

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.db.models import certificates, last_balance
from backend.verify.differences import EXACT, Report, Row

RECONCILIATION = "reconciliation"


def verify_balances(connection: Connection, account: int, report: Report) -> None:
    """Value of each line = (balance + open profit) x price; its share of the total."""
    rows = connection.execute(select(last_balance).where(last_balance.c.account_id == account)).all()
    owned = [EXACT.subtract(EXACT.add(row.free, row.locked), EXACT.add(row.borrowed, row.interest)) for row in rows]
    worths = [
        None if row.price_usd is None else EXACT.multiply(EXACT.add(quantity, row.unrealized), row.price_usd)
        for row, quantity in zip(rows, owned, strict=True)
    ]
    total = ZERO
    for worth in worths:
        total = EXACT.add(total, worth or ZERO)
    for row, quantity, worth in zip(rows, owned, worths, strict=True):
        told = Row(report, "last_balance", account, row.id, row.timestamp, f"{row.wallet} {row.asset}")
        told.money("balance", row.balance, quantity)
        told.money("usd_value", row.usd_value, worth)
        share = None if worth is None or total == 0 else EXACT.divide(worth * 100, total)
        told.statistic("percentage", row.percentage, share)


def verify_certificate(connection: Connection, account: int, events: Sequence[LedgerEvent], report: Report) -> None:
    """What the ledger gives coin by coin, and how much of a difference the user has decided."""
    query = select(certificates.c.content).where(certificates.c.account_id == account)
    content = connection.execute(query).scalar()
    stored = None if content is None else json.loads(content)
    if stored is None or stored["until"] is None:
        return
    replayed: dict[str, Decimal] = {}
    decided: dict[str, Decimal] = {}
    for event in events:
        if event.at_ms > stored["until"]:
            continue
        counted = replayed if event.source != RECONCILIATION else decided
        if counted is decided and event.kind is EventKind.UNEXPLAINED:
            continue
        for leg in event.legs:
            counted[leg.asset] = EXACT.add(counted.get(leg.asset, ZERO), leg.amount)
    told = {asset: (Decimal(quantity), Decimal(known)) for asset, quantity, _, known, _ in stored["assets"]}
    gone = [asset for asset, quantity in replayed.items() if quantity != 0 and asset not in told]
    for asset in [*told, *gone]:
        row = Row(report, "certificates", account, None, stored["until"], asset)
        quantity, known = told.get(asset, (ZERO, ZERO))
        row.money("replayed", quantity, replayed.get(asset, ZERO))
        row.money("decided", known, decided.get(asset, ZERO))
