"""The WSGI server of `start` and `web`: waitress, which is pure Python and runs on every system (decision 0001)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import WSGITask

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS: Final = 48
STREAM_TIMEOUT_S: Final = 3600
# How long a thread computes before another one gets the interpreter. A request changes threads some ten times, and
# beside a busy collector it would wait five milliseconds, Python's own, at each of them.
SWITCH_S: Final = 0.0005


class _KeepAliveTask(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """Leaves the connection open after an answer that has no body by definition (304, 204).

    waitress closes it for want of a Content-Length, which such an answer must not carry: every unchanged poll would
    cost a new connection.
    """

    def set_close_on_finish(self) -> None:
        asked = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked or self.version != "1.1":
            super().set_close_on_finish()


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    task_class = _KeepAliveTask


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
        clear_untrusted_proxy_headers=True,
    )
