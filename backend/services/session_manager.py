"""SessionManager: the one client of each account, made when first needed and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from backend.core.errors import CredentialsRefusedError
from backend.core.model.accounts import KEY_GONE, KEY_IS_GONE, Account
from backend.core.model.task_log import failure_line

if TYPE_CHECKING:
    from backend.core.ports import Exchange, Store

log = structlog.get_logger(__name__)


class AccountName(Protocol):
    """Which account to open. `reference` tells keys apart without telling them; one that is equal has the same key."""

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
        environment: str,
        accounts: Callable[[], Sequence[AccountName]],
        connect: Callable[[str], Exchange],
        address: Callable[[], str],
        without_key: Callable[[Account], Exchange],
        take_over: Callable[[int], object] = lambda epoch: None,
    ) -> None:
        """
        Args:
            accounts: those that there are keys for, now.
            connect: opens the account of a reference.
            address: where the exchange answers now: the demo's may come back at another place.
            without_key: opens an account that lives from statements.
            take_over: stores, under an epoch of the lease, the keys of the settings that are not stored yet.
        """
        self._store = store
        self._environment = environment
        self._accounts = accounts
        self._connect = connect
        self._address = address
        self._without_key = without_key
        self._take_over = take_over
        self._taken_over = False
        self._opened_at: str | None = None
        self._opened: Sequence[AccountName] = ()
        self._sessions: dict[AccountName, Session] = {}
        self._keyless: dict[int, Session] = {}
        self._lock = threading.Lock()

    def sessions(self, epoch: int) -> list[Session]:
        """Every account's session; account rows are made at the first call. One with unusable keys has none.

        Keys come, change and go at any time: what has another key has another session. Those without a key come last.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        with self._lock:
            address = self._address()
            if not self._taken_over:
                self._take_over(epoch)
                self._taken_over = True
            wanted = self._accounts()
            moved = address != self._opened_at
            if moved:
                self._sessions, self._keyless = {}, {}
            if moved or wanted != self._opened:
                self._sessions = self._open(epoch, wanted)
                self._opened, self._opened_at = wanted, address
            return [*self._sessions.values(), *self._open_keyless()]

    def _open(self, epoch: int, wanted: Sequence[AccountName]) -> dict[AccountName, Session]:
        """Sessions of these accounts; one that is open already, with the same key, stays."""
        with self._store.write(epoch) as unit:
            here = {one.id for one in unit.accounts.in_environment(self._environment)}
            rows = [unit.accounts.ensure(one.environment, one.name, one.reference) for one in wanted]
            for row in rows:
                if row.id not in here:
                    unit.audit.record("account.add", account_id=row.id, subject=row.name)
            opened_ids = {row.id for row in rows}
            names = {row.name.casefold() for row in rows}
            for account in unit.accounts.in_environment(self._environment):
                if account.id not in opened_ids and account.name.casefold() in names:
                    # They stay two accounts; who goes by names cannot tell them apart.
                    log.warning("two accounts have one name: change the one beside the key", account=account.name)
                if account.id not in opened_ids and not account.keyless:
                    # Nobody reads it any more: what is shown of it grows old until the user says what becomes of it.
                    unit.accounts.update_sync(account.id, error=KEY_IS_GONE, error_code=KEY_GONE)
                    unit.events.emit("sync", account.id, {"code": KEY_GONE})
        opened: dict[AccountName, Session] = {}
        for one, account in zip(wanted, rows, strict=True):
            known = self._sessions.get(one)
            if known is not None:
                opened[one] = known
                continue
            try:
                opened[one] = Session(account, self._connect(one.reference))
            except CredentialsRefusedError as error:
                self._refuse(epoch, account, error)
                continue
            log.info("Binance session initialized", environment=one.environment, account=account.name)
        return opened

    def _open_keyless(self) -> list[Session]:
        with self._store.read() as unit:
            found = [one for one in unit.accounts.in_environment(self._environment) if one.keyless]
        known = self._keyless
        self._keyless = {one.id: known.get(one.id) or Session(one, self._without_key(one)) for one in found}
        return list(self._keyless.values())

    def _refuse(self, epoch: int, account: Account, error: CredentialsRefusedError) -> None:
        """Say with the account why it is not read; the others go on."""
        log.error("account cannot be opened", account=account.name, detail=str(error))
        with self._store.write(epoch) as unit:
            unit.accounts.update_sync(account.id, failures=1, error=str(error), error_code=error.code)
            unit.task_log.note(failure_line("balances", account.id, error))
            unit.events.emit("sync", account.id, {"code": error.code})
