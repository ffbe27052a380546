"""Steps of accounts handed to workers. The collector stays the one that says what is due, and does what is about all
accounts together, about alerts and about streams.

A hand-out that nobody does any more (its worker died, froze or never got it) goes out anew, as another turn of the
account: what the first worker may still write is refused. Where there is nobody, the collector does the step itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.model.steps import HandOut, StepAsk, StepDone, outcome_read
from backend.core.worker_ports import HandOutLost, Hands, NoWorkers, TurnStore

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.services.after_refresh import AfterRefresh
    from backend.services.session_manager import Session
    from backend.services.turned_steps import TurnedSteps

log = structlog.get_logger(__name__)

# How often a step goes out anew before it is done here.
TRIES: Final = 3


class HandedSteps:
    """One for a collector. `here` does what no worker does; `after` follows a refresh on the collector's side."""

    def __init__(self, hands: Hands, store: TurnStore, here: TurnedSteps, after: AfterRefresh) -> None:
        self._hands = hands
        self._store = store
        self._here = here
        self._after = after
        self._refresh_soon: Callable[[int], None] = lambda account_id: None

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        self._refresh_soon = refresh_soon

    def refresh(self, session: Session, epoch: int, ask: StepAsk, go_on: Callable[[], bool]) -> StepDone:
        done = self._done(session, epoch, ask, go_on)
        more = self._after.refreshed(session, epoch, None, go_on)
        return StepDone(done.at_ms, done.more or more)

    def catch_up(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        left = self._done(session, epoch, StepAsk("catch_up"), go_on).more
        return self._after.catch_up(session, epoch, go_on) or left

    def failed(self, account: Account, epoch: int) -> None:
        self._after.failed(account, epoch)

    def _done(self, session: Session, epoch: int, ask: StepAsk, go_on: Callable[[], bool]) -> StepDone:
        account = session.account.id
        for _ in range(TRIES):
            step = HandOut(account, epoch, self._store.next_turn(account, epoch), ask)
            try:
                done = outcome_read(self._hands.do(step, go_on))
            except HandOutLost:
                log.warning("step handed out anew", account=session.account.name, turn=step.turn)
                continue
            except NoWorkers:
                break
            return self._told(done)
        # Another turn: somebody may have got the last one after all.
        step = HandOut(account, epoch, self._store.next_turn(account, epoch), ask)
        return self._told(self._here.do(session, step, go_on))

    def _told(self, done: StepDone) -> StepDone:
        for other in done.others:
            self._refresh_soon(other)
        return done
