"""A populated database whose files are damaged: refused in words, or every row of it is as it was.

What judges reads the files by SQLite alone.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from backend.bootstrap import Container
from backend.config import load_settings
from backend.db.engine import sqlite_module
from backend.db.file_sum import leave_sum, sum_of
from backend.opening import CannotStartError, migrate
from backend.tests.backup_damage import damaged

NAME: Final = "portfolio.db"
MOMENTS: Final = 6
TOLD: Final = ("is damaged", "Restore the newest backup", "python -m backend restore", "portfolio-")
LOG_HEAD, LOG_FRAME = 32, 24 + 4096
# Names of tables that a start itself may write.
OWN: Final = frozenset({"sqlite_sequence"})


@dataclass
class Damages:
    """Counts by what came of it, and a sentence for each file that was used though it was another one."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def rows(database: Path) -> dict[str, list[Any]]:
    """Every row of every table."""
    with closing(sqlite_module().connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in OWN
        }


def opened(folder: Path) -> str:
    """What a start says of the database in a folder; empty: it uses it."""
    env = {"DATA_DIR": str(folder), "DEMO_MODE": "true"}
    container = Container(load_settings(env, env_file=folder / "absent"))
    try:
        migrate(container)
    except CannotStartError as refused:
        return str(refused)
    finally:
        container.engine.dispose()
    return ""


def damaged_and_opened(whole: Path, scratch: Path, cases: int, dice: random.Random, ended: bool) -> Damages:
    """Damage the database of a folder, with its backups beside it, and start; so many times.

    `ended`: the program had ended in order, so that the sum of the file lies beside it. What decays is not written, so
    the file keeps the time of its last write.
    """
    found, wanted = Damages(), rows(whole / NAME)
    if ended:
        assert leave_sum(whole / NAME)
    written_ns = (whole / NAME).stat().st_mtime_ns
    content = (whole / NAME).read_bytes()
    for number in range(cases):
        what, broken = damaged(content, dice)
        shutil.copytree(whole, scratch)
        (scratch / NAME).write_bytes(broken)
        os.utime(scratch / NAME, ns=(written_ns, written_ns))
        said = opened(scratch)
        kept = "".join(sorted(one.name for one in scratch.iterdir()))
        if said:
            found.counts["refused"] += 1
            if not all(words in said for words in TOLD):
                found.failures.append(f"{number}, {what}: it says {said!r}")
            if (scratch / NAME).read_bytes() != broken:
                found.failures.append(f"{number}, {what}: refused, and changed nevertheless ({kept})")
        elif rows(scratch / NAME) == wanted:
            found.counts["used, every row as it was"] += 1
        elif not ended and what in ("flipped", "overwritten", "zeroed"):
            # Inside of a value, of which nobody has left a sum: one row is another one, and no more.
            found.counts["used, a value inside a row changed"] += 1
        else:
            found.failures.append(f"{number}, {what}: used with other rows")
        shutil.rmtree(scratch)
    sum_of(whole / NAME).unlink(missing_ok=True)
    return found


def damaged_log_and_opened(whole: Path, scratch: Path, cases: int, dice: random.Random) -> Damages:
    """Damage what a killed program left in the write-ahead log: refused, or nothing is lost but what was cut off."""
    found, left, moments = Damages(), scratch.with_name("left"), list[dict[str, list[Any]]]()
    shutil.copytree(whole, left)
    with closing(sqlite_module().connect(left / NAME, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(MOMENTS):
            moments.append(rows(left / NAME))
            writer.execute("INSERT INTO settings VALUES (?, ?)", (f"moment {number}", "x" * dice.randrange(9_000)))
        moments.append(rows(left / NAME))
        log = (left / f"{NAME}-wal").read_bytes()
        for number in range(cases):
            what, broken = damaged(log, dice)
            shutil.copytree(whole, scratch)
            shutil.copy(left / NAME, scratch / NAME)
            (scratch / f"{NAME}-wal").write_bytes(broken)
            said = opened(scratch)
            if said:
                found.counts["refused"] += 1
                if not all(words in said for words in (*TOLD, "--without-damaged-log")):
                    found.failures.append(f"{number}, log {what}: it says {said!r}")
                if (scratch / f"{NAME}-wal").read_bytes() != broken:
                    found.failures.append(f"{number}, log {what}: refused, and changed nevertheless")
            elif (there := rows(scratch / NAME)) == moments[-1]:
                found.counts["used, every row as it was"] += 1
            elif there in moments and log.startswith(_whole_frames(broken)):
                # As a kill leaves it that came sooner, in the middle of a frame or behind one.
                found.counts["used, as it was before what was cut off"] += 1
            else:
                found.failures.append(f"{number}, log {what}: used as it never was, or was before")
            shutil.rmtree(scratch)
    shutil.rmtree(left)
    return found


def _whole_frames(log: bytes) -> bytes:
    """The log without the frame that is not there to its end."""
    return log[: LOG_HEAD + max(0, len(log) - LOG_HEAD) // LOG_FRAME * LOG_FRAME]
