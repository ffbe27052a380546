"""A job while it is done: by one account, or by all of them, after which its outcome is told once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog

from backend.core.acting import acting_as
from backend.core.errors import BadInputError, DomainError, ExchangeLimitedError
from backend.core.model.task_log import TaskLine, TaskName

if TYPE_CHECKING:
    from backend.core.model.jobs import Job
    from backend.core.ports import Store, UnitOfWork

log = structlog.get_logger(__name__)
INTERNAL = {"code": "internal-error", "detail": "The job failed; the log says why"}
# What the others do, a refresh, tells the log of itself.
TOLD: Mapping[str, TaskName] = {"connection_test": "connection_test", "demo_action": "demo_action"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part came to: what it found, or why it failed."""

    found: Mapping[str, Any] = field(default_factory=dict)
    failure: Mapping[str, Any] | None = None


class JobRun:
    """Collects what the parts of a job come to. Thread-safe."""

    def __init__(self, job: Job, store: Store, epoch: int) -> None:
        self._job = job
        self._store = store
        self._epoch = epoch
        self._left = 0
        self._account: int | None = None
        self._found: dict[str, Any] = {}
        self._failure: Mapping[str, Any] | None = None
        self._lock = threading.Lock()

    def expect(self, accounts: Sequence[int]) -> None:
        """Say whose parts there are, one an account, before the first one begins."""
        self._left = len(accounts)
        self._account = accounts[0] if len(accounts) == 1 else None

    def part(self, work: Callable[[], Mapping[str, Any]]) -> None:
        """Do one part; with the last one the job is finished: failed where any failed, else with what they found, and
        of instants the latest.
        """
        self.take(self.outcome(work))

    def outcome(self, work: Callable[[], Mapping[str, Any]]) -> Outcome:
        """Do one part for whoever asked for the job; what it comes to is still to be taken."""
        try:
            with acting_as(*self._job.by):
                return Outcome(work())
        except DomainError as error:
            return Outcome(failure=_told(error))
        except Exception as error:  # one bad job must not stop the collector; its text may hold secrets
            log.error("job failed", job=self._job.id, exc_info=error)
            return Outcome(failure=INTERNAL)

    def take(self, outcome: Outcome) -> None:
        """Take in what one part came to."""
        found = outcome.found
        with self._lock:
            self._left -= 1
            self._failure = self._failure or outcome.failure
            if "at_ms" in self._found and "at_ms" in found:
                found = {**found, "at_ms": max(self._found["at_ms"], found["at_ms"])}
            self._found |= found
            last = self._left == 0
        if last:
            self._finish("done" if self._failure is None else "failed", self._failure or self._found)

    def failed(self, error: DomainError) -> None:
        """Finish a job that could not begin."""
        self._finish("failed", _told(error))

    def _finish(self, state: str, result: Mapping[str, Any]) -> None:
        with self._store.write(self._epoch) as unit:
            unit.jobs.finish(self._job.id, state, result)
            task = TOLD.get(self._job.kind)
            if task is not None and self._account is not None:
                self._tell(unit, task, self._account, result)

    def _tell(self, unit: UnitOfWork, task: TaskName, account: int, result: Mapping[str, Any]) -> None:
        code = result.get("code")
        if code is None:
            # What was found, or done to the demo, stands in the answer: it may name an amount.
            unit.task_log.note(TaskLine("run", task, account))
        else:
            unit.task_log.note(TaskLine("warning", task, account, str(code), str(result["detail"])))
        unit.events.emit("sync", account, {"task": task})


def _told(error: DomainError) -> Mapping[str, Any]:
    wait_s = error.retry_after_s if isinstance(error, ExchangeLimitedError) else None
    field = error.field if isinstance(error, BadInputError) else None
    return {"code": error.code, "detail": str(error), "retry_after_s": wait_s, "field": field}
