"""One loop, one event: wakes at once when asked to work or to stop, and outlives a bad step."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)


class PeriodicWorker:
    """Run `step` every `interval_s` seconds (start to start) on one thread until stopped."""

    def __init__(self, name: str, step: Callable[[], None], interval_s: float) -> None:
        self._step = step
        self._interval_s = interval_s
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Run the next step at once."""
        self._wake.set()

    def stop(self, timeout_s: float = 4.0) -> bool:
        """Ask the loop to end and wait; returns False if it overran the timeout."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._step()
            except Exception as error:  # the loop outlives one bad step; the step is logged
                log.error("worker step failed", worker=self._thread.name, exc_info=error)
            left = self._interval_s - (time.monotonic() - started)
            if left > 0:
                self._wake.wait(left)
            self._wake.clear()
