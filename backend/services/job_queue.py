"""Asks the collector for work and waits for it, from the web process: they meet in the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from backend.core import errors
from backend.core.rebalancing.errors import WHY_NO_PLAN

if TYPE_CHECKING:
    from backend.core.model.jobs import Job
    from backend.core.ports import Store

POLL_S: Final = 0.02
SIMPLE: Final = {
    kind.code: kind
    for kind in (
        errors.ExchangeUnavailableError,
        errors.CredentialsRefusedError,
        errors.ClockSkewError,
        errors.RequestRefusedError,
        errors.CapabilityError,
        errors.StaleDataError,
        errors.NotFoundError,
        errors.DatabaseUnavailableError,
        *WHY_NO_PLAN,
    )
}


class JobQueue:
    """Jobs over the store. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._never = threading.Event()

    def submit(self, kind: str, account_id: int | None, payload: Mapping[str, Any]) -> int:
        with self._store.write() as unit:
            return unit.jobs.submit(kind, account_id, payload)

    def wait(self, job_id: int, timeout_s: float) -> Job:
        """Wait for a job to be done.

        Raises:
            WorkGoesOnError: it was not done in time; it goes on.
            DomainError: what the collector reports.
        """
        job = self._until(job_id, timeout_s)
        if job is None:
            raise errors.WorkGoesOnError("The collector has not answered in time; the work goes on")
        if job.state == "failed":
            raise _error(job.result)
        return job

    def try_wait(self, job_id: int, timeout_s: float) -> bool:
        """Whether a job was done within a time, however it ended."""
        job = self._until(job_id, timeout_s)
        return job is not None and job.state == "done"

    def throttle(self, kind: str, every_s: float) -> None:
        """Refuse a kind of job that was asked for a moment ago.

        Raises:
            TooManyRequestsError: says when to come again.
        """
        with self._store.read() as unit:
            last = unit.jobs.last_created_ms(kind)
        left = 0.0 if last is None else every_s - (self._now_ms() - last) / 1000
        if left > 0:
            raise errors.TooManyRequestsError(f"Asked a moment ago: again in {left:.0f} s", left)

    def _until(self, job_id: int, timeout_s: float) -> Job | None:
        deadline = time.monotonic() + timeout_s
        while True:
            with self._store.read() as unit:
                job = unit.jobs.find(job_id)
            if job is not None and job.state in ("done", "failed"):
                return job
            if time.monotonic() > deadline:
                return None
            self._never.wait(POLL_S)


def _error(result: Mapping[str, Any]) -> errors.DomainError:
    code, detail = str(result.get("code")), str(result.get("detail"))
    if code == errors.BadInputError.code:
        return errors.BadInputError(detail, result.get("field"))
    if code in errors.RUN_REFUSALS:
        return errors.RunRefusedError(code, detail)
    if code == errors.ExchangeLimitedError.code:
        return errors.ExchangeLimitedError(detail, float(result.get("retry_after_s") or 60.0), banned=False)
    return SIMPLE.get(code, errors.ExchangeUnavailableError)(detail)
