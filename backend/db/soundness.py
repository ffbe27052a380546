"""Whether a database file is whole: what is damaged is found before anything of it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from backend.db.file_sum import LARGEST_BYTES, compared

# A check reads every page: a quarter of a second for 100 MB. Larger files are checked with each backup alone.
DAMAGED: Final = ("malformed", "not a database")
LONGEST_WORDS: Final = 200
UNREADABLE: Final = "a name in it is no text any more"
DECAYED: Final = "its bytes are not those that were written"


def damage_of(engine: Engine) -> str | None:
    """What its sum or a check of all pages and indexes finds; None: the file is whole, or not one of SQLite.

    A large file is not checked. Without a sum (`file_sum`) bytes inside a value cannot be told from others.
    """
    file = Path(engine.url.database or "")
    if engine.url.get_backend_name() != "sqlite" or not file.is_file() or file.stat().st_size > LARGEST_BYTES:
        return None
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1"))  # from here on nobody leaves a sum
            state = compared(file)
            if state is not None:
                return DECAYED if state == "decayed" else None
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalars().all()
    except DatabaseError as error:
        words = str(error.orig)
        if not any(one in words for one in DAMAGED):
            raise  # locked, or the disk fails: that says nothing of the file
        return words
    except UnicodeDecodeError:
        return UNREADABLE  # SQLite names what is damaged by the bytes that stand there now
    return None if found == ["ok"] else str(found[0])[:LONGEST_WORDS]
