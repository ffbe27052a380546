"""Logs of SQLite as kills and failing disks leave them: of some rounds, with commits and with what was given up.

What judges reads the files by SQLite alone.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from backend.db.engine import sqlite_module
from backend.db.log_damage import FRAME, HEADER, SUFFIX, log_is_damaged

NAME: Final = "portfolio.db"
PAGE: Final = 4096
STEP: Final = FRAME.size + PAGE


class LogWriter:
    """Writes rows into a database whose log is taken in by hand; what it has written of the log at each moment."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.database = folder / NAME
        self._dice = dice
        self._connection = sqlite_module().connect(self.database, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA wal_autocheckpoint = 0",
            "PRAGMA cache_size = 5",  # what is larger is written before it is committed
            "CREATE TABLE IF NOT EXISTS told (id INTEGER PRIMARY KEY, words BLOB)",
        ):
            self._connection.execute(statement)

    @property
    def log(self) -> bytes:
        return self.database.with_name(NAME + SUFFIX).read_bytes()

    def commit(self, rows: int = 1) -> None:
        self._write(rows, "COMMIT")

    def give_up(self, rows: int) -> None:
        self._write(rows, "ROLLBACK")

    def begin_anew(self) -> None:
        """Take all of the log into the database, so that it begins anew in the same file."""
        assert self._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0] == 0

    def close(self) -> None:
        self._connection.close()

    def _write(self, rows: int, end: str) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for _ in range(rows):
            words = self._dice.randbytes(self._dice.randrange(10, 6_000))
            self._connection.execute("INSERT INTO told (words) VALUES (?)", (words,))
        self._connection.execute(end)


def left_by(writer: LogWriter, log: bytes, folder: Path) -> Path:
    """The files of a program that is gone, with a log of one's own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(writer.database, folder / NAME)
    (folder / (NAME + SUFFIX)).write_bytes(log)
    return folder / NAME


def rows_of(database: Path) -> list[Any]:
    with closing(sqlite_module().connect(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
            return []
        found: list[Any] = connection.execute("SELECT id, words FROM told").fetchall()
        return found


def frames(log: bytes, of_this_round: bool = False) -> list[int]:
    """Where frames begin."""
    found = range(HEADER.size, len(log), STEP)
    return [at for at in found if not of_this_round or log[at + 8 : at + 16] == log[16:24]]


def commits(log: bytes, at: int) -> bool:
    return bool(FRAME.unpack_from(log, at)[1])


def flipped(log: bytes, at: int, dice: random.Random) -> bytes:
    return log[:at] + bytes([log[at] ^ 1 << dice.randrange(8)]) + log[at + 1 :]


@dataclass
class Logs:
    """Counts by what came of it, and a sentence for each log that was taken for what it is not."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def logs_judged(scratch: Path, dice: random.Random, cases: int) -> Logs:
    """So many kills and so many turned bits, of one log in a folder that is empty."""
    found, live, left = Logs(), scratch / "live", scratch / "left"
    live.mkdir()
    writer, before = LogWriter(live, dice), b""
    for round_ in range(dice.randrange(1, 4)):
        if round_:
            before = writer.log
            writer.begin_anew()
        for _ in range(dice.randrange(1, 6)):
            writer.commit(dice.randrange(1, 25))
            if dice.random() < 0.5:
                writer.give_up(dice.randrange(1, 60))
    log, wanted = writer.log, rows_of(writer.database)
    for _ in range(cases):
        stopped = _moment(log, dice)
        if log_is_damaged(left_by(writer, log[:stopped] + before[stopped:], left)):
            found.failures.append(f"killed at byte {stopped} of {len(log)}: taken for damaged")
        found.counts["killed: whole"] += 1
    last = max(at for at in frames(log, of_this_round=True) if commits(log, at))
    for _ in range(cases):
        at = dice.randrange(len(log))
        database = left_by(writer, flipped(log, at, dice), left)
        refused = log_is_damaged(database)
        if rows_of(database) == wanted:
            found.counts["a bit turned: refused, nothing lost" if refused else "a bit turned: nothing lost"] += 1
        elif refused:
            found.counts["a bit turned: refused"] += 1
        elif last <= at < last + STEP and (before or last + STEP < len(log)):
            # As a kill leaves it that came before this last page.
            found.counts["a bit of the last frame turned: not found"] += 1
        else:
            found.failures.append(f"bit of byte {at} of {len(log)}: commits are lost")
    writer.close()
    return found


def _moment(log: bytes, dice: random.Random) -> int:
    """Where a kill may stop what is written in order: the head of a log or a frame at once, a page bit by bit."""
    frame = HEADER.size + dice.randrange((len(log) - HEADER.size) // STEP + 1) * STEP
    return frame + dice.choice((0, FRAME.size, FRAME.size + dice.randrange(1, PAGE)))
