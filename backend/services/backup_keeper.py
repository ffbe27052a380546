"""Makes the scheduled backups, beside the collector that leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import DomainError, LeaseLostError
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.backup_book import BackupBook

log = structlog.get_logger(__name__)

LOOK_EVERY_S: Final = 60.0
# A start has more urgent things to do than the first backup of its life.
AFTER_START_MS: Final = 120_000
# What is cut off leaves a folder that the next backup takes away.
STOP_S: Final = 0.5


class BackupKeeper:
    """One thread. `now_ms`: this machine's clock."""

    def __init__(self, book: BackupBook, now_ms: Callable[[], int]) -> None:
        self._book = book
        self._now_ms = now_ms
        self._begun_ms = now_ms()
        self._epoch: int | None = None
        self._worker = PeriodicWorker("backups", self.step, LOOK_EVERY_S)

    def start(self) -> None:
        """Look every minute whether it is time."""
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Say whether backups are ours to make."""
        self._epoch = epoch

    def stop(self) -> bool:
        """Whether it ended in time."""
        return self._worker.stop(STOP_S)

    def step(self) -> None:
        """Make a backup if we lead and it is time for one."""
        epoch = self._epoch
        if epoch is None or self._now_ms() - self._begun_ms < AFTER_START_MS:
            return
        try:
            made = self._book.make_if_due(epoch)
        except LeaseLostError:
            log.info("a backup was left to the collector that leads now")
            return
        except DomainError as error:
            log.error("backup failed", code=error.code, detail=str(error))
            return
        if made is not None:
            log.info("backup made", file=made.name, size_bytes=made.size_bytes, schema=made.manifest.schema)
