"""One transaction on an engine; what the database cannot do now is said in words a user understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from backend.core.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# Its subclasses for broken rules (a key that is there already) are defects of ours, not states of the database.
UNUSABLE: Final = (OperationalError, DatabaseError)
LOCKED: Final = "The database is locked by another program"
FULL: Final = "The disk is full: the database cannot be written"
READ_ONLY: Final = "The database cannot be written: it is read-only"
DAMAGED: Final = "The database is damaged: restore a backup"
CUT_OFF: Final = "The database server cut the connection: it is tried again"
AWAY: Final = "The database server cannot be reached: check that it runs, and DATABASE_URL"
BUSY: Final = "The database server takes no more connections"
REFUSED: Final = "The database server refuses the user or the password: check DATABASE_URL"
NO_DATABASE: Final = "The database server has no such database: check DATABASE_URL"
# What PostgreSQL says, by its codes (SQLSTATE); the first characters of one stand for all that begin so.
SERVER_WORDS: Final = {
    "55P03": LOCKED,
    "40P01": LOCKED,
    "40001": LOCKED,
    "53100": FULL,
    "53300": BUSY,
    "25006": READ_ONLY,
    "25P03": CUT_OFF,
    "57P": CUT_OFF,
    "28": REFUSED,
    "3D000": NO_DATABASE,
    "42501": "The database server does not let this user do that: make it the owner of the database",
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
# A connection that is not made has no code; what its words (of a server that speaks English) have in them.
NOT_CONNECTED: Final = (
    ("authentication failed", REFUSED),
    ("pg_hba.conf", REFUSED),
    ('role "', REFUSED),
    ('database "', NO_DATABASE),
    ("too many", BUSY),
    ("connection slots", BUSY),
    ("connection", AWAY),
)


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
        said = _server_words(error)
        if said is None and type(error) not in UNUSABLE:
            raise
        raise DatabaseUnavailableError(said or _plain_words(error)) from error


def _server_words(error: DBAPIError) -> str | None:
    """What PostgreSQL says; None of a defect of ours, and of SQLite."""
    said: Any = error.orig
    if not hasattr(said, "sqlstate"):
        return None
    code, text = said.sqlstate, str(said).lower()
    if code is None and isinstance(error, OperationalError):
        return next((words for part, words in NOT_CONNECTED if part in text), AWAY)
    return next((words for start, words in SERVER_WORDS.items() if (code or "").startswith(start)), None)


def _plain_words(error: DBAPIError) -> str:
    text = str(error.orig).lower()
    if "locked" in text:
        return LOCKED
    if "full" in text:
        return FULL
    if "disk i/o" in text:
        return "The disk cannot be written or read: it is full, or it fails"
    if "readonly" in text or "read-only" in text:
        return READ_ONLY
    if "unable to open" in text:
        return "The database file cannot be opened: check the folder and its permissions"
    if "malformed" in text or "not a database" in text:
        return "The database file is damaged: stop the program and restore a backup"
    return "The database cannot be used now"
