"""When an automatic run is due: at fixed instants since the settings were saved, each dealt with once.

No clock and no memory of its own: what was dealt with last is handed in, so a restart changes nothing.
Source: docs/formulas.md#automatic-runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import ZERO
from backend.core.model.instants import HOUR_MS
from backend.core.model.strategies import PutOff
from backend.core.rebalancing.drift import AssetDrift, drifts

if TYPE_CHECKING:
    from backend.core.model.rebalancing import Strategy

Hold = Literal["manual", "paused", "not_due"] | PutOff

# Those of the exchange's own rebalancing bot; any other number of hours or points between their ends may be set.
INTERVAL_PRESETS_H: Final = tuple(
    Decimal(hours) for hours in ("0.5", "1", "4", "8", "12", "24", "72", "168", "336", "672")
)
THRESHOLD_PRESETS_PERCENT: Final = tuple(Decimal(points) for points in ("0.5", "1", "2", "5", "10", "20", "30", "50"))


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the user set. Durations in milliseconds, `interval_ms` above zero.

    `started_ms`: when targets or settings were saved last, or automatic runs were let go on: the clock starts there.
    `cooldown_ms`: pause after the end of a run. `settle_ms`: pause after a deposit was seen.
    """

    strategy: Strategy
    interval_ms: int
    started_ms: int
    cooldown_ms: int = 0
    settle_ms: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What happened so far, instants in milliseconds; None: never.

    `last_due_ms`: the newest due instant that was dealt with, by a run or by finding nothing to do.
    `last_run_ms`: the end of the newest run. `running`: one is under way or waits for a review.
    `last_deposit_ms`: when the newest deposit was seen.
    """

    last_due_ms: int | None = None
    last_run_ms: int | None = None
    last_deposit_ms: int | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`due_ms` is the instant to deal with now, or None and `hold` says why not; `next_ms`: when to ask again.

    `next_ms` is None where only the user, or the end of a run, changes the answer. `put_off_ms`: a due instant that
    waits for a run, a cooldown or a deposit.
    """

    due_ms: int | None
    hold: Hold | None
    next_ms: int | None
    put_off_ms: int | None = None


def interval_ms(hours: Decimal) -> int:
    """Whole milliseconds of a number of hours."""
    return int(hours * HOUR_MS)


def newest_due(schedule: Schedule, now_ms: int) -> int | None:
    """The newest due instant not later than now; the first one is a whole interval after the start."""
    passed = (now_ms - schedule.started_ms) // schedule.interval_ms
    return schedule.started_ms + passed * schedule.interval_ms if passed >= 1 else None


def decide(schedule: Schedule, past: Past, now_ms: int) -> Decision:
    """Whether a due instant is to be dealt with now.

    Of several that passed unseen (the program was down, a pause was on) only the newest is, once. One that falls into
    a run, a cooldown or the settling of a deposit is dealt with when that is over.
    """
    if schedule.strategy == "manual":
        return Decision(None, "manual", None)
    if schedule.paused:
        return Decision(None, "paused", None)
    due = newest_due(schedule, now_ms)
    if due is None or (past.last_due_ms is not None and due <= past.last_due_ms):
        since = max(now_ms, past.last_due_ms or now_ms, schedule.started_ms)
        passed = (since - schedule.started_ms) // schedule.interval_ms
        return Decision(None, "not_due", schedule.started_ms + (passed + 1) * schedule.interval_ms)
    if past.running:
        return Decision(None, "running", None, due)
    until_ms, why = rests_until(schedule, past)
    if now_ms < until_ms:
        return Decision(None, why, until_ms, due)
    return Decision(due, None, None)


def rests_until(schedule: Schedule, past: Past) -> tuple[int, PutOff]:
    """Until when what is due waits for the cooldown of a run or the settling of a deposit, and for which of them."""
    cool = _until(past.last_run_ms, schedule.cooldown_ms)
    settled = _until(past.last_deposit_ms, schedule.settle_ms)
    return max(cool, settled), "cooldown" if cool >= settled else "settling"


def off_target(
    values: Mapping[str, Decimal], targets: Mapping[str, Decimal], threshold: Decimal
) -> tuple[AssetDrift, ...]:
    """The assets whose drift of either sign reaches the threshold (a ratio above zero), the largest first.

    Raises:
        EmptyPortfolioError: the values add up to zero or less.
    """
    return tuple(row for row in drifts(values, targets, threshold) if row.status != "ON_TARGET" and threshold > ZERO)


def _until(since_ms: int | None, pause_ms: int) -> int:
    return 0 if since_ms is None else since_ms + pause_ms
