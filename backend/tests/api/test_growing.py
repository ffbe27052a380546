"""A start serves its first figures before the rest of the program is imported: the same answers, by the same gate."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from werkzeug.test import Client, TestResponse

from backend.api.first_pages import OVERVIEW, first_pages, is_first
from backend.api.growing import LINGER_S, GrowingApplication
from backend.api.protection import CORS_HEADERS
from backend.api.request_layer import REQUESTS
from backend.bootstrap_first import Beginning
from backend.growth import Growth
from backend.tests.api.guarded import Browser, guarded
from backend.tests.api.installation import Installation, page_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT: Final = Path(__file__).resolve().parents[3]
FIRST, LATER = "/api/portfolio/overview", "/api/portfolio/balances"
# Of one answer, not of what is answered; an answer from memory has none for other origins.
OWN: Final = {"x-request-id", "date", *CORS_HEADERS}


def _says(word: bytes) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [word]

    return answer


def _growing(first: WSGIApplication, now_s: Callable[[], float] = lambda: 0.0) -> GrowingApplication:
    return GrowingApplication(first, lambda environ: environ["PATH_INFO"] == FIRST, now_s)


def _asked(application: WSGIApplication, path: str) -> str:
    return Client(application).get(path).text


def test_what_is_not_first_waits_for_the_whole_and_is_answered_by_it() -> None:
    growing, told, asking = _growing(_says(b"first")), [], threading.Event()

    def ask() -> None:
        asking.set()
        told.append(_asked(growing, LATER))

    waiting = threading.Thread(target=ask)
    waiting.start()
    asking.wait()
    assert _asked(growing, FIRST) == "first"
    assert told == []
    growing.grow(_says(b"whole"))
    waiting.join()
    assert told == ["whole"]
    assert [_asked(growing, path) for path in (FIRST, LATER)] == ["whole", "whole"]


def test_imports_go_on_when_nobody_was_answered_for_a_moment() -> None:
    now = 0.0
    growing = _growing(_says(b"first"), lambda: now)
    assert not growing.wait_until_idle(0.0)  # who waited for the port asks at once
    now = LINGER_S
    assert growing.wait_until_idle(0.0)
    _asked(growing, FIRST)
    assert not growing.wait_until_idle(0.0)
    now += LINGER_S
    assert growing.wait_until_idle(0.0)


def test_imports_stand_aside_while_a_first_page_is_answered_but_not_for_ever() -> None:
    found: list[bool] = []
    now = LINGER_S

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found.append(growing.wait_until_idle(0.0))
        return _says(b"first")(environ, start_response)

    growing = _growing(answer, lambda: now)
    _asked(growing, FIRST)
    assert found == [False]


@pytest.fixture
def pages(installation: Installation, tmp_path: Path) -> Client:
    """The first pages of an installation whose whole application is `api`."""
    services = replace(installation.container.first_services(), dashboard=page_of(tmp_path))
    return Client(first_pages(services, lambda *seen: None))


def _same(one: TestResponse, other: TestResponse) -> None:
    assert one.status_code == other.status_code
    assert one.data == other.data
    headers = [{name: value for name, value in side.headers if name.lower() not in OWN} for side in (one, other)]
    assert headers[0] == headers[1]


@pytest.mark.parametrize("path", [OVERVIEW, "/", "/holdings", "/assets/main-1a2b.js", "/nothing.js"])
@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, {"Origin": "https://elsewhere.example"}])
def test_the_first_answer_is_the_one_of_the_whole_application(
    installation: Installation, pages: Client, path: str, headers: dict[str, str]
) -> None:
    first, whole = pages.get(path, headers=headers), installation.api.app.test_client().get(path, headers=headers)
    if path != OVERVIEW:  # a file's tag has its time in it, and each test writes its own
        for one in (first, whole):
            for name in ("ETag", "Last-Modified"):
                one.headers.pop(name, None)
    if first.status_code == 404:
        told: list[Any] = [first.json, whole.json]
        assert {one["detail"] for one in told} == {f"There is nothing at {path}"}
        assert (first.status_code, first.mimetype) == (whole.status_code, whole.mimetype)
        return
    _same(first, whole)


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"X-HTTP-Method-Override": "DELETE"}])
def test_it_refuses_what_the_whole_application_refuses(pages: Client, headers: dict[str, str]) -> None:
    assert pages.get(OVERVIEW, headers=headers).status_code in (400, 403)


def test_nobody_sees_figures_without_signing_in_where_that_is_asked_for(tmp_path: Path) -> None:
    with guarded(tmp_path) as running:
        pages = Client(first_pages(running.container.first_services(), lambda *seen: None))
        assert pages.get(OVERVIEW).status_code == 401
        browser = Browser(running)
        browser.set_up()
        token = browser.token("read")
        assert pages.get(OVERVIEW).status_code == 401
        assert pages.get(OVERVIEW, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        pages.set_cookie("portfolio_session", browser.cookie or "")
        assert pages.get(OVERVIEW).status_code == 200


def test_only_pages_and_the_plain_overview_are_first(installation: Installation) -> None:
    def first(path: str, method: str = "GET", query: str = "") -> bool:
        return is_first({"PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query})

    rules: Any = installation.api.app.url_map.iter_rules()
    others = {rule.rule for rule in rules if not rule.endpoint.startswith("dashboard.")}
    assert {rule for rule in others if first(rule)} == {OVERVIEW}
    assert all(first(path) for path in ("/", "/holdings", "/assets/main-1a2b.js"))
    assert not first(OVERVIEW, query="display=EUR")
    assert not any(first(path, "POST") for path in ("/", OVERVIEW))


def test_growth_hands_on_what_was_built_and_counts_what_was_asked_before(empty: Installation) -> None:
    first = Beginning(empty.container.settings)
    growth = Growth(first)
    client = Client(growth.application)
    assert client.get(OVERVIEW).status_code == 200
    container = growth.whole(threading.Event())
    assert container is not None
    assert (container.store, container.feed, container.cache) == (first.store, first.feed, first.cache)
    assert client.get(LATER).status_code == 200
    counted = growth.application._whole.extensions[REQUESTS].registry  # type: ignore[union-attr]
    labels = {"route": OVERVIEW, "method": "GET", "status": "200"}
    assert counted.get_sample_value("portfolio_http_requests_total", labels) == 1.0
    container.engine.dispose()


STOPPED: Final = """
import threading
from pathlib import Path
from backend.bootstrap_first import Beginning
from backend.config import load_settings
from backend.growth import Growth
first = Beginning(load_settings({"DATA_DIR": %r, "DEMO_MODE": "true"}, Path("absent.env")))
first.migrate()
stopping = threading.Event()
stopping.set()
print(Growth(first).whole(stopping))
"""


def test_told_to_stop_it_imports_no_further(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOPPED % str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1:] == ["None"], done.stderr[-500:]
