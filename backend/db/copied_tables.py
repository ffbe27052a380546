"""Rows of one database put into another, of whichever engine, and read back before they count.

Both are read through the same tables, so that a value has the same type in Python on both engines: what is compared is
what the program reads, not how it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from json import JSONEncoder
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, insert, select

from backend.core.errors import BackupFailedError
from backend.core.model.amounts import plain

CHUNK_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class TableCopied:
    """A table that is the same in both databases: rows, and the SHA-256 of all of them by key."""

    name: str
    rows: int
    sha256: str


def hold_breath() -> None:
    """Nobody waits for a turn."""


def copied(
    old: Connection, new: Connection, tables: Sequence[Table], breathe: Callable[[], None] = hold_breath
) -> list[TableCopied]:
    """Put all rows of tables into empty ones, those that others refer to first, and read them back.

    Args:
        breathe: called after each batch of rows: other requests of the process get their turn.

    Raises:
        BackupFailedError: what was read back is not what was copied.
    """
    done = [_put(old, new, table, breathe) for table in tables]
    for table, told in zip(tables, done, strict=True):
        # When all are there: what was done for one may have changed another.
        if _read_back(new, table, breathe) != told:
            raise BackupFailedError(f"Table {told.name} did not come out as it went in: nothing of the copy stays")
    return done


def _put(old: Connection, new: Connection, table: Table, breathe: Callable[[], None]) -> TableCopied:
    names, hashed, statement = [column.name for column in table.columns], _Hash(), insert(table)
    for rows in _by_key(old, table):
        hashed.add(rows)
        new.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
        breathe()
    return hashed.of(table)


def _read_back(new: Connection, table: Table, breathe: Callable[[], None]) -> TableCopied:
    hashed = _Hash()
    for rows in _by_key(new, table):
        hashed.add(rows)
        breathe()
    return hashed.of(table)


def _by_key(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """All rows in the order of their keys, never all of them in memory."""
    query = select(table).order_by(*table.primary_key.columns)
    yield from connection.execute(query.execution_options(yield_per=CHUNK_ROWS)).partitions()


class _Hash:
    def __init__(self) -> None:
        self._rows = 0
        self._digest = sha256()

    def add(self, rows: Sequence[Row[Any]]) -> None:
        self._rows += len(rows)
        for row in rows:
            self._digest.update(ENCODER.encode(tuple(row)).encode() + b"\n")

    def of(self, table: Table) -> TableCopied:
        return TableCopied(table.name, self._rows, self._digest.hexdigest())


def _written(value: object) -> object:
    """What JSON has no form for; values of different kinds are written differently."""
    match value:
        case Decimal():
            return {"decimal": plain(value)}
        case bytes():
            return {"bytes": value.hex()}
        case _:
            raise TypeError(f"no column holds a {type(value).__name__}")


# Floats are written so that each is read back as itself.
ENCODER: Final = JSONEncoder(default=_written)
