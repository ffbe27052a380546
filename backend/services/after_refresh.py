"""What follows a refresh of an account: everybody who keeps something in step with what it found, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.valuation import Valuation
    from backend.services.chart_keeper import ChartKeeper
    from backend.services.display_rates import DisplayRates
    from backend.services.score_keeper import ScoreKeeper
    from backend.services.session_manager import Session


class Refreshed(Protocol):
    """Whoever wants to know that an account was read."""

    def refreshed(self, session: Session) -> None: ...


class Watchful(Protocol):
    """Whoever looks for what the user should know."""

    def refreshed(self, session: Session, epoch: int) -> None: ...
    def failed(self, account: Account, epoch: int) -> None: ...


class Lengthy(Protocol):
    """Whoever may have a long past to make: `update` does a while of it and tells whether there is more."""

    def update(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool: ...


class Shadows(Lengthy, Protocol):
    """One of those that remembers, by account, how far it has come."""

    def forget(self, account_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class AfterRefresh:
    """Those who follow; None: nobody does that here."""

    live: Refreshed | None = None
    scores: ScoreKeeper | None = None
    rates: DisplayRates | None = None
    shadows: Shadows | None = None
    charts: ChartKeeper | None = None
    wholes: Lengthy | None = None
    alerts: Watchful | None = None

    def refreshed(self, session: Session, epoch: int, valuation: Valuation | None, go_on: Callable[[], bool]) -> bool:
        """All that a refresh leads to; whether there is more of the past to make. What needs the `valuation` is left
        out where it is not at hand.

        Raises:
            LeaseLostError: another collector works now.
        """
        if self.live is not None:
            self.live.refreshed(session)
        if self.scores is not None and valuation is not None:
            self.scores.update(session, epoch, valuation)
        if self.rates is not None and valuation is not None:
            self.rates.update(session, epoch, valuation.at_ms)
        more = self.catch_up(session, epoch, go_on)
        if self.alerts is not None:
            self.alerts.refreshed(session, epoch)
        return more

    def catch_up(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        """A while of what of the past is to be made anew; whether there is more. Nothing is read of the account.

        Raises:
            LeaseLostError: another collector works now.
        """
        more = self.shadows is not None and self.shadows.update(session, epoch, go_on)
        if self.charts is not None:
            # Behind the shadows: their lines are in the charts.
            self.charts.update(session.account.id, epoch, go_on)
        return (self.wholes is not None and self.wholes.update(session, epoch, go_on)) or more

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account: what is remembered of it may not be so any more."""
        for one in (self.rates, self.shadows, self.charts):
            if one is not None:
                one.forget(account_id)

    def failed(self, account: Account, epoch: int) -> None:
        """An account could not be read."""
        if self.alerts is not None:
            self.alerts.failed(account, epoch)
