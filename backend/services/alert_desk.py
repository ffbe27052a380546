"""AlertDesk: the collector's thread for alerts. It takes up what others told of and sends what waits."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import LeaseLostError
from backend.core.model.alerts import NO_ACCOUNT
from backend.services.job_run import JobRun
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.jobs import Job
    from backend.core.ports import Store
    from backend.services.alert_keeper import AlertKeeper
    from backend.services.alert_sender import AlertSender
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

LOOK_EVERY_S: Final = 1.0
STOP_S: Final = 1.5


class AlertDesk:
    """Works only under the lease. A place that answers slowly holds up other messages, and nothing else."""

    def __init__(self, store: Store, keeper: AlertKeeper, sender: AlertSender) -> None:
        self._store = store
        self._keeper = keeper
        self._sender = sender
        self._epoch: int | None = None
        self._stopping = threading.Event()
        self._jobs: list[tuple[Job, int]] = []
        self._lock = threading.Lock()
        self._worker = PeriodicWorker("alerts", self.step, LOOK_EVERY_S)

    def start(self) -> None:
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Work under this lease; None: another collector does."""
        self._epoch = epoch

    def stop(self) -> bool:
        """Begin no other message; returns whether the one under way ended in time."""
        self._stopping.set()
        return self._worker.stop(STOP_S)

    def begin(self, job: Job, epoch: int) -> None:
        """Send the test message that a job asks for, after the one under way."""
        with self._lock:
            self._jobs.append((job, epoch))
        self._worker.wake()

    def refreshed(self, session: Session, epoch: int) -> None:
        """Judge an account that was just read."""
        self._keeper.refreshed(session, epoch)

    def failed(self, account: Account, epoch: int) -> None:
        """Judge an account that could not be read."""
        self._keeper.failed(account, epoch)

    def tidy(self, epoch: int) -> None:
        """Once an hour, before old events are forgotten."""
        self._keeper.tidy(epoch)

    def step(self) -> None:
        """Do what there is to do now."""
        epoch = self._epoch
        if epoch is None or self._stopping.is_set():
            return
        try:
            self._do_jobs()
            self._keeper.take(epoch)
            self._sender.send_due(epoch, lambda: self._epoch == epoch and not self._stopping.is_set())
        except LeaseLostError:
            log.info("alerts left to another collector")

    def _do_jobs(self) -> None:
        with self._lock:
            jobs, self._jobs = self._jobs, []
        for job, epoch in jobs:
            outcome = JobRun(job, self._store, epoch)
            outcome.expect([NO_ACCOUNT])
            outcome.part(partial(self._sender.test, job.payload["channel"]))
