"""A step of an account: read it and bring what is kept of it up to date, or make on what is left of its past.

The seam between who decides what is due (the collector) and who does it: this program, or workers (`handed_steps`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from backend.core.model.steps import StepAsk, StepDone

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.services.after_refresh import AfterRefresh
    from backend.services.auto_refresh import AutoRefresh
    from backend.services.session_manager import Session


class AccountSteps(Protocol):
    """Whoever does steps, of one account one at a time."""

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        """Have accounts refreshed soon whose figures changed with another's."""

    def refresh(self, session: Session, epoch: int, ask: StepAsk, go_on: Callable[[], bool]) -> StepDone:
        """Refresh one account; `go_on` says between two pieces of its past whether to make the next.

        Raises:
            ExchangeError: it could not be read.
            LeaseLostError: another collector works now.
        """

    def catch_up(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        """A while of what is left of the past; whether there is more.

        Raises:
            LeaseLostError: another collector works now.
        """

    def failed(self, account: Account, epoch: int) -> None:
        """An account could not be read."""


class OwnSteps:
    """Done here, on the thread that asks."""

    def __init__(self, work: AutoRefresh, after: AfterRefresh) -> None:
        self._work = work
        self._after = after

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        self._work.follow_with(refresh_soon)

    def refresh(self, session: Session, epoch: int, ask: StepAsk, go_on: Callable[[], bool]) -> StepDone:
        session.exchange.set_for_user(ask.for_user)
        valuation = self._work.step(session, epoch, ask.manual_snapshot, go_on)
        return StepDone(valuation.at_ms, self._after.refreshed(session, epoch, valuation, go_on))

    def catch_up(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        session.exchange.set_for_user(False)
        return self._after.catch_up(session, epoch, go_on)

    def failed(self, account: Account, epoch: int) -> None:
        self._after.failed(account, epoch)

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._work.forget(account_id)
        self._after.forget(account_id)
