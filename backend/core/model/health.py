"""What the program finds out about itself: its database, its disk, and whether somebody works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

# Below the first a user is told; below the second the next write may fail.
LITTLE_BYTES: Final = 1_000_000_000
HARDLY_ANY_BYTES: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class WriteCheck:
    """Whether a row could be written: how long it took (None: it could not), and why not."""

    write_ms: float | None
    detail: str = ""

    @property
    def works(self) -> bool:
        return self.write_ms is not None


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """Free and whole size of the disk that a folder lies on; `detail` says why they are not known (None)."""

    free_bytes: int | None
    total_bytes: int | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WorkersState:
    """Workers that run, steps that are handed out and not done, how long ago the oldest of them was (None: none)."""

    number: int
    waiting: int
    oldest_s: float | None


@dataclass(frozen=True, slots=True)
class RedisState:
    """Whether Redis answers; `workers`: those that steps are handed to, None where the collector does them itself."""

    connection: Literal["ok", "failed", "not_configured"]
    workers: WorkersState | None = None


NO_REDIS: Final = RedisState("not_configured")


@dataclass(frozen=True, slots=True)
class ProgramChecks:
    """Found just now, or seconds ago where finding out costs something.

    `schema`: of the database; None where it cannot be read. `newest_schema`: what this version of the program is made
    for. `engine_name`: `SQLite` or `PostgreSQL`. `lease_held`: a collector has the right to work; None where that
    cannot be read.
    """

    write: WriteCheck
    schema: str | None
    newest_schema: str
    engine_name: str
    lease_held: bool | None
    disks: Sequence[DiskSpace]
    redis: RedisState = NO_REDIS

    @property
    def free_bytes(self) -> int | None:
        """On the disk that has the least; None where no disk tells."""
        return min((one.free_bytes for one in self.disks if one.free_bytes is not None), default=None)
