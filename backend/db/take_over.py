"""Every row of a SQLite database into an empty PostgreSQL one, in one transaction, and read back before it counts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError

from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.db.backup_archive import MEMBER
from backend.db.engine import make_engine
from backend.db.lease import LEASE_NAME
from backend.db.migrate import knows, schema_of, upgrade
from backend.db.postgres_fill import fill_postgresql
from backend.db.sqlite_copy import SqliteCopy
from backend.db.work_models import lease
from backend.file_locks import HeldElsewhereError, hold

if TYPE_CHECKING:
    from backend.db.copied_tables import TableCopied

SCRATCH: Final = ".taking-over"


class TakeOver:
    """
    `folder`: where a copy of the whole database lies meanwhile, which a folder in memory may have no room for;
    `now_ms`: this machine's clock; `is_gone(owner)`: whether a collector is known to have died.
    """

    def __init__(self, target: Engine, folder: Path, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> None:
        self._target = target
        self._folder = folder
        self._now_ms = now_ms
        self._is_gone = is_gone

    def take(self, source_url: str, force: bool) -> Sequence[TableCopied]:
        """Copy a database, of whatever schema this version knows; it stays as it is.

        Args:
            force: also while the program runs on the source; what it writes from now on is not in the copy.

        Raises:
            BackupRefusedError: one of the two is no such database, the target is not empty, or the program runs.
            BackupFailedError: a row cannot be read, or did not come out as it went in.
            DatabaseUnavailableError: a database cannot be used now. In each case the target is as empty as before.
        """
        url = make_url(source_url)
        if url.get_backend_name() != "sqlite" or self._target.dialect.name == "sqlite":
            raise BackupRefusedError(
                "Databases are taken over from SQLite to PostgreSQL: DATABASE_URL names the latter"
            )
        if not url.database or not Path(url.database).is_file():
            raise BackupRefusedError(f"There is no database at {url.database}")
        if schema_of(self._target) is not None or inspect(self._target).get_table_names():
            raise BackupRefusedError("The database of DATABASE_URL is not empty: nothing was copied")
        with self._scratch() as place:
            copy = make_engine(f"sqlite:///{(place / MEMBER).as_posix()}", durable=False)
            try:
                self._prepare(source_url, place / MEMBER, copy, force)
                with copy.connect() as old, self._target.execution_options(writing=True).begin() as new:
                    return fill_postgresql(old, new)
            except DataError as error:
                # Not its words: they have the row's.
                raise BackupFailedError("PostgreSQL cannot keep a row of the database: nothing was copied") from error
            except DBAPIError as error:
                raise DatabaseUnavailableError("Nothing was copied: a database cannot be used now") from error
            finally:
                copy.dispose()

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """The folder of the copy, with nothing in it: it goes with the copy, or, where that was killed, at the next.

        Raises:
            BackupRefusedError: another process copies a database there.
            BackupFailedError: there can be none.
        """
        place = self._folder / SCRATCH
        try:
            held = hold(place / "lock")
        except HeldElsewhereError as error:
            raise BackupRefusedError("Another process copies a database already: wait until it is done") from error
        except OSError as error:
            words = f"Nothing was copied: {error.strerror or error} ({error.filename})"
            raise BackupFailedError(words) from error
        with held:
            try:
                for left in place.glob(f"{MEMBER}*"):
                    left.unlink()
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)

    def _prepare(self, source_url: str, target: Path, copy: Engine, force: bool) -> None:
        """A copy of one moment, of the newest schema."""
        source = make_engine(source_url)
        try:
            schema = SqliteCopy(source).take(target).schema
        finally:
            source.dispose()
        if not knows(schema):
            raise BackupRefusedError(f"The database has schema {schema}, which this version does not know: update it")
        upgrade(copy)
        with copy.connect() as connection:
            row = connection.execute(select(lease).where(lease.c.name == LEASE_NAME)).first()
        works = row is not None and row.expires_machine > self._now_ms() and not self._is_gone(row.owner)
        if row is not None and works and not force:
            raise BackupRefusedError(
                f"The program is running ({' '.join(row.owner.split('|')[:2])}): stop it first, or say --force"
            )
