"""An application that grows while it serves: what its first part does not answer waits until the whole is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Who has waited for the port asks at once, and who was answered asks for more: a page for its files and figures.
LINGER_S: Final = 0.15


class GrowingApplication:
    """`is_first`: whether `first` answers a request. Nothing is refused meanwhile."""

    def __init__(
        self,
        first: WSGIApplication,
        is_first: Callable[[WSGIEnvironment], bool],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = first
        self._is_first = is_first
        self._monotonic = monotonic
        self._whole: WSGIApplication | None = None
        self._grown = threading.Event()
        self._change = threading.Condition()
        self._asked = 0
        self._answered_s = monotonic()

    def grow(self, whole: WSGIApplication) -> None:
        """From now on `whole` answers everything, also what waits."""
        self._whole = whole
        self._grown.set()

    def wait_until_idle(self, longest_s: float) -> bool:
        """Return when `first` has answered nobody for LINGER_S (true), or after `longest_s` seconds (false)."""
        until_s = self._monotonic() + longest_s
        with self._change:
            while True:
                now_s = self._monotonic()
                busy_s = until_s - now_s if self._asked else self._answered_s + LINGER_S - now_s
                if not self._asked and busy_s <= 0:
                    return True
                if now_s >= until_s:
                    return False
                self._change.wait(min(busy_s, until_s - now_s))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._whole is None:
            if self._is_first(environ):
                return self._answer_first(environ, start_response)
            self._grown.wait()
        assert self._whole is not None  # it is put there before anybody is told
        return self._whole(environ, start_response)

    def _answer_first(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._change:
            self._asked += 1
        try:
            return self._first(environ, start_response)
        finally:
            with self._change:
                self._asked -= 1
                self._answered_s = self._monotonic()
                self._change.notify_all()
