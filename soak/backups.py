"""Backups under a hundred writes a second: each is one moment and restores to the same rows; damage is refused.

On PostgreSQL each is put back on one of the two engines, by the dice.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
import structlog
from sqlalchemy import Engine, inspect, select

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.db.all_tables import metadata
from backend.db.backup_archive import check
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.unit_of_work import SqlStore
from backend.tests.backup_damage import damaged
from backend.tests.database_places import drop_below, stored_bytes, url_of
from backend.tests.histories.judge import empty_database, played
from backend.tests.histories.maker import made
from backend.tests.integration.db.backup_files import NOW_MS, files, inside, no_file_over, query
from backend.tests.on_postgresql.drill import empty_place, shelf_of
from backend.tests.postgresql import GIVEN, RUN, running_server
from backend.verify.run import verify
from soak.harness import Run, Tally, go, report

BACKUPS: Final = 100
# So many backups of one history.
A_HISTORY: Final = 25
WRITES_A_SECOND: Final = 100
CORRUPTIONS: Final = 2
# What the writer, or a restore itself, changes; every other table must come back row by row.
CHANGED: Final = frozenset({"settings", "events", "audit", "audit_head", "lease"})
SQLITE, POSTGRESQL = ENGINES = ("sqlite", "postgresql")


@click.command("backups")
@click.option("--count", default=BACKUPS, show_default=True, help="How many backups.")
@click.option("--seed", default=1, show_default=True)
@click.option("--engine", type=click.Choice(ENGINES), default=SQLITE, show_default=True, help="What is backed up.")
@click.pass_context
def command(context: click.Context, count: int, seed: int, engine: str) -> None:
    """Backups under writes: all open, equal one moment and restore to the same figures; damage is refused."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("backups" if engine == SQLITE else f"backups-{engine}", seed, count, slice_size=A_HISTORY)
    with _databases_on(engine):
        tally = go(run, some)
    context.exit(report(run, tally))


@contextmanager
def _databases_on(engine: str) -> Iterator[None]:
    """Let every database of the tests' parts be on an engine."""
    if engine == SQLITE:
        yield
        return
    os.environ[RUN] = str(os.getpid())
    with running_server() as server:
        os.environ[GIVEN] = server.address.render_as_string(hide_password=False)
        yield
        del os.environ[GIVEN]


class Writer:
    """Writes two rows of a transaction, always the same, so many times a second."""

    def __init__(self, engine: Engine) -> None:
        self.written = 0
        self.lasted_s = 0.0
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
        begun_s = time.monotonic()
        # By when each is due, and not so long after the one before, which takes its time too.
        while not self._stop.wait(max(begun_s + self.written / WRITES_A_SECOND - time.monotonic(), 0.0)):
            number = self.written + 1
            with self._store.write() as unit:
                unit.settings.set("one", str(number))
                unit.events.emit("balances", None, {"n": number})
                unit.settings.set("other", str(number))
            self.written = number
        self.lasted_s = time.monotonic() - begun_s


def some(dice: random.Random, cases: int) -> Tally:
    """One history, and so many backups of it while it is written to."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-backups-") as place:
        folder = Path(place)
        name = f"soak {dice.randrange(10**9)}"
        script = made(name, folder, held_positions=dice.random() < 0.5)
        with played(script, folder / "played", empty_database(folder)):
            engine = make_engine(url_of(folder / "played" / "portfolio.db"))
            before = rows(engine)
            shelf = shelf_of(engine, folder)
            writer = Writer(engine)
            with writer.working():
                for number in range(cases):
                    begun = writer.written
                    stored = shelf.make("manual")
                    file = shelf.folder / stored.name
                    back_on = dice.choice(ENGINES) if engine.dialect.name == POSTGRESQL else SQLITE
                    restored = folder / str(number)
                    _one(tally, dice, restored, file, before, (begun, writer.written + 1), back_on)
                    file.unlink()
                    drop_below(restored)
                    shutil.rmtree(restored)
            tally.counts["writes meanwhile"] += writer.written
            tally.counts["seconds of writing"] += round(writer.lasted_s)
            # Without the writer: the limit is one of the whole process.
            for _ in range(cases):
                _full_disk(tally, shelf, dice.randrange(stored.manifest.size_bytes))
            engine.dispose()
        drop_below(folder)
    return tally


def _one(
    tally: Tally,
    dice: random.Random,
    folder: Path,
    file: Path,
    before: dict[str, list[Any]],
    moment: tuple[int, int],
    back_on: str,
) -> None:
    """Hold one backup against the moment it is of, restore it, and damage it."""
    tally.counts["backups"] += 1
    check(file)
    kept = dict(query(inside(file, folder / "out"), "SELECT name, content FROM settings"))
    one = int(kept.get("one", 0))
    if kept.get("one") != kept.get("other") or not moment[0] <= one <= moment[1]:
        tally.failures.append(f"{file.name}: {kept} is no moment of {moment}")
    url, restore = empty_place(back_on, folder)
    restore.restore(file, force=False)
    tally.counts[f"restored on {back_on}"] += 1
    engine = make_engine(url)
    different = [name for name, found in rows(engine).items() if found != before.get(name)]
    if different:
        tally.failures.append(f"{file.name}: restored with other rows in {different}")
    found = verify(SqlStore(engine, lambda: NOW_MS), "simulator", "USDT", None, lambda _line: None)
    tally.counts["figures compared"] += sum(found.compared.values())
    if found.found:
        tally.failures.append(f"{file.name}: {found.differences[:3]}")
    whole = file.read_bytes()
    standing = _standing(engine, folder)
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
        if _standing(engine, folder) != standing:
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


def _standing(engine: Engine, folder: Path) -> tuple[object, ...]:
    """All that is there: files, or rows and schemas of the server."""
    engine.dispose()
    if engine.dialect.name == SQLITE:
        return (files(folder / "restored"),)
    with engine.connect() as connection:
        schemas = inspect(connection).get_schema_names()
    engine.dispose()
    return stored_bytes(folder / "restored" / "portfolio.db"), schemas, files(folder / "restored")


def rows(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table that nobody writes to meanwhile."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in CHANGED
        }
