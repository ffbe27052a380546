"""What the user set for this installation: one text a name."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Table, Text, select

from backend.db.dialect import upsert
from backend.db.models import metadata

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("content", Text, nullable=False),
)


class SqlSettings:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """None where it was never set."""
        found: str | None = self._connection.execute(
            select(settings.c.content).where(settings.c.name == name)
        ).scalar_one_or_none()
        return found

    def set(self, name: str, content: str) -> None:
        statement = upsert(self._connection)(settings).values(name=name, content=content)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"content": content}))
