"""The sum of a database file, which tells what a failing disk has changed while the program did not run.

SQLite keeps sums of its log and none of its pages: a bit that turns inside a value makes another value of it. So who
closes the file last leaves the sum of its bytes beside it, with its size and the time of its last write, and who opens
it next compares. A disk that decays changes neither size nor time. Where one of them is another, somebody has
written or copied the file, and its structure alone is checked; so it is after a kill, which leaves no sum.
"""

from __future__ import annotations

import json
import os
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from backend.db.engine import sqlite_module

SUFFIX: Final = "-sum"
BLOCK: Final = 1024 * 1024
# Hashing more would keep a start and an end waiting.
LARGEST_BYTES: Final = 1_000_000_000


def leave_sum(file: Path) -> bool:
    """Write the sum of a file that nobody has open; false, and none is left, where somebody has."""
    if not file.is_file() or file.stat().st_size > LARGEST_BYTES:
        return False
    sqlite = sqlite_module()
    place = sum_of(file)
    with closing(sqlite.connect(file, timeout=0, isolation_level=None)) as connection:
        try:
            # Nobody else gets in before it is closed; whoever is in already makes this fail.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                return False
            told = _told(file)
            place.write_text(json.dumps(told), encoding="ascii")
        except (sqlite.DatabaseError, OSError):
            return False
    if _stamp(file) == {name: told[name] for name in ("bytes", "modified_ns")}:
        return True
    place.unlink(missing_ok=True)
    return False


def compared(file: Path) -> Literal["as it was left", "decayed"] | None:
    """What the sum says of a file that is open by now; None: nothing, for there is none or it is of another file.

    It is taken away, for the file may change from now on. Where the file has decayed it stays, for the next start.
    """
    place = sum_of(file)
    try:
        told: Any = json.loads(place.read_text(encoding="ascii"))
        stamp = _stamp(file)
        stands = {name: told[name] for name in stamp} == stamp
        same = stands and _sum(file) == told["sha256"]
        # Another process may have opened it at the same moment, and written meanwhile.
        stands = stands and place.is_file() and _stamp(file) == stamp
    except (OSError, ValueError, KeyError, TypeError):
        stands = same = False
    if stands and not same:
        return "decayed"
    with suppress(OSError):
        place.unlink()
        _keep(place.parent)
    return "as it was left" if same else None


def sum_of(file: Path) -> Path:
    """Where the sum of a file lies."""
    return file.with_name(file.name + SUFFIX)


def _told(file: Path) -> dict[str, int | str]:
    return {**_stamp(file), "sha256": _sum(file)}


def _stamp(file: Path) -> dict[str, int]:
    found = file.stat()
    return {"bytes": found.st_size, "modified_ns": found.st_mtime_ns}


def _sum(file: Path) -> str:
    found = sha256()
    # On POSIX, closing any descriptor of a file drops every lock that the process has on it, SQLite's too.
    # So it stays open; a process does this when it begins and when it ends.
    content = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    while block := os.read(content, BLOCK):
        found.update(block)
    if os.name != "posix":
        os.close(content)
    return found.hexdigest()


def _keep(folder: Path) -> None:
    """Have the disk keep that a file is gone: after a power cut it would tell of bytes that were written over since."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
