"""The last known balances of each account, priced."""

from __future__ import annotations

from collections.abc import Collection
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
        return self.latest_of([account_id]).get(account_id)

    def latest_of(self, account_ids: Collection[int]) -> dict[int, Valuation]:
        """The same of several accounts at once; without those that have none."""
        sync = account_sync.c
        columns = (sync.account_id, sync.as_of, sync.prices_at, sync.wallets, sync.depegged)
        valued = select(*columns).where(sync.account_id.in_(account_ids), sync.as_of.is_not(None))
        told = {row.account_id: row for row in self._connection.execute(valued)}
        lines: dict[int, list[PricedBalance]] = {account: [] for account in told}
        query = select(last_balance).where(last_balance.c.account_id.in_(told)).order_by(last_balance.c.id)
        for row in self._connection.execute(query):
            of = told[row.account_id]
            lines[row.account_id].append(_line(row, max(of.as_of, of.prices_at or 0)))
        return {
            account: Valuation.of(of.as_of, tuple(lines[account]), of.prices_at, wallet_states(of.wallets), of.depegged)
            for account, of in told.items()
        }


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
