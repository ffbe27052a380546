"""The lines of the log: appended in batches, read by id, cleared from their old end in small pieces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, text

from backend.core.model.instants import DAY_MS
from backend.core.model.log_lines import SEVERITY, Component, LogFilter, LogLine, NumberedLine
from backend.db.transactions import transaction
from backend.db.work_models import GRAVE, log_lines

KEEP_MS: Final = 30 * DAY_MS
KEEP_ROWS: Final = 1_000_000
LEVEL_OF: Final = {severity: level for level, severity in SEVERITY.items()}


class SqlLogLines:
    """Stored lines; every call is one short transaction. Thread-safe."""

    def __init__(self, engine: Engine, quick: Engine) -> None:
        """`quick`: the same database without waiting for the disk. What a power cut takes back is a second of log."""
        self._reader = engine
        self._writer = quick.execution_options(writing=True)

    def append(self, lines: Sequence[LogLine]) -> None:
        """Store lines in their order.

        Raises:
            DatabaseUnavailableError: none of them was stored.
        """
        rows = [
            {
                "at_machine": line.at_ms,
                "severity": SEVERITY[line.level],
                "component": line.component,
                "event": line.event,
                "request_id": line.request_id,
                "account_id": line.account_id,
                "duration_ms": line.duration_ms,
                "fields": json.dumps(dict(line.fields), separators=(",", ":"), ensure_ascii=False),
            }
            for line in lines
        ]
        with transaction(self._writer) as connection:
            connection.execute(insert(log_lines), rows)

    def newest(self, wanted: LogFilter, limit: int, before_id: int | None) -> Sequence[NumberedLine]:
        """Lines with a smaller id, newest first."""
        query = _matching(wanted)
        if before_id is not None:
            query = query.where(log_lines.c.id < before_id)
        with transaction(self._reader) as connection:
            return [_line(row) for row in connection.execute(query.order_by(log_lines.c.id.desc()).limit(limit))]

    def after(self, wanted: LogFilter, limit: int, after_id: int) -> Sequence[NumberedLine]:
        """The oldest lines with a greater id, oldest first."""
        query = _matching(wanted).where(log_lines.c.id > after_id).order_by(log_lines.c.id).limit(limit)
        with transaction(self._reader) as connection:
            return [_line(row) for row in connection.execute(query)]

    def forget_old(self, now_ms: int, most: int) -> int:
        """Drop lines of more than thirty days ago and those beyond a million, `most` at a time; returns how many."""
        with transaction(self._writer) as connection:
            floor = _newest_to_forget(connection, now_ms)
            oldest = connection.execute(select(func.min(log_lines.c.id))).scalar()
            if oldest is None or oldest > floor:
                return 0
            until = min(floor, oldest + most - 1)
            return connection.execute(delete(log_lines).where(log_lines.c.id <= until)).rowcount


def _newest_to_forget(connection: Connection, now_ms: int) -> int:
    """Every line up to this id may go; ids rise with time, so that only what goes is looked at."""
    table = log_lines.c
    young = select(table.id).where(table.at_machine >= now_ms - KEEP_MS).order_by(table.id).limit(1)
    newest = connection.execute(select(func.max(table.id))).scalar() or 0
    first_young = connection.execute(young).scalar()
    return max(newest - KEEP_ROWS, newest if first_young is None else first_young - 1)


def _matching(wanted: LogFilter) -> Select[Any]:
    table, severity = log_lines.c, SEVERITY[wanted.level]
    query: Select[Any] = select(log_lines)
    if severity >= SEVERITY["warning"]:
        query = query.where(text(GRAVE))
    if wanted.level != "debug":
        query = query.where(table.severity >= severity)
    if wanted.component is not None:
        query = query.where(table.component == wanted.component)
    if wanted.account_id is not None:
        query = query.where(table.account_id == wanted.account_id)
    if wanted.request_id is not None:
        query = query.where(table.request_id == wanted.request_id)
    return query


def _line(row: Row[Any]) -> NumberedLine:
    line = LogLine(
        at_ms=row.at_machine,
        level=LEVEL_OF.get(row.severity, "info"),
        component=cast(Component, row.component),
        event=row.event,
        request_id=row.request_id,
        account_id=row.account_id,
        duration_ms=row.duration_ms,
        fields=json.loads(row.fields),
    )
    return NumberedLine(row.id, line)
