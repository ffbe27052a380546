"""The last known balances of each account, priced."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from backend.core.model.holdings import Balance
from backend.core.model.valuation import PricedBalance, Valuation
from backend.db.accounts import wallet_states
from backend.db.models import account_sync, last_balance


class SqlBalances:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, account_id: int, valuation: Valuation) -> None:
        """Put a valuation in the place of the last one, whole."""
        self._connection.execute(delete(last_balance).where(last_balance.c.account_id == account_id))
        rows = [
            {
                "account_id": account_id,
                "timestamp": valuation.shown_at_ms if line.read_ms is None else line.read_ms,
                "wallet": line.balance.wallet,
                "asset": line.balance.asset,
                "balance": line.balance.total,
                "free": line.balance.free,
                "locked": line.balance.locked,
                "borrowed": line.balance.borrowed,
                "interest": line.balance.interest,
                "unrealized": line.balance.unrealized,
                "price_usd": line.price,
                "usd_value": line.value,
                "percentage": share_percent(line, valuation),
                "change_24h_percent": line.change_24h_percent,
                "reason": line.reason,
            }
            for line in valuation.lines
        ]
        if rows:
            self._connection.execute(insert(last_balance), rows)

    def latest(self, account_id: int) -> Valuation | None:
        """The last good valuation; None before the first."""
        columns = (account_sync.c.as_of, account_sync.c.prices_at, account_sync.c.wallets, account_sync.c.depegged)
        sync = self._connection.execute(select(*columns).where(account_sync.c.account_id == account_id)).first()
        if sync is None or sync.as_of is None:
            return None
        query = select(last_balance).where(last_balance.c.account_id == account_id).order_by(last_balance.c.id)
        shown_at_ms = max(sync.as_of, sync.prices_at or 0)
        lines = tuple(_line(row, shown_at_ms) for row in self._connection.execute(query))
        return Valuation.of(sync.as_of, lines, sync.prices_at, wallet_states(sync.wallets), sync.depegged)


def _line(row: Row[Any], shown_at_ms: int) -> PricedBalance:
    return PricedBalance(
        Balance(row.wallet, row.asset, row.free, row.locked, row.borrowed, row.interest, row.unrealized),
        row.price_usd,
        row.usd_value,
        row.change_24h_percent,
        row.reason,
        row.timestamp if row.timestamp < shown_at_ms else None,
    )


def share_percent(line: PricedBalance, valuation: Valuation) -> float | None:
    """Share of the total in percent, for the plain table that other tools read."""
    if line.value is None or valuation.total == 0:
        return None
    return float(line.value / valuation.total * 100)
