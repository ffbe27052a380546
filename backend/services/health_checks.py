"""Finds out whether the program can go on: its database, its disks, somebody who works."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backend.core.model.health import NO_REDIS, DiskSpace, ProgramChecks, RedisState

if TYPE_CHECKING:
    from backend.core.health_ports import DatabaseState


class HealthChecks:
    """Looks when it is asked; raises nothing."""

    def __init__(
        self, state: DatabaseState, folders: Sequence[Path], redis: Callable[[], RedisState] = lambda: NO_REDIS
    ) -> None:
        """`folders`: what the program writes into."""
        self._redis = redis
        self._state = state
        self._folders = folders

    def look(self) -> ProgramChecks:
        """What is so now; the write to the database may be some seconds old."""
        state = self._state
        return ProgramChecks(
            write=state.write(),
            schema=state.schema(),
            newest_schema=state.newest_schema,
            engine_name=state.engine_name,
            lease_held=state.lease_held(),
            disks=[_space(folder) for folder in self._folders],
            redis=self._redis(),
        )


def _space(folder: Path) -> DiskSpace:
    try:
        found = shutil.disk_usage(folder)
    except OSError as error:
        return DiskSpace(None, None, f"The folder {folder} cannot be looked at: {error.strerror}")
    return DiskSpace(found.free, found.total)
