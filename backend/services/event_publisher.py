"""The collector's: publishes each row of the events table for programs of others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from backend.core.worker_ports import ChannelDown, EventChannel
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.ports import Store

STEP_S: Final = 0.2
AT_ONCE: Final = 500
STOP_S: Final = 1.5


class EventPublisher:
    """In the table's order, each at least once: an id that is told twice is the same event."""

    def __init__(self, store: Store, channel: EventChannel) -> None:
        self._store = store
        self._channel = channel
        self._leads = False
        self._last: int | None = None
        self._worker = PeriodicWorker("event-publisher", self.step, STEP_S)

    def start(self) -> None:
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Publish while this collector works."""
        if not self._leads and epoch is not None:
            # Another one may have published since.
            self._last = None
        self._leads = epoch is not None

    def stop(self) -> bool:
        return self._worker.stop(STOP_S)

    def step(self) -> None:
        """Publish what has come; what cannot be told now is told by the next step."""
        if not self._leads:
            return
        try:
            last = self._channel.last() if self._last is None else self._last
            with self._store.read() as unit:
                self._last = unit.events.newest_id() if last is None else last
                found = unit.events.after(self._last, AT_ONCE)
            for event_id, topic, account_id, detail in found:
                told = {"id": event_id, "topic": topic, "account": account_id, "detail": detail}
                self._channel.publish(event_id, json.dumps(told))
                self._last = event_id
        except ChannelDown:
            return
        if len(found) == AT_ONCE:
            self._worker.wake()
