"""How the program is watched: where its log goes, what it finds out about itself. Built by `bootstrap`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from backend import logs
from backend.core.model.health import NO_REDIS, RedisState
from backend.db.engine import make_engine
from backend.db.log_lines import SqlLogLines
from backend.services.log_keeper import LogKeeper

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.config import Settings
    from backend.core.log_book import LogBook
    from backend.core.redaction import Redactor
    from backend.services.health_checks import HealthChecks

log = structlog.get_logger(__name__)

# Log lines and the probe of /health wait no longer for their turn to write; the lines try again.
BUSY_MS: Final = 1_000
LOG_FOLDER: Final = "logs"


class Observing:
    """Log and health of one process. Nothing runs before `keep_log`."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        now_ms: Callable[[], int],
        stand_aside: Callable[[], None],
        redis: Callable[[], RedisState] = lambda: NO_REDIS,
    ) -> None:
        self._redis = redis
        self._settings = settings
        self._engine = engine
        self._now_ms = now_ms
        self._stand_aside = stand_aside

    @cached_property
    def _quick(self) -> Engine:
        """The database without waiting for the disk, nor long for other writers."""
        return make_engine(self._settings.database_url, durable=False, busy_ms=BUSY_MS)

    @cached_property
    def _lines(self) -> SqlLogLines:
        return SqlLogLines(self._engine, self._quick)

    @cached_property
    def keeper(self) -> LogKeeper:
        """What takes log lines to the database; its `take` is a sink of the log."""
        return LogKeeper(self._lines, self._settings.max_log_entries, self._now_ms, self._stand_aside)

    @cached_property
    def book(self) -> LogBook:
        """What reads them."""
        from backend.core.log_book import LogBook

        return LogBook(self._lines, self.keeper)

    @cached_property
    def checks(self) -> HealthChecks:
        """What the program finds out about itself."""
        from backend.db.state import SqlState
        from backend.services.health_checks import HealthChecks

        file = self._engine.url.database if self._engine.url.get_backend_name() == "sqlite" else None
        folders = {self._settings.data_dir, *([] if file is None else [Path(file).resolve().parent])}
        return HealthChecks(SqlState(self._engine, self._quick, self._now_ms), sorted(folders), self._redis)

    def keep_log(self, name: str, redactor: Redactor | None = None) -> None:
        """From now on log lines go to the database and to the file `<name>.jsonl` too; once, by the entry point."""
        sinks: list[logs.Sink] = [self.keeper.take]
        folder = self._settings.data_dir / LOG_FOLDER
        try:
            sinks.append(logs.log_file(folder, name))
        except OSError as error:
            log.warning("no log file", folder=str(folder), detail=error.strerror)
        logs.configure(self._settings.log_level, *sinks, redactor=redactor)
        self.keeper.start()

    def stop(self) -> None:
        """Write what still waits, and let go of the database."""
        self.keeper.stop()
        self._quick.dispose()
