"""A name that points at this machine does not open it to another site's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from backend.api.host_guard import HostGuard
from backend.api.request_layer import REQUEST_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"figures"]


def _status(host: str) -> str:
    seen: list[str] = []

    def start(status: str, headers: Any, exc_info: Any = None) -> Any:
        seen.append(status)

    list(HostGuard(_answer, ["https://portfolio.example.org"])({"HTTP_HOST": host, REQUEST_ID: "0a1b2c3d"}, start))
    return seen[0]


@pytest.mark.parametrize(
    "host", ["localhost:5000", "127.0.0.1:5000", "[::1]:5000", "192.168.1.4", "portfolio.example.org", "LOCALHOST"]
)
def test_addresses_and_listed_names_pass(host: str) -> None:
    assert _status(host) == "200 OK"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example", "[::1"])
def test_other_names_are_refused(host: str) -> None:
    assert _status(host) == "403 FORBIDDEN"
