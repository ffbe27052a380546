"""SessionManager: the one client of each account, made when first needed and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from backend.core.model.accounts import Account
from backend.core.ports import Exchange, Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Which account to open. `reference` tells keys apart without telling them."""

    environment: str
    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class Session:
    """An account and the exchange that answers for it."""

    account: Account
    exchange: Exchange


class SessionManager:
    """Opens the sessions of the environment. Only the collector has one: it alone holds keys."""

    def __init__(
        self,
        store: Store,
        credentials: Callable[[], Credentials],
        connect: Callable[[], Exchange],
        address: Callable[[], str],
    ) -> None:
        """`address()` says where the exchange answers now: the demo's may come back at another place."""
        self._store = store
        self._address = address
        self._opened_at = ""
        self._credentials = credentials
        self._connect = connect
        self._session: Session | None = None
        self._lock = threading.Lock()

    def sessions(self, epoch: int) -> list[Session]:
        """Every account's session; the account row is made at the first call.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        with self._lock:
            address = self._address()
            if self._session is None or address != self._opened_at:
                wanted = self._credentials()
                exchange = self._connect()
                with self._store.write(epoch) as unit:
                    account = unit.accounts.ensure(wanted.environment, wanted.name, wanted.reference)
                self._session, self._opened_at = Session(account, exchange), address
                log.info("Binance session initialized", environment=wanted.environment, account=account.name)
            return [self._session]
