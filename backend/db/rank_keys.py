"""The user's keys of sources of ranks, sealed. Rotation finds the column of secrets by its name."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, Table, Text, delete, select, update

from backend.core.model.rank_keys import RankTold, RankUsage, StoredRankKey
from backend.db.dialect import upsert
from backend.db.models import metadata

# Without `sealed` the key stands in the settings, and only what was told of it is kept. `used` and `granted`: calls of
# the month; `refusal`: why the source refuses the key, in words.
rank_keys = Table(
    "rank_keys",
    metadata,
    Column("source", Text, primary_key=True),
    Column("sealed", Text),
    Column("ending", Text, nullable=False),
    Column("added_machine", BigInteger),
    Column("used", BigInteger),
    Column("granted", BigInteger),
    Column("told_machine", BigInteger),
    Column("refusal", Text),
)


class SqlRankKeys:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, source: str) -> StoredRankKey | None:
        query = select(rank_keys).where(rank_keys.c.source == source)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        told = None
        if row.told_machine is not None:
            told = RankTold(row.told_machine, RankUsage(row.used, row.granted), row.refusal)
        return StoredRankKey(row.sealed, row.ending, row.added_machine, told)

    def put(self, source: str, key: StoredRankKey) -> None:
        """Store a key in the place of the one there is; nothing was told of it yet."""
        values = {"sealed": key.sealed, "ending": key.ending, "added_machine": key.added_ms}
        values |= dict.fromkeys(("used", "granted", "told_machine", "refusal"))
        statement = upsert(self._connection)(rank_keys).values(source=source, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))

    def note(self, source: str, sealed: str | None, ending: str, told: RankTold) -> bool:
        """Write down what was told of a key; False: another one stands there by now."""
        if sealed is None:
            added = upsert(self._connection)(rank_keys).values(source=source, ending=ending)
            self._connection.execute(added.on_conflict_do_nothing(index_elements=["source"]))
        same = rank_keys.c.sealed.is_(None) if sealed is None else rank_keys.c.sealed == sealed
        values = {
            "ending": ending,
            "used": told.usage.used,
            "granted": told.usage.granted,
            "told_machine": told.at_ms,
            "refusal": told.refusal,
        }
        statement = update(rank_keys).where(rank_keys.c.source == source, same).values(values)
        return self._connection.execute(statement).rowcount > 0

    def drop(self, source: str) -> None:
        self._connection.execute(delete(rank_keys).where(rank_keys.c.source == source))
