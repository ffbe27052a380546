"""Where the databases of tests are: each is named by a file, and is that file, or (`pytest --postgresql`) stands for it
on a server. Nothing of the program is imported here.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from backend.tests.postgresql import Server, given_server, name_of

NAME: Final = "portfolio.db"
# The files that stand for databases of a server.
MADE: Final = list[Path]()


def url_of(file: Path) -> str:
    """The address of the database that a file names."""
    server = given_server()
    return f"sqlite:///{file}" if server is None else server.url(name_of(file))


def settings_of(folder: Path) -> dict[str, str]:
    """What the program must be told to find the database of its folder."""
    return {} if given_server() is None else {"DATABASE_URL": url_of(folder / NAME)}


def lay_nothing(file: Path) -> Path:
    """Put one without a table there: SQLite makes the file by itself."""
    server = given_server()
    if server is not None:
        lay_copy(server, file, "template0")
    return file


def copy_database(source: Path, target: Path) -> Path:
    """A second one with the same rows, in the place of what was there; nobody may have the first open."""
    server = given_server()
    if server is None:
        return Path(shutil.copy(source, target))
    server.close(name_of(source))
    server.drop(name_of(target))
    lay_copy(server, target, name_of(source))
    return target


def copy_open_database(source: Path, target: Path) -> None:
    """Like `copy_database`, of one that somebody may have open here."""
    if given_server() is not None:
        copy_database(source, target)
        return
    # What stands in the log beside the file is copied too.
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def lay_copy(server: Server, file: Path, template: str) -> None:
    """Put a copy of a server's database where a file names one, unless there is one."""
    if name_of(file) not in server.names():
        server.make(name_of(file), template)
        MADE.append(file)


def lose_database(file: Path) -> None:
    """Take one away for good: nobody can open it, nor make it anew. Who has it open must let it go before."""
    server = given_server()
    if server is not None:
        server.drop(name_of(file))
        return
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink()
    file.mkdir()


def stored_bytes(file: Path) -> bytes:
    """All that is stored: bytes of the file and its log, or the rows of every table as the server writes them."""
    server = given_server()
    if server is None:
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    return server.rows(name_of(file))


def drop_below(folder: Path) -> None:
    """Take the databases of a server away whose files would lie in a folder."""
    server = given_server()
    if server is None:
        return
    for file in [one for one in MADE if one.is_relative_to(folder)]:
        MADE.remove(file)
        server.drop(name_of(file))
