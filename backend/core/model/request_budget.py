"""What an installation has sent to a host, as all of its processes share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Weight on one pool of a host in one window (number since the epoch of the machine's clock).

    `counted`: by the exchange's own count where it tells one. `in_flight`: booked for calls that are not answered yet.
    """

    window: int
    counted: int
    in_flight: int

    @property
    def used(self) -> int:
        return self.counted + self.in_flight


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing may be sent to a host before `until_ms` (machine's clock); 0: it never asked for silence."""

    until_ms: int
    banned: bool


@dataclass(frozen=True, slots=True)
class HostBudget:
    """All that is known of a host: its silence and its pools by name."""

    host: str
    silence: Silence
    pools: Mapping[str, PoolUse]


@dataclass(frozen=True, slots=True)
class LimitUse:
    """How much of a limit is used in its running window of `window_s`.

    `silent_until_ms` (machine's clock): nothing may be sent to the host before; None: nobody asked for silence.
    """

    host: str
    pool: str
    used: int
    limit: int
    window_s: int
    silent_until_ms: int | None
    banned: bool
