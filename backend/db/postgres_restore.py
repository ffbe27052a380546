"""Put the database of a backup in the place of a present PostgreSQL one, whose tables stay in a schema beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.core.model.backups import BackupManifest
from backend.core.model.instants import iso_ms
from backend.db.backup_archive import MEMBERS, check, take_out
from backend.db.engine import make_engine
from backend.db.lease import LEASE_NAME
from backend.db.postgres_copy import run_tool
from backend.db.restored import Before, Restored, refuse_newer, settle
from backend.db.work_models import events, lease

KEPT: Final = "before_restore"


class PostgresRestore:
    """Restores into one database; needs the program pg_restore.

    `now_ms`: this machine's clock; `is_gone(owner)`: whether a collector is known to have died.
    """

    def __init__(self, url: str, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> None:
        self._url = url
        self._now_ms = now_ms
        self._is_gone = is_gone

    def restore(self, file: Path, force: bool) -> Restored:
        """Check a backup, lay the present tables aside, and read the backup in their place.

        Args:
            force: also while the program runs; its collector loses its lease.

        Raises:
            BackupRefusedError: the file is no usable backup, or the program runs. Nothing was changed.
            BackupFailedError: it could not be read in; the tables that were there are in their place again.
        """
        engine = make_engine(self._url)
        try:
            manifest = check(file)
            if manifest.database != "postgresql":
                raise BackupRefusedError(f"{file.name} is of SQLite, and this installation has PostgreSQL")
            refuse_newer(manifest.schema)
            before = self._look(engine, force)
            with tempfile.TemporaryDirectory(prefix="portfolio-restore-") as place:
                dump = Path(place) / MEMBERS["postgresql"]
                take_out(file, manifest, dump)
                kept = self._lay_aside(engine)
                try:
                    stopped, schema = self._read_in(engine, dump, manifest, before, file.name)
                except BaseException:
                    self._put_back(engine, kept)
                    raise
            return Restored(manifest.made_ms, kept, stopped, schema)
        except OSError as error:
            raise BackupFailedError(f"Nothing was restored: {error.strerror or error}") from error
        except DBAPIError as error:
            raise BackupFailedError("Nothing was restored: the database cannot be used now") from error
        finally:
            engine.dispose()

    def _look(self, engine: Engine, force: bool) -> Before:
        with engine.connect() as connection:
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

    def _lay_aside(self, engine: Engine) -> str:
        """Rename the schema with all that is in it; returns its new name."""
        with engine.begin() as connection:
            known = set(inspect(connection).get_schema_names())
            name, number = KEPT, 2
            while name in known:
                name, number = f"{KEPT}_{number}", number + 1
            _rename(connection, "public", name)
            connection.execute(text("CREATE SCHEMA public"))
        return name

    def _read_in(
        self, engine: Engine, dump: Path, manifest: BackupManifest, before: Before, name: str
    ) -> tuple[int, str]:
        # The dump makes the schema itself.
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public"))
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        run_tool(engine.url, ["pg_restore", *options], [str(dump)])
        with engine.connect() as connection:
            found = {
                table: int(connection.execute(text(f'SELECT count(*) FROM public."{table}"')).scalar_one())
                for table in inspect(connection).get_table_names("public")
            }
        if found != dict(manifest.rows):
            raise BackupRefusedError("The database in the backup has not the rows that it says. Nothing was changed")
        details = {"made_at": iso_ms(manifest.made_ms), "schema": manifest.schema, "sha256": manifest.sha256}
        return settle(engine, self._now_ms, before, name, details)

    def _put_back(self, engine: Engine, kept: str) -> None:
        engine.dispose()
        with suppress(DBAPIError), engine.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
            _rename(connection, kept, "public")


def _rename(connection: Connection, old: str, new: str) -> None:
    connection.execute(text(f'ALTER SCHEMA "{old}" RENAME TO "{new}"'))
