"""The part of the composition root that builds backups and exports: what copies the database, where copies lie, what
restores, what writes all lists."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.engine import make_url

from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.core.model.backups import BackupRules, StoredBackup
from backend.core.model.instants import iso_ms
from backend.db.engine import make_engine
from backend.db.log_damage import OTHERWISE, LogDamagedError
from backend.db.migrate import knows, newest_schema, schema_of, upgrade
from backend.db.soundness import damage_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.config import Settings
    from backend.core.backup_book import BackupBook
    from backend.core.data_export import DataExport
    from backend.core.heavy_work import Run
    from backend.core.ports import Store
    from backend.db.backup_shelf import FolderShelf
    from backend.db.export_archive import ListArchive
    from backend.db.postgres_copy import PostgresCopy
    from backend.db.postgres_restore import PostgresRestore
    from backend.db.restored import Restored
    from backend.db.sqlite_copy import SqliteCopy
    from backend.db.sqlite_restore import SqliteRestore
    from backend.db.take_over import TakeOver
    from backend.services.backup_keeper import BackupKeeper

log = structlog.get_logger(__name__)


class BackupParts:
    """Builds each part once, when it is first asked for. `now_ms`: this machine's clock; `run`: where what would hold
    up other requests is computed.
    """

    def __init__(self, settings: Settings, engine: Engine, store: Store, now_ms: Callable[[], int], run: Run) -> None:
        self._settings = settings
        self._engine = engine
        self._store = store
        self._now_ms = now_ms
        self._run = run

    @cached_property
    def book(self) -> BackupBook:
        """What makes and lists backups."""
        from backend.core.backup_book import BackupBook

        settings = self._settings
        rules = BackupRules(settings.backup_interval_s * 1000, settings.backup_keep_days, settings.backup_keep_weeks)
        return BackupBook(self._store, self._shelf, rules, self._now_ms)

    @cached_property
    def data_export(self) -> DataExport:
        """What exports all data."""
        from backend.core.data_export import DataExport

        return DataExport(self._store, self.lists, self._now_ms)

    @cached_property
    def lists(self) -> ListArchive:
        """What writes all lists into a file."""
        from backend.db.export_archive import ExportSource, ListArchive

        settings = self._settings
        source = ExportSource(settings.environment, settings.reporting_currency)
        return ListArchive(self._engine, source, settings.data_dir, self._copy, _breathe)

    def keeper(self) -> BackupKeeper:
        """What makes the scheduled backups, not started yet."""
        from backend.services.backup_keeper import BackupKeeper

        return BackupKeeper(self.book, self._now_ms)

    def upgrade(self, backup: bool) -> None:
        """Bring the database to the newest schema; one that is older is backed up before, if `backup` says so.

        Raises:
            DatabaseUnavailableError: it is damaged, of a newer version, or could not be backed up: nothing was changed.
        """
        try:
            found = damage_of(self._engine)
        except LogDamagedError:
            raise DatabaseUnavailableError(f"{self._damaged('its log cannot be read')}; {OTHERWISE}") from None
        if found:
            self._engine.dispose()
            raise DatabaseUnavailableError(self._damaged(found))
        before = schema_of(self._engine)
        older = before is not None and before != newest_schema() and knows(before)
        made = self._before_upgrade() if backup and older else None
        _, after = upgrade(self._engine)
        if made is not None:
            self.book.record(made)
            log.info("Backup made before the upgrade", file=made.name)
        log.info("Database initialized", schema=after, upgraded_from=before if before != after else None)

    def _before_upgrade(self) -> StoredBackup:
        try:
            return self._shelf.make("before_upgrade")
        except BackupFailedError as error:
            raise DatabaseUnavailableError(
                f"The database has an older schema and was not changed, since no backup could be made before: {error}. "
                "`python -m backend migrate --without-backup` does without"
            ) from error

    def _damaged(self, found: str) -> str:
        stock = self._shelf.stock().backups
        newest = max(stock, key=lambda one: one.manifest.made_ms, default=None)
        words = f"The database file {self._engine.url.database} is damaged ({found}) and is not used"
        if newest is None:
            return f"{words}. There is no backup in {self._settings.backup_dir}: look for a copy elsewhere"
        command = f"python -m backend restore {self._settings.backup_dir / newest.name}"
        return f"{words}. Restore the newest backup, of {iso_ms(newest.manifest.made_ms)}: {command}"

    @cached_property
    def _shelf(self) -> FolderShelf:
        from backend.db.backup_shelf import FolderShelf

        return FolderShelf(self._settings.backup_dir, self._copy, self._now_ms, run=self._run)

    @cached_property
    def _copy(self) -> SqliteCopy | PostgresCopy:
        if self._engine.url.get_backend_name() == "sqlite":
            from backend.db.sqlite_copy import SqliteCopy

            return SqliteCopy(self._engine, self._run)
        from backend.db.postgres_copy import PostgresCopy

        return PostgresCopy(self._engine, self._run, _breathe)


def _breathe() -> None:
    """Whether requests are threads or green ones, sleeping for no time lets another of them go on."""
    time.sleep(0)


def take_over(settings: Settings, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> TakeOver:
    """What copies a SQLite database into the one of the settings."""
    from backend.db.take_over import TakeOver

    return TakeOver(make_engine(settings.database_url), settings.data_dir, now_ms, is_gone)


def restorer(
    settings: Settings, now_ms: Callable[[], int], is_gone: Callable[[str], bool]
) -> SqliteRestore | PostgresRestore:
    """What puts a backup in the place of the database."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        from backend.db.sqlite_restore import SqliteRestore

        return SqliteRestore(Path(url.database or ""), now_ms, is_gone)
    from backend.db.postgres_restore import PostgresRestore

    return PostgresRestore(settings.database_url, settings.data_dir, now_ms, is_gone)


def without_damaged_log(
    settings: Settings, now_ms: Callable[[], int], is_gone: Callable[[str], bool], force: bool
) -> Restored:
    """Go on with what can be read of a database whose log is damaged.

    Raises:
        BackupRefusedError, BackupFailedError: as `SqliteRestore.without_damaged_log`, or it is PostgreSQL.
    """
    from backend.db.sqlite_restore import SqliteRestore

    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise BackupRefusedError("PostgreSQL looks after its log by itself: nothing was changed")
    return SqliteRestore(Path(url.database or ""), now_ms, is_gone).without_damaged_log(force)
