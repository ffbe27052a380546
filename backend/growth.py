"""How `start` comes to its first figures: it serves what is stored, then imports the rest of the program beside it.

The interpreter does one thing at a time, so imports stand aside while a first page is answered. They leave no cycles
behind that would be worth a search, so the collector of garbage rests meanwhile.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from backend.api.first_pages import first_pages, is_first
from backend.api.growing import GrowingApplication
from backend.api.request_layer import REQUESTS
from backend.heap import without_collecting
from backend.patient_imports import before_each_import

if TYPE_CHECKING:
    from backend.api.request_metrics import RequestMetrics
    from backend.bootstrap import Container
    from backend.bootstrap_first import Beginning

# Longer than this no import waits for those who ask again and again.
ASIDE_S: Final = 0.4


class Growth:
    """`application` serves at once; `whole` makes the program of it that `first` was the beginning of."""

    def __init__(self, first: Beginning) -> None:
        self._first = first
        self._patient = True
        self._early: list[tuple[str, str, str, float]] = []
        self._metrics: RequestMetrics | None = None
        self.application = GrowingApplication(first_pages(first.first_services(), self._observe), is_first)

    def whole(self, stopping: threading.Event) -> Container | None:
        """All of the program, answering by now; None: it was told to stop meanwhile."""
        with without_collecting(), before_each_import(lambda: self._stand_aside(stopping)):
            try:
                from backend.bootstrap import Container
            except _StoppedError:
                return None
        container = Container.of(self._first)
        container.prepare()
        app = container.app()
        self._metrics = metrics = app.extensions[REQUESTS]
        self.application.grow(app)
        for seen in self._early:
            metrics.observe(*seen)
        return container

    def _observe(self, route: str, method: str, status: str, seconds: float) -> None:
        """Keep what was seen before there was anything to count it."""
        if self._metrics is None:
            self._early.append((route, method, status, seconds))
        else:
            self._metrics.observe(route, method, status, seconds)

    def _stand_aside(self, stopping: threading.Event) -> None:
        if stopping.is_set():
            raise _StoppedError
        # Who has waited once in vain goes on: the request may wait for this very import.
        self._patient = self.application.wait_until_idle(ASIDE_S if self._patient else 0.0)


class _StoppedError(Exception):
    """The program was told to stop while it still imported."""
