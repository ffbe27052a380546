"""Timing side by side: short turns in changing order, so that a noisy moment of the machine hits all alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Timings:
    """Seconds per call, in the order they were taken, turn after turn (all turns are equally long)."""

    seconds: tuple[float, ...]
    per_turn: int

    @property
    def p50_s(self) -> float:
        """Median over all calls, seconds."""
        return median(self.seconds)

    def turn_medians(self) -> list[float]:
        """Return the median of each turn, seconds."""
        starts = range(0, len(self.seconds), self.per_turn)
        return [median(self.seconds[start : start + self.per_turn]) for start in starts]


def side_by_side(calls: Mapping[str, Callable[[], object]], turns: int, per_turn: int) -> dict[str, Timings]:
    """Time each of `calls` in `turns` turns of `per_turn` calls; every second round runs in the opposite order.

    One untimed turn of each comes first, so that caches are warm everywhere.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    for name in order:
        for _ in range(per_turn):
            calls[name]()
    gc.disable()  # a collection of this process would be counted as somebody's answer time
    try:
        for _ in range(turns):
            for name in order:
                call, seconds = calls[name], taken[name]
                for _ in range(per_turn):
                    started = time.perf_counter()
                    call()
                    seconds.append(time.perf_counter() - started)
            order.reverse()
    finally:
        gc.enable()
    return {name: Timings(tuple(seconds), per_turn) for name, seconds in taken.items()}


def ratio(ours: Timings, reference: Timings) -> float:
    """Return the median, over the turns, of our median by the reference's of the same round: no unit.

    Pairing within a round takes out what slows the whole machine for a while.
    """
    pairs = zip(ours.turn_medians(), reference.turn_medians(), strict=True)
    return median(mine / theirs for mine, theirs in pairs)
