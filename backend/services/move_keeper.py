"""MoveKeeper: pairs what left one tracked account with what came to another, whenever the ledgers tell more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from backend.core.own_moves import settle_moves

if TYPE_CHECKING:
    from backend.core.ports import Store


class MoveKeeper:
    """Used by the steps of all accounts; a look that finds nothing new is one short question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, tuple[object, ...]] = {}
        self._lock = threading.Lock()

    def update(self, environment: str, epoch: int | None) -> frozenset[int]:
        """Bring the moves of an environment up to the ledgers of its accounts.

        Returns:
            The accounts whose figures wait for their next step, which may be hours away.

        Raises:
            LeaseLostError: another collector works now.
        """
        with self._lock:
            with self._store.read() as unit:
                accounts = [account.id for account in unit.accounts.in_environment(environment)]
                seen = (accounts, unit.moves.fingerprint(accounts)) if len(accounts) > 1 else (accounts,)
            if self._seen.get(environment) == seen:
                return frozenset()
            waiting: frozenset[int] = frozenset()
            if len(accounts) > 1:
                with self._store.write(epoch) as unit:
                    waiting = settle_moves(unit, environment)
            self._seen[environment] = seen
            return waiting
