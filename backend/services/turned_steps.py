"""Steps done within a turn of their account: by a worker, or by a collector that finds no worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from backend.core.model.steps import HandOut, StepDone

if TYPE_CHECKING:
    from backend.core.worker_ports import TurnStore
    from backend.services.account_steps import OwnSteps
    from backend.services.session_manager import Session


class TurnedSteps:
    """Thread-safe for different accounts. `store`: what the steps write with."""

    def __init__(self, store: TurnStore, steps: OwnSteps) -> None:
        self._store = store
        self._steps = steps
        # The turn of each account that was done here last: what is remembered of it holds while nobody had one since.
        self._done: dict[int, int] = {}
        self._others = threading.local()
        steps.follow_with(self._follow)

    def do(self, session: Session, step: HandOut, go_on: Callable[[], bool]) -> StepDone:
        """Do a step.

        Raises:
            LeaseLostError: another collector works now, or the account was handed to another worker.
            ExchangeError: it could not be read.
        """
        account = step.account_id
        if self._done.get(account) != step.turn - 1:
            self._steps.forget(account)
        others = self._others.found = set[int]()
        with self._store.turn(account, step.turn):
            if step.ask.kind == "refresh":
                done = self._steps.refresh(session, step.epoch, step.ask, go_on)
            else:
                done = StepDone(0, self._steps.catch_up(session, step.epoch, go_on))
        # Not after a failure: what is half done is looked at anew.
        self._done[account] = step.turn
        return StepDone(done.at_ms, done.more, frozenset(others))

    def _follow(self, account_id: int) -> None:
        self._others.found.add(account_id)
