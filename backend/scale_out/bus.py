"""What is told through Redis: that something was written, what it was, and that a trade was executed.

The events table stays the truth. The bell only has whoever tails it look at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

import structlog
from redis.client import PubSub

from backend.core.worker_ports import ChannelDown
from backend.scale_out.link import RedisDown, RedisLink, named

log = structlog.get_logger(__name__)

BELL: Final = "portfolio_bell"
EVENTS: Final = "portfolio_events"
EXECUTIONS: Final = "trade_executions"
PUBLISHED: Final = named("events", "published")
AGAIN_S: Final = 1.0
LISTEN_S: Final = 1.0
STOP_S: Final = 2.0


class Bell:
    """Rung after each commit that told of something; whoever rings waits for nothing."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._rung = threading.Event()
        self._begun = threading.Lock()

    def ring(self) -> None:
        """Have the others look. From any thread."""
        self._rung.set()
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._run, name="bell", daemon=True).start()

    def _run(self) -> None:
        while self._rung.wait():
            self._rung.clear()
            try:
                with self._link.asked() as client:
                    client.publish(BELL, "")
            except RedisDown:
                # Who tails the table looks by itself, too.
                continue


class Listener:
    """Hears one channel on a thread of its own; connects again where the connection is lost."""

    def __init__(self, link: RedisLink, channel: str, heard: Callable[[str], None]) -> None:
        self._link = link
        self._channel = channel
        self._heard = heard
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=channel, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> bool:
        """Hear nothing more; returns whether it ended in time."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with (
                    self._link.asked() as client,
                    PubSub(client.connection_pool, ignore_subscribe_messages=True) as channel,
                ):
                    channel.subscribe(self._channel)
                    while not self._stopping.is_set():
                        told = channel.get_message(timeout=LISTEN_S)
                        if told is not None:
                            self._take(str(told["data"]))
            except RedisDown:
                self._stopping.wait(AGAIN_S)

    def _take(self, text: str) -> None:
        try:
            self._heard(text)
        except Exception as error:  # the next message is heard whatever became of this one; what failed is logged
            log.error("a message could not be taken up", channel=self._channel, exc_info=error)


class RedisEvents:
    """The channel of our own events; what was published last outlives who publishes."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    def last(self) -> int | None:
        """The id of the newest event that was published; None: none was, or it is not known.

        Raises:
            ChannelDown: it cannot be asked now.
        """
        try:
            with self._link.asked() as client:
                kept: Any = client.get(PUBLISHED)
        except RedisDown:
            raise ChannelDown from None
        return None if kept is None else int(kept)

    def publish(self, event_id: int, text: str) -> None:
        """Publish an event.

        Raises:
            ChannelDown: it may not have been.
        """
        try:
            with self._link.asked() as client:
                together = client.pipeline()
                together.publish(EVENTS, text)
                together.set(PUBLISHED, event_id)
                together.execute()
        except RedisDown:
            raise ChannelDown from None
