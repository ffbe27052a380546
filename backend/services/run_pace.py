"""How a run waits: on an event, so that the end of the program cuts every wait short."""

from __future__ import annotations

import threading
import time
from typing import Final

FIRST_S: Final = 0.25
MOST_S: Final = 2.0


class Halted(Exception):  # the program ends, which is no error
    """The program ends: the journal has everything, and the next start goes on."""


class RunPace:
    """Pauses that grow from question to question."""

    def __init__(self, stopping: threading.Event, first_s: float = FIRST_S, most_s: float = MOST_S) -> None:
        self._stopping = stopping
        self._first_s = first_s
        self._most_s = most_s
        self.restart()

    def restart(self) -> None:
        """What went before went well."""
        self._next_s = self._first_s
        self._since_s = time.monotonic()
        self._paused_s = 0.0

    @property
    def waited_s(self) -> float:
        """Since the last restart: pauses, and the time that questions took between them."""
        return max(self._paused_s, time.monotonic() - self._since_s)

    def pause(self) -> None:
        """Wait a little longer than the last time.

        Raises:
            Halted: the program ends.
        """
        if self._stopping.wait(self._next_s):
            raise Halted
        self._paused_s += self._next_s
        self._next_s = min(self._next_s * 2, self._most_s)

    def halt_if_asked(self) -> None:
        """Raises `Halted` where the program ends."""
        if self._stopping.is_set():
            raise Halted
