"""When the benchmark is reset: one instant a week, in UTC, so daylight saving never moves it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

MONDAY: Final = 0
RESET_HOUR: Final = 12
WEEK: Final = timedelta(days=7)


def next_rebalance(now: datetime, weekday: int = MONDAY, hour: int = RESET_HOUR, minute: int = 0) -> datetime:
    """The first scheduled instant strictly after `now` (aware, UTC); `weekday` 0 is Monday.

    Source:
        docs/formulas.md#reset-schedule.
    """
    days_ahead = (weekday - now.weekday()) % 7
    due = now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days_ahead)
    return due if due > now else due + WEEK


def resets_between(
    start: datetime, end: datetime, weekday: int = MONDAY, hour: int = RESET_HOUR, minute: int = 0
) -> list[datetime]:
    """All scheduled instants t with `start < t <= end`, in order."""
    due: list[datetime] = []
    at = next_rebalance(start, weekday, hour, minute)
    while at <= end:
        due.append(at)
        at += WEEK
    return due
