"""nginx as docker-compose starts it: what it says by itself has the form of the API's errors, and nothing is held back.

What stands behind it here says how large a body was, and breaks off where it is asked to.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from backend.api.problems import STATUS_CODES
from backend.api.protection import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from backend.api.schemas.imports import MAX_BYTES
from backend.app import MAX_BODY_BYTES
from backend.tests.process.composed import NO_NGINX, Front, has_nginx
from backend.tests.process.harness import START_S, wait_for

pytestmark = [pytest.mark.process, pytest.mark.skipif(not has_nginx(), reason=NO_NGINX)]

BROKEN_OFF: Final = "/api/broken-off"


class Behind(BaseHTTPRequestHandler):
    """Stands for the backend."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        size = len(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == BROKEN_OFF:
            self.close_connection = True
            return
        body = str(size).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is told."""


@pytest.fixture(scope="module")
def behind() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Behind) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def front(behind: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    made = Front(tmp_path_factory.mktemp("front"), behind.server_port)
    made.launch()
    try:
        wait_for(made.well, "nginx answers", START_S)
        yield made
        assert made.end(), made.log_tail()
    finally:
        if made.running:
            made.kill()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/assets/nothing.js", 404),
        ("GET", "/metrics", 404),
        ("GET", "/.env", 404),
        ("GET", "/refused/unclear", 404),
        ("POST", "/", 405),
        ("GET", f"/{'x' * 20_000}", 400),
    ],
)
def test_what_it_refuses_itself_has_the_form_of_every_error(front: Front, method: str, path: str, status: int) -> None:
    says_so(front.request(method, path, data=b""), status)


def says_so(answer: Any, status: int, code: str = "") -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code or STATUS_CODES[status])
    assert told["type"] == f"/problems/{told['code']}"
    assert told["title"]
    assert told["detail"]
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS)
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_headers_that_cannot_be_read_are_refused_in_that_form(front: Front) -> None:
    says_so(front.request("GET", "/", headers={"X-Long": "x" * 40_000}), 400)


def test_a_backend_that_breaks_off_is_told_as_one_that_is_away(front: Front) -> None:
    says_so(front.request("POST", BROKEN_OFF, data=b"{}"), 503, "backend-away")


def test_a_backend_that_is_not_there_is_told_and_the_page_stays(behind: ThreadingHTTPServer, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Behind) as gone:
        port = gone.server_port
    front = Front(tmp_path, port)
    front.launch()
    try:
        wait_for(front.well, "nginx answers", START_S)
        says_so(front.request("GET", "/health"), 503, "backend-away")
        says_so(front.request("GET", "/api/portfolio/overview"), 503, "backend-away")
        assert b'<div id="app">' in front.request("GET", "/").content
    finally:
        front.kill()


def test_a_file_to_import_may_be_as_large_as_the_backend_takes_it(front: Front) -> None:
    assert front.request("POST", "/api/imports", data=bytes(MAX_BYTES)).text == str(MAX_BYTES)
    says_so(front.request("POST", "/api/imports", data=bytes(MAX_BYTES + 1)), 413)


def test_other_bodies_are_the_backend_s_to_refuse_up_to_a_megabyte(front: Front) -> None:
    assert front.request("POST", "/api/settings", data=bytes(MAX_BODY_BYTES + 1)).text == str(MAX_BODY_BYTES + 1)
    says_so(front.request("POST", "/api/settings", data=bytes(1024 * 1024 + 1)), 413)
