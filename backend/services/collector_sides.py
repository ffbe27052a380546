"""What a collector works with beside the steps of accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from backend.services.session_manager import Session


class DemoControls(Protocol):
    """What can be done to the demo's market and account."""

    def act(self, payload: Mapping[str, Any]) -> str: ...


class PlanDesk(Protocol):
    """Whoever makes plans: `refresh` reads the account anew and returns the instant of its value."""

    def make(
        self, session: Session, epoch: int, payload: Mapping[str, Any], refresh: Callable[[], int]
    ) -> Mapping[str, Any]: ...


class LiveSide(Protocol):
    """Whoever follows the accounts between two refreshes."""

    def start(self, refresh_soon: Callable[[int], None]) -> None: ...
    def stop(self) -> None: ...
    def watch(self, sessions: Sequence[Session], epoch: int) -> None: ...
    def refreshed(self, session: Session) -> None: ...


class Beside(Protocol):
    """Whoever works beside the refreshes, on a thread of its own, while we hold the lease."""

    def start(self) -> None: ...
    def lead(self, epoch: int | None) -> None: ...
    def stop(self) -> bool: ...
