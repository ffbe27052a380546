"""The event stream says what changed, in order, and goes on where a browser left off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.services.event_feed import MOST_STREAMS
from backend.tests.api.contract import check_headers, check_problem
from backend.tests.api.installation import Installation
from backend.tests.simulator.harness import SimulatorProcess

STREAM = "/api/events"
Event = tuple[int, str, Any]


class Stream:
    """An open stream, read event by event; comments that keep the line open are left out."""

    def __init__(self, answer: TestResponse) -> None:
        assert answer.status_code == 200
        assert answer.mimetype == "text/event-stream"
        check_headers(answer)
        self._answer = answer
        self._parts = self._read(answer.response)

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._answer.close()

    def next(self) -> Event:
        return next(self._parts)

    def until(self, topic: str) -> list[Event]:
        """The events up to the first of a topic."""
        found: list[Event] = []
        while not found or found[-1][1] != topic:
            found.append(self.next())
        return found

    @staticmethod
    def _read(parts: Any) -> Iterator[Event]:
        for part in parts:
            lines = (part.decode() if isinstance(part, bytes) else part).strip().splitlines()
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if "event" in fields:
                yield int(fields["id"]), fields["event"], json.loads(fields["data"])


def opened(installation: Installation, **arguments: Any) -> Stream:
    return Stream(installation.api.stream(STREAM, **arguments))


def test_a_stream_begins_with_hello_at_the_present_revision(installation: Installation) -> None:
    with opened(installation) as stream:
        position, topic, data = stream.next()
    assert (topic, data) == ("hello", {"id": position})
    assert position == installation.container.feed.revision


def test_a_deposit_is_told_in_order_and_the_data_are_there_when_it_is(
    exchange: SimulatorProcess, installation: Installation
) -> None:
    with opened(installation) as stream:
        start, _, _ = stream.next()
        exchange.control("/sim/deposit", {"api_key": "key", "asset": "USDT", "amount": "12"})
        installation.refresh()
        events = stream.until("balances")
    topics = [topic for _, topic, _ in events]
    assert topics.index("snapshot") < topics.index("cashflow") < topics.index("balances")
    ids = [position for position, _, _ in events]
    assert ids == list(range(start + 1, start + 1 + len(ids)))
    assert all(data["id"] == position for position, _, data in events)
    assert installation.api.read("/api/performance/cashflows")["items"][0]["quantity"] == "12"


@pytest.mark.parametrize("how", ["header", "query"])
def test_last_event_id_goes_on_where_the_stream_broke(installation: Installation, how: str) -> None:
    revision = installation.container.feed.revision
    known = revision - 3
    arguments: dict[str, Any] = (
        {"headers": {"Last-Event-ID": str(known)}} if how == "header" else {"query_string": {"last_event_id": known}}
    )
    with opened(installation, **arguments) as stream:
        assert stream.next()[:2] == (known, "hello")
        assert [stream.next()[0] for _ in range(3)] == [known + 1, known + 2, known + 3]


def test_events_older_than_memory_are_read_from_the_database(installation: Installation) -> None:
    assert installation.container.feed.revision > 5
    with opened(installation, headers={"Last-Event-ID": "0"}) as stream:
        stream.next()
        assert [stream.next()[0] for _ in range(5)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "9" * 19, "１２"])
def test_an_id_that_is_none_is_a_problem(installation: Installation, text: str) -> None:
    answer = installation.api.get(STREAM, headers={"Last-Event-ID": text})
    body: Any = answer.json
    assert (answer.status_code, body["errors"][0]["field"]) == (422, "Last-Event-ID")
    assert installation.api.get(STREAM, query_string={"last_event_id": text}).status_code == 422
    assert installation.api.get(f"{STREAM}?since=4").status_code == 422


def test_streams_are_limited_and_a_closed_one_frees_its_place(installation: Installation) -> None:
    streams = [opened(installation) for _ in range(MOST_STREAMS)]
    for stream in streams:
        stream.next()
    refused = installation.api.get(STREAM)
    check_problem(refused)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    streams[0].__exit__()
    with opened(installation) as stream:
        stream.next()
    for stream in streams:
        stream.__exit__()


def test_streams_end_when_the_program_stops(empty: Installation) -> None:
    with opened(empty) as stream:
        stream.next()
        empty.container.feed.stop()
        with pytest.raises(StopIteration):
            stream.next()
