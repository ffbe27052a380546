"""SessionManager: the one client of each account, made when first needed and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from backend.core.errors import CredentialsRefusedError
from backend.core.model.accounts import Account
from backend.core.model.task_log import failure_line
from backend.core.ports import Exchange, Store

log = structlog.get_logger(__name__)


class AccountName(Protocol):
    """Which account to open. `reference` tells keys apart without telling them."""

    @property
    def environment(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def reference(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Session:
    """An account and the exchange that answers for it. Used by one thread at a time."""

    account: Account
    exchange: Exchange


class SessionManager:
    """Opens the sessions of the environment. Only the collector has one: it alone holds keys."""

    def __init__(
        self,
        store: Store,
        accounts: Callable[[], Sequence[AccountName]],
        connect: Callable[[str], Exchange],
        address: Callable[[], str],
    ) -> None:
        """
        Args:
            accounts: those of the settings.
            connect: opens the account of a reference.
            address: where the exchange answers now: the demo's may come back at another place.
        """
        self._store = store
        self._accounts = accounts
        self._connect = connect
        self._address = address
        self._opened_at: str | None = None
        self._sessions: list[Session] = []
        self._lock = threading.Lock()

    def sessions(self, epoch: int) -> list[Session]:
        """Every account's session; account rows are made at the first call. One with unusable keys has none.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        with self._lock:
            address = self._address()
            if address != self._opened_at:
                self._sessions, self._opened_at = self._open(epoch), address
            return list(self._sessions)

    def _open(self, epoch: int) -> list[Session]:
        wanted = self._accounts()
        with self._store.write(epoch) as unit:
            rows = [unit.accounts.ensure(one.environment, one.name, one.reference) for one in wanted]
        opened: list[Session] = []
        for one, account in zip(wanted, rows, strict=True):
            try:
                opened.append(Session(account, self._connect(one.reference)))
            except CredentialsRefusedError as error:
                self._refuse(epoch, account, error)
                continue
            log.info("Binance session initialized", environment=one.environment, account=account.name)
        return opened

    def _refuse(self, epoch: int, account: Account, error: CredentialsRefusedError) -> None:
        """Say with the account why it is not read; the others go on."""
        log.error("account cannot be opened", account=account.name, detail=str(error))
        with self._store.write(epoch) as unit:
            unit.accounts.update_sync(account.id, failures=1, error=str(error), error_code=error.code)
            unit.task_log.note(failure_line("balances", account.id, error))
            unit.events.emit("sync", account.id, {"code": error.code})
