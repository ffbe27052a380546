"""New events of other processes, heard of at once: PostgreSQL tells them (NOTIFY, by a trigger on their table)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.pool import PoolProxiedConnection

# As the migration 0049 names it.
CHANNEL: Final = "portfolio_events"


class EventNotices:
    """Listens on a connection that is never given back to the pool: what is told must reach nobody else. Of one thread.

    A connection that is lost is nothing to report: events are looked for after each wait, and it is made anew.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lost: Any = (DBAPIError, engine.dialect.loaded_dbapi.Error)
        self._listening: PoolProxiedConnection | None = None
        self._pause = threading.Event()

    def wait(self, most_s: float) -> None:
        """Return when events may have been added, at the latest after a time."""
        try:
            if self._listening is None:
                # What was added before it listened is for the caller to look for.
                self._listening = self._listen()
            else:
                self._heard(self._listening.driver_connection, most_s)
        except self._lost:
            if self._listening is None:
                self._pause.wait(most_s)
            self.close()

    def close(self) -> None:
        """Listen no more; a later wait begins anew."""
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.invalidate()

    def _listen(self) -> PoolProxiedConnection:
        connection = self._engine.raw_connection()
        try:
            driver: Any = connection.driver_connection
            driver.autocommit = True
            driver.execute(f"LISTEN {CHANNEL}")
        except self._lost:
            connection.invalidate()
            raise
        return connection

    @staticmethod
    def _heard(driver: Any, most_s: float) -> None:
        for _ in driver.notifies(timeout=most_s, stop_after=1):
            return
