"""The clock of a host, measured by round trips: what requests are signed with, and what had happened by when.

Between two looks it goes on by this machine's steady counter, never by its wall clock, which may be set at any moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend.exchange.binance.one_answer import OneAnswer

# One slow answer says little: of several round trips the shortest counts.
ROUND_TRIPS: Final = 3
# A clock that goes as ours does is looked at anew after this long; two quartz clocks part by a few ms in it.
STEADY_LIFE_S: Final = 60.0
PARTING: Final = 0.0002
# A simulator's clock may run fast, stand still and jump: what signs is looked at more often, and what was heard is
# good for those who ask at the same time.
FREE_LIFE_S: Final = 5.0
SAME_TIME_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """Sent and answered (seconds of the steady counter), and the exchange's clock somewhere in between."""

    sent_s: float
    back_s: float
    exchange_ms: int

    @property
    def length_s(self) -> float:
        return self.back_s - self.sent_s


class HostClock:
    """Shared by all accounts of a host. Thread-safe.

    Args:
        steady: whether the host's clock goes at the pace of this machine's.
        wall: this machine's clock, which signs (seconds).
        monotonic: this machine's steady counter (seconds); `steady_s` reads it.
    """

    def __init__(
        self,
        steady: bool,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._steady = steady
        self._wall = wall
        self.steady_s = monotonic
        self._answer: OneAnswer[RoundTrip] = OneAnswer()

    def passed(self, seen: int, ask: Callable[[], RoundTrip]) -> tuple[int, int]:
        """An instant that the exchange's clock had certainly passed when this was called, and its number.

        Args:
            seen: the number that the caller got last time (0: none); on a clock that is not steady it is never told
                the same look twice.
            ask: one look at the exchange's clock.

        Raises:
            ExchangeError: what `ask` raises.
        """
        if self._steady:
            _, look = self._answer.get(0, lambda known: self._age_s(known) < STEADY_LIFE_S, lambda: self._best(ask))
            age_s = self._age_s(look)
            return 0, look.exchange_ms + int(age_s * 1000 * (1 - PARTING))
        number, look = self._answer.get(seen, lambda known: self._age_s(known) <= SAME_TIME_S, ask)
        return number, look.exchange_ms

    def measure(self, ask: Callable[[], RoundTrip], since_s: float) -> int:
        """Look anew, unless somebody has since an instant of the steady counter: the exchange refused a time stamp.

        Returns:
            The number of the look, as `passed` counts them.

        Raises:
            ExchangeError: what `ask` raises.
        """
        return self._answer.get(0, lambda known: known.sent_s > since_s, lambda: self._best(ask))[0]

    def measure_when_old(self, ask: Callable[[], RoundTrip]) -> int:
        """Look where what is known is too old to sign with.

        Returns:
            The number of the last look, as `passed` counts them.

        Raises:
            ExchangeError: what `ask` raises.
        """
        life_s = STEADY_LIFE_S if self._steady else FREE_LIFE_S
        return self._answer.get(0, lambda known: self._age_s(known) < life_s, lambda: self._best(ask))[0]

    @property
    def offset_ms(self) -> int:
        """Exchange clock minus this machine's, as of now; 0 before the first look. Off by half a round trip at most."""
        look = self._answer.last
        if look is None:
            return 0
        return round(look.exchange_ms + (self._age_s(look) + look.length_s / 2 - self._wall()) * 1000)

    @property
    def latency_ms(self) -> int | None:
        """The last round trip."""
        look = self._answer.last
        return None if look is None else round(look.length_s * 1000)

    @property
    def last_told_ms(self) -> int | None:
        """What the exchange's clock said at the last look."""
        look = self._answer.last
        return None if look is None else look.exchange_ms

    def _best(self, ask: Callable[[], RoundTrip]) -> RoundTrip:
        return min((ask() for _ in range(ROUND_TRIPS)), key=lambda one: one.length_s)

    def _age_s(self, look: RoundTrip) -> float:
        return self.steady_s() - look.back_s
