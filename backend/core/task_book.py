"""TaskBook: what the collector's tasks did lately. Reads what they wrote down; asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, Literal

from backend.core.flow_book import read_cursor
from backend.core.model.instants import HOUR_MS
from backend.core.model.task_log import LEVELS, LogLevel, Measured, RefreshCount, StoredLine, TaskName
from backend.core.portfolio_view import wanted_accounts

if TYPE_CHECKING:
    from backend.core.ports import Store

# The running hour and those before it: between 23 and 24 hours.
COUNTED_HOURS: Final = 24
LEAST_KNOWN_MS: Final = HOUR_MS
# A course of so many points at most is drawn of the last hour.
POINTS: Final = 40
TIMED: Final[tuple[TaskName, ...]] = ("balances", "snapshot")

Timed = Literal["exchange", "collector", "snapshots"]


@dataclass(frozen=True, slots=True)
class RefreshShare:
    """How many refreshes worked. `ratio` is None while too little is known to tell."""

    count: RefreshCount
    ratio: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Latency:
    """How long one component took in the last hour: the median of its runs, and its course as (instant, median) pairs.

    `since_ms`: the first run of the hour that is known.
    """

    component: Timed
    median_ms: int
    samples: int
    since_ms: int
    course: Sequence[tuple[int, int]]


class TaskBook:
    """Answers about the tasks of one environment. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._environment = environment
        self._now_ms = now_ms

    def refreshes(self) -> RefreshShare:
        """Refreshes of the last day; while less than an hour is known no share is told."""
        with self._store.read() as unit:
            count = unit.task_log.refreshes(self._environment, COUNTED_HOURS)
        if count.since_ms is None:
            return RefreshShare(count, None, "no_data_yet")
        if self._now_ms() - count.since_ms < LEAST_KNOWN_MS:
            return RefreshShare(count, None, "too_short")
        return RefreshShare(count, count.worked / (count.worked + count.failed), None)

    def lines(
        self,
        least: LogLevel,
        task: TaskName | None,
        account_id: int | None,
        limit: int,
        cursor: str | None,
    ) -> tuple[Sequence[StoredLine], str | None]:
        """A page of lines of a level and those above it, newest first; the cursor is `instant-id` of the last one.

        Raises:
            NotFoundError: no such account in this environment.
        """
        before_id = None if cursor is None else read_cursor(cursor)[1]
        levels = LEVELS[LEVELS.index(least) :]
        with self._store.read() as unit:
            wanted_accounts(unit, self._environment, account_id)
            found = unit.task_log.page(self._environment, levels, task, account_id, limit + 1, before_id)
        page = found[:limit]
        return page, f"{page[-1].at_ms}-{page[-1].id}" if len(found) > limit else None

    def latencies(self) -> Sequence[Latency]:
        """Components of whose last hour something is known."""
        with self._store.read() as unit:
            runs = unit.task_log.measured(self._environment, TIMED, self._now_ms() - HOUR_MS)
        balances = [run for run in runs if run.task == "balances"]
        answers = [(run.at_ms, run.answer_ms) for run in balances if run.answer_ms is not None]
        told = [
            _latency("exchange", answers),
            _latency("collector", _durations(balances)),
            _latency("snapshots", _durations([run for run in runs if run.task == "snapshot"])),
        ]
        return [one for one in told if one is not None]


def _durations(runs: Sequence[Measured]) -> Sequence[tuple[int, int]]:
    return [(run.at_ms, run.duration_ms) for run in runs]


def _latency(component: Timed, samples: Sequence[tuple[int, int]]) -> Latency | None:
    if not samples:
        return None
    slot_ms = HOUR_MS // POINTS
    slots: dict[int, list[int]] = {}
    for at_ms, took_ms in samples:
        slots.setdefault(at_ms // slot_ms * slot_ms, []).append(took_ms)
    course = [(slot, round(median(took))) for slot, took in slots.items()]
    return Latency(component, round(median(took for _, took in samples)), len(samples), samples[0][0], course)
