"""The judge of streams sees one that goes on elsewhere, and takes nothing for told that was cut in the middle."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pytest

from backend.tests.process.harness import START_S, wait_for
from backend.tests.process.open_page import OpenPage

pytestmark = pytest.mark.process

FIRST: Final = (
    'id: 5\nevent: hello\ndata: {"id":5}\n\nid: 6\nevent: balances\ndata: {"id":6}\n\nid: 7\nevent: balances\n'
)
THEN: Final = 'id: 9\nevent: hello\ndata: {"id":9}\n\nid: 10\nevent: balances\ndata: {"id":10}\n\n'
ASKED: Final = list[str | None]()


class Streams(BaseHTTPRequestHandler):
    """Ends the first stream in the middle of an event, and goes on elsewhere with every other one."""

    def do_GET(self) -> None:
        ASKED.append(self.headers["Last-Event-ID"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write((FIRST if len(ASKED) == 1 else THEN).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is told."""


def test_a_stream_that_goes_on_elsewhere_is_seen_and_half_an_event_is_none() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Streams) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = OpenPage(f"http://127.0.0.1:{server.server_port}", lambda answer: None)
        wait_for(lambda: len(page.heard) > 1, "the page goes on", START_S)
        page.close()
        server.shutdown()
    assert page.began_at == 5
    assert ASKED[:2] == [None, "6"]
    assert page.heard[:2] == [6, 10]
    assert page.wrong[0] == "a stream that was left at 6 goes on at 9"
