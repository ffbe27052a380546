"""What tells of the database and of the program's disks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.health import ProgramChecks, WriteCheck


class DatabaseState(Protocol):
    """Looks at the database; raises nothing."""

    newest_schema: str
    engine_name: str

    def write(self) -> WriteCheck: ...
    def schema(self) -> str | None: ...
    def lease_held(self) -> bool | None: ...


class Checks(Protocol):
    """Looks at everything that the program cannot do without."""

    def look(self) -> ProgramChecks: ...
