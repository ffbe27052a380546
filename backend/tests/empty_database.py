"""A database of the newest schema without a row, made once a process: making one takes longer than most tests."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from backend.db.engine import make_engine
from backend.db.migrate import upgrade

NAME: Final = "portfolio.db"


@cache
def empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/{NAME}")
        upgrade(engine)
        engine.dispose()
        return (Path(folder) / NAME).read_bytes()


def lay_database(file: Path) -> Path:
    """Put one there unless there is one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty_database())
    return file
