"""The WSGI server of `start` and `web`: waitress, which is pure Python and runs on every system (decision 0001)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask

from backend.api.protection import CONTENT_SECURITY_POLICY, SECURITY_HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS: Final = 48
STREAM_TIMEOUT_S: Final = 3600
# How long a thread computes before another one gets the interpreter. A request changes threads some ten times, and
# beside a busy collector it would wait five milliseconds, Python's own, at each of them.
SWITCH_S: Final = 0.0005
# More is not even read to its end; the application refuses less than that in words of its own.
MOST_BODY_BYTES: Final = 1024 * 1024
SINGLE: Final = (b"host", b"content-length", b"transfer-encoding", b"content-type", b"authorization", b"origin")
CODING: Final = b"transfer-encoding:"


class _KeepAliveTask(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """Leaves the connection open after an answer that has no body by definition (304, 204).

    waitress closes it for want of a Content-Length, which such an answer must not carry: every unchanged poll would
    cost a new connection.
    """

    def set_close_on_finish(self) -> None:
        asked = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked or self.version != "1.1":
            super().set_close_on_finish()


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress ships no types
    """Refuses what two programs on the way could read differently: where a body ends, and which host is meant."""

    def parse_header(self, header_plus: bytes) -> None:
        lines = header_plus.split(b"\r\n")[1:]
        if any(line[:1] in (b" ", b"\t") for line in lines):
            raise ParsingError("Folded header lines are not supported")
        names = [line.partition(b":")[0].lower() for line in lines]
        if any(names.count(name) > 1 for name in SINGLE):
            raise ParsingError("A header that may come once came twice")
        codings = [line.partition(b":")[2].strip(b" \t").lower() for line in lines if line[:18].lower() == CODING]
        if codings and (codings != [b"chunked"] or b"content-length" in names):
            raise ParsingError("The length of the body is not clear")
        super().parse_header(header_plus)
        if self.version not in ("1.0", "1.1"):
            raise ParsingError("This version of HTTP is not known")
        if codings and self.version != "1.1":
            raise ParsingError("The length of the body is not clear")
        if self.proxy_netloc and self.proxy_netloc != self.headers.get("HOST"):
            raise ParsingError("The address and the Host are not the same")


class _ErrorTask(ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """What is refused before the application carries what protects the browser, too."""

    def execute(self) -> None:
        self.response_headers.extend(SECURITY_HEADERS.items())
        self.response_headers.append(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
        super().execute()


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    task_class = _KeepAliveTask
    error_task_class = _ErrorTask
    parser_class = _Parser


def make_server(application: WSGIApplication, host: str, port: int, threads: int = THREADS) -> Any:
    """A server bound to its port; `run()` serves until `close()`. The process's threads take shorter turns from now."""
    sys.setswitchinterval(SWITCH_S)
    BaseWSGIServer.channel_class = _Channel
    return create_server(
        application,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        # Server-sent events must leave at once, not when a buffer is full.
        send_bytes=1,
        channel_timeout=STREAM_TIMEOUT_S,
        max_request_body_size=MOST_BODY_BYTES,
        clear_untrusted_proxy_headers=True,
    )
