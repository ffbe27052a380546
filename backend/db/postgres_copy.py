"""A PostgreSQL database copied while it is written to, into a SQLite database of the same schema.

So a backup is the same file whichever engine it is of, is put back on either, and needs no program but ours (0034).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from backend.core.errors import BackupFailedError, DatabaseUnavailableError
from backend.core.heavy_work import Run, on_the_spot
from backend.db.copied_tables import hold_breath
from backend.db.engine import make_engine, sqlite_module
from backend.db.migrate import knows, schema_within, upgrade_within
from backend.db.sqlite_copy import CopyFacts, copy_words, sound
from backend.db.sqlite_fill import fill_sqlite
from backend.db.transactions import transaction

if TYPE_CHECKING:
    from backend.core.model.backups import DatabaseKind

# Of our tables alone: beside them lies what a restore has replaced.
SIZE: Final = text(
    "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'"
)
# Whatever the server lets others do: it may take long, and says nothing to the server while the copy is read back.
READING: Final = (
    "SET TRANSACTION READ ONLY",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL statement_timeout = 0",
)


class PostgresCopy:
    """Takes copies of the database of an engine.

    Args:
        run: computes what no other request is to wait for.
        breathe: called after each batch of rows: other requests of the process get their turn.
    """

    kind: Final[DatabaseKind] = "postgresql"

    def __init__(self, engine: Engine, run: Run = on_the_spot, breathe: Callable[[], None] = hold_breath) -> None:
        self._engine = engine
        self._run = run
        self._breathe = breathe

    def size_bytes(self) -> int:
        """How large a copy would be at most, about."""
        with self._reading() as connection:
            return int(connection.execute(SIZE).scalar_one())

    def take(self, target: Path) -> CopyFacts:
        """Copy the database as it is at one moment, while others write; returns what is in the copy.

        Raises:
            BackupFailedError: it cannot be read, the copy cannot be written or is not what was read.
        """
        with self._reading() as connection:
            schema = _schema(connection)
        with _written(target) as new:
            # Before the moment that is copied: the server need not keep it while nothing is read.
            upgrade_within(new, schema)
            with self._reading() as old, _words_of_the_copy():
                if _schema(old) != schema:
                    raise BackupFailedError("The database was upgraded meanwhile: no backup was made, try again")
                fill_sqlite(old, new, self._breathe)
        with _words_of_the_copy():
            return self._run(partial(_read_back, target))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with transaction(self._engine) as connection:
                for statement in READING:
                    connection.execute(text(statement))
                yield connection
        except DatabaseUnavailableError as error:
            raise BackupFailedError(f"No backup was made. {error}") from error


def _read_back(target: Path) -> CopyFacts:
    with closing(sqlite_module().connect(target, isolation_level=None)) as copy:
        return sound(copy)


def _schema(connection: Connection) -> str:
    schema = schema_within(connection)
    if schema is None:
        raise BackupFailedError("It is empty, or no database of this program")
    if not knows(schema):
        raise BackupFailedError(
            f"The database has schema {schema}, which this version does not know: update the program. "
            "No backup was made"
        )
    return schema


@contextmanager
def _written(target: Path) -> Iterator[Connection]:
    """A transaction that makes a SQLite database, as one file alone."""
    engine = make_engine(f"sqlite:///{target.as_posix()}", durable=False)
    try:
        with _words_of_the_copy(), engine.connect() as connection:
            # Nobody needs a half-written copy: what keeps one whole would only cost time.
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = MEMORY")
            raw.execute("PRAGMA synchronous = OFF")
            with connection.begin():
                yield connection
    finally:
        engine.dispose()


@contextmanager
def _words_of_the_copy() -> Iterator[None]:
    """Say what SQLite says in words; what the server says passes."""
    ours = (sqlite_module().Error, sqlite3.Error)
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, ours):
            raise
        raise BackupFailedError(copy_words(error)) from error
    except ours as error:
        raise BackupFailedError(copy_words(error)) from error
