"""A go-between that leaves fills out of what the exchange answers; it knows nothing of the program under test."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

FILLS: Final = "/api/v3/myTrades"
HOP_BY_HOP: Final = frozenset({"connection", "content-length", "transfer-encoding", "host", "accept-encoding"})
Fill = dict[str, Any]


class Omitting:
    """Stands between a client and an exchange, a context manager. `omit` says which fills are never told."""

    def __init__(self, exchange: str, omit: Callable[[Fill], bool]) -> None:
        self.omitted: dict[tuple[str, int], Fill] = {}
        self._exchange = exchange
        self._omit = omit
        handler = type("Handler", (_Handler,), {"between": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def passed_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, bytes]:
        """What the exchange answers to a request, less the fills that are left out."""
        request = urllib.request.Request(self._exchange + path, body or None, headers, method=method)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=20) as answer:
                status, told, content = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, told, content = error.code, error.headers, error.read()
        if status == 200 and urlsplit(path).path == FILLS:
            content = self._without(content)
        return status, told, content

    def _without(self, content: bytes) -> bytes:
        fills: list[Fill] = json.loads(content)
        gone = [fill for fill in fills if self._omit(fill)]
        self.omitted.update({(fill["symbol"], fill["id"]): fill for fill in gone})
        return json.dumps([fill for fill in fills if fill not in gone]).encode() if gone else content


class _Handler(BaseHTTPRequestHandler):
    between: Omitting
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        status, told, content = self.between.passed_on(self.command, self.path, headers, body)
        self.send_response(status)
        for name, value in told.items():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _pass

    def log_message(self, *_: object) -> None:
        """It is silent."""
