"""A SQLite database copied while it is written to: by SQLite's own online backup, never as a file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

from backend.core.errors import BackupFailedError
from backend.core.heavy_work import Run, on_the_spot
from backend.db.engine import sqlite_module

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.core.model.backups import DatabaseKind

# Beside a database lie what is not in it yet, where that is found, and what undoes a half-done transaction.
NO_TEXT: Final = "a name that is no text any more"
COMPANIONS: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a copy holds: the revision of its tables, and rows by table."""

    schema: str
    rows: dict[str, int]


class SqliteCopy:
    """Takes copies of the database of an engine. `run`: computes what no other request is to wait for."""

    kind: Final[DatabaseKind] = "sqlite"

    def __init__(self, engine: Engine, run: Run = on_the_spot) -> None:
        self._engine = engine
        self._run = run

    @property
    def file(self) -> Path:
        return Path(self._engine.url.database or "")

    def size_bytes(self) -> int:
        """How large a copy would be, about."""
        return sum(_size(self.file.with_name(self.file.name + end)) for end in ("", "-wal"))

    def take(self, target: Path) -> CopyFacts:
        """Copy the database as it is at one moment, while others write; returns what is in the copy.

        Raises:
            BackupFailedError: it cannot be read, the copy cannot be written or is not sound.
        """
        if not self.file.is_file():
            raise BackupFailedError(f"There is no database at {self.file} yet")
        try:
            with closing(self._engine.raw_connection()) as connection:
                return self._run(partial(_copied, connection.driver_connection, target))
        except (sqlite_module().Error, sqlite3.Error, DBAPIError) as error:
            raise BackupFailedError(copy_words(error)) from error


def _copied(source: Any, target: Path) -> CopyFacts:
    """Copy all that a connection sees into a file, and read it back."""
    module = sqlite_module()
    with closing(module.connect(target, isolation_level=None)) as copy:
        # Nobody needs a half-written copy: what keeps one whole would only cost time.
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        # All pages in one step: one moment, and no writer of another process starts it over.
        source.backup(copy, pages=-1)
    with closing(module.connect(target, isolation_level=None)) as copy:
        # One file alone: the copy of a database in WAL mode would want its own.
        copy.execute("PRAGMA journal_mode = DELETE")
        return sound(copy)


def sound(connection: Any) -> CopyFacts:
    """What a database holds, after a check of all its pages and indexes.

    Raises:
        BackupFailedError: the check found something, or it is no database of this program.
    """
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    except UnicodeDecodeError:
        found = [NO_TEXT]  # SQLite names what is damaged by the bytes that stand there now
    if found != ["ok"]:
        raise BackupFailedError(f"The check of the database found: {'; '.join(str(one) for one in found)[:300]}")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in tables if not name.startswith("sqlite_")]
    if "alembic_version" not in names:
        raise BackupFailedError("It is empty, or no database of this program")
    rows = {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}
    schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if schema is None:
        raise BackupFailedError("It is empty, or no database of this program")
    return CopyFacts(str(schema[0]), rows)


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0


def copy_words(error: Exception) -> str:
    """What went wrong with a copy, for whom it was to be made."""
    text = str(error).lower()
    if "full" in text or "disk i/o" in text:
        return "The copy could not be written, or the database not be read: a disk is full, or fails"
    if "malformed" in text or "not a database" in text:
        return "The database file is damaged: no backup can be made of it. Restore an earlier one"
    if "locked" in text:
        return "The database is locked by another program"
    return "The database cannot be copied: check the folders and their permissions"
