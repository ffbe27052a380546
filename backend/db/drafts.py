"""Drafts: rows of a rebuild of snapshots that is under way. Readers see the old rows until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select

from backend.db.daily import SqlDaily
from backend.db.models import snapshot_drafts, snapshots
from backend.db.months import days_of, make_months
from backend.db.snapshots import CHUNK, row_of, values_of

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow


class SqlDrafts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, account_id: int, before_ms: int) -> SnapshotRow | None:
        """The newest row strictly before an instant."""
        table = snapshot_drafts.c
        query = select(snapshot_drafts).where(table.account_id == account_id, table.timestamp < before_ms)
        row = self._connection.execute(query.order_by(table.timestamp.desc()).limit(1)).first()
        return None if row is None else row_of(row)

    def replace_after(self, account_id: int, after_ms: int, rows: Sequence[SnapshotRow]) -> None:
        """Put rows in the place of all that are later than an instant."""
        table = snapshot_drafts.c
        self._connection.execute(
            delete(snapshot_drafts).where(table.account_id == account_id, table.timestamp > after_ms)
        )
        for start in range(0, len(rows), CHUNK):
            self._connection.execute(insert(snapshot_drafts), [values_of(row) for row in rows[start : start + CHUNK]])

    def adopt(self, account_id: int, before_ms: int) -> None:
        """Make snapshots, and days, of the rows before an instant, behind those there are; drop all drafts."""
        table = snapshot_drafts.c
        names = [column.name for column in snapshot_drafts.columns if column.name != "id"]
        which = (table.account_id == account_id, table.timestamp < before_ms)
        done = select(*(table[name] for name in names)).where(*which).order_by(table.timestamp)
        first_ms = self._connection.execute(select(func.min(table.timestamp)).where(*which)).scalar()
        if first_ms is not None:
            make_months(self._connection, days_of(self._connection, table.timestamp, *which))
            self._connection.execute(insert(snapshots).from_select(names, done))
            SqlDaily(self._connection).refold(account_id, first_ms)
        self._connection.execute(delete(snapshot_drafts).where(table.account_id == account_id))
