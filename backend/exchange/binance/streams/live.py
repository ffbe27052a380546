"""BinanceLive: the streams of one environment, `core.live_ports.LiveFeed` over Binance's hosts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.exchange.binance.streams.connection import Conversation, StreamConnection
from backend.exchange.binance.streams.futures import FuturesConversation
from backend.exchange.binance.streams.market import MarketConversation
from backend.exchange.binance.streams.pace import ConnectBudget, Pace
from backend.exchange.binance.streams.user import UserConversation

if TYPE_CHECKING:
    from backend.core.live_ports import LiveListener, StreamLogin
    from backend.core.model.stream_state import StreamState
    from backend.exchange.binance.streams.toll import Tolls


@dataclass(frozen=True, slots=True)
class StreamHosts:
    """Where the streams of an environment are: the market's without a path, the others with it.

    `futures`: the private streams of USD-M; empty where an environment has none for its keys.
    """

    market: str
    api: str
    futures: str = ""

    @classmethod
    def simulated(cls, base: str) -> StreamHosts:
        """Those of a simulator, which serves all hosts at one address."""
        return cls(base, f"{base}/ws-api/v3", f"{base}/private")


PRODUCTION_STREAMS: Final = StreamHosts(
    "wss://stream.binance.com", "wss://ws-api.binance.com/ws-api/v3", "wss://fstream.binance.com/private"
)
TESTNET_STREAMS: Final = StreamHosts(
    "wss://stream.testnet.binance.vision", "wss://ws-api.testnet.binance.vision/ws-api/v3"
)

# Each is a connection with its threads; accounts beyond are refreshed at the interval.
MOST_FUTURES: Final = 20


class BinanceLive:
    """One connection for the market, one for all accounts, and one for each account with futures."""

    def __init__(
        self,
        hosts: Callable[[], StreamHosts],
        listener: LiveListener,
        changed: Callable[[], None],
        now_ms: Callable[[], int],
        through_proxy: bool,
        tolls: Tolls,
        pace: Pace | None = None,
    ) -> None:
        """`hosts()` is asked before each connection and may raise `ExchangeError`. `now_ms` is this machine's clock."""
        self._market = MarketConversation(lambda: hosts().market, listener, tolls.spot)
        self._user = UserConversation(lambda: hosts().api, listener, tolls.spot)
        self._hosts = hosts
        self._tolls = tolls
        self._listener = listener
        self._futures: dict[int, FuturesConversation] = {}
        self._changed = changed
        self._now_ms = now_ms
        self._through_proxy = through_proxy
        self._pace = pace or Pace()
        self._budget = ConnectBudget()
        self._lock = threading.Lock()
        self._stopped = False
        self._connections: dict[str, StreamConnection] = {}

    def stop(self) -> None:
        """End all connections at once."""
        with self._lock:
            self._stopped = True
            running = list(self._connections.values())
        for connection in running:
            connection.end()
        for connection in running:
            connection.join()

    def watch(self, accounts: Mapping[int, StreamLogin]) -> None:
        """Hear the events of these accounts, by id, and of no others."""
        if self._user.watch(accounts) and not self._started(self._user):
            self._connections[self._user.name].restart()

    def watch_futures(self, account_id: int, listen_key: str) -> None:
        """Hear the futures of an account through a listen key, new or renewed."""
        conversation = self._futures.get(account_id)
        if conversation is None:
            if len(self._futures) == MOST_FUTURES:
                return
            conversation = FuturesConversation(
                account_id, lambda: self._hosts().futures, self._listener, self._tolls.futures
            )
            self._futures[account_id] = conversation
        before, conversation.listen_key = conversation.listen_key, listen_key
        if not self._started(conversation) and before != listen_key:
            self._connections[conversation.name].restart()

    def want(self, symbols: Set[str]) -> None:
        """Hear the prices of these symbols, and of no others."""
        self._market.wanted = frozenset(symbols)
        if symbols:
            self._started(self._market)

    def states(self) -> Sequence[StreamState]:
        """How each connection is."""
        with self._lock:
            return [connection.state() for connection in self._connections.values()]

    def _started(self, conversation: Conversation) -> bool:
        """Begin a conversation; returns False where it is under way."""
        with self._lock:
            if self._stopped:
                return True
            if conversation.name in self._connections:
                return False
            connection = StreamConnection(
                conversation, self._pace, self._budget, self._through_proxy, self._now_ms, self._changed
            )
            self._connections[conversation.name] = connection
        connection.start()
        return True
