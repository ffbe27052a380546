"""What a database of tests holds, asked from outside without the right to write: in its file, or on a server where
`--postgresql` is said. Nothing of the program is imported here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from backend.tests.database_places import url_of
from backend.tests.postgresql import given_server

BUSY_S: Final = 30.0


def connected(file: Path) -> Connection:
    """A connection, to be closed; each statement is on its own. A file that is not there is not made by it."""
    if given_server() is None:
        url = make_url(f"sqlite:///file:{file}?mode=ro&uri=true")
        told: dict[str, Any] = {"timeout": BUSY_S, "check_same_thread": False}
    else:
        url, told = make_url(url_of(file)).set(drivername="postgresql+psycopg"), {}
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=told).connect()


@contextmanager
def looked_into(file: Path) -> Iterator[Connection]:
    connection = connected(file)
    try:
        yield connection
    finally:
        connection.close()


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query finds, as the database's library gives it."""
    with looked_into(file) as connection:
        return asked(connection, query)


def asked(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


def rows_if_made(file: Path, query: str) -> Sequence[tuple[Any, ...]]:
    """`rows`, or nothing while the database or its tables are not there yet."""
    try:
        return rows(file, query)
    except DBAPIError:
        return ()


def unsound(connection: Connection) -> list[str]:
    """What is broken in a file, and rows that point nowhere; a server sees to both."""
    if connection.dialect.name != "sqlite":
        return []
    broken = [str(word) for (word,) in asked(connection, "PRAGMA integrity_check") if word != "ok"]
    return broken + [f"a row that points nowhere: {row}" for row in asked(connection, "PRAGMA foreign_key_check")]
