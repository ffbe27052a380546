"""Quiet hours: until when a message waits. They follow the clock on the user's wall, also when it is put forward."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.core.model.instants import from_ms, to_ms

if TYPE_CHECKING:
    from backend.core.model.alerts import QuietHours, Severity


def held_until_ms(now_ms: int, quiet: QuietHours, severity: Severity) -> int | None:
    """When the quiet hours that an instant lies in end; None: it lies in none, or the message is critical."""
    if not quiet.enabled or severity == "critical" or quiet.start_minute == quiet.end_minute:
        return None
    zone = ZoneInfo(quiet.zone)
    local = from_ms(now_ms).astimezone(zone)
    minute = local.hour * 60 + local.minute
    over_midnight = quiet.start_minute > quiet.end_minute
    inside = minute >= quiet.start_minute or minute < quiet.end_minute
    if not (inside if over_midnight else quiet.start_minute <= minute < quiet.end_minute):
        return None
    day = local.date() + timedelta(days=1 if over_midnight and minute >= quiet.start_minute else 0)
    end = datetime.combine(day, time(quiet.end_minute // 60, quiet.end_minute % 60), zone)
    # An end that the clock shows twice, or never, may lie behind: then it is over now.
    return max(to_ms(end), now_ms + 1)
