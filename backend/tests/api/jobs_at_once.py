"""In place of a collector: somebody who does each job in the moment in which it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from backend.core.ports import Store
from backend.services.job_queue import JobQueue


class DoneAtOnce(JobQueue):
    """Every job ends with `result`."""

    def __init__(self, store: Store, result: Mapping[str, Any], now_ms: Callable[[], int]) -> None:
        super().__init__(store, now_ms)
        self._done = (store, result)

    def submit(self, kind: str, account_id: int | None, payload: Mapping[str, Any]) -> int:
        """Ask for a job, which is done."""
        job = super().submit(kind, account_id, payload)
        store, result = self._done
        with store.write() as unit:
            unit.jobs.claim(job)
            unit.jobs.finish(job, "done", result)
        return job
