"""The databases of tests: of the newest schema without a row, made once a process, since that takes longer than most
tests. Where they are: `database_places.py`.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from backend.db.engine import make_engine
from backend.db.migrate import newest_schema, upgrade
from backend.tests.database_places import NAME, lay_copy
from backend.tests.postgresql import given_server, name_for


@cache
def empty_database() -> bytes:
    """The bytes of one of SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/{NAME}")
        upgrade(engine)
        engine.dispose()
        return (Path(folder) / NAME).read_bytes()


@cache
def empty_template() -> str:
    """The name of one of the given server, to copy; made where it is not there yet."""
    server, name = given_server(), name_for(f"schema_{newest_schema()}")
    assert server is not None
    if name not in server.names():
        making = f"{name}_{os.getpid()}"
        server.make(making)
        engine = make_engine(server.url(making))
        upgrade(engine)
        engine.dispose()
        if name in server.names():  # another worker was quicker
            server.drop(making)
        else:
            server.rename(making, name)
    return name


def lay_database(file: Path) -> Path:
    """Put one there unless there is one."""
    server = given_server()
    if server is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        lay_copy(server, file, empty_template())
    elif not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty_database())
    return file
