"""How patient a connection is, and how often it may be made again."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# The exchange lets an address connect 300 times in 5 minutes; the rest is for other programs on this machine.
CONNECTS: Final = 250
CONNECTS_WITHIN_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """All in seconds.

    `quiet_s`: after so long without a word we ask for one, which must come within `answer_s`. `data_s`: so long may a
    stream whose data never cease be without any. `life_s`: the exchange ends a connection after 24 hours, we before it.
    `refused_s`: the wait after the exchange refused a key.
    """

    open_s: float = 10.0
    quiet_s: float = 15.0
    answer_s: float = 5.0
    data_s: float = 60.0
    life_s: float = 23 * 3600.0
    first_retry_s: float = 0.25
    longest_retry_s: float = 30.0
    refused_s: float = 300.0


class ConnectBudget:
    """The attempts of all connections to one exchange. Thread-safe."""

    def __init__(self, limit: int = CONNECTS, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._made: deque[float] = deque(maxlen=limit)

    def take(self) -> None:
        """Count an attempt."""
        with self._lock:
            self._made.append(self._monotonic_s())

    def wait_s(self) -> float:
        """How long no further attempt may be made."""
        with self._lock:
            if len(self._made) < (self._made.maxlen or 0):
                return 0.0
            return max(0.0, self._made[0] + CONNECTS_WITHIN_S - self._monotonic_s())


class Retries:
    """How long one connection waits before its next attempt: longer after each failure in a row, with jitter."""

    def __init__(self, pace: Pace, dice: random.Random) -> None:
        self._pace = pace
        self._dice = dice
        self._failures = 0

    def succeeded(self) -> None:
        """The connection came to life: the next wait is short again."""
        self._failures = 0

    def wait_s(self) -> float:
        """The wait after a connection that ended or was not made."""
        bound = min(self._pace.first_retry_s * float(2 ** min(self._failures, 16)), self._pace.longest_retry_s)
        self._failures += 1
        return bound * self._dice.uniform(0.5, 1.0)
