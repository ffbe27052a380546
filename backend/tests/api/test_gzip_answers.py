"""Long answers go out as gzip to whoever takes it, each coding with an ETag of its own."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import pytest
from flask import Flask, Response, g, request
from werkzeug.test import TestResponse

from backend.api.answers import LEAST_GZIP, Draft, ReadCache, send
from backend.api.fast_reads import FastReads
from backend.core.stored_charts import ChartBody

CHART = {"series": [{"t": n, "value_usd": str(1000 + n)} for n in range(2_000)]}
LISTED = {"items": ["x" * 60] * (LEAST_GZIP // 60 + 1)}
DRAFTS = {
    "/chart": lambda: Draft({"as_of": "now"}, None, ChartBody.of(json.dumps(CHART).encode())),
    "/list": lambda: Draft(LISTED),
    "/short": lambda: Draft({"total": "1"}),
}
TOLD: dict[str, Any] = {"/chart": {"as_of": "now"} | CHART, "/list": LISTED, "/short": {"total": "1"}}


class Server:
    """A small application with the product's read answers; counts what reaches it."""

    def __init__(self) -> None:
        app = Flask("answers")
        cache, self.reached = ReadCache(lambda: 1), 0

        @app.get("/<name>")
        def read(name: str) -> Response:
            self.reached += 1
            return send(cache.get(name, DRAFTS[request.path]))

        @app.after_request
        def keep(answer: Response) -> Response:
            reads.keep(request.environ, g.prepared, answer.headers.items())
            return answer

        reads = FastReads(app.wsgi_app, lambda: 1)
        app.wsgi_app = reads  # type: ignore[method-assign]  # Flask's own way to put a layer around an application
        self._client = app.test_client()

    def ask(
        self, path: str, accepted: str | None = "gzip, br", tag: str | None = None, origin: str | None = None
    ) -> TestResponse:
        headers = {"Accept-Encoding": accepted, "If-None-Match": tag, "Origin": origin}
        return self._client.get(path, headers={name: value for name, value in headers.items() if value is not None})


@pytest.mark.parametrize("path", ["/chart", "/list"])
def test_a_long_answer_is_gzip_for_those_who_take_it_and_plain_for_the_others(path: str) -> None:
    server = Server()
    for _ in range(2):  # from the application, then from the layer before it
        small, plain = server.ask(path), server.ask(path, None)
        assert small.headers["Content-Encoding"] == "gzip"
        assert len(small.data) < len(plain.data) / 4
        assert int(small.headers["Content-Length"]) == len(small.data)
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(small.data) == plain.data
        assert json.loads(plain.data) == TOLD[path]
        assert {one.headers["Vary"] for one in (small, plain)} == {"Accept-Encoding"}
        assert small.headers["ETag"] != plain.headers["ETag"]
        assert "Content-Encoding" not in server.ask(path, "gzip;q=0").headers
    assert server.reached == 1


def test_the_own_page_may_name_its_origin_and_another_one_is_left_to_the_application() -> None:
    server = Server()
    for origin in (None, "http://localhost", "https://localhost"):
        assert server.ask("/chart", origin=origin).status_code == 200
    assert server.reached == 1
    for origin in ("http://localhost.evil.example", "http://localhost:1", "null", ""):
        server.ask("/chart", origin=origin)
    assert server.reached == 5


@pytest.mark.parametrize("path", ["/chart", "/list"])
def test_an_etag_is_one_of_its_coding(path: str) -> None:
    server = Server()
    small, plain = server.ask(path).headers["ETag"], server.ask(path, None).headers["ETag"]
    for accepted, own, other in (("gzip", small, plain), (None, plain, small)):
        for tag in (own, f"W/{own}"):
            unchanged = server.ask(path, accepted, tag)
            assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", own)
            assert "Content-Encoding" not in unchanged.headers
        assert server.ask(path, accepted, other).status_code == 200


def test_a_short_answer_goes_as_it_is() -> None:
    server = Server()
    for _ in range(2):
        answer = server.ask("/short")
        assert "Content-Encoding" not in answer.headers
        assert answer.json == TOLD["/short"]


def test_nothing_is_compressed_while_a_chart_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = ChartBody.of(json.dumps(CHART).encode())

    def never(*_: object) -> bytes:
        raise AssertionError("compressed or unpacked on the request path")

    monkeypatch.setattr(zlib, "compressobj", never)
    monkeypatch.setattr(zlib, "decompress", never)
    monkeypatch.setattr(gzip, "compress", never)
    sent = Draft({"as_of": "now"}, None, stored).prepared(1, 1.0).coded(True)
    monkeypatch.undo()
    assert json.loads(gzip.decompress(sent.body)) == TOLD["/chart"]
