"""What the journal of orders offers, and the rights to trade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from backend.core.key_ports import HoldsKeys

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade
    from backend.core.model.rebalancing import PlannedOrder
    from backend.core.model.runs import Attempt, LegState, NewRun, Run, RunFill, RunLeg, RunState


class Runs(Protocol):
    """Runs, their legs, the attempts to place them and their fills."""

    def create(self, run: NewRun, legs: Sequence[PlannedOrder], epoch: int | None) -> int:
        """Write a run with all its legs PLANNED; a plan has one run at most (its id is unique)."""

    def find(self, run_id: int) -> Run | None: ...
    def of_plan(self, plan_id: str) -> Run | None: ...
    def page(self, account_ids: Sequence[int], limit: int, before: int | None, is_open: bool = False) -> Sequence[Run]:
        """The newest first; `before`: the id of the last one that was told; `is_open`: those that are not over alone,
        by going on or by waiting for a review.
        """

    def progress(self, run_ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        """Of each run how many orders it has, and how many of them were filled, wholly or in part."""

    def leg_states(self, environment: str, newest: int) -> Mapping[LegState, int]:
        """How many orders of the newest runs are in which state."""

    def unfinished(self, environment: str) -> Sequence[Run]:
        """Those that a collector must take up, the oldest first."""

    def blocking(self, account_id: int) -> Run | None:
        """The run that must end, or be reviewed, before another one may begin."""

    def begin(self, run_id: int, epoch: int) -> None:
        """Say that a collector works on it."""

    def end(self, run_id: int, state: RunState, reason: str | None, detail: str, finished_ms: int) -> None: ...
    def ask_stop(self, run_id: int) -> None: ...
    def legs(self, run_id: int) -> Sequence[RunLeg]: ...
    def set_leg(self, run_id: int, n: int, state: LegState, error: str | None = None, detail: str = "") -> None: ...
    def attempts(self, run_id: int) -> Sequence[Attempt]:
        """Of all legs, by leg and number."""

    def add_attempt(self, attempt: Attempt) -> None: ...
    def change_attempt(self, attempt: Attempt) -> None:
        """Store its state and what the exchange told; what it was sent with stays."""

    def add_fills(self, account_id: int, run_id: int, n: int, trades: Sequence[AccountTrade]) -> int:
        """Record trades once each, by account, symbol and trade id; returns how many were new."""

    def fills(self, run_id: int) -> Sequence[RunFill]:
        """Of all legs, by leg and instant."""

    def sent_since(self, account_id: int, since_ms: int) -> Decimal:
        """Worth of the orders that were sent from an instant on and not proven never to have been placed."""

    def sending(self, environment: str) -> int:
        """How many attempts are SENDING now: their sends may still begin."""


class Arming(Protocol):
    """Until when an account may trade, on this machine's clock; None: it may not."""

    def until(self, account_id: int) -> int | None: ...
    def set(self, account_id: int, until_machine_ms: int | None) -> None: ...


class RunRows(HoldsKeys, Protocol):
    """What of a unit of work is about execution."""

    @property
    def runs(self) -> Runs: ...
    @property
    def arming(self) -> Arming: ...
