"""The exchange's own clock: may stand in the past, run fast or stand still, and never goes back.

While the program is down the exchange's time goes on at most at the machine's pace, so that a demo closed for a
week wakes up today, and a run at 3,600 times speed does not lose a year to a restart. Above speed 1 the time that
may have been shown is reserved in a small file before it is shown: a kill cannot make the clock go back.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

RESERVED_S: Final = 2


@dataclass(frozen=True)
class ClockReading:
    """At `machine_ms` on the machine's clock the exchange's clock stood at `exchange_ms` and ran at `speed`."""

    machine_ms: int
    exchange_ms: int
    speed: Decimal


class ExchangeClock:
    """Exchange time in ms since the epoch. Thread-safe.

    Args:
        reading: the last setting.
        reserve_file: where time that may have been shown is reserved.
        not_before_ms: an instant that was certainly shown, whatever the machine's clock says now.
    """

    def __init__(
        self,
        reading: ClockReading,
        reserve_file: Path,
        *,
        not_before_ms: int = 0,
        machine_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        monotonic: Callable[[], float] | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._machine_ms, self._monotonic = machine_ms, monotonic or _steady_s
        self._reserve_file = reserve_file
        self._reserved = _read_reserved(reserve_file)
        away_ms = max(0, machine_ms() - reading.machine_ms)
        paced = reading.exchange_ms + int(away_ms * min(Decimal(1), reading.speed))
        start = paced if reading.speed <= 1 else max(paced, self._reserved)
        self._base_ms = max(start, reading.exchange_ms, not_before_ms)
        self._base_monotonic = self._monotonic()
        self._speed = reading.speed
        self._shown = self._base_ms

    @property
    def speed(self) -> Decimal:
        return self._speed

    @property
    def stretch(self) -> Decimal:
        """What acceptance windows are multiplied by."""
        return max(Decimal(1), self._speed)

    def now(self) -> int:
        with self._lock:
            return self._now()

    def _now(self) -> int:
        passed_ms = (self._monotonic() - self._base_monotonic) * 1000
        value = max(self._shown, self._base_ms + int(passed_ms * float(self._speed)))
        if self._speed > 1 and value > self._reserved:
            self._reserved = value + int(RESERVED_S * 1000 * self._speed)
            _write_reserved(self._reserve_file, self._reserved)
        self._shown = value
        return value

    def change(self, *, speed: Decimal | None = None, advance_ms: int = 0, to_ms: int | None = None) -> ClockReading:
        """Set the pace, jump ahead, or both; the jump comes first. Raises ValueError for a step back."""
        with self._lock:
            now = self._now()
            target = (now if to_ms is None else to_ms) + advance_ms
            if target < now:
                raise ValueError("the exchange's clock never goes back")
            self._base_ms = self._shown = target
            self._base_monotonic = self._monotonic()
            if speed is not None:
                self._speed = speed
            return ClockReading(self._machine_ms(), target, self._speed)


def _steady_s() -> float:
    """Seconds on a clock that never jumps, counting a laptop's sleep where the system can tell it."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def _read_reserved(file: Path) -> int:
    try:
        return int(json.loads(file.read_text("utf-8"))["reserved_ms"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0  # absent before the first fast run; a damaged one only costs up to two seconds of pace


def _write_reserved(file: Path, reserved_ms: int) -> None:
    fresh = file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as stream:
        json.dump({"reserved_ms": reserved_ms}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
