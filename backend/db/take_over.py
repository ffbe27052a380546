"""Every row of a SQLite database into an empty PostgreSQL one, in one transaction, and read back before it counts."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError

from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.core.model.amounts import plain
from backend.db.engine import make_engine
from backend.db.lease import LEASE_NAME
from backend.db.migrate import knows, schema_of, upgrade, upgrade_within
from backend.db.models import metadata
from backend.db.sqlite_copy import SqliteCopy
from backend.db.work_models import lease

CHUNK_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class TableTaken:
    """A table that is the same in both databases: rows, and the SHA-256 of all of them by key."""

    name: str
    rows: int
    sha256: str


class TakeOver:
    """`now_ms`: this machine's clock; `is_gone(owner)`: whether a collector is known to have died."""

    def __init__(self, target: Engine, now_ms: Callable[[], int], is_gone: Callable[[str], bool]) -> None:
        self._target = target
        self._now_ms = now_ms
        self._is_gone = is_gone

    def take(self, source_url: str, force: bool) -> Sequence[TableTaken]:
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
        with tempfile.TemporaryDirectory(prefix="portfolio-take-over-") as place:
            copy = make_engine(f"sqlite:///{(Path(place) / 'portfolio.db').as_posix()}", durable=False)
            try:
                self._prepare(source_url, Path(place) / "portfolio.db", copy, force)
                with copy.connect() as old, self._target.execution_options(writing=True).begin() as new:
                    return _copied(old, new)
            except DataError as error:
                # Not its words: they have the row's.
                raise BackupFailedError("PostgreSQL cannot keep a row of the database: nothing was copied") from error
            except DBAPIError as error:
                raise DatabaseUnavailableError("Nothing was copied: a database cannot be used now") from error
            finally:
                copy.dispose()

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


def _copied(old: Connection, new: Connection) -> list[TableTaken]:
    upgrade_within(new)
    tables = metadata.sorted_tables
    for table in tables:
        # What they would count and tell is in rows that are copied, too.
        new.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
    for table in reversed(tables):
        # A migration may have put rows there.
        new.execute(delete(table))
    for table in tables:
        for rows in old.execute(select(table)).mappings().partitions(CHUNK_ROWS):
            new.execute(insert(table), [dict(row) for row in rows])
    taken = [_same(old, new, table) for table in tables]
    for table in tables:
        new.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
        _count_on(old, new, table)
    return taken


def _same(old: Connection, new: Connection, table: Table) -> TableTaken:
    """
    Raises:
        BackupFailedError: what was read back is not what was copied.
    """
    before, after = (_hashed(_rows(connection, table)) for connection in (old, new))
    if before != after:
        raise BackupFailedError(f"Table {table.name} did not come out as it went in: nothing was copied")
    return TableTaken(table.name, *after)


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    for rows in connection.execute(query.execution_options(yield_per=CHUNK_ROWS)).partitions():
        yield from rows


def _hashed(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    count, digest = 0, sha256()
    for row in rows:
        count += 1
        digest.update(json.dumps([_written(one) for one in row]).encode() + b"\n")
    return count, digest.hexdigest()


def _written(value: Any) -> Any:
    """A value as JSON has it; those of different kinds are written differently."""
    match value:
        case Decimal():
            return {"decimal": plain(value)}
        case bytes():
            return {"bytes": value.hex()}
        case float():
            return {"float": value.hex()}
        case _:
            return value


def _count_on(old: Connection, new: Connection, table: Table) -> None:
    """Number new rows behind those that were ever there."""
    number = table.autoincrement_column
    if number is None:
        return
    known = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    told = old.execute(known, {"name": table.name}).scalar() or 0
    last = max(int(told), new.execute(select(number).order_by(number.desc()).limit(1)).scalar() or 0)
    if last > 0:
        counter = text("SELECT setval(pg_get_serial_sequence(:name, :number), :last)")
        new.execute(counter, {"name": f'"{table.name}"', "number": number.name, "last": last})
