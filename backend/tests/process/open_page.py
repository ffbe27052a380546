"""A page that stays open: it hears of events, and comes back by itself as a browser does."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from typing import Final

import requests

AGAIN_S: Final = 0.1
# The stream says something every fifteen seconds.
SILENT_S: Final = 40.0


class OpenPage:
    """One stream, opened again with the last id heard whenever it ends.

    Args:
        look: is shown every answer that is not a stream.
    """

    def __init__(self, url: str, look: Callable[[requests.Response], None]) -> None:
        self._url = f"{url}/api/events"
        self._look = look
        self._closed = threading.Event()
        # None until it is open for the first time: where it began, and every id it was told after that.
        self.began_at: int | None = None
        self.heard = list[int]()
        self.counts = Counter[str]()
        self.wrong = list[str]()
        self._thread = threading.Thread(target=self._stay_open, daemon=True)
        self._thread.start()

    @property
    def last(self) -> int | None:
        return self.heard[-1] if self.heard else self.began_at

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _stay_open(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while not self._closed.is_set():
                try:
                    self._open(session)
                except requests.RequestException:
                    self.counts["streams cut or not to be had"] += 1
                self._closed.wait(AGAIN_S)

    def _open(self, session: requests.Session) -> None:
        headers = {} if self.last is None else {"Last-Event-ID": str(self.last)}
        with session.get(self._url, headers=headers, stream=True, timeout=SILENT_S) as answer:
            if not answer.ok:
                self._look(answer)
                return
            self.counts["streams opened"] += 1
            event: dict[str, str] = {}
            for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
                if self._closed.is_set():
                    return
                if line:
                    name, _, value = line.partition(": ")
                    event[name] = value
                elif event:
                    # What was cut before its empty line has not been told.
                    self._told(event)
                    event = {}

    def _told(self, event: dict[str, str]) -> None:
        if "event" not in event:
            return
        number = int(event["id"])
        if json.loads(event["data"])["id"] != number:
            self.wrong.append(f"event {number} says of itself {event['data']}")
        if event["event"] != "hello":
            self.heard.append(number)
        elif self.began_at is None:
            self.began_at = number
        elif number != self.last:
            self.wrong.append(f"a stream that was left at {self.last} goes on at {number}")
