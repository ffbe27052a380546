"""A connection to a stream that is made again whenever it ends, until it is stopped."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import connect

from backend.core.errors import CredentialsRefusedError, DomainError, ExchangeLimitedError
from backend.core.model.stream_state import StreamCondition, StreamState
from backend.exchange.binance.streams.link import Link, UnreadableMessageError
from backend.exchange.binance.streams.pace import ConnectBudget, Pace, Retries

if TYPE_CHECKING:
    from backend.exchange.binance.streams.toll import Toll

log = structlog.get_logger(__name__)

LARGEST_MESSAGE: Final = 2**24
PING_S: Final = 20.0
CLOSE_S: Final = 1.0
STOP_S: Final = 0.5
UNAVAILABLE_FOR_LEGAL_REASONS: Final = 451
BANNED: Final = 418
WAIT_STATUSES: Final = (BANNED, 429)
LIMITED_S: Final = 120.0


class StreamOver(Exception):
    """Not an error: the exchange, or we, want a new connection now."""


class StreamSilentError(Exception):
    """The connection stands, but nothing comes through it."""


class Conversation(Protocol):
    """What is said on a connection. Its methods run on the connection's thread."""

    @property
    def name(self) -> str: ...

    @property
    def ceaseless(self) -> bool:
        """Whether data never cease, so that their absence is a fault."""

    @property
    def connect_weight(self) -> int:
        """What a connection costs of the host's request weight."""

    @property
    def toll(self) -> Toll:
        """That of its host."""

    def address(self) -> str:
        """Where to connect now; may raise `ExchangeError`."""

    def greet(self, link: Link) -> None:
        """Subscribe; from its return on the connection is live. May raise `ExchangeError`."""

    def probe(self) -> Mapping[str, Any]:
        """A request that the exchange answers when all is well; may raise `ExchangeError`."""

    def hear(self, message: Any) -> None:
        """Take a message that answers no request; raises `StreamOver` when it asks for a new connection."""

    def lost(self) -> None:
        """The connection is gone: what happens from now on is not heard."""


class StreamConnection:
    """Keeps one conversation going on a thread of its own."""

    def __init__(
        self,
        conversation: Conversation,
        pace: Pace,
        budget: ConnectBudget,
        through_proxy: bool,
        now_ms: Callable[[], int],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`changed` is called when the state changes. `now_ms` is this machine's clock."""
        self._conversation = conversation
        self._pace = pace
        self._through_proxy = through_proxy
        self._now_ms = now_ms
        self._changed = changed
        self._budget = budget
        self._retries = Retries(pace, random.Random())
        self._stopping = threading.Event()
        self._again = threading.Event()
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._lives = 0
        self._state = StreamState(conversation.name, "reconnecting", now_ms(), None, 0, "")
        self._thread = threading.Thread(target=self._run, name=f"stream-{conversation.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def state(self) -> StreamState:
        """How it is now."""
        return self._state

    def restart(self) -> None:
        """Make the connection anew, as after a change of what is to be heard."""
        self._again.set()
        self._break_off()

    def end(self) -> None:
        """Ask it to end, without waiting."""
        self._stopping.set()
        self._again.set()
        self._break_off()

    def join(self) -> bool:
        """Wait a moment for its end; returns whether it came (one that is just connecting takes longer)."""
        if self._thread.ident is not None:
            self._thread.join(STOP_S)
        return not self._thread.is_alive()

    def _break_off(self) -> None:
        with self._lock:
            if self._link is not None:
                self._link.break_off()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._again.clear()
            wait_s = self._one_life()
            self._again.wait(wait_s)
            # Also a restart keeps within what the exchange allows.
            self._stopping.wait(self._budget.wait_s())

    def _one_life(self) -> float:
        """Connect and converse until it ends; returns how long to wait before the next time."""
        try:
            self._converse()
        except StreamOver:
            return self._ended("")
        except CredentialsRefusedError as error:
            return max(self._ended(str(error)), self._pace.refused_s)
        except ExchangeLimitedError as error:
            return max(self._ended(str(error)), error.retry_after_s)
        except DomainError as error:
            return self._ended(str(error))
        except InvalidStatus as error:
            return self._refused(error)
        except StreamSilentError:
            return self._ended("The stream fell silent")
        except UnreadableMessageError:
            return self._ended("The stream sent something unreadable")
        except TimeoutError:
            return self._ended("The stream does not answer")
        except ConnectionClosed:
            return self._ended("The connection was cut")
        except ImportError:
            # What the client says of a SOCKS proxy, for which a further package is needed.
            return self._ended("Streams cannot go through a SOCKS proxy: set HTTPS_PROXY to one that speaks HTTP")
        except (OSError, WebSocketException):
            return self._ended("The stream cannot be reached")
        except Exception as error:  # the thread outlives a fault of ours, which is logged
            log.error("stream failed", stream=self._state.name, exc_info=error)
            return self._ended("The stream failed here: the log says why")
        return self._ended("")

    def _converse(self) -> None:
        conversation, pace = self._conversation, self._pace
        address = conversation.address()
        conversation.toll.pay(conversation.connect_weight)
        self._budget.take()
        with connect(
            address,
            proxy=True if self._through_proxy else None,
            open_timeout=pace.open_s,
            ping_interval=PING_S,
            ping_timeout=PING_S,
            close_timeout=CLOSE_S,
            max_size=LARGEST_MESSAGE,
            compression=None,
        ) as connection:
            link = Link(connection, pace.answer_s, self._stopping, self._heard)
            with self._lock:
                self._link = link
            try:
                if self._stopping.is_set():
                    return
                conversation.greet(link)
                self._live()
                self._listen(link)
            finally:
                with self._lock:
                    self._link = None
                conversation.lost()
                # Nothing more is wanted from it: a closing handshake with a mute host would only take time.
                link.break_off()

    def _listen(self, link: Link) -> None:
        conversation, pace = self._conversation, self._pace
        started_s = data_s = time.monotonic()
        probed = False
        while not self._stopping.is_set():
            now_s = time.monotonic()
            if now_s - started_s >= pace.life_s:
                raise StreamOver
            if conversation.ceaseless and now_s - data_s > pace.data_s:
                raise StreamSilentError
            if link.early:
                message = link.early.popleft()
            else:
                patience_s = pace.answer_s if probed else pace.quiet_s
                try:
                    message = link.receive(min(patience_s, started_s + pace.life_s - now_s))
                except TimeoutError:
                    if time.monotonic() - started_s >= pace.life_s:
                        continue
                    if probed:
                        raise StreamSilentError from None
                    link.say(conversation.probe())
                    probed = True
                    continue
            probed = False
            if isinstance(message, Mapping) and "id" in message:
                continue  # the answer to a probe: no event has an id
            data_s = time.monotonic()
            conversation.hear(message)

    def _refused(self, error: InvalidStatus) -> float:
        status, told = error.response.status_code, error.response.headers.get("Retry-After", "")
        wait_s = self._ended(_refusal(status))
        if status not in WAIT_STATUSES:
            return wait_s
        limited_s = float(told) if told.isascii() and told.isdigit() and len(told) < 8 else LIMITED_S
        try:
            self._conversation.toll.refused(limited_s, banned=status == BANNED)
        except DomainError as failure:
            log.warning("refusal not kept", stream=self._state.name, detail=str(failure))
        return max(wait_s, limited_s)

    def _heard(self) -> None:
        self._state = replace(self._state, last_message_ms=self._now_ms())

    def _live(self) -> None:
        self._retries.succeeded()
        self._lives += 1
        self._tell("live", "")
        log.info("stream live", stream=self._state.name, reconnects=self._state.reconnects)

    def _ended(self, why: str) -> float:
        if self._stopping.is_set():
            return 0.0
        wait_s = self._retries.wait_s()
        # Told once: a host that is blocked for days would fill the log.
        news = self._state.state == "live" or self._state.detail != why
        self._tell("reconnecting", why)
        say = log.info if news else log.debug
        say("stream ended", stream=self._state.name, detail=why, again_in_s=round(wait_s, 1))
        return wait_s

    def _tell(self, state: StreamCondition, detail: str) -> None:
        before = self._state
        since_ms = before.since_ms if before.state == state else self._now_ms()
        self._state = replace(before, state=state, since_ms=since_ms, detail=detail, reconnects=max(self._lives - 1, 0))
        self._changed()


def _refusal(status: int) -> str:
    if status == UNAVAILABLE_FOR_LEGAL_REASONS:
        return "The exchange does not serve the country of this address [451]"
    return f"The stream's host refused the connection [{status}]"
