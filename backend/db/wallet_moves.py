"""Moves between the wallets of one account, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, select

from backend.core.ledger.told_moves import counting
from backend.core.model.wallet_moves import WalletMove
from backend.db.dialect import upsert, whole_sum
from backend.db.move_models import wallet_moves


class SqlWalletMoves:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account_id: int, moves: Iterable[WalletMove], import_id: int | None = None) -> int:
        """Record moves once each, those of a file with its import; returns how many were new."""
        rows = [
            {
                "account_id": account_id,
                "source": move.source,
                "external_id": move.external_id,
                "at": move.at_ms,
                "asset": move.asset,
                "amount": move.amount,
                "from_wallet": move.from_wallet,
                "to_wallet": move.to_wallet,
                "import_id": import_id,
            }
            for move in moves
        ]
        added = 0
        for row in rows:
            statement = upsert(self._connection)(wallet_moves).values(row)
            added += self._connection.execute(statement.on_conflict_do_nothing()).rowcount
        return added

    def delete_import(self, account_id: int, import_id: int) -> None:
        """Take back the moves that an import told."""
        table = wallet_moves.c
        own = (table.account_id == account_id) & (table.import_id == import_id)
        self._connection.execute(delete(wallet_moves).where(own))

    def of_files(self, account_id: int) -> tuple[int, int]:
        """How many moves files told, and the sum of the numbers of their imports: they change with every file."""
        table = wallet_moves.c
        query = select(func.count(table.import_id), func.coalesce(whole_sum(table.import_id), 0))
        count, numbers = self._connection.execute(query.where(table.account_id == account_id)).one()
        return int(count), int(numbers)

    def all(self, account_id: int) -> Sequence[WalletMove]:
        """Every move once, whoever told of it, the oldest first."""
        table = wallet_moves.c
        query = select(wallet_moves).where(table.account_id == account_id)
        rows = self._connection.execute(query.order_by(table.at, table.source, table.external_id))
        return counting(
            [
                WalletMove(row.source, row.external_id, row.at, row.asset, row.amount, row.from_wallet, row.to_wallet)
                for row in rows
            ]
        )
