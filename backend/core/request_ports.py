"""What counts the requests to the hosts of an exchange, and what remembers those to our own API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.request_budget import HostBudget, PoolUse, Silence


class RequestBudgets(Protocol):
    """What every process of the installation has sent to the hosts of an exchange; each call is one transaction."""

    def change(self, host: str, pool: str, step: Callable[[PoolUse, Silence], PoolUse]) -> None: ...
    def use(self, host: str, pool: str) -> PoolUse: ...
    def silence(self, host: str, until_ms: int, banned: bool) -> None: ...


class SharedBudgets(RequestBudgets, Protocol):
    """The budgets of every host."""

    def all(self) -> Sequence[HostBudget]: ...


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a write answered."""

    status: int
    body: bytes
