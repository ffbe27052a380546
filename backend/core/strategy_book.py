"""StrategyBook: automatic runs as they stand, what became of due ones, and the pause of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.portfolio_view import wanted_accounts
from backend.core.strategy_clock import Situation, is_paused, pause_name, pause_text, situation

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.strategies import StrategyDue
    from backend.core.ports import Store


@dataclass(frozen=True, slots=True)
class AutomaticView:
    """Accounts that can trade, each with where its automatic runs stand."""

    paused: bool
    items: Sequence[tuple[Account, Situation]]


class StrategyBook:
    """Reads and writes over a store. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._environment = environment
        self._now_ms = now_ms

    def automatic(self, account_id: int | None) -> AutomaticView:
        """One account, or all of the environment.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            found = [one for one in wanted_accounts(unit, self._environment, account_id) if not one.keyless]
            now = self._now_ms()
            items = [(one, situation(unit, self._environment, one.id, now)) for one in found]
            return AutomaticView(is_paused(unit.settings.get(pause_name(self._environment))), items)

    def set_pause(self, paused: bool) -> None:
        """Have automatic runs rest, or go on: their clocks then start at now. Saying it twice changes nothing."""
        with self._store.write() as unit:
            if is_paused(unit.settings.get(pause_name(self._environment))) != paused:
                unit.settings.set(pause_name(self._environment), pause_text(paused, self._now_ms()))
                unit.audit.record("automatic.pause" if paused else "automatic.resume", subject=self._environment)
                unit.events.emit("run", None, {"paused": paused})

    def dues(self, account_id: int | None, limit: int, before: int | None) -> Sequence[StrategyDue]:
        """Due instants that were dealt with, the newest first.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            accounts = [one.id for one in wanted_accounts(unit, self._environment, account_id)]
            return unit.strategies.page(accounts, limit, before)
