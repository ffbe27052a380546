"""Values of the past that another program had written down, as they were imported."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from backend.core.model.imported import ImportedValue
from backend.db.models import imported_values

CHUNK = 500


class SqlImportedValues:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[ImportedValue]) -> None:
        """Add values of instants that have none yet."""
        values = [
            {
                "account_id": row.account_id,
                "timestamp": row.at_ms,
                "total_value_usd": row.value,
                "import_id": row.import_id,
            }
            for row in rows
        ]
        for start in range(0, len(values), CHUNK):
            self._connection.execute(insert(imported_values), values[start : start + CHUNK])

    def before(self, account_id: int, end_ms: int | None, limit: int | None = None) -> Sequence[ImportedValue]:
        """Those before an instant (None: all), newest first."""
        table = imported_values.c
        query = select(imported_values).where(table.account_id == account_id)
        if end_ms is not None:
            query = query.where(table.timestamp < end_ms)
        rows = self._connection.execute(query.order_by(table.timestamp.desc()).limit(limit))
        return [ImportedValue(row.account_id, row.timestamp, row.total_value_usd, row.import_id) for row in rows]

    def delete_import(self, account_id: int, import_id: int) -> int:
        """Take back what an import wrote; returns how many values."""
        table = imported_values.c
        written = (table.account_id == account_id) & (table.import_id == import_id)
        count = self._connection.execute(select(func.count()).select_from(imported_values).where(written)).scalar_one()
        self._connection.execute(delete(imported_values).where(written))
        return count
