"""Checks the chain of the audit trail by itself, and tells the log where it ends: an anchor outside of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.audit_book import AuditBook

log = structlog.get_logger(__name__)

EVERY_S: Final = 3600.0
# A check only reads until it is done: nobody waits for one that is under way.
STOP_S: Final = 0.5


class AuditKeeper:
    """One thread; several processes may have one."""

    def __init__(self, book: AuditBook) -> None:
        """`book`: over a store that stands aside for pages."""
        self._book = book
        self._worker = PeriodicWorker("audit", self.step, EVERY_S)

    def start(self) -> None:
        """Check now, and then every hour."""
        self._worker.start()

    def stop(self) -> bool:
        """Whether it ended in time; a check that is cut off leaves nothing behind."""
        return self._worker.stop(STOP_S)

    def step(self) -> None:
        """Check once."""
        report = self._book.check()
        told = {"rows": report.rows, "anchor": report.head.anchor}
        if report.intact:
            log.info("audit trail checked", **told)
            return
        log.error("audit trail broken", **told, found=report.found, places=report.places)
