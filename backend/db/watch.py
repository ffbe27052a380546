"""What was seen while an account was watched: profit of open futures positions, and slots without a full reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import Connection, delete, func, insert, select, update

from backend.core.ledger.unrealized import ProfitReading
from backend.core.model.amounts import plain
from backend.core.performance.snapshot_chain import Gap
from backend.db.dialect import upsert
from backend.db.models import profit_readings, snapshot_gaps

CHUNK = 500


class SqlWatch:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_reading(self, account_id: int, reading: ProfitReading) -> None:
        """Keep what was read; the same instant again changes nothing."""
        amounts = {asset: plain(amount) for asset, amount in reading.amounts.items()}
        statement = upsert(self._connection)(profit_readings).values(
            account_id=account_id, at=reading.at_ms, amounts=json.dumps(amounts, separators=(",", ":"))
        )
        self._connection.execute(statement.on_conflict_do_nothing())

    def readings(self, account_id: int, since_ms: int | None = None) -> Sequence[ProfitReading]:
        """Readings in rising order: all, or those from an instant on and the last one before it."""
        table = profit_readings.c
        query = select(table.at, table.amounts).where(table.account_id == account_id)
        if since_ms is not None:
            before = select(func.max(table.at)).where(table.account_id == account_id, table.at < since_ms)
            query = query.where(table.at >= func.coalesce(before.scalar_subquery(), since_ms))
        return [
            ProfitReading(row.at, {asset: Decimal(amount) for asset, amount in json.loads(row.amounts).items()})
            for row in self._connection.execute(query.order_by(table.at))
        ]

    def forget_readings(self, account_id: int, instants_ms: Iterable[int]) -> None:
        """Drop readings that no snapshot rests on."""
        gone = list(instants_ms)
        for start in range(0, len(gone), CHUNK):
            self._connection.execute(
                delete(profit_readings).where(
                    profit_readings.c.account_id == account_id, profit_readings.c.at.in_(gone[start : start + CHUNK])
                )
            )

    def add_gap(self, account_id: int, gap: Gap) -> None:
        """Note that no slot of a stretch has a full reading; one that begins where another ended goes on with it."""
        table = snapshot_gaps.c
        longer = (
            update(snapshot_gaps)
            .where(table.account_id == account_id, table.until == gap.after_ms)
            .values(until=gap.until_ms)
        )
        if self._connection.execute(longer).rowcount == 0:
            row = {"account_id": account_id, "after": gap.after_ms, "until": gap.until_ms}
            self._connection.execute(insert(snapshot_gaps).values(row))

    def gaps(self, account_id: int, since_ms: int | None = None) -> Sequence[Gap]:
        """Stretches without a full reading that reach beyond an instant, in rising order."""
        table = snapshot_gaps.c
        query = select(table.after, table.until).where(table.account_id == account_id)
        if since_ms is not None:
            query = query.where(table.until > since_ms)
        return [Gap(row.after, row.until) for row in self._connection.execute(query.order_by(table.after))]
