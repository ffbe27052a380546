"""The sockets of the streams: one port for all hosts, one sending and one reading thread for each connection."""

import contextlib
import logging
import queue
import socket
import threading
import time
from collections import deque
from http import HTTPStatus
from typing import Final

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from backend.exchange.simulator.limits import SPOT_IP
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import AccountRecord
from backend.exchange.simulator.streams.session import API_PATH, Parts, Session, host_of

PING_EVERY_S: Final = 20
PONG_WITHIN_S: Final = 60
LONGEST_LIFE_S: Final = 24 * 3600
TICK_S: Final = 1.0
MESSAGES_A_SECOND: Final = 5  # to a host of streams; calls of the WebSocket API count by their weight
CONNECT_WEIGHT: Final = 2  # to the WebSocket API
POLICY_VIOLATION, GOING_AWAY = 1008, 1001


class StreamHub:
    """The open sessions; hands them every record. `url` is set once the port is known."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._sessions: set[Session] = set()
        self.url = ""
        parts.exchange.listeners.append(self._on_record)

    def admit(self, path: str, ip: str) -> None:
        """Charge an address for a connection to the WebSocket API, and log it.

        Raises:
            ExchangeError: 429 beyond the limit, 418 inside a ban.
        """
        if path != API_PATH:
            return
        status = int(HTTPStatus.SWITCHING_PROTOCOLS)
        try:
            self._parts.limits.charge(SPOT_IP, ip, API_PATH, CONNECT_WEIGHT)
        except ExchangeError as error:
            status = error.status
            raise
        finally:
            self._parts.limits.note("WS", API_PATH, CONNECT_WEIGHT, status)

    def open(self, path: str, query: str, ip: str) -> Session:
        """Raises ValueError for a path that nobody serves."""
        session = Session(self._parts, path, query, ip)
        with self._lock:
            self._sessions.add(session)
        return session

    def close(self, session: Session) -> None:
        with self._lock:
            self._sessions.discard(session)

    def count(self) -> int:
        with self._lock:
            return len(self._sessions)

    def fault(self, path: str) -> str | None:
        """What befalls a connection in this second."""
        return self._parts.faults.draw_stream(path)

    def shut_down(self) -> None:
        """Tell every client that the server goes away, and end its connection."""
        for session in self._open():
            session.announce_shutdown()
            session.end()

    def _on_record(self, record: AccountRecord) -> None:
        for session in self._open():
            session.on_record(record)

    def _open(self) -> list[Session]:
        with self._lock:
            return list(self._sessions)


class StreamServer:
    """Listens from the start; serves once it has a hub. Raises OSError when the port cannot be had."""

    def __init__(self, host: str, port: int) -> None:
        self._server: Server = serve(
            self._handle,
            host,
            port,
            process_request=self._admit,
            ping_interval=PING_EVERY_S,
            ping_timeout=PONG_WITHIN_S,
            close_timeout=1,
            server_header=None,
            logger=_quiet_logger(),
        )
        self.hub: StreamHub | None = None
        self.address: tuple[str, int] = self._server.socket.getsockname()[:2]

    def start(self, hub: StreamHub) -> None:
        self.hub = hub
        hub.url = f"ws://{self.address[0]}:{self.address[1]}"
        threading.Thread(target=self._server.serve_forever, name="streams", daemon=True).start()

    def close(self) -> None:
        """Close the port and what is open on it, without waiting for clients that say nothing."""
        threading.Thread(target=self._server.shutdown, name="streams-end", daemon=True).start()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """What refuses a connection; None lets it in."""
        path = request.path.partition("?")[0]
        if host_of(path) is None:
            return connection.respond(HTTPStatus.NOT_FOUND, "Not Found\n")
        try:
            if self.hub is not None:
                self.hub.admit(path, str(connection.remote_address[0]))
        except ExchangeError as error:
            refusal = connection.respond(HTTPStatus(error.status), error.text + "\n")
            refusal.headers.update(error.headers)
            return refusal
        return None

    def _handle(self, connection: ServerConnection) -> None:
        hub = self.hub
        if hub is None or connection.request is None:
            return
        path, _, query = connection.request.path.partition("?")
        session = hub.open(path, query, str(connection.remote_address[0]))
        reader = threading.Thread(target=_read, args=(connection, session), name="stream-reader", daemon=True)
        reader.start()
        try:
            _send(connection, session, hub)
        except (ConnectionClosed, OSError):
            pass  # the client went away, or a fault cut the line
        finally:
            hub.close(session)


def _quiet_logger() -> logging.Logger:
    """Clients that hang up in the middle are their own business."""
    logger = logging.getLogger("simulator.streams")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def _read(connection: ServerConnection, session: Session) -> None:
    lately: deque[float] = deque(maxlen=MESSAGES_A_SECOND)
    try:
        for message in connection:
            now = time.monotonic()
            if session.path != API_PATH and len(lately) == MESSAGES_A_SECOND and now - lately[0] < 1:
                connection.close(POLICY_VIOLATION, "Too many requests")
                break
            lately.append(now)
            session.receive(message)
    except (ConnectionClosed, OSError):
        pass  # the sender learns it by the end of the session
    finally:
        session.end()


def _send(connection: ServerConnection, session: Session, hub: StreamHub) -> None:
    """Send until the session ends, and let it tick each second."""
    started = next_tick = time.monotonic()
    while True:
        try:
            text = session.outbox.get(timeout=max(0.0, next_tick - time.monotonic()))
        except queue.Empty:
            next_tick = time.monotonic() + TICK_S
            fault = hub.fault(session.path)
            if fault == "stream_cut":
                _cut(connection)
                return
            session.muted = fault == "stream_silent"
            if time.monotonic() - started > LONGEST_LIFE_S:
                session.announce_shutdown()
                session.end()
            session.tick()
            continue
        if text is None:
            connection.close(GOING_AWAY, "")
            return
        if not session.muted:
            connection.send(text)


def _cut(connection: ServerConnection) -> None:
    """Drop the line without a closing frame."""
    with contextlib.suppress(OSError):
        connection.socket.shutdown(socket.SHUT_RDWR)
