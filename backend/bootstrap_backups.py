"""The part of the composition root that builds backups: what copies the database, where copies lie, what restores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from backend.config import Settings
from backend.core.backup_book import BackupBook
from backend.core.backup_ports import BackupShelf
from backend.core.errors import BackupFailedError, DatabaseUnavailableError
from backend.core.model.backups import BackupRules, StoredBackup
from backend.core.ports import Store
from backend.db.backup_shelf import FolderShelf
from backend.db.migrate import knows, newest_schema, schema_of, upgrade
from backend.db.postgres_copy import PostgresCopy
from backend.db.postgres_restore import PostgresRestore
from backend.db.sqlite_copy import SqliteCopy
from backend.db.sqlite_restore import SqliteRestore


def backup_shelf(settings: Settings, engine: Engine, now_ms: Callable[[], int]) -> FolderShelf:
    """Where backups of the database lie."""
    sqlite = engine.url.get_backend_name() == "sqlite"
    return FolderShelf(settings.backup_dir, SqliteCopy(engine) if sqlite else PostgresCopy(engine), now_ms)


def backup_book(store: Store, shelf: BackupShelf, settings: Settings, now_ms: Callable[[], int]) -> BackupBook:
    """What makes and lists backups."""
    rules = BackupRules(settings.backup_interval_s * 1000, settings.backup_keep_days, settings.backup_keep_weeks)
    return BackupBook(store, shelf, rules, now_ms)


def restorer(
    settings: Settings, now_ms: Callable[[], int], is_gone: Callable[[str], bool]
) -> SqliteRestore | PostgresRestore:
    """What puts a backup in the place of the database."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return SqliteRestore(Path(url.database or ""), now_ms, is_gone)
    return PostgresRestore(settings.database_url, now_ms, is_gone)


def upgrade_behind_backup(
    engine: Engine, shelf: BackupShelf, backup: bool
) -> tuple[str | None, str, StoredBackup | None]:
    """Bring the database to the newest schema; one that is older is backed up before.

    Returns:
        The revision before and after, and the backup.

    Raises:
        DatabaseUnavailableError: it was made by a newer version, or no backup could be made: nothing was changed.
    """
    before, made = schema_of(engine), None
    if backup and before is not None and before != newest_schema() and knows(before):
        try:
            made = shelf.make("before_upgrade")
        except BackupFailedError as error:
            raise DatabaseUnavailableError(
                f"The database has an older schema and was not changed, since no backup could be made before: {error}. "
                "`python -m backend migrate --without-backup` does without"
            ) from error
    return *upgrade(engine), made
