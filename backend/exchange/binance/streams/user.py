"""The WebSocket API's user stream: the events of every account over one connection, one subscription each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.errors import CredentialsRefusedError, ExchangeError
from backend.core.model.stream_events import StreamEnded
from backend.exchange.binance.stream_parse import server_time_ms, subscription_id, user_message
from backend.exchange.binance.streams.connection import StreamOver
from backend.exchange.binance.streams.toll import CONNECT_WEIGHT, PING_WEIGHT, Toll

if TYPE_CHECKING:
    from backend.core.live_ports import LiveListener, StreamLogin
    from backend.exchange.binance.streams.link import Link

log = structlog.get_logger(__name__)

TIME_WEIGHT: Final = 1
SUBSCRIBE_WEIGHT: Final = 2


class UserConversation:
    """Subscribes every account that is watched; an account whose key is refused does not keep the others from it."""

    name = "user"
    ceaseless = False

    connect_weight = CONNECT_WEIGHT

    def __init__(self, address: Callable[[], str], listener: LiveListener, toll: Toll) -> None:
        """`address()` is that of the WebSocket API; it may raise `ExchangeError`."""
        self.toll = toll
        self._address = address
        self._listener = listener
        self._lock = threading.Lock()
        self._accounts: Mapping[int, StreamLogin] = {}
        self._by_subscription: dict[int, int] = {}

    def watch(self, accounts: Mapping[int, StreamLogin]) -> bool:
        """Choose the accounts; returns whether they are others than before. They count from the next connection on."""
        with self._lock:
            changed = accounts != self._accounts
            self._accounts = dict(accounts)
            return changed

    def address(self) -> str:
        return self._address()

    def greet(self, link: Link) -> None:
        with self._lock:
            accounts = self._accounts
        refused: CredentialsRefusedError | None = None
        for account_id, login in accounts.items():
            # Asked for each: with many accounts and few messages a second the first answer would be too old.
            now_ms = server_time_ms(self.toll.ask(link, {"method": "time"}, TIME_WEIGHT))
            request = {"method": "userDataStream.subscribe.signature", "params": login.stream_login(now_ms)}
            try:
                told = self.toll.ask(link, request, SUBSCRIBE_WEIGHT)
                self._by_subscription[subscription_id(told)] = account_id
            except CredentialsRefusedError as error:
                log.warning("account not streamed", account=account_id, detail=str(error))
                refused = error
                continue
            self._listener.account_live(account_id)
        if refused is not None and not self._by_subscription:
            raise refused

    def probe(self) -> Mapping[str, Any]:
        self.toll.pay(PING_WEIGHT)
        return {"method": "ping"}

    def hear(self, message: Any) -> None:
        try:
            told = user_message(message)
        except ExchangeError as error:
            log.warning("event not readable", detail=str(error))
            # Whose it was cannot be told either.
            for account_id in list(self._by_subscription.values()):
                self._listener.account_event(account_id, None)
            return
        if isinstance(told.event, StreamEnded):
            # One subscription that ended, or the whole server: subscribe all anew, which also asks what became of them.
            raise StreamOver
        account = None if told.subscription is None else self._by_subscription.get(told.subscription)
        if account is not None:
            self._listener.account_event(account, told.event)

    def lost(self) -> None:
        for account_id in self._by_subscription.values():
            self._listener.account_lost(account_id)
        self._by_subscription.clear()
