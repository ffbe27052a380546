"""Events: what changed, in order. Their ids are the revision of the data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from backend.db.work_models import events

KEEP_MS = 24 * 3_600_000


class SqlEvents:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms
        self.emitted = False

    def emit(self, topic: str, account_id: int | None, payload: Mapping[str, Any] | None = None) -> int:
        """Append an event; readers see it when the transaction commits."""
        self.emitted = True
        values = {
            "at_machine": self._now_ms(),
            "topic": topic,
            "account_id": account_id,
            "payload": json.dumps(payload or {}),
        }
        return int(self._connection.execute(insert(events).values(values).returning(events.c.id)).scalar_one())

    def newest_id(self) -> int:
        return self._connection.execute(select(func.max(events.c.id))).scalar() or 0

    def newest(self) -> tuple[int, int]:
        """Id and instant (of the machine that wrote it) of the newest event; zeros where there is none."""
        row = self._connection.execute(select(events.c.id, events.c.at_machine).order_by(events.c.id.desc()).limit(1))
        found = row.first()
        return (0, 0) if found is None else (found.id, found.at_machine)

    def after(self, event_id: int, limit: int) -> list[tuple[int, str, int | None, dict[str, Any]]]:
        """Events with a greater id, oldest first."""
        query = select(events).where(events.c.id > event_id).order_by(events.c.id).limit(limit)
        return [(row.id, row.topic, row.account_id, json.loads(row.payload)) for row in self._connection.execute(query)]

    def forget_old(self) -> None:
        """Drop events of more than a day ago; a browser away for longer loads the page anew."""
        self._connection.execute(delete(events).where(events.c.at_machine < self._now_ms() - KEEP_MS))
