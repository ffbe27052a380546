"""Backups under a hundred writes a second: each is one moment and restores to the same rows; damage is refused."""

from __future__ import annotations

import logging
import random
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import click
import structlog
from sqlalchemy import Engine

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.db.backup_archive import check
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.sqlite_copy import SqliteCopy
from backend.db.sqlite_restore import SqliteRestore
from backend.db.unit_of_work import SqlStore
from backend.tests.backup_damage import damaged
from backend.tests.histories.judge import empty_database, played
from backend.tests.histories.maker import made
from backend.tests.integration.db.backup_files import NOW_MS, files, inside, no_file_over, query
from backend.verify.run import verify
from soak.harness import Run, Tally, go, report

BACKUPS: Final = 100
# So many backups of one history.
A_HISTORY: Final = 25
WRITES_A_SECOND: Final = 100
CORRUPTIONS: Final = 2
# What the writer, or a restore itself, changes; every other table must come back row by row.
CHANGED: Final = frozenset({"settings", "events", "audit", "audit_head", "lease", "sqlite_sequence"})


@click.command("backups")
@click.option("--count", default=BACKUPS, show_default=True, help="How many backups.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Backups under writes: all open, equal one moment and restore to the same figures; damage is refused."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("backups", seed, count, slice_size=A_HISTORY)
    context.exit(report(run, go(run, some)))


class Writer:
    """Writes two rows of a transaction, always the same, so many times a second."""

    def __init__(self, engine: Engine) -> None:
        self.written = 0
        self._store = SqlStore(engine, lambda: NOW_MS)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Write inside the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(1 / WRITES_A_SECOND):
            number = self.written + 1
            with self._store.write() as unit:
                unit.settings.set("one", str(number))
                unit.events.emit("balances", None, {"n": number})
                unit.settings.set("other", str(number))
            self.written = number


def some(dice: random.Random, cases: int) -> Tally:
    """One history, and so many backups of it while it is written to."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-backups-") as place:
        folder = Path(place)
        name = f"soak {dice.randrange(10**9)}"
        script = made(name, folder, held_positions=dice.random() < 0.5)
        with played(script, folder / "played", empty_database(folder)):
            source = folder / "played" / "portfolio.db"
            before = rows(source)
            engine = make_engine(f"sqlite:///{source}")
            shelf = FolderShelf(folder / "backups", SqliteCopy(engine), lambda: NOW_MS)
            writer = Writer(engine)
            with writer.working():
                for number in range(cases):
                    begun = writer.written
                    stored = shelf.make("manual")
                    file = shelf.folder / stored.name
                    _one(tally, dice, folder / str(number), file, before, (begun, writer.written + 1))
                    file.unlink()
                    shutil.rmtree(folder / str(number))
            tally.counts["writes meanwhile"] += writer.written
            # Without the writer: the limit is one of the whole process.
            for _ in range(cases):
                _full_disk(tally, shelf, dice.randrange(stored.manifest.size_bytes))
            engine.dispose()
    return tally


def _one(
    tally: Tally, dice: random.Random, folder: Path, file: Path, before: dict[str, list[Any]], moment: tuple[int, int]
) -> None:
    """Hold one backup against the moment it is of, restore it, and damage it."""
    tally.counts["backups"] += 1
    check(file)
    kept = dict(query(inside(file, folder / "out"), "SELECT name, content FROM settings"))
    one = int(kept.get("one", 0))
    if kept.get("one") != kept.get("other") or not moment[0] <= one <= moment[1]:
        tally.failures.append(f"{file.name}: {kept} is no moment of {moment}")
    database = folder / "restored" / "portfolio.db"
    restore = SqliteRestore(database, lambda: NOW_MS, lambda owner: True)
    restore.restore(file, force=False)
    different = [name for name, found in rows(database).items() if found != before.get(name)]
    if different:
        tally.failures.append(f"{file.name}: restored with other rows in {different}")
    engine = make_engine(f"sqlite:///{database}")
    found = verify(SqlStore(engine, lambda: NOW_MS), "simulator", "USDT", None, lambda _line: None)
    tally.counts["figures compared"] += sum(found.compared.values())
    if found.found:
        tally.failures.append(f"{file.name}: {found.differences[:3]}")
    engine.dispose()
    whole = file.read_bytes()
    standing = files(database.parent)
    for _ in range(CORRUPTIONS):
        what, content = damaged(whole, dice)
        broken = folder / "broken.zip"
        broken.write_bytes(content)
        tally.counts["corruptions"] += 1
        try:
            restore.restore(broken, force=True)
            tally.failures.append(f"{file.name}, {what}: restored")
        except BackupRefusedError:
            tally.counts["corruptions refused"] += 1
        if files(database.parent) != standing:
            tally.failures.append(f"{file.name}, {what}: something was changed")


def _full_disk(tally: Tally, shelf: FolderShelf, size: int) -> None:
    """Let the disk be full at some byte of the copy."""
    earlier = sorted(one.name for one in shelf.folder.iterdir())
    tally.counts["full disks"] += 1
    try:
        with no_file_over(size):
            shelf.make("manual")
        tally.failures.append(f"disk full at {size}: a backup was made")
    except BackupFailedError:
        tally.counts["full disks told"] += 1
    if sorted(one.name for one in shelf.folder.iterdir()) != earlier:
        tally.failures.append(f"disk full at {size}: something was left behind")


def rows(database: Path) -> dict[str, list[Any]]:
    """Every row of every table that nobody writes to meanwhile."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in CHANGED
        }
