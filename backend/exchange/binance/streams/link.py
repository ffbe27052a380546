"""One open WebSocket: JSON in and out, questions with their answers, and the exchange's limit on what we may say."""

from __future__ import annotations

import contextlib
import itertools
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

# The exchange ends a connection that says more than 5 messages in a second, our pongs included.
MESSAGES_A_SECOND: Final = 4


class UnreadableMessageError(Exception):
    """What came is no JSON."""


class Link:
    """Used by one thread; `break_off` by any.

    `heard` is called for each message that comes; `early` holds what came while an answer was waited for.
    """

    def __init__(
        self, connection: ClientConnection, answer_s: float, stopping: threading.Event, heard: Callable[[], None]
    ) -> None:
        self.early: deque[Any] = deque()
        self._connection = connection
        self._answer_s = answer_s
        self._stopping = stopping
        self._heard = heard
        self._ids = itertools.count(1)
        self._said: deque[float] = deque(maxlen=MESSAGES_A_SECOND)

    def say(self, request: Mapping[str, Any]) -> int:
        """Send a request; returns the id that its answer will have."""
        if len(self._said) == MESSAGES_A_SECOND:
            self._stopping.wait(max(0.0, self._said[0] + 1.0 - time.monotonic()))
        self._said.append(time.monotonic())
        number = next(self._ids)
        self._connection.send(json.dumps({"id": number} | dict(request)))
        return number

    def ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            TimeoutError: none came in time.
            ConnectionClosed: the connection ended.
        """
        number = self.say(request)
        until_s = time.monotonic() + self._answer_s
        while True:
            message = self.receive(max(0.0, until_s - time.monotonic()))
            if isinstance(message, Mapping) and message.get("id") == number:
                return message
            self.early.append(message)

    def receive(self, within_s: float) -> Any:
        """The next message.

        Raises:
            TimeoutError: none came in time.
            ConnectionClosed: the connection ended.
            UnreadableMessageError: it is no JSON.
        """
        text = self._connection.recv(within_s)
        self._heard()
        try:
            return json.loads(text)
        except ValueError:
            raise UnreadableMessageError from None

    def break_off(self) -> None:
        """End the connection at once, whatever its thread waits for."""
        with contextlib.suppress(OSError):
            self._connection.socket.shutdown(socket.SHUT_RDWR)
