"""The file of an export of all data: a ZIP of every list as CSV and as JSON, and `manifest.json`, which tells of them.

All of it is read in one transaction: sums of one list agree with those of another, whoever writes meanwhile. Rows go
from the database to the file a batch at a time. What is written for a download lies on the disk until it has been
sent, so that neither a slow reader nor one that went away keeps the transaction open.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.exc import DBAPIError

from backend import __version__
from backend.core.errors import BackupFailedError, DatabaseUnavailableError, ExportFailedError, ExportRefusedError
from backend.core.explain.wording import METHOD_VERSIONS
from backend.core.ledger.book_sums import METHODS
from backend.core.model.data_export import ExportFacts
from backend.core.model.instants import iso_ms
from backend.db.backup_shelf import RESERVE_BYTES, free_bytes, sync_folder
from backend.db.export_choices import CHOICES, LEFT_OUT, Choice
from backend.db.export_files import csv_pieces, json_pieces
from backend.db.export_query import batches, columns_of
from backend.db.migrate import newest_schema, schema_of
from backend.db.transactions import transaction

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MAKING: Final = ".export-"
# Text shrinks to a fifth at the first level; the ninth takes ten times as long for a tenth less.
LEVEL: Final = 1
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class ExportSource:
    """Whose rows are exported, and what their figures are in."""

    environment: str
    reporting_currency: str


class Sized(Protocol):
    """Knows how large the database is."""

    def size_bytes(self) -> int: ...


class ListArchive:
    """Writes exports of one environment.

    Args:
        folder: where a download lies until it has been sent.
        database: how large the database is, which no export comes near.
        breathe: called after each batch: other requests of the process get their turn.
        free: bytes free on the disk of a folder.
    """

    def __init__(
        self,
        engine: Engine,
        source: ExportSource,
        folder: Path,
        database: Sized,
        breathe: Callable[[], None],
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        isolated = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._engine = engine.execution_options(**isolated)
        self._source = source
        self._folder = folder
        self._database = database
        self._breathe = breathe
        self._free = free

    def spool(self, made_ms: int) -> tuple[IO[bytes], ExportFacts]:
        with _in_words(self._folder), ExitStack() as undone:
            self._refuse_without_room(self._folder)
            content = undone.enter_context(tempfile.TemporaryFile("w+b", prefix=MAKING, dir=self._folder))
            facts = self._write(content, made_ms)
            content.seek(0)
            undone.pop_all()
        return content, facts

    def save(self, made_ms: int, file: Path) -> ExportFacts:
        self.check(file)
        folder = file.parent
        with _in_words(folder):
            self._refuse_without_room(folder)
            with tempfile.TemporaryDirectory(prefix=MAKING, dir=folder, ignore_cleanup_errors=True) as place:
                making = Path(place) / file.name
                with making.open("xb") as content:
                    making.chmod(0o600)
                    facts = self._write(content, made_ms)
                    content.flush()
                    os.fsync(content.fileno())
                _refuse_to_replace(file)
                os.replace(making, file)
            sync_folder(folder)
        return facts

    def check(self, file: Path) -> None:
        """See that an export can be made in a file; touches nothing.

        Raises:
            ExportRefusedError: there is such a file, no such folder, no database, or one of another version.
        """
        _refuse_to_replace(file)
        if not file.parent.is_dir():
            raise ExportRefusedError(f"There is no folder {file.parent}: make it, or name another place")
        stored = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and not (stored and Path(stored).is_file()):
            raise ExportRefusedError(f"There is no database at {stored} yet: check DATA_DIR and DATABASE_URL")
        schema = self._schema()
        if schema is None:
            raise ExportRefusedError("The database is empty: start the program first")
        if schema != newest_schema():
            raise ExportRefusedError(
                f"The database has schema {schema}, this version writes {newest_schema()}: "
                "bring it there with `python -m backend migrate`, or use the version that made it"
            )

    def _schema(self) -> str | None:
        try:
            return schema_of(self._engine)
        except DBAPIError as error:
            reason = "" if self._engine.dialect.name == "sqlite" else " (check DATABASE_URL, and that the server runs)"
            raise ExportFailedError(f"The database cannot be read{reason}: no export was made") from error

    def _write(self, content: IO[bytes], made_ms: int) -> ExportFacts:
        written: list[dict[str, Any]] = []
        with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive, transaction(self._engine) as reading:
            for choice in CHOICES:
                written.append(self._list(archive, reading, choice))
            _member(archive, MANIFEST, [json.dumps(self._manifest(made_ms, written), indent=1)])
        return ExportFacts(len(written), sum(one["rows"] for one in written), content.tell())

    def _list(self, archive: ZipFile, reading: Connection, choice: Choice) -> dict[str, Any]:
        """Write a list, both ways; returns what the manifest says of it."""
        columns = columns_of(choice)
        found = _Counted(lambda: batches(reading, choice, self._source.environment), self._breathe)
        files = [
            _member(archive, f"csv/{choice.name}.csv", csv_pieces(columns, found)),
            _member(archive, f"json/{choice.name}.json", json_pieces(columns, choice.about, found)),
        ]
        return {
            "name": choice.name,
            "about": choice.about,
            "rows": found.rows,
            "columns": [asdict(column) for column in columns],
            "left_out": dict(choice.without),
            "files": files,
        }

    def _manifest(self, made_ms: int, written: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "program": __version__,
            "schema": newest_schema(),
            "made_at": iso_ms(made_ms),
            "environment": self._source.environment,
            "reporting_currency": self._source.reporting_currency,
            # Figures are as they are kept: none was turned into another currency.
            "display_currency": None,
            "method_versions": dict(METHOD_VERSIONS),
            "cost_methods": [str(method) for method in METHODS],
            "lists": written,
            "left_out": dict(sorted(LEFT_OUT.items())),
        }

    def _refuse_without_room(self, folder: Path) -> None:
        needed, free = self._database.size_bytes() + RESERVE_BYTES, self._free(folder)
        if free < needed:
            raise ExportFailedError(
                f"The disk of {folder} is too full for an export: {needed // 1_000_000} MB are needed, "
                f"{free // 1_000_000} MB are free"
            )


class _Counted:
    """The rows of a list, read anew each time; `rows`: how many there were."""

    def __init__(self, read: Callable[[], Iterator[Sequence[Sequence[Any]]]], breathe: Callable[[], None]) -> None:
        self._read = read
        self._breathe = breathe
        self.rows = 0

    def __iter__(self) -> Iterator[Sequence[Sequence[Any]]]:
        self.rows = 0
        for batch in self._read():
            self.rows += len(batch)
            yield batch
            self._breathe()


def _member(archive: ZipFile, name: str, pieces: Iterable[str]) -> dict[str, Any]:
    """Write a file of the archive; returns its name, size and hash."""
    digest, size = sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            data = piece.encode()
            digest.update(data)
            size += len(data)
            member.write(data)
    return {"name": name, "size_bytes": size, "sha256": digest.hexdigest()}


def _refuse_to_replace(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise ExportRefusedError(f"{file} is there already: name another file, or take it away first")


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except (DatabaseUnavailableError, BackupFailedError) as error:
        raise ExportFailedError(f"{error}: no export was made") from error
    except OSError as error:
        if error.errno in FULL:
            raise ExportFailedError(f"The disk of {folder} is full: no export was made") from error
        raise ExportFailedError(f"No export was made in {folder}: {error.strerror or error}") from error
