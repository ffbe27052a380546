"""What can be found out about the database: whether it takes a write, its schema, who holds the lease."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine, select, text

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.health import WriteCheck
from backend.db.dialect import POSTGRESQL, upsert
from backend.db.lease import LEASE_NAME
from backend.db.migrate import newest_schema
from backend.db.transactions import transaction
from backend.db.work_models import lease, write_checks

# A probe that anybody may ask for must not become load.
WRITE_EVERY_S: Final = 10.0
# A holder that is late by this much is given up.
GRACE_MS: Final = 15_000
NAME: Final = "health"


class SqlState:
    """Looks at the database. Thread-safe; a probe of one thread serves them all."""

    def __init__(
        self,
        engine: Engine,
        probe: Engine,
        now_ms: Callable[[], int],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`probe`: the same database; it waits for no disk, and so shortly for other writers that /health may wait."""
        self._engine = engine
        self._probe = probe.execution_options(writing=True)
        self._now_ms = now_ms
        self._monotonic_s = monotonic_s
        self._probing = threading.Lock()
        self._found = WriteCheck(None, "It was not tried yet")
        self._due_s = float("-inf")
        self.newest_schema = newest_schema()
        self.engine_name = "PostgreSQL" if engine.dialect.name == POSTGRESQL else "SQLite"

    def write(self) -> WriteCheck:
        """Whether a row can be written; tried every WRITE_EVERY_S at most, and by one thread at a time."""
        if self._monotonic_s() >= self._due_s and self._probing.acquire(blocking=False):
            try:
                self._found = self._tried()
                self._due_s = self._monotonic_s() + WRITE_EVERY_S
            finally:
                self._probing.release()
        return self._found

    def schema(self) -> str | None:
        """The revision of the schema; None where it cannot be read."""
        try:
            with transaction(self._engine) as connection:
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DatabaseUnavailableError:
            return None
        return None if found is None else str(found)

    def lease_held(self) -> bool | None:
        """Whether a collector has the right to work; None where it cannot be read."""
        try:
            with transaction(self._engine) as connection:
                expires = connection.execute(select(lease.c.expires_machine).where(lease.c.name == LEASE_NAME)).scalar()
        except DatabaseUnavailableError:
            return None
        return expires is not None and int(expires) + GRACE_MS > self._now_ms()

    def _tried(self) -> WriteCheck:
        began_s = self._monotonic_s()
        values = {"name": NAME, "at_machine": self._now_ms()}
        try:
            with transaction(self._probe) as connection:
                statement = upsert(connection)(write_checks).values(values)
                connection.execute(statement.on_conflict_do_update(index_elements=[write_checks.c.name], set_=values))
        except DatabaseUnavailableError as error:
            return WriteCheck(None, str(error))
        return WriteCheck((self._monotonic_s() - began_s) * 1000)
