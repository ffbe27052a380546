"""The HTTP server: keep-alive, no delay, raw bytes in, and sockets within reach of the faults."""

import contextlib
import os
import select
import socket
import struct
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol

from backend.exchange.simulator.messages import Answer, Request

LONGEST_HOLD_S: Final = 60.0
LONGEST_BODY: Final = 10_000_000
POLL_S: Final = 0.1
LINGER_FORMAT: Final = "hh" if os.name == "nt" else "ii"  # of the system's struct linger


class Delivery(Protocol):
    """How an answer reaches the client; the application calls exactly one method."""

    def send(self, answer: Answer) -> None: ...
    def send_part(self, answer: Answer) -> None: ...
    def send_slowly(self, answer: Answer, over_s: float) -> None: ...
    def hold(self) -> None: ...
    def reset(self) -> None: ...


class Application(Protocol):
    def handle(self, request: Request, delivery: Delivery) -> None: ...


class SimulatorServer(ThreadingHTTPServer):
    """One thread per connection; none outlives the process. `application` is set before it serves."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = os.name != "nt"  # on Windows the option would let two servers share a port

    application: Application

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler)
        self.closing = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is its own business; anything else is a defect and must be seen."""
        if not isinstance(sys.exc_info()[1], ConnectionError) and not self.closing.is_set():
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: SimulatorServer
    protocol_version = "HTTP/1.1"
    server_version = "simulator"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, path, query.encode("latin-1"), body, headers, self.client_address[0])
        self.server.application.handle(request, self)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    # -- Delivery -----------------------------------------------------------------------------------------------

    def send(self, answer: Answer) -> None:
        self._head(answer)
        self.wfile.write(answer.body)
        self.wfile.flush()

    def send_part(self, answer: Answer) -> None:
        """Promise the whole body, send half of it and hang up."""
        self._head(answer)
        self.wfile.write(answer.body[: len(answer.body) // 2])
        self.wfile.flush()
        self.close_connection = True

    def send_slowly(self, answer: Answer, over_s: float) -> None:
        """Let the body trickle out in ten parts."""
        self._head(answer)
        size = max(1, -(-len(answer.body) // 10))
        for start in range(0, len(answer.body), size):
            self.wfile.write(answer.body[start : start + size])
            self.wfile.flush()
            if self.server.closing.wait(over_s / 10):
                break

    def hold(self) -> None:
        """Say nothing until the client goes away, the server ends, or a minute has passed."""
        self.close_connection = True
        until = time.monotonic() + LONGEST_HOLD_S
        while time.monotonic() < until and not self.server.closing.wait(POLL_S):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return

    def reset(self) -> None:
        """Drop the connection so that the client sees a reset rather than an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(LINGER_FORMAT, 1, 0))
        with contextlib.suppress(OSError):
            self.rfile.close()
        self.connection.close()

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: `GET /sim/requests` counts what came in."""
