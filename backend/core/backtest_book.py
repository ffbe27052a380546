"""BacktestBook: backtests asked for, looked at and called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.errors import DomainError, NotFoundError
from backend.core.portfolio_view import ViewSettings, wanted_accounts
from backend.core.rebalancing.backtest_assumptions import Assumption, assumptions
from backend.core.rebalancing.backtest_request import BacktestRequest, checked

if TYPE_CHECKING:
    from backend.core.backtest_ports import StoredBacktest
    from backend.core.ports import Store, UnitOfWork
    from backend.core.rebalancing.backtest_figures import BacktestFigures

MOST_WAITING: Final = 20


class TooManyBacktestsError(DomainError):
    """So many wait already that another would wait for hours."""

    code = "too-many-backtests"


class BacktestEndedError(DomainError):
    """It is done, or failed: there is nothing to call off."""

    code = "backtest-ended"


@dataclass(frozen=True, slots=True)
class BacktestView:
    """A backtest with the results there are, by the place of their rule."""

    stored: StoredBacktest
    results: Mapping[int, BacktestFigures]
    assumptions: Sequence[Assumption]


class BacktestBook:
    """Over a store; the collector does the work."""

    def __init__(self, store: Store, settings: ViewSettings) -> None:
        self._store = store
        self._environment = settings.environment
        self.base_asset = settings.reporting_currency

    def start(self, request: BacktestRequest) -> int:
        """Ask for a backtest; returns its number.

        Raises:
            BadInputError: something of it cannot be; says what to change.
            NotFoundError: no such account in this environment.
            TooManyBacktestsError: too many wait already.
        """
        wanted = checked(request)
        with self._store.write() as unit:
            if wanted.account_id is not None:
                wanted_accounts(unit, self._environment, wanted.account_id)
            waiting = [one for one in unit.backtests.newest(self._environment, MOST_WAITING) if not one.final]
            if len(waiting) >= MOST_WAITING:
                raise TooManyBacktestsError(f"{MOST_WAITING} backtests wait already: cancel some, or come back later")
            return unit.backtests.add(self._environment, wanted)

    def view(self, number: int) -> BacktestView:
        """
        Raises:
            NotFoundError: no such backtest in this environment.
        """
        with self._store.read() as unit:
            return self._view(unit, number)

    def newest(self, limit: int) -> Sequence[StoredBacktest]:
        with self._store.read() as unit:
            return unit.backtests.newest(self._environment, limit)

    def cancel(self, number: int) -> BacktestView:
        """Call a backtest off; what it found so far stays.

        Raises:
            NotFoundError: no such backtest in this environment.
            BacktestEndedError: it has ended already, but by being called off.
        """
        with self._store.write() as unit:
            before = self._view(unit, number)
            if not unit.backtests.move(number, "cancelled") and before.stored.state != "cancelled":
                raise BacktestEndedError("This backtest has ended: there is nothing to cancel")
            return self._view(unit, number)

    def _view(self, unit: UnitOfWork, number: int) -> BacktestView:
        stored = unit.backtests.find(self._environment, number)
        if stored is None:
            raise NotFoundError(f"There is no backtest {number} in the {self._environment} environment")
        return BacktestView(stored, unit.backtests.results(number), assumptions(stored.request, stored.facts))
