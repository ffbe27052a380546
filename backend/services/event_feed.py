"""The newest events in memory, for server-sent events; their last id is the revision of all data.

Where the database tells of new ones, or Redis' bell does, they are read then; else they are looked for.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from backend.core.errors import DatabaseUnavailableError
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.ports import Store

log = structlog.get_logger(__name__)

KEPT: Final = 2_000
POLL_S: Final = 0.2
# Who is told of events looks for them now and then all the same; many told at once are read together.
LOOK_S: Final = 0.5
TOGETHER_S: Final = 0.02
# Where a bell tells of news, looking without it only makes good what the bell lost.
POLL_BESIDE_BELL_S: Final = 1.0
MOST_STREAMS: Final = 200
CATCH_UP: Final = 1_000
Entry = tuple[int, str, str]


class Notices(Protocol):
    """Whoever tells that events were added; `wait` raises nothing."""

    def wait(self, most_s: float) -> None: ...
    def close(self) -> None: ...


class Bell(Protocol):
    """Heard on a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> bool: ...


class EventFeed:
    """Tails the events table; any number of readers wait on one condition."""

    def __init__(
        self,
        store: Store,
        notices: Notices | None = None,
        bell: Callable[[Callable[[], None]], Bell] | None = None,
    ) -> None:
        """`notices`: None where the database tells of nothing. `bell(ring)` makes one that calls `ring` when another
        process says that there is news. Whoever tells first is heard; without either the table is looked at all the
        time.
        """
        self._store = store
        self._notices = notices
        self._reachable = True
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._changed = threading.Condition()
        self._stopped = False
        self._streams = 0
        with store.read() as unit:
            self._revision = unit.events.newest_id()
        self._worker = PeriodicWorker("events", self._step, _period_s(notices is not None, bell is not None))
        # Who waits for notices is not woken by another: there the bell's own thread looks.
        self._bell = None if bell is None else bell(self._worker.wake if notices is None else self._look)

    @property
    def revision(self) -> int:
        """Id of the newest event seen."""
        return self._revision

    def start(self) -> None:
        self._worker.start()
        if self._bell is not None:
            self._bell.start()

    def stop(self) -> None:
        """Let every waiting stream end."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._worker.stop() and self._notices is not None:
            self._notices.close()
        if self._bell is not None:
            self._bell.stop()

    def catch_up(self) -> int:
        """Read what has come since, at once; returns the revision. For answers that must show a write just made."""
        self._poll()
        return self._revision

    def after(self, event_id: int, timeout_s: float) -> list[Entry] | None:
        """Events later than an id: waits for one up to the time-out (then an empty list); None when stopping."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._revision > event_id, timeout_s)
            if self._stopped:
                return None
            held = [entry for entry in self._entries if entry[0] > event_id]
            complete = bool(self._entries) and self._entries[0][0] <= event_id + 1
        if complete or self._revision <= event_id:
            return held
        with self._store.read() as unit:
            return [_entry(*found) for found in unit.events.after(event_id, CATCH_UP)]

    def subscribe(self) -> bool:
        """Take one of the places for open streams; False when all are taken."""
        with self._changed:
            if self._streams >= MOST_STREAMS:
                return False
            self._streams += 1
            return True

    def unsubscribe(self) -> None:
        with self._changed:
            self._streams -= 1

    def _step(self) -> None:
        if self._notices is not None:
            self._notices.wait(LOOK_S)
        self._look()

    def _look(self) -> None:
        try:
            self._poll()
        except DatabaseUnavailableError as error:
            # Once: whoever asks for data is told so at each request.
            if self._reachable:
                log.warning("events cannot be read", reason=str(error))
            self._reachable = False
        else:
            self._reachable = True

    def _poll(self) -> None:
        with self._changed:
            with self._store.read() as unit:
                found = unit.events.after(self._revision, CATCH_UP)
            if found:
                self._entries.extend(_entry(*event) for event in found)
                self._revision = found[-1][0]
                self._changed.notify_all()


def _period_s(notices: bool, bell: bool) -> float:
    if notices:
        return TOGETHER_S
    return POLL_BESIDE_BELL_S if bell else POLL_S


def _entry(event_id: int, topic: str, account_id: int | None, payload: object) -> Entry:
    return event_id, topic, json.dumps({"id": event_id, "account": account_id, "detail": payload})
