"""Work that the web process asks of the collector. Claiming is one conditional update: one process gets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from backend.core.acting import PROGRAM, actor, origin
from backend.core.model.jobs import Job
from backend.db.work_models import jobs

KEEP_MS = 24 * 3_600_000
# Whoever asked, in the payload as it is stored.
BY = "_by"


class SqlJobs:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def submit(self, kind: str, account_id: int | None, payload: Mapping[str, Any]) -> int:
        values = {
            "kind": kind,
            "account_id": account_id,
            "payload": json.dumps({**payload, BY: [actor(), origin()]}),
            "state": "queued",
            "created_machine": self._now_ms(),
        }
        return int(self._connection.execute(insert(jobs).values(values).returning(jobs.c.id)).scalar_one())

    def find(self, job_id: int) -> Job | None:
        row = self._connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
        if row is None:
            return None
        payload = json.loads(row.payload)
        who, where = payload.pop(BY, (PROGRAM, ""))
        return Job(row.id, row.kind, row.account_id, payload, row.state, json.loads(row.result), (who, where))

    def queued(self) -> list[int]:
        query = select(jobs.c.id).where(jobs.c.state == "queued").order_by(jobs.c.id)
        return list(self._connection.execute(query).scalars())

    def claim(self, job_id: int) -> bool:
        """Take a queued job; False when another collector was quicker."""
        done = self._connection.execute(
            update(jobs).where(jobs.c.id == job_id, jobs.c.state == "queued").values(state="running")
        )
        return done.rowcount == 1

    def finish(self, job_id: int, state: str, result: Mapping[str, Any]) -> None:
        self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id)
            .values(state=state, result=json.dumps(result), finished_machine=self._now_ms())
        )

    def requeue_running(self) -> None:
        """After a crash: what a dead collector had begun begins anew (every job of this kind may run twice)."""
        self._connection.execute(update(jobs).where(jobs.c.state == "running").values(state="queued"))

    def last_created_ms(self, kind: str) -> int | None:
        query = select(jobs.c.created_machine).where(jobs.c.kind == kind).order_by(jobs.c.id.desc()).limit(1)
        return self._connection.execute(query).scalar()

    def forget_old(self) -> None:
        self._connection.execute(delete(jobs).where(jobs.c.finished_machine < self._now_ms() - KEEP_MS))
