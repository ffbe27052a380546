"""DataExport: everything that the program knows, as one file that any program opens."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol

from backend.core.errors import DatabaseUnavailableError, ExportRefusedError
from backend.core.model.data_export import ExportFacts, TakenExport, export_name

if TYPE_CHECKING:
    from backend.core.ports import Store

ACTION: Final = "export.all"


class ExportArchive(Protocol):
    """Writes all lists of one environment into a ZIP."""

    def spool(self, made_ms: int) -> tuple[IO[bytes], ExportFacts]:
        """Into a file without a name, beside the database; it stands at its beginning.

        Raises:
            ExportFailedError: there is no room for it, or the database cannot be read.
        """

    def save(self, made_ms: int, file: Path) -> ExportFacts:
        """Into a file, which has its name when it is whole.

        Raises:
            ExportRefusedError: there is such a file, no such folder, or no database.
            ExportFailedError: as `spool`.
        """


class DataExport:
    """Exports of one environment, one at a time. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, archive: ExportArchive, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._archive = archive
        self._now_ms = now_ms
        self._making = threading.Lock()

    def take(self) -> TakenExport:
        """Make one to be handed over; the act is written down before its first byte leaves.

        Raises:
            ExportRefusedError: one is being made.
            ExportFailedError: none was made.
        """
        with self._alone():
            made_ms = self._now_ms()
            content, facts = self._archive.spool(made_ms)
        try:
            taken = TakenExport(export_name(made_ms), content, facts)
            self._record(taken.name, facts)
        except BaseException:
            content.close()
            raise
        return taken

    def save(self, file: Path) -> ExportFacts:
        """Make one in a file.

        Raises:
            ExportRefusedError: one is being made, there is such a file, or no such folder.
            ExportFailedError: none was made.
        """
        with self._alone():
            facts = self._archive.save(self._now_ms(), file)
        self._record(file.name, facts)
        return facts

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._making.acquire(blocking=False):
            raise ExportRefusedError("An export is being made: wait until it is done")
        try:
            yield
        finally:
            self._making.release()

    def _record(self, name: str, facts: ExportFacts) -> None:
        details = {"lists": facts.lists, "rows": facts.rows, "size_bytes": facts.size_bytes}
        # Whose database cannot be written any more needs to take the data out of it most.
        with contextlib.suppress(DatabaseUnavailableError), self._store.write() as unit:
            unit.audit.record(ACTION, subject=name, details=details)
