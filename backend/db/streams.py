"""How the live streams are: written by the collector, read by the web process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple

from sqlalchemy import Connection, delete, insert, select

from backend.core.model.stream_state import StreamState
from backend.db.models import streams

COLUMNS = ("name", "state", "since_machine", "last_message_machine", "reconnects", "detail")


class SqlStreams:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def tell(self, states: Sequence[StreamState]) -> None:
        """Put these states in the place of the last ones."""
        self._connection.execute(delete(streams))
        told = self._now_ms()
        rows = [dict(zip(COLUMNS, astuple(one), strict=True)) | {"told_machine": told} for one in states]
        if rows:
            self._connection.execute(insert(streams), rows)

    def last_told(self) -> tuple[Sequence[StreamState], int | None]:
        """The states that were written down last, and when (machine); None where none ever were."""
        rows = self._connection.execute(select(streams).order_by(streams.c.name)).all()
        states = [StreamState(*(getattr(row, name) for name in COLUMNS)) for row in rows]
        return states, min((row.told_machine for row in rows), default=None)
