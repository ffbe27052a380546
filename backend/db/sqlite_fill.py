"""All rows of a PostgreSQL database into an empty SQLite one of the same schema, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Numeric, Table, delete, event, inspect, text
from sqlalchemy.types import Float

from backend.core.errors import BackupFailedError
from backend.db.copied_tables import TableCopied, copied, hold_breath
from backend.db.types import ExactDecimal

# The largest number that a table has given, None where it has given none.
GIVEN: Final = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, :number)::regclass)")


def fill_sqlite(old: Connection, new: Connection, breathe: Callable[[], None] = hold_breath) -> list[TableCopied]:
    """Copy every table that the SQLite database has; what others have put beside them on the server stays there.

    Of whatever schema the two are: tables are taken as the server says that they are. `breathe`: as with `copied`.

    Raises:
        BackupFailedError: the server's tables are not those of the schema, or a row did not come out as it went in.
    """
    found = inspect(new)
    tables = _tables(old, found.get_table_names())
    for table in tables:
        _refuse_other_columns(table, {column["name"] for column in found.get_columns(table.name)})
    # What they would count is in rows that are copied, too.
    triggers = new.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")).all()
    for name, _ in triggers:
        new.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in reversed(tables):
        # A migration may have put rows there.
        new.execute(delete(table))
    done = copied(old, new, tables, breathe)
    for _, statement in triggers:
        new.exec_driver_sql(statement)
    for table in tables:
        _count_on(old, new, table)
    return done


def _tables(connection: Connection, names: Collection[str]) -> Sequence[Table]:
    """Tables as the server says that they are, those that others refer to first."""
    missing = sorted(set(names) - set(inspect(connection).get_table_names()))
    if missing:
        raise BackupFailedError(f"The database has not all tables of its schema: {', '.join(missing)}")
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def on_column(_inspector: Any, _table: Any, column: Any) -> None:
        if isinstance(column["type"], Numeric) and not isinstance(column["type"], Float):
            column["type"] = ExactDecimal()

    found.reflect(connection, only=sorted(names))
    # What refers to snapshots refers to each of their months, too, which are no tables of their own.
    return [table for table in found.sorted_tables if table.name in names]


def _refuse_other_columns(table: Table, known: set[str]) -> None:
    other = sorted(known ^ set(table.columns.keys()))
    if other:
        raise BackupFailedError(f"Table {table.name} has other columns than in its schema: {', '.join(other)}")


def _count_on(old: Connection, new: Connection, table: Table) -> None:
    """Number new rows behind those that were ever there. SQLite counts some tables by itself and minds no others."""
    number = table.autoincrement_column
    given = None if number is None else old.execute(GIVEN, {"name": f'"{table.name}"', "number": number.name}).scalar()
    new.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    if given is not None:
        values = {"name": table.name, "seq": given}
        new.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), values)
