"""What keeps the lines of the log, and what reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.log_lines import Level, LogFilter, LogLine, NumberedLine


class LogRows(Protocol):
    """The stored lines. Each call is a short transaction of its own that waits for no disk.

    All raise DatabaseUnavailableError when the database cannot be used.
    """

    def append(self, lines: Sequence[LogLine]) -> None: ...
    def newest(self, wanted: LogFilter, limit: int, before_id: int | None) -> Sequence[NumberedLine]: ...
    def after(self, wanted: LogFilter, limit: int, after_id: int) -> Sequence[NumberedLine]: ...
    def forget_old(self, now_ms: int, most: int) -> int: ...


class LogMemory(Protocol):
    """The last lines of this process, for when the database cannot be read."""

    @property
    def dropped(self) -> int: ...
    def counts(self) -> Mapping[Level, int]: ...
    def remembered(self, wanted: LogFilter, limit: int) -> Sequence[NumberedLine]: ...
