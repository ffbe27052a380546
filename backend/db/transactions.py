"""One transaction on an engine; what the database cannot do now is said in words a user understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from backend.core.errors import DatabaseUnavailableError

# Its subclasses for broken rules (a key that is there already) are defects of ours, not states of the database.
UNUSABLE: Final = (OperationalError, DatabaseError)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Commit at the end of the block, roll back when it fails.

    Raises:
        DatabaseUnavailableError: locked for too long, disk full, read-only, damaged.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        if type(error) not in UNUSABLE:
            raise
        raise DatabaseUnavailableError(_plain_words(error)) from error


def _plain_words(error: DBAPIError) -> str:
    text = str(error.orig).lower()
    if "locked" in text:
        return "The database is locked by another program"
    if "full" in text:
        return "The disk is full: the database cannot be written"
    if "disk i/o" in text:
        return "The disk cannot be written or read: it is full, or it fails"
    if "readonly" in text or "read-only" in text:
        return "The database cannot be written: it is read-only"
    if "unable to open" in text:
        return "The database file cannot be opened: check the folder and its permissions"
    if "malformed" in text or "not a database" in text:
        return "The database file is damaged: stop the program and restore a backup"
    return "The database cannot be used now"
