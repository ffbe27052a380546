"""Takes the lines of the log to the database, behind everybody's back.

Whoever logs puts a line into a list and goes on. A thread of its own writes what has gathered once a second; while the
database is busy, lines wait in memory, and where too many wait the newest are left out and counted. A line of the log
says how many.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.log_lines import LEVELS, Level, LogFilter, LogLine, NumberedLine
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.log_ports import LogRows

EVERY_S: Final = 1.0
# Lines of one transaction: a few milliseconds.
BATCH: Final = 500
# Lines that may wait.
WAITING: Final = 20_000
CLEAN_EVERY_S: Final = 86_400.0
# What one transaction of the clean-up drops, and how many there are of them at a time.
CLEAN_ROWS: Final = 2_000
CLEAN_STEPS: Final = 25
DROPPED: Final = "log lines left out"


class LogKeeper:
    """The last lines in memory, and the way of all lines to the database. `take` never waits. Thread-safe."""

    def __init__(
        self,
        rows: LogRows,
        kept: int,
        now_ms: Callable[[], int],
        stand_aside: Callable[[], None] = lambda: None,
        monotonic_s: Callable[[], float] = time.monotonic,
        waiting: int = WAITING,
    ) -> None:
        """`kept`: lines in memory. `stand_aside`: waits while somebody opens a page."""
        self._rows = rows
        self._now_ms = now_ms
        self._stand_aside = stand_aside
        self._monotonic_s = monotonic_s
        self._most_waiting = waiting
        self._numbers = count(1)
        self._memory: deque[NumberedLine] = deque(maxlen=kept)
        self._waiting: deque[LogLine] = deque()
        self._lock = threading.Lock()
        self._one_writes = threading.Lock()
        self._counts: Counter[Level] = Counter()
        self._dropped = self._told = 0
        self._clean_at_s = float("-inf")
        self._worker = PeriodicWorker("log", self.step, EVERY_S)

    @property
    def dropped(self) -> int:
        """Lines that never reached the database since the start."""
        return self._dropped

    def counts(self) -> Mapping[Level, int]:
        """Lines of each level since the start."""
        with self._lock:
            return {level: self._counts[level] for level in LEVELS}

    def take(self, line: LogLine) -> None:
        """Keep a line, or count it where too many wait."""
        with self._lock:
            self._counts[line.level] += 1
            self._memory.append(NumberedLine(next(self._numbers), line))
            if len(self._waiting) < self._most_waiting:
                self._waiting.append(line)
            else:
                self._dropped += 1

    def remembered(self, wanted: LogFilter, limit: int) -> Sequence[NumberedLine]:
        """Of the lines in memory the newest that are wanted, newest first."""
        with self._lock:
            held = list(self._memory)
        found = [one for one in held if wanted.takes(one.line)]
        return found[: -limit - 1 : -1]

    def start(self) -> None:
        self._worker.start()

    def stop(self, timeout_s: float = 1.0) -> bool:
        """End the thread and write what still waits; returns whether all of it was written in time."""
        ended = self._worker.stop(timeout_s)
        return ended and self.flush(in_a_hurry=True)

    def step(self) -> None:
        """Write what waits, and once a day drop what is old."""
        self.flush()
        if self._monotonic_s() >= self._clean_at_s and self.clean():
            self._clean_at_s = self._monotonic_s() + CLEAN_EVERY_S

    def flush(self, in_a_hurry: bool = False) -> bool:
        """Write all lines that wait; False where the database does not take them: they go on waiting."""
        while True:
            # Two that flush at once would both write the lines that wait, and both take them away.
            with self._one_writes:
                batch = self._batch()
                if not batch:
                    return True
                if not in_a_hurry:
                    self._stand_aside()
                try:
                    self._rows.append(batch)
                except DatabaseUnavailableError:
                    return False
                self._written(len(batch))

    def clean(self) -> bool:
        """Drop old lines, a few thousand at a time; returns whether none is left to be dropped."""
        try:
            for _ in range(CLEAN_STEPS):
                self._stand_aside()
                if self._rows.forget_old(self._now_ms(), CLEAN_ROWS) == 0:
                    return True
        except DatabaseUnavailableError:
            pass
        return False

    def _batch(self) -> list[LogLine]:
        with self._lock:
            missing = self._dropped - self._told
            if missing and len(self._waiting) < self._most_waiting:
                told = LogLine(self._now_ms(), "warning", "program", DROPPED, fields={"lines": missing})
                self._waiting.append(told)
                self._memory.append(NumberedLine(next(self._numbers), told))
                self._told = self._dropped
            return list(islice(self._waiting, BATCH))

    def _written(self, lines: int) -> None:
        with self._lock:
            for _ in range(lines):
                self._waiting.popleft()
