"""The lines of long histories as one block each: a program that starts reads them at once, and only newer rows one by
one."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Integer, LargeBinary, Table, select, update

from backend.core.series import SeriesChunk, packed, unpacked
from backend.db.dialect import upsert
from backend.db.models import metadata

packed_series = Table(
    "packed_series",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    # Of which rebuild the rows are (`account_sync.rebuilds`), how many, up to which instant.
    Column("rebuilds", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)


class SqlPacked:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, account_id: int, rebuilds: int) -> int:
        """How many rows of a rebuild are packed."""
        table = packed_series.c
        query = select(table.rows).where(table.account_id == account_id, table.rebuilds == rebuilds)
        found: int | None = self._connection.execute(query).scalar_one_or_none()
        return found or 0

    def series(self, account_id: int, rebuilds: int) -> SeriesChunk | None:
        """The rows of a rebuild from the first one on, as far as they are packed."""
        table = packed_series.c
        query = select(table.content).where(table.account_id == account_id, table.rebuilds == rebuilds)
        content: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return None if content is None else unpacked(content)

    def carry(self, account_id: int, rebuilds: int) -> None:
        """Have the block of a rebuild count for the next one, which changes nothing that is in it."""
        table = packed_series.c
        own = (table.account_id == account_id) & (table.rebuilds == rebuilds)
        self._connection.execute(update(packed_series).where(own).values(rebuilds=rebuilds + 1))

    def put(self, account_id: int, rebuilds: int, series: SeriesChunk) -> None:
        """Put a block in the place of the one there is; it is not empty."""
        values = {
            "rebuilds": rebuilds,
            "rows": len(series.at_ms),
            "until": int(series.at_ms[-1]),
            "content": packed(series),
        }
        statement = upsert(self._connection)(packed_series).values(account_id=account_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))
