"""/api/events: what changed, as server-sent events. Nobody needs to poll."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from apiflask import APIBlueprint
from flask import Response, request

from backend.api.deps import EventFeed, services
from backend.api.gate import caller
from backend.api.schemas.system import EventsQuery
from backend.core.errors import BadInputError, TooManyRequestsError
from backend.core.sign_in.sessions import TOPIC as SIGNED_OUT

events = APIBlueprint("events", __name__, tag="Events")
HEARTBEAT_S: Final = 15.0
MAX_ID_DIGITS: Final = 18
ANSWERS: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {"description": "Events as they happen", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
    429: {"description": "Too many open streams"},
}


@events.get("/api/events")
@events.input(EventsQuery, location="query")
@events.doc(
    summary="Server-sent events: balances, snapshot, cashflow, sync, import, alert; honours Last-Event-ID",
    responses=ANSWERS,
)
def get_events(query_data: EventsQuery) -> Response:
    feed = services().feed
    position = query_data.last_event_id
    text = request.headers.get("Last-Event-ID")
    if text:
        if not (text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS):
            raise BadInputError("Last-Event-ID must be the id of an event", "Last-Event-ID")
        position = int(text)
    if not feed.subscribe():
        raise TooManyRequestsError("Too many open event streams: close a tab", 10)
    sessions, who = services().auth.sessions, caller()
    start = feed.revision if position is None else position
    answer = Response(_stream(feed, start, lambda: sessions.stands(who)), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _stream(feed: EventFeed, position: int, may_hear: Callable[[], bool]) -> Iterator[str]:
    """The events after `position`, until the program stops or the caller is signed out."""
    asked_s = time.monotonic()
    try:
        yield f'retry: 2000\nid: {position}\nevent: hello\ndata: {{"id":{position}}}\n\n'
        while True:
            found = feed.after(position, HEARTBEAT_S)
            if found is None:
                return
            told = any(topic == SIGNED_OUT for _, topic, _ in found)
            if told or time.monotonic() - asked_s >= HEARTBEAT_S:
                asked_s = time.monotonic()
                if not may_hear():
                    return
            if not found:
                yield ": still here\n\n"
            for event_id, topic, data in found:
                position = event_id
                if topic != SIGNED_OUT:
                    yield f"id: {event_id}\nevent: {topic}\ndata: {data}\n\n"
    finally:
        feed.unsubscribe()
