"""A database with something in it, its backups, and what others see of both."""

from __future__ import annotations

import resource
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from backend.core.model.instants import HOUR_MS
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.sqlite_copy import SqliteCopy
from backend.db.sqlite_restore import SqliteRestore
from backend.db.unit_of_work import SqlStore
from backend.tests.empty_database import empty_database

NOW_MS: Final = 1_790_000_000_000


def begun(folder: Path) -> Iterator[Engine]:
    """A database of the newest schema with a word in it."""
    (folder / "portfolio.db").write_bytes(empty_database())
    made = opened(folder)
    put(made, "word", "before")
    yield made
    made.dispose()


def opened(folder: Path) -> Engine:
    return make_engine(f"sqlite:///{folder}/portfolio.db")


def put(engine: Engine, name: str, content: str) -> None:
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        unit.settings.set(name, content)


def got(engine: Engine, name: str = "word") -> str | None:
    with SqlStore(engine, lambda: NOW_MS).read() as unit:
        return unit.settings.get(name)


def shelf(engine: Engine, **options: Any) -> FolderShelf:
    return FolderShelf(
        Path(engine.url.database or "").parent / "backups", SqliteCopy(engine), lambda: NOW_MS, **options
    )


def made_by(engine: Engine) -> Path:
    kept = shelf(engine)
    return kept.folder / kept.make("manual").name


def restorer(folder: Path) -> SqliteRestore:
    return SqliteRestore(folder / "portfolio.db", lambda: NOW_MS + HOUR_MS, lambda owner: False)


def inside(file: Path, folder: Path) -> Path:
    """The database in a backup, taken out by nothing of ours."""
    with zipfile.ZipFile(file) as archive:
        return Path(archive.extract("portfolio.db", folder))


def query(file: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Writes behind so many bytes of a file fail, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
