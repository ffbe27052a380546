"""The databases of tests: of the newest schema without a row, made once a process, since that takes longer than most
tests. Each is named by a file, and is that file, or (`pytest --postgresql`) stands for it on a server.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from backend.db.engine import make_engine
from backend.db.migrate import upgrade
from backend.tests.postgresql import Server, given_server, name_of

NAME: Final = "portfolio.db"
# The files that stand for databases of a server.
MADE: Final = list[Path]()


@cache
def empty_database() -> bytes:
    """The bytes of one of SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/{NAME}")
        upgrade(engine)
        engine.dispose()
        return (Path(folder) / NAME).read_bytes()


def url_of(file: Path) -> str:
    """The address of the database that a file names."""
    server = given_server()
    return f"sqlite:///{file}" if server is None else server.url(name_of(file))


def settings_of(folder: Path) -> dict[str, str]:
    """What the program must be told to find the database of its folder."""
    return {} if given_server() is None else {"DATABASE_URL": url_of(folder / NAME)}


def lay_database(file: Path) -> Path:
    """Put one there unless there is one."""
    server = given_server()
    if server is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(server, file, server.migrated())
    elif not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty_database())
    return file


def lay_nothing(file: Path) -> Path:
    """Put one without a table there: SQLite makes the file by itself."""
    server = given_server()
    if server is not None:
        _make(server, file, "template0")
    return file


def copy_database(source: Path, target: Path) -> Path:
    """A second one with the same rows; nobody may have the first open."""
    server = given_server()
    if server is None:
        return Path(shutil.copy(source, target))
    _make(server, target, name_of(source))
    return target


def rows_in(file: Path, statement: str) -> Sequence[tuple[Any, ...]]:
    """What a query says of a database."""
    engine = make_engine(url_of(file))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def drop_below(folder: Path) -> None:
    """Take the databases of a server away whose files would lie in a folder."""
    server = given_server()
    if server is None:
        return
    for file in [one for one in MADE if one.is_relative_to(folder)]:
        MADE.remove(file)
        server.drop(name_of(file))


def _make(server: Server, file: Path, template: str) -> None:
    if name_of(file) not in server.names():
        server.make(name_of(file), template)
        MADE.append(file)
