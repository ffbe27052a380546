"""A worker's side of a step: opens the account with its read key, does the step, tells what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import structlog

from backend.core.errors import CredentialsRefusedError, DomainError
from backend.core.model.keys import READ
from backend.core.model.steps import HandOut, done_written, failure_written
from backend.services.session_manager import Session

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import Exchange, Store
    from backend.services.turned_steps import TurnedSteps

log = structlog.get_logger(__name__)


class StepDesk:
    """One for a worker. `connect(reference)` opens an account by its read key, `without_key` one that has none."""

    def __init__(
        self,
        store: Store,
        environment: str,
        connect: Callable[[str], Exchange],
        without_key: Callable[[Account], Exchange],
        steps: TurnedSteps,
    ) -> None:
        self._store = store
        self._environment = environment
        self._connect = connect
        self._without_key = without_key
        self._steps = steps
        self._open: dict[int, tuple[str, Session]] = {}
        self._lock = threading.Lock()

    def do(self, step: HandOut, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        """Do a step; raises nothing: what went wrong is part of what is told."""
        try:
            return done_written(self._steps.do(self._session(step.account_id), step, go_on))
        except DomainError as error:
            return failure_written(error)
        except Exception as error:  # its text may hold anything: it stays in this log
            log.error("step failed", account=step.account_id, exc_info=error)
            return failure_written(error)

    def _session(self, account_id: int) -> Session:
        """The account's session; another one where its key is another.

        Raises:
            CredentialsRefusedError: it is not of this environment any more, or its key cannot be used.
        """
        with self._store.read() as unit:
            there = {one.id: one for one in unit.accounts.in_environment(self._environment)}
            key = unit.account_keys.find(account_id, READ)
        account = there.get(account_id)
        usable = account is not None and (key is not None or account.keyless)
        self._let_go(there.keys() if usable else there.keys() - {account_id})
        if account is None or not usable:
            raise CredentialsRefusedError("This account has no key that can be used")
        mark = "" if key is None else f"{key.reference} {key.added_ms}"
        with self._lock:
            known = self._open.get(account_id)
            if known is None or known[0] != mark or known[1].account != account:
                exchange = self._without_key(account) if key is None else self._connect(key.reference)
                known = self._open[account_id] = mark, Session(account, exchange)
        return known[1]

    def _let_go(self, kept: Collection[int]) -> None:
        """Hold no session, and with it no key and no connection, of an account that was removed or has no key now."""
        with self._lock:
            self._open = {account: opened for account, opened in self._open.items() if account in kept}
