"""A keep-alive client that costs little itself, so that the difference between two servers is not drowned in it."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower-case names) and body of one response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body, parsed."""
        return json.loads(self.body)


class KeepAlive:
    """One connection to a local server and one request, sent again and again.

    With `conditional` each request names the ETag of the answer before, so that an unchanged answer comes as 304.
    A server that closes the connection after an answer gets a new one, in the caller's time, as from a browser.
    """

    def __init__(self, port: int, path: str, conditional: bool = False) -> None:
        self._port = port
        self._start = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n"
        self._conditional = conditional
        self._request = f"{self._start}\r\n".encode()
        self._socket = self._connect()

    def get(self) -> Answer:
        """Send the request and read the whole answer.

        Raises:
            ConnectionError: the server closed before it had answered, or answered without a length.
        """
        self._socket.sendall(self._request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        lines = received[:end].decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ", 2)[1])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        body = received[end + 4 :]
        if status != 304:
            if "content-length" not in headers:
                raise ConnectionError("the answer has no Content-Length")
            while len(body) < int(headers["content-length"]):
                body += self._more()
            if self._conditional:
                self._request = f"{self._start}If-None-Match: {headers['etag']}\r\n\r\n".encode()
        if headers.get("connection", "").lower() == "close":
            self._socket.close()
            self._socket = self._connect()
        return Answer(status, headers, body)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk
