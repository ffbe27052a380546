"""The web process under gunicorn, by both kinds of worker, beside a collector: answers, streams, and a quick end."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, Final

import pytest
import requests

from backend.alive import SignOfLife
from backend.api.protection import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from backend.bootstrap import Container
from backend.config import load_settings
from backend.tests.database_places import settings_of
from backend.tests.process.harness import Product, wait_for
from backend.tests.process.tree import alive, children, needs_proc

pytestmark = pytest.mark.process

DEMO: Final = {"DEMO_MODE": "true", "BALANCE_UPDATE_INTERVAL": "1"}
# Nothing that is waited for takes longer, be the machine ever so busy.
AT_LAST_S: Final = 120.0
MANY_STREAMS: Final = 100


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A collector of a demo, alone; its folder is where the web processes read."""
    product = Product(tmp_path_factory.mktemp("demo"), DEMO, ("collector",))
    product.launch()
    try:
        sign = SignOfLife(product.data)
        wait_for(lambda: sign.seen(time.time()), "the collector gives a sign of life", AT_LAST_S)
        yield product
        assert product.stop() == 0
        assert not sign.seen(time.time())
    finally:
        if product.running:
            product.kill()


@pytest.fixture(scope="module", params=["gevent", "gthread"])
def web(request: pytest.FixtureRequest, collector: Product) -> Iterator[Product]:
    with Product(collector.data, DEMO | {"WEB_WORKER": request.param}, ("web", "--gunicorn")) as product:
        wait_for(lambda: product.get("/api/portfolio/overview")["total_value_usd"], "the first figures", AT_LAST_S)
        yield product


def stream(product: Product, **headers: str) -> requests.Response:
    session = requests.Session()
    session.trust_env = False
    answer = session.get(f"{product.url}/api/events", headers=headers, stream=True, timeout=30)
    assert answer.status_code == 200
    return answer


def told(answer: requests.Response) -> Iterator[dict[str, str]]:
    """The events of a stream, field by field."""
    event: dict[str, str] = {}
    for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        else:
            yield event
            event = {}


def test_every_answer_carries_what_protects_the_browser(web: Product) -> None:
    for path, status in {
        "/health": 200,
        "/api/portfolio/nav": 200,
        "/api/nothing": 404,
        "/api/portfolio/nav?x=1": 422,
    }.items():
        answer = web.request("GET", path)
        assert answer.status_code == status, answer.text
        found = {name: answer.headers.get(name) for name in SECURITY_HEADERS}
        assert found == dict(SECURITY_HEADERS)
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_an_unchanged_answer_is_a_304_and_leaves_the_connection_open(web: Product) -> None:
    def asked_again() -> requests.Response | None:
        tag = web.request("GET", "/api/portfolio/nav").headers["ETag"]
        again = web.request("GET", "/api/portfolio/nav", headers={"If-None-Match": tag})
        return again if again.status_code == 304 else None  # the collector may have been quicker

    again = wait_for(asked_again, "an answer that did not change", AT_LAST_S)
    assert again.content == b""
    assert again.headers.get("Connection", "keep-alive").lower() == "keep-alive"


def test_a_write_is_done_by_the_collector_and_told_on_the_stream(web: Product) -> None:
    with closing(stream(web)) as answer:
        events = told(answer)
        assert next(events)["event"] == "hello"
        answered = web.request("POST", "/api/portfolio/refresh", json={})
        assert answered.ok, answered.text
        heard = next(event for event in events if event.get("event") == "balances")
        assert json.loads(heard["data"])["id"] == int(heard["id"])


def test_a_stream_goes_on_where_it_was_cut(web: Product) -> None:
    with closing(stream(web)) as answer:
        events = told(answer)
        last = next(event for event in events if event.get("event") == "balances")["id"]
    with closing(stream(web, **{"Last-Event-ID": last})) as answer:
        following = told(answer)
        assert next(following)["id"] == last
        assert int(next(event for event in following if "event" in event)["id"]) > int(last)


def test_a_hundred_streams_leave_room_for_requests(web: Product) -> None:
    with ThreadPoolExecutor(MANY_STREAMS) as pool:
        answers = list(pool.map(lambda _: stream(web), range(MANY_STREAMS)))
        try:
            firsts = list(pool.map(lambda answer: next(told(answer))["event"], answers))
            assert firsts == ["hello"] * MANY_STREAMS
            assert web.request("GET", "/health").ok
        finally:
            for answer in answers:
                answer.close()


def test_a_request_of_unclear_length_is_refused(web: Product) -> None:
    headers = {"Content-Length": "2", "Transfer-Encoding": "chunked", "Content-Type": "application/json"}
    request = requests.Request("POST", f"{web.url}/api/portfolio/refresh", data=b"{}").prepare()
    request.headers.update(headers)
    with requests.Session() as session:
        session.trust_env = False
        assert session.send(request, timeout=30).status_code == 400


@needs_proc
def test_sigterm_ends_it_with_open_streams(web: Product) -> None:
    """The last one that asks this web process."""
    answers = [stream(web) for _ in range(20)]
    for answer in answers:
        assert next(told(answer))["event"] == "hello"
    # It does not wait for those who read them; how quickly it ends is measured by `make soak ARGS=viewers`.
    assert web.stop() == 0
    for answer in answers:
        answer.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A web process of no settings in a folder where no collector runs."""
    with Product(tmp_path_factory.mktemp("alone"), {}, ("web", "--gunicorn")) as product:
        yield product


@needs_proc
def test_a_killed_worker_is_replaced(alone: Product) -> None:
    (worker,) = children(alone.pid)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: set(children(alone.pid)) - {worker}, "another worker starts", AT_LAST_S)
    wait_for(lambda: health(alone), "it answers", AT_LAST_S)


def health(product: Product) -> Any:
    """What `/health` says; None while a worker is replaced."""
    try:
        return product.get("/health")
    except (requests.RequestException, AssertionError):
        return None


def test_a_worker_is_replaced_when_the_collector_works_in_another_environment(alone: Product) -> None:
    """The collector alone is given a key: the page shows the account it reads, without a restart by hand."""
    assert alone.get("/health")["environment"] == "demo"
    given = {"DATA_DIR": str(alone.data), "BINANCE_API_KEY": "key", "BINANCE_API_SECRET": "secret"}
    given |= settings_of(alone.data)
    collector = Container(load_settings(given, alone.data / "absent.env"))
    collector.key_parts.tell_environment()
    collector.engine.dispose()
    wait_for(lambda: (health(alone) or {}).get("environment") == "live", "the page follows", AT_LAST_S)


@needs_proc
def test_a_killed_master_leaves_no_worker(alone: Product) -> None:
    (worker,) = children(alone.pid)
    alone.kill()
    wait_for(lambda: not alive(worker), "the orphan ends", AT_LAST_S)
