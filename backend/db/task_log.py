"""The log of the collector's tasks, bounded, and the hourly counts of refreshes that worked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.task_log import LogLevel, Measured, RefreshCount, StoredLine, TaskLine, TaskName
from backend.db.dialect import upsert, whole_sum
from backend.db.models import accounts
from backend.db.work_models import refresh_hours, task_log

KEEP_LINES_MS: Final = 30 * DAY_MS
# Of each task, and apart of what went well and what did not: warnings must not drown in good news.
KEEP_LINES: Final = 1_000
# However many there are: the latencies rest on them.
KEEP_ALL_MS: Final = HOUR_MS
KEEP_HOURS: Final = 48


class SqlTaskLog:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def note(self, line: TaskLine) -> None:
        """Append a line; readers see it when the transaction commits."""
        environment: Any = line.environment
        if environment is None:
            environment = select(accounts.c.environment).where(accounts.c.id == line.account_id).scalar_subquery()
        values = {
            "at_machine": self._now_ms(),
            "level": line.level,
            "task": line.task,
            "account_id": line.account_id,
            "environment": environment,
            "code": line.code,
            "detail": line.detail,
            "numbers": json.dumps(dict(line.numbers), separators=(",", ":")),
            "duration_ms": line.duration_ms,
            "answer_ms": line.answer_ms,
        }
        self._connection.execute(insert(task_log).values(values))

    def count_refresh(self, account_id: int, worked: bool) -> None:
        """Count one try in its hour."""
        now = self._now_ms()
        row = {
            "hour": now // HOUR_MS,
            "account_id": account_id,
            "worked": int(worked),
            "failed": int(not worked),
            "first_machine": now,
        }
        table = refresh_hours.c
        statement = upsert(self._connection)(refresh_hours).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[table.hour, table.account_id],
                set_={"worked": table.worked + row["worked"], "failed": table.failed + row["failed"]},
            )
        )

    def refreshes(self, environment: str, hours: int) -> RefreshCount:
        """Tries of all accounts in the running hour and those before it, `hours` in all."""
        table = refresh_hours.c
        query = (
            select(whole_sum(table.worked), whole_sum(table.failed), func.min(table.first_machine))
            .join(accounts, accounts.c.id == table.account_id)
            .where(table.hour > self._now_ms() // HOUR_MS - hours, accounts.c.environment == environment)
        )
        worked, failed, since_ms = self._connection.execute(query).one()
        return RefreshCount(int(worked or 0), int(failed or 0), since_ms)

    def page(
        self,
        environment: str,
        levels: Sequence[LogLevel],
        task: TaskName | None,
        account_id: int | None,
        limit: int,
        before_id: int | None,
    ) -> Sequence[StoredLine]:
        """Lines of these levels with a smaller id, newest first."""
        table = task_log.c
        query = select(task_log).where(table.environment == environment, table.level.in_(levels))
        if task is not None:
            query = query.where(table.task == task)
        if account_id is not None:
            query = query.where(table.account_id == account_id)
        if before_id is not None:
            query = query.where(table.id < before_id)
        return [
            StoredLine(
                row.id,
                row.at_machine,
                TaskLine(
                    row.level,
                    row.task,
                    row.account_id,
                    row.code,
                    row.detail,
                    json.loads(row.numbers),
                    row.duration_ms,
                    row.answer_ms,
                    row.environment,
                ),
            )
            for row in self._connection.execute(query.order_by(table.id.desc()).limit(limit))
        ]

    def measured(self, environment: str, tasks: Sequence[TaskName], since_ms: int) -> Sequence[Measured]:
        """What runs of these tasks took since an instant, oldest first."""
        table = task_log.c
        query = select(table.task, table.at_machine, table.duration_ms, table.answer_ms).where(
            table.task.in_(tasks),
            table.at_machine >= since_ms,
            table.environment == environment,
            table.duration_ms.is_not(None),
        )
        return [Measured(*row) for row in self._connection.execute(query.order_by(table.at_machine))]

    def forget_old(self) -> None:
        """Drop what is too old or too much."""
        now, table = self._now_ms(), task_log.c
        self._connection.execute(delete(task_log).where(table.at_machine < now - KEEP_LINES_MS))
        good = table.level == "ok"
        for task in self._connection.execute(select(table.task).distinct()).scalars().all():
            for kind in (good, ~good):
                of_kind = select(table.id).where(table.task == task, kind)
                last_kept = self._connection.execute(
                    of_kind.order_by(table.id.desc()).offset(KEEP_LINES - 1).limit(1)
                ).scalar()
                if last_kept is not None:
                    self._connection.execute(
                        delete(task_log).where(
                            table.task == task, kind, table.id < last_kept, table.at_machine < now - KEEP_ALL_MS
                        )
                    )
        self._connection.execute(delete(refresh_hours).where(refresh_hours.c.hour <= now // HOUR_MS - KEEP_HOURS))
