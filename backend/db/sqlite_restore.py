"""Put the database of a backup in the place of the present one, which stays beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.core.model.instants import iso_ms
from backend.db.backup_archive import check, take_out
from backend.db.backup_shelf import free_bytes, sync_folder
from backend.db.engine import make_engine, sqlite_module
from backend.db.lease import LEASE_NAME
from backend.db.log_damage import SUFFIX as LOG
from backend.db.log_damage import log_is_damaged
from backend.db.restored import Before, Restored, refuse_newer, refuse_unsound, settle
from backend.db.sqlite_copy import COMPANIONS, sound

KEPT: Final = ".before-restore"
SCRATCH: Final = ".restoring"
# What SQLite says of a file that holds no database of this program, or no whole one.
DAMAGED: Final = ("malformed", "not a database", "no such table")
HEADER: Final = b"SQLite format 3\x00"
# What is not replaced yet needs so much beside the database that comes.
RESERVE_BYTES: Final = 16 * 1024 * 1024
# More events and leases than any log holds.
LOST_AT_MOST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class _Present:
    """The database that is there: which machine and process work on it (None: none), and whether one has it open."""

    before: Before
    worker: str | None
    is_open: bool


class SqliteRestore:
    """Restores into one file.

    `now_ms`: this machine's clock; `is_gone(owner)`: whether a collector is known to have died.
    """

    def __init__(self, database: Path, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._is_gone = is_gone

    def restore(self, file: Path, force: bool) -> Restored:
        """Check a backup, make it ready beside the database, and only then exchange the two.

        Args:
            force: also while the program runs; it goes on with the replaced database until it is started anew.

        Raises:
            BackupRefusedError: the file is no usable backup, or the program runs. Nothing was changed.
            BackupFailedError: there is no room, or the folder cannot be written. Nothing was changed.
        """
        with self._scratch() as scratch:
            manifest = check(file)
            refuse_newer(manifest.schema)
            before = self._look(force)
            self._refuse_without_room(manifest.size_bytes)
            take_out(file, manifest, scratch)
            refuse_unsound(scratch, manifest.rows)
            details = {"made_at": iso_ms(manifest.made_ms), "schema": manifest.schema, "sha256": manifest.sha256}
            return self._settled(scratch, manifest.made_ms, before, file.name, details)

    def without_damaged_log(self, force: bool) -> Restored:
        """Let what can be read of a database whose log is damaged take its place; the two are kept as they are.

        What was written last is not known any more, as after a restore, so nothing that was under way goes on.

        Raises:
            BackupRefusedError: the log is whole, more than the log is damaged, or the program runs.
            BackupFailedError: there is no room, or the folder cannot be written. Nothing was changed.
        """
        if not log_is_damaged(self._database):
            raise BackupRefusedError(f"The log of {self._database} is whole, or there is none: nothing was changed")
        with self._scratch() as scratch:
            before = self._look_without_touching(force)
            log = self._beside(LOG)
            self._refuse_without_room(self._database.stat().st_size + log.stat().st_size)
            shutil.copyfile(self._database, scratch)
            shutil.copyfile(log, scratch.with_name(f"{scratch.name}{LOG}"))
            with self._nothing_else_damaged():
                _alone(scratch)
                with closing(sqlite_module().connect(scratch, isolation_level=None)) as connection:
                    sound(connection)
            return self._settled(scratch, None, before, self._database.name, {"log": "damaged"})

    @contextmanager
    def _nothing_else_damaged(self) -> Iterator[None]:
        try:
            yield
        except (sqlite_module().Error, BackupFailedError) as error:
            raise BackupRefusedError(
                f"More of {self._database} is damaged than its log ({error}): restore a backup. Nothing was changed"
            ) from error

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """Where the database that comes is made ready; whatever fails leaves nothing of it."""
        scratch = self._beside(SCRATCH)
        try:
            _remove(scratch)
            yield scratch
        except OSError as error:
            raise BackupFailedError(f"Nothing was restored: {error.strerror or error} ({error.filename})") from error
        except (sqlite_module().Error, DBAPIError, DatabaseUnavailableError) as error:
            raise BackupFailedError(
                "Nothing was restored: the database could not be written beside the old one"
            ) from error
        finally:
            with suppress(OSError):
                _remove(scratch)

    def _settled(
        self, scratch: Path, made_ms: int | None, before: Before, subject: str, details: Mapping[str, object]
    ) -> Restored:
        engine = make_engine(f"sqlite:///{scratch.as_posix()}")
        try:
            stopped, schema = settle(engine, self._now_ms, before, subject, details)
        finally:
            engine.dispose()
        _alone(scratch)
        return Restored(made_ms, self._exchange(scratch), stopped, schema)

    def _look(self, force: bool) -> Before:
        """What the present database says; nothing is known of a damaged one.

        Raises:
            BackupRefusedError: it is in use, or nobody can say, and `force` does not say to go on.
        """
        lost = log_is_damaged(self._database)
        present = self._present(force)
        if not force:
            _refuse_while_running(present.worker)
        if present.is_open and not force:
            raise BackupRefusedError(
                f"Another program has {self._database} open: stop it first, or say --force and start it anew afterwards"
            )
        return _and_lost(present.before) if lost else present.before

    def _look_without_touching(self, force: bool) -> Before:
        """The same of a database whose log must stay: whoever may only read does not take it in."""
        address = f"{self._database.resolve().as_uri()}?mode=ro"
        with (
            self._nothing_else_damaged(),
            closing(sqlite_module().connect(address, uri=True, timeout=1, isolation_level=None)) as connection,
        ):
            before, worker = self._told(connection)
        if not force:
            _refuse_while_running(worker)
        return _and_lost(before)

    def _present(self, force: bool) -> _Present:
        if not self._database.exists():
            return _Present(Before(), None, False)
        with self._database.open("rb") as file:
            if file.read(len(HEADER)) != HEADER:
                # SQLite would take away what lies beside a file that it cannot read.
                return _Present(Before(), None, False)
        module = sqlite_module()
        before, worker = Before(), None
        try:
            with closing(module.connect(self._database, timeout=1, isolation_level=None)) as connection:
                before, worker = self._told(connection)
                if worker is None:
                    # Takes what waits beside it into the database; that needs to be alone with it.
                    connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except module.Error as error:
            words = str(error).lower()
            if "locked" in words:
                return _Present(before, worker, True)
            if not (force or any(one in words for one in DAMAGED)):
                # Whoever cannot look cannot say that nobody works on it.
                raise BackupRefusedError(
                    f"{self._database} cannot be looked at ({error}): stop the program and say --force. "
                    "Nothing was changed"
                ) from error
        return _Present(before, worker, False)

    def _told(self, connection: Any) -> tuple[Before, str | None]:
        """What it had come to, and which machine and process work on it (None: none)."""
        select = "SELECT owner, epoch, expires_machine FROM lease WHERE name = ?"
        row = connection.execute(select, (LEASE_NAME,)).fetchone()
        newest = connection.execute("SELECT max(id) FROM events").fetchone()[0] or 0
        works = row is not None and row[2] > self._now_ms() and not self._is_gone(row[0])
        before = Before(newest, 0 if row is None else row[1])
        return before, " ".join(row[0].split("|")[:2]) if works else None

    def _refuse_without_room(self, size_bytes: int) -> None:
        folder = self._database.resolve().parent
        folder.mkdir(parents=True, exist_ok=True)
        free = free_bytes(folder)
        if free < size_bytes + RESERVE_BYTES:
            raise BackupFailedError(
                f"The disk of {folder} is too full: {(size_bytes + RESERVE_BYTES) // 1_000_000} MB are needed, "
                f"{free // 1_000_000} MB are free. Nothing was changed"
            )

    def _exchange(self, scratch: Path) -> str | None:
        """Let the new database take the place of the old one: at each moment one whole database is there."""
        kept = self._keep()
        for end in COMPANIONS:
            # Left here they would be read as changes of the new database.
            self._beside(end).unlink(missing_ok=True)
        os.replace(scratch, self._database)
        sync_folder(self._database.resolve().parent)
        return kept

    def _keep(self) -> str | None:
        """Give the old database, and what belongs to it, another name, too."""
        if not self._database.exists():
            return None
        name, number = f"{self._database.name}{KEPT}", 2
        while self._database.with_name(name).exists():
            name, number = f"{self._database.name}{KEPT}-{number}", number + 1
        for end in ("", *COMPANIONS):
            old = self._beside(end)
            if end == "-shm" or not old.exists():
                continue
            new = self._database.with_name(f"{name}{end}")
            try:
                os.link(old, new)
            except OSError:  # a file system without hard links
                os.rename(old, new)
        return name

    def _beside(self, end: str) -> Path:
        return self._database.with_name(f"{self._database.name}{end}")


def _and_lost(before: Before) -> Before:
    """With what the lost writes have told and taken since."""
    return Before(before.event_id + LOST_AT_MOST, before.epoch + LOST_AT_MOST)


def _refuse_while_running(worker: str | None) -> None:
    if worker is not None:
        raise BackupRefusedError(
            f"The program is running ({worker}): stop it first, or say --force and start it anew afterwards"
        )


def _alone(scratch: Path) -> None:
    """Take everything into the one file, and wait until the disk has it."""
    with closing(sqlite_module().connect(scratch, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    with scratch.open("r+b") as file:
        os.fsync(file.fileno())


def _remove(scratch: Path) -> None:
    for end in ("", *COMPANIONS):
        scratch.with_name(f"{scratch.name}{end}").unlink(missing_ok=True)
