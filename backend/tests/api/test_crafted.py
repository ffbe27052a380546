"""Crafted requests: a page of another site, a proxy that reads otherwise, a host that is none of ours (W5).

Each would change a setting if it were accepted: the session and its token are the owner's own, as the browser of a
victim would send them. The setting is read again after each.
"""

from __future__ import annotations

import itertools
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any, Final

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from backend.tests.api.guarded import Browser, guarded
from backend.tests.api.installation import Installation
from backend.web_server import make_server

SETTINGS: Final = "/api/settings"
BEFORE, AFTER = 2.0, 9.0
BODY: Final = json.dumps({"risk": {"risk_free_rate_percent": AFTER}}).encode()
Headers = dict[str, str]

HOSTS: Final = [
    "evil.example", "evil.example:5000", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1.nip.io",
    "localhost@evil.example", "evil.example@localhost", "evil.example#localhost", "localhost/evil", "localhost,evil",
    "localhost, evil.example", "localhost evil.example", "localhost:5000:5000", "localhost:port", "localhost:", "",
    "[::1", "::1]", "[::1]evil", "[evil.example]", "[.]", "0x7f.1.evil", "loca1host", "localhosts", "xlocalhost",
    "-localhost", "localhost-", "l\u00f6calhost", "localhost\u3002evil", "127.0.0.1:99999999", "127.0.0.1.", "metadata",
    "169.254.169.254.nip.io", "host.docker.internal", "ip6-localhost", "broadcasthost", "*", "*.localhost.evil", "..",
    "localhost%00", "localhost\t", " localhost", "localhost;evil", "localhost?x", "localhost\\evil", "(localhost)",
    "\"localhost\"", "'localhost'", "<localhost>", "localhost=1", "a.localhost.b",
]  # fmt: skip
ORIGINS: Final = [
    "https://evil.example", "http://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example",
    "null", "file://", "http://localhost:1", "http://localhost:5173", "https://localhost", "http://127.0.0.1:5000",
    "http://LOCALHOST.evil", "http://localhost@evil.example", "http://evil.example/localhost", "http://localhost/",
    "http://localhost#", "http://localhost?", "//localhost", "localhost", "http:localhost", "http://", "https://",
    "chrome-extension://abcdefgh", "moz-extension://abcdefgh", "data:text/html,x", "blob:http://localhost/x",
    "about:blank", "http://[::1]", "http://0.0.0.0", "http://192.168.1.1", "http://xn--lclhost-q2a", "http://localhost, http://localhost",
    "http://localhost http://evil.example", "javascript:0", "ws://localhost", "ftp://localhost", "http://localhost:80:80",
    "HTTP://evil.example", " https://evil.example", "https://evil.example ", "undefined", "*", "-", "0", "true",
    "http://a.localhost", "http://localhost.", "http://localhost%00.evil.example", "http://localhost\\evil.example",
]  # fmt: skip
SITES: Final = ["cross-site", "same-site"]
KINDS: Final = [
    "text/plain", "text/plain; charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "", "text/json", "application/xml", "text/html", "application/octet-stream", "application/jsonp",
    "application/json5", "application/x-json", "text/x-json", "application/javascript", "image/png",
    "application/csp-report", "*/*", "json", "application/vnd.api", "text/plain, application/json",
    "text/plain;application/json", "application", "application/", "/json", "application\\json", "application/ json",
    "applicatio/json", "application/jso", "application/ndjson", "application/json-seq", "text/csv", "video/mp4",
    "font/woff2", "message/http", "model/gltf+xml", "null", "undefined", "text/plain; x=application/json",
    "multipart/mixed; boundary=application/json", "application/x-ndjson",
]  # fmt: skip
OVERRIDES: Final = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]
OVERRIDDEN: Final = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"]
CARRIERS: Final = ["PUT", "PATCH", "POST", "DELETE"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with guarded(tmp_path_factory.mktemp("crafted")) as running:
        yield running


@pytest.fixture(scope="module")
def owner(installation: Installation) -> Browser:
    browser = Browser(installation)
    assert browser.set_up().status_code == 200
    before = {"risk": {"risk_free_rate_percent": BEFORE}}
    assert browser.send("PUT", SETTINGS, json=before).status_code == 200
    return browser


def rate(owner: Browser) -> float:
    body: Any = owner.get(SETTINGS).json
    return float(body["risk"]["risk_free_rate_percent"])


def by_headers() -> Iterator[tuple[str, str, Headers]]:
    """(what it is, method, headers that are added to those of a request that would pass)."""
    for host, site in itertools.product(HOSTS, (None, "same-origin")):
        yield "host", "PUT", {"Host": host} | ({"Sec-Fetch-Site": site} if site else {})
    for origin, site in itertools.product(ORIGINS, (None, "cross-site", "same-origin")):
        yield "origin", "PUT", {"Origin": origin} | ({"Sec-Fetch-Site": site} if site else {})
    for fetch, other in itertools.product(SITES, (None, "null", "https://evil.example")):
        yield "site", "PUT", {"Sec-Fetch-Site": fetch} | ({"Origin": other} if other else {})
    for kind, local in itertools.product(KINDS, (None, "http://localhost")):
        yield "content type", "PUT", {"Content-Type": kind} | ({"Origin": local} if local else {})
    for name, wanted, method in itertools.product(OVERRIDES, OVERRIDDEN, CARRIERS):
        yield "override", method, {name: wanted}
    for forged in ("", "x", "0" * 64, "null", "undefined", "true"):
        yield "csrf", "PUT", {"X-CSRF-Token": forged}


def framed(cookie: str, csrf: str) -> Iterator[bytes]:
    """Requests whose end, host or headers two programs on the way could read differently."""
    own = f"Cookie: portfolio_session={cookie}\r\nX-CSRF-Token: {csrf}\r\nContent-Type: application/json\r\n".encode()
    start, length = b"PUT /api/settings HTTP/1.1\r\n", b"Content-Length: %d\r\n" % len(BODY)
    host = b"Host: localhost\r\n"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    codings = [
        b"chunked", b"Chunked, identity", b"identity, chunked", b"chunked, chunked", b"xchunked", b"gzip, chunked",
        b"chunked;q=1", b'"chunked"', b"\x0bchunked", b"chunk", b"identity", b"chunked,", b",chunked", b"CHUNKED, gzip",
    ]  # fmt: skip
    for coding in codings:
        yield start + host + own + length + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + chunked
        yield start + host + own + b"Transfer-Encoding: " + coding + b"\r\n" + length + b"\r\n" + BODY
        if coding != b"chunked":
            yield start + host + own + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + chunked
    for two in (b"chunked\r\nTransfer-Encoding: chunked", b"chunked\r\nTransfer-Encoding: identity", b"\r\n chunked"):
        yield start + host + own + b"Transfer-Encoding: " + two + b"\r\n\r\n" + chunked
    size = len(BODY)
    lengths = [
        b"%d\r\nContent-Length: 0" % size, b"0\r\nContent-Length: %d" % size, b"%d, %d" % (size, size), b"+%d" % size,
        b"-%d" % size, b"0x%x" % size, b"%d.0" % size, b"%d %d" % (size, size), b"\xb2", b"1e2", b"%d\x00" % size, b"x",
        b"%d\r\n 0" % size, b"99999999999999999999999", b"%d;" % size, b"(%d)" % size,
    ]  # fmt: skip
    for one in lengths:
        yield start + host + own + b"Content-Length: " + one + b"\r\n\r\n" + BODY
    rest = own + length + b"\r\n" + BODY
    yield start + rest  # no host at all
    for two in (b"Host: evil.example\r\nHost: localhost\r\n", b"Host: localhost\r\nHost: evil.example\r\n"):
        yield start + two + rest
    yield start + host + host + rest
    yield start + b"Host: localhost\r\n evil.example\r\n" + rest
    for address in (
        b"http://evil.example/api/settings",
        b"http://localhost:1/api/settings",
        b"//evil.example/api/settings",
    ):
        yield b"PUT " + address + b" HTTP/1.1\r\n" + host + rest
    for line in (
        b"PUT /api/settings HTTP/0.9",
        b"PUT  /api/settings HTTP/1.1",
        b"PUT /api/settings",
        b"PUT /api/settings HTTP/9",
    ):
        yield line + b"\r\n" + host + rest
    yield b"PUT /api/settings HTTP/1.0\r\n" + host + own + b"Transfer-Encoding: chunked\r\n\r\n" + chunked
    for spoiled in (
        b"X-A : 1",
        b"X A: 1",
        b"X-A",
        b": 1",
        b"X-A: 1\nX-B: 2",
        b"X-A: 1\rX-B: 2",
        b"X-A: \x00",
        b"X-\xe9: 1",
    ):
        yield start + host + spoiled + b"\r\n" + b"Origin: https://evil.example\r\n" + rest
    for split in (
        b"Origin: http://localhost\r\nOrigin: https://evil.example",
        b"Origin: http://localhost,https://evil.example",
    ):
        yield start + host + split + b"\r\n" + rest
    doubled = b"Content-Type: text/plain\r\nContent-Type: application/json\r\n"
    yield start + host + own.replace(b"Content-Type: application/json\r\n", doubled) + length + b"\r\n" + BODY


def answered_by_headers(owner: Browser, method: str, headers: Headers) -> int:
    """The status of a request that passes but for these headers."""
    own = {
        "Host": "localhost",
        "Cookie": f"portfolio_session={owner.cookie}",
        "X-CSRF-Token": owner.csrf or "",
        "Content-Type": "application/json",
    } | headers
    environ = EnvironBuilder(path=SETTINGS, method=method, data=BODY).get_environ()
    for name, value in own.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    _, status, _ = run_wsgi_app(owner.api.app.wsgi_app, environ, buffered=True)
    return int(status[:3])


def plain(cookie: str, csrf: str) -> bytes:
    """The request that the others were made from."""
    head = "PUT /api/settings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    own = f"Cookie: portfolio_session={cookie}\r\nX-CSRF-Token: {csrf}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    return (head + own).encode() + BODY


def test_none_of_the_crafted_requests_is_accepted(installation: Installation, owner: Browser) -> None:
    crafted = list(by_headers())
    accepted = []
    for what, method, headers in crafted:
        status = answered_by_headers(owner, method, headers)
        if status < 400 or rate(owner) != BEFORE:
            accepted.append((what, method, headers, status))
    assert accepted == []
    server = make_server(installation.api.app, "127.0.0.1", 0, threads=2)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    wires = list(framed(owner.cookie or "", owner.csrf or ""))
    try:
        for wire in wires:
            said = answered(server.effective_port, wire)
            if said.startswith(b"HTTP/1.1 2") or rate(owner) != BEFORE:
                accepted.append(("framing", wire.decode("latin-1"), {}, 200))
        # What is not crafted is accepted: the harness can tell.
        assert answered_by_headers(owner, "PUT", {}) == 200
        assert owner.send("PUT", SETTINGS, json={"risk": {"risk_free_rate_percent": BEFORE}}).status_code == 200
        said = answered(server.effective_port, plain(owner.cookie or "", owner.csrf or ""), 30.0)
        assert said.startswith(b"HTTP/1.1 200")
        assert rate(owner) == AFTER
        refused = answered(server.effective_port, wires[0], 30.0)
        assert b"content-security-policy" in refused.lower()
    finally:
        server.close()
    assert accepted == []
    assert len(crafted) + len(wires) >= 500


def answered(port: int, wire: bytes, patience_s: float = 0.5) -> bytes:
    """The first answer to the bytes of a request, or nothing where the server hangs up or waits for more."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience_s) as connection:
        connection.sendall(wire)
        try:
            return connection.recv(65536)
        except OSError:
            return b""
