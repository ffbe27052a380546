"""The log of the collector's tasks, as a unit of work offers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.task_log import LogLevel, Measured, RefreshCount, StoredLine, TaskLine, TaskName


class TaskLog(Protocol):
    def note(self, line: TaskLine) -> None: ...
    def count_refresh(self, account_id: int, worked: bool) -> None: ...
    def refreshes(self, environment: str, hours: int) -> RefreshCount: ...
    def page(
        self,
        environment: str,
        levels: Sequence[LogLevel],
        task: TaskName | None,
        account_id: int | None,
        limit: int,
        before_id: int | None,
    ) -> Sequence[StoredLine]: ...
    def measured(self, environment: str, tasks: Sequence[TaskName], since_ms: int) -> Sequence[Measured]: ...
    def forget_old(self) -> None: ...
