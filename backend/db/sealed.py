"""Every sealed text of the database: of all columns that are called `sealed`, or end so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, select, update

from backend.db.all_tables import all_tables
from backend.db.transactions import transaction


@dataclass(frozen=True, slots=True)
class StoredSeal:
    """One sealed text in its row."""

    writer: Engine
    table: Table
    column: Column[Any]
    sealed: str

    def replace(self, resealed: str) -> bool:
        """Put another in its place; False where it is not there any more as it was."""
        statement = update(self.table).where(self.column == self.sealed).values({self.column.name: resealed})
        with transaction(self.writer) as connection:
            return connection.execute(statement).rowcount > 0


class SqlSealedTexts:
    """Texts that different tables have sealed; a table that comes later is found by the name of its column."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writing=True)

    def places(self) -> Sequence[StoredSeal]:
        with transaction(self._engine) as connection:
            return [StoredSeal(self._writer, *found) for found in _texts(connection)]

    @contextmanager
    def undisturbed(self) -> Iterator[Sequence[str]]:
        """All of them, under the lock of writers."""
        with transaction(self._writer) as connection:
            yield [text for _, _, text in _texts(connection)]


def sealed_columns() -> Sequence[tuple[Table, Column[Any]]]:
    """The columns that hold sealed texts."""
    return [(table, column) for table in all_tables() for column in table.c if column.name.endswith("sealed")]


def _texts(connection: Connection) -> Iterator[tuple[Table, Column[Any], str]]:
    for table, column in sealed_columns():
        for text in connection.execute(select(column).where(column.is_not(None), column != "")).scalars():
            yield table, column, text
