"""Request weight: what each host has used in the running minute or second, corrected by the count of the exchange.

Imports stop at a lower share than refreshes and user actions, so that a long import never delays them. After 429 or
418 nothing goes to that host until its time is over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from backend.core.errors import ExchangeLimitedError, RequestBudgetError
from backend.core.model.accounts import WeightUse

Pool = Literal["api", "sapi_ip", "sapi_uid"]
Purpose = Literal["live", "import"]

LIMITS: Final[Mapping[Pool, int]] = {"api": 6_000, "sapi_ip": 12_000, "sapi_uid": 180_000}
HEADERS: Final[Mapping[Pool, str]] = {
    "api": "X-MBX-USED-WEIGHT-1M",
    "sapi_ip": "X-SAPI-USED-IP-WEIGHT-1M",
    "sapi_uid": "X-SAPI-USED-UID-WEIGHT-1S",
}
# Withdrawal history, the one call on the account's pool, is counted by the second: ten calls fill it.
WINDOWS_S: Final[Mapping[Pool, int]] = {"api": 60, "sapi_ip": 60, "sapi_uid": 1}
SHARES: Final[Mapping[Purpose, float]] = {"live": 0.95, "import": 0.75}
# Our seconds do not begin with the exchange's: half of it in each of ours is never more than all of it in one of its.
SHARE_OF_A_SECOND: Final = 0.5


@dataclass(slots=True)
class _Window:
    number: int = -1
    used: int = 0


class WeightBudget:
    """One budget a host. Thread-safe; waits for nobody: a call that does not fit is refused with its waiting time."""

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._windows: dict[Pool, _Window] = {pool: _Window() for pool in LIMITS}
        self._blocked_until_s = 0.0
        self._banned = False
        self._lock = threading.Lock()

    def take(self, pool: Pool, weight: int, purpose: Purpose) -> None:
        """Book a call before it is sent.

        Raises:
            RequestBudgetError: no room in this minute (or second); says for how long.
            ExchangeLimitedError: the exchange asked for silence; says for how long.
        """
        with self._lock:
            left = self._blocked_until_s - self._monotonic()
            if left > 0:
                words = "This address is banned by the exchange" if self._banned else "The exchange asked to wait"
                raise ExchangeLimitedError(f"{words}: {left:.0f} s left", left, self._banned)
            window = self._window(pool)
            length_s = WINDOWS_S[pool]
            share = SHARES[purpose] if length_s > 1 else SHARE_OF_A_SECOND
            if window.used + weight > LIMITS[pool] * share:
                wait = length_s - self._wall() % length_s
                raise RequestBudgetError(f"The request budget is used up: {wait:.1f} s left", wait, banned=False)
            window.used += weight

    def correct(self, headers: Mapping[str, str]) -> None:
        """Believe the exchange's own count of each answer where it is higher than ours, or newer."""
        with self._lock:
            for pool, name in HEADERS.items():
                text = headers.get(name, "")
                if text.isascii() and text.isdigit():
                    window = self._window(pool)
                    window.used = max(int(text), window.used) if pool != "api" else int(text)

    def silence(self, seconds: float, banned: bool) -> None:
        """Send nothing for a while; a longer silence that is under way stays."""
        with self._lock:
            until_s = self._monotonic() + seconds
            if until_s >= self._blocked_until_s:
                self._blocked_until_s, self._banned = until_s, banned

    def use(self) -> WeightUse:
        """Weight used on the spot API in the running minute."""
        with self._lock:
            return WeightUse(self._window("api").used, LIMITS["api"])

    def _window(self, pool: Pool) -> _Window:
        window, number = self._windows[pool], int(self._wall() // WINDOWS_S[pool])
        if window.number != number:
            window.number, window.used = number, 0
        return window
