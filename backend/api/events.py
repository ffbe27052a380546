"""/api/events: what changed, as server-sent events. Nobody needs to poll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apiflask import APIBlueprint
from flask import Response, request

from backend.api.deps import EventFeed, services
from backend.core.errors import BadInputError, TooManyRequestsError

events = APIBlueprint("events", __name__, tag="Events")
HEARTBEAT_S: Final = 15.0


@events.get("/api/events")
@events.doc(
    summary="Server-sent events: balances, snapshot, cashflow, sync, import; honours Last-Event-ID",
    responses={200: "text/event-stream"},
)
def get_events() -> Response:
    feed = services().feed
    text = request.headers.get("Last-Event-ID") or request.args.get("last_event_id") or ""
    if text and not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadInputError("Last-Event-ID must be the id of an event", "Last-Event-ID")
    if not feed.subscribe():
        raise TooManyRequestsError("Too many open event streams: close a tab", 10)
    answer = Response(_stream(feed, int(text) if text else feed.revision), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _stream(feed: EventFeed, position: int) -> Iterator[str]:
    try:
        yield f'retry: 2000\nid: {position}\nevent: hello\ndata: {{"id":{position}}}\n\n'
        while True:
            found = feed.after(position, HEARTBEAT_S)
            if found is None:
                return
            if not found:
                yield ": still here\n\n"
            for event_id, topic, data in found:
                yield f"id: {event_id}\nevent: {topic}\ndata: {data}\n\n"
                position = event_id
    finally:
        feed.unsubscribe()
