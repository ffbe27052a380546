"""Put the database of a backup in the place of a present PostgreSQL one, whose tables stay in a schema beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DataError, DBAPIError

from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.core.model.instants import iso_ms
from backend.db.backup_archive import MEMBER, check, take_out
from backend.db.backup_shelf import remove_left_behind
from backend.db.engine import make_engine
from backend.db.lease import LEASE_NAME
from backend.db.migrate import upgrade
from backend.db.postgres_fill import fill_postgresql
from backend.db.restored import Before, Restored, refuse_newer, refuse_unsound, settle
from backend.db.transactions import transaction
from backend.db.work_models import events, lease

if TYPE_CHECKING:
    from backend.core.model.backups import BackupManifest

KEPT: Final = "before_restore"
SCRATCH: Final = ".restoring-"


class PostgresRestore:
    """Restores into one database.

    `folder`: where the database of the backup lies meanwhile; `now_ms`: this machine's clock; `is_gone(owner)`: whether
    a collector is known to have died.
    """

    def __init__(self, url: str, folder: Path, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> None:
        self._url = url
        self._folder = folder
        self._now_ms = now_ms
        self._is_gone = is_gone

    def restore(self, file: Path, force: bool) -> Restored:
        """Check a backup, make it ready, and only then let it take the place of the present tables, all in one.

        Args:
            force: also while the program runs; its collector loses its lease.

        Raises:
            BackupRefusedError: the file is no usable backup, or the program runs. Nothing was changed.
            BackupFailedError: it could not be read in. Nothing was changed.
        """
        try:
            manifest = check(file)
            refuse_newer(manifest.schema)
            self._folder.mkdir(parents=True, exist_ok=True)
            remove_left_behind(self._folder, SCRATCH)
            with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=self._folder, ignore_cleanup_errors=True) as place:
                scratch = Path(place) / MEMBER
                take_out(file, manifest, scratch)
                refuse_unsound(scratch, manifest.rows)
                return self._read_in(scratch, manifest, file.name, force)
        except OSError as error:
            raise BackupFailedError(f"Nothing was restored: {error.strerror or error} ({error.filename})") from error
        except DataError as error:
            # Not its words: they have the row's.
            raise BackupFailedError("PostgreSQL cannot keep a row of the backup: nothing was restored") from error
        except DatabaseUnavailableError as error:
            raise BackupFailedError(f"Nothing was restored. {error}") from error
        except DBAPIError as error:
            raise BackupFailedError("Nothing was restored: the database cannot be used now") from error

    def _read_in(self, scratch: Path, manifest: BackupManifest, name: str, force: bool) -> Restored:
        copy = make_engine(f"sqlite:///{scratch.as_posix()}", durable=False)
        engine = make_engine(self._url)
        details = {"made_at": iso_ms(manifest.made_ms), "schema": manifest.schema, "sha256": manifest.sha256}
        try:
            # First: the server ends a writer that says nothing for a while.
            upgrade(copy)
            with transaction(engine.execution_options(writing=True)) as new:
                # Nobody else writes from here on.
                before = self._look(new, force)
                stopped, schema = settle(copy, self._now_ms, before, name, details)
                kept = _lay_aside(new)
                with copy.connect() as old:
                    fill_postgresql(old, new)
            place = None if kept is None else f"the schema {kept}"
            return Restored(manifest.made_ms, place, stopped, schema)
        finally:
            engine.dispose()
            copy.dispose()

    def _look(self, connection: Connection, force: bool) -> Before:
        """
        Raises:
            BackupRefusedError: a collector works on it, and `force` does not say to go on.
        """
        if not inspect(connection).has_table("lease"):
            return Before()
        row = connection.execute(select(lease).where(lease.c.name == LEASE_NAME)).first()
        newest = connection.execute(select(events.c.id).order_by(events.c.id.desc()).limit(1)).scalar() or 0
        works = row is not None and row.expires_machine > self._now_ms() and not self._is_gone(row.owner)
        if row is not None and works and not force:
            raise BackupRefusedError(
                f"The program is running ({' '.join(row.owner.split('|')[:2])}): stop it first, or say --force"
            )
        return Before(newest, 0 if row is None else row.epoch)


def _lay_aside(connection: Connection) -> str | None:
    """Rename the schema with all that is in it; returns its new name, None where there is nothing in it."""
    found = inspect(connection)
    if not found.get_table_names() and not found.get_view_names():
        return None
    known = set(found.get_schema_names())
    name, number = KEPT, 2
    while name in known:
        name, number = f"{KEPT}_{number}", number + 1
    connection.execute(text(f'ALTER SCHEMA public RENAME TO "{name}"'))
    connection.execute(text("CREATE SCHEMA public"))
    return name
