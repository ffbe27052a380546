"""Instants: aware UTC datetimes in the program, milliseconds since the epoch in the database and on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE_MS = 60_000
HOUR_MS = 3_600_000
DAY_MS = 86_400_000


def to_ms(instant: datetime) -> int:
    """Milliseconds since the epoch; `instant` must be aware. Exact: no float on the way."""
    delta = instant - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """The aware UTC datetime of milliseconds since the epoch."""
    return EPOCH + timedelta(milliseconds=ms)


def iso(instant: datetime) -> str:
    """ISO 8601 with `Z`; milliseconds only when there are any."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds" if instant.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def iso_ms(ms: int) -> str:
    """ISO 8601 with `Z` of milliseconds since the epoch: as `iso`, without a datetime for each of a million rows."""
    day, rest = divmod(ms, DAY_MS)
    minute, rest = divmod(rest, MINUTE_MS)
    second, milli = divmod(rest, 1000)
    tail = f"{second:02d}.{milli:03d}Z" if milli else f"{second:02d}Z"
    return f"{_day(day)}T{_minute(minute)}:{tail}"


@lru_cache(maxsize=4096)
def _day(number: int) -> str:
    """The date of a day since the epoch."""
    return from_ms(number * DAY_MS).date().isoformat()


@lru_cache(maxsize=1440)
def _minute(number: int) -> str:
    """Hours and minutes of a minute of the day."""
    return f"{number // 60:02d}:{number % 60:02d}"
