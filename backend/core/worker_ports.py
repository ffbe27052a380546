"""What hands steps of accounts and backtests to workers, and what keeps one from writing once another has its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from backend.core.ports import Store

if TYPE_CHECKING:
    from backend.core.model.steps import Handed


class HandOutLost(Exception):
    """Nobody does the step any more: its worker died, froze, or never got it. Hand it out anew, as another turn."""


class NoWorkers(Exception):
    """There is nobody to hand a step to."""


class Hands(Protocol):
    """Workers that do what is handed out."""

    def do(self, step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        """Hand a step out and wait for its outcome; where `go_on` says no, the worker is asked to come to an end.

        Raises:
            NoWorkers: there is nobody.
            HandOutLost: it was handed out, and nobody does it any more.
        """


class ChannelDown(Exception):
    """Nobody can be told anything by this channel now."""


class EventChannel(Protocol):
    """Where our events are published for programs of others; both raise ChannelDown."""

    def last(self) -> int | None: ...
    def publish(self, event_id: int, text: str) -> None: ...


class TurnStore(Store, Protocol):
    """A store whose writing transactions are refused once the account, or the backtest, was given to somebody else."""

    def next_turn(self, number: int, epoch: int) -> int: ...
    def turn(self, number: int, turn: int) -> AbstractContextManager[None]: ...
