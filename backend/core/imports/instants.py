"""Dates and times as files write them: ISO, day or month first, month names, epochs, with or without a zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo

from backend.core.model.instants import DAY_MS, MINUTE_MS, from_ms, to_ms

DateOrder = Literal["ymd", "dmy", "mdy"]
ORDERS: Final[tuple[DateOrder, ...]] = ("ymd", "dmy", "mdy")
NOT_A_DATE: Final = "date_unreadable"
ORDER_UNKNOWN: Final = "date_order_needed"
ZONE_UNKNOWN: Final = "time_zone_needed"
NO_SUCH_TIME: Final = "time_skipped"
_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            *("jan janv january janvier", "feb fev fevr february fevrier", "mar mars march", "apr avr april avril"),
            *(
                "may mai",
                "jun june juin",
                "jul juil july juillet",
                "aug aou aout august",
                "sep sept september septembre",
            ),
            *("oct october octobre", "nov november novembre", "dec december decembre"),
        ),
        start=1,
    )
    for name in names.split()
}
_TIME: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
)
_ZONE: Final = r"(?:\s*(?P<zone>z|utc|gmt|(?:(?:utc|gmt)\s*)?[+-]\d{1,2}(?::?\d{2})?))?"
_DATE: Final = (
    r"(?:(?P<a>\d{1,4})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
    r"|(?P<day>\d{1,2})(?:[-/.\s]+|er\s+)(?P<name>[a-z]{3,9})\.?[-/.,\s]+(?P<year>\d{4}|\d{2})"
    r"|(?P<name2>[a-z]{3,9})\.?\s+(?P<day2>\d{1,2}),?\s+(?P<year2>\d{4}))"
)
_SHAPE: Final = re.compile(rf"{_DATE}(?:(?:t|,?\s+){_TIME}{_ZONE})?")
_CLOCK: Final = re.compile(rf"{_TIME}{_ZONE}")
_COMPACT: Final = re.compile(r"\d{8}|\d{10}|\d{12,14}")
_LABEL: Final = re.compile(
    r"(?<![a-z])(?:UTC|GMT)\s*(?P<sign>--|[+-])?\s*(?P<hours>\d{1,2})?(?::?(?P<minutes>\d{2}))?", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """An instant as precise as it was written: it lies in [at_ms, at_ms + precision_ms)."""

    at_ms: int
    precision_ms: int


class InstantFault(Exception):
    """A cell that names no instant, or not one alone; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_when(text: str, clock: str, order: DateOrder | None, zone: tzinfo | None) -> When:
    """Read a date cell, with the time in a cell of its own where `clock` is not empty.

    Args:
        order: the order of day, month and year in the file; None while it is not known.
        zone: where its clock hangs; None while it is not known. A time that comes twice means the first of them.

    Raises:
        InstantFault: no date, a time that the zone skips, or an order or a zone is missing.
    """
    written = _plain(text)
    if _COMPACT.fullmatch(written) and not clock:
        return _compact(written, zone)
    shape = _SHAPE.fullmatch(written)
    if shape is None:
        raise InstantFault(NOT_A_DATE)
    hands = shape
    if clock:
        own = _CLOCK.fullmatch(_plain(clock))
        if own is None or shape["hour"] is not None:
            raise InstantFault(NOT_A_DATE)
        hands = own
    days = _days(shape)
    if order is None and len(set(days.values())) > 1:
        raise InstantFault(ORDER_UNKNOWN)
    day = next(iter(days.values()), None) if order is None or None in days else days.get(order)
    if day is None:
        raise InstantFault(NOT_A_DATE)
    local, precision_ms = _local(day, hands)
    return When(_instant(local, _offset(hands["zone"]) if hands["zone"] else zone), precision_ms)


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What the dates of a file say of the order of day, month and year; `example` is one that leaves it open."""

    order: DateOrder | None
    example: str | None
    options: tuple[DateOrder, ...]

    @property
    def must_ask(self) -> bool:
        """Whether some date means two days."""
        return self.order is None and self.example is not None


def date_order(texts: Iterable[str]) -> OrderEvidence:
    """Find the order of a file's dates without guessing."""
    left = set(ORDERS)
    example: str | None = None
    offered: set[DateOrder] = set()
    for text in texts:
        shape = _SHAPE.fullmatch(_plain(text))
        days = {} if shape is None else _days(shape)
        orders = {order for order in days if order is not None}
        if not orders:
            continue
        left &= orders
        if len(set(days.values())) > 1:
            example = example or text
            offered |= orders
    if example is None:
        return OrderEvidence(None, None, ())
    # Dates that contradict each other leave all readings of the first doubtful one open.
    options = tuple(order for order in ORDERS if order in (left & offered or offered))
    return OrderEvidence(options[0] if len(options) == 1 else None, example, options)


def day_of(text: str, order: DateOrder) -> date | None:
    """The day that a date means in one order."""
    shape = _SHAPE.fullmatch(_plain(text))
    return None if shape is None else _days(shape).get(order)


def needs_zone(text: str, clock: str) -> bool:
    """Whether a cell leaves open where its clock hangs."""
    try:
        read_when(text, clock, None, None)
    except InstantFault as fault:
        if fault.code != ORDER_UNKNOWN:
            return fault.code == ZONE_UNKNOWN
        shape = _CLOCK.search(_plain(clock or text))
        return shape is None or shape["zone"] is None
    return False


def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name, of `UTC` or of an offset such as `+02:00`; None when there is none of that name."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return UTC
    if _OFFSET.fullmatch(name):
        try:
            return _offset(name)
        except InstantFault:
            return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def zone_in_label(label: str) -> str | None:
    """The zone that a heading or a file's name states, as in `Date(UTC+2)` or `…(UTC--6).csv`; None without one."""
    found = _LABEL.search(label)
    if found is None:
        return None
    if found["hours"] is None or found["sign"] is None:
        return "UTC"
    sign = "+" if found["sign"] == "+" else "-"
    named = f"{sign}{int(found['hours']):02d}:{found['minutes'] or '00'}"
    return "UTC" if named[1:] == "00:00" else named if zone_named(named) is not None else None


def _plain(text: str) -> str:
    """Lower case, without accents and with plain spaces."""
    if text.isascii():
        return text.strip().lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).strip().lower()


def _compact(digits: str, zone: tzinfo | None) -> When:
    """Digits alone: an epoch in seconds or milliseconds, a day, or an instant in UTC."""
    try:
        if len(digits) == 8:
            return When(_instant(datetime.strptime(digits, "%Y%m%d"), zone), DAY_MS)  # noqa: DTZ007 - a local day, its zone is applied right here
        if len(digits) == 10:
            return When(int(digits) * 1000, 1000)
        if len(digits) == 13:
            from_ms(int(digits))
            return When(int(digits), 1)
        pattern, precision_ms = ("%Y%m%d%H%M", MINUTE_MS) if len(digits) == 12 else ("%Y%m%d%H%M%S", 1000)
        return When(to_ms(datetime.strptime(digits, pattern).replace(tzinfo=UTC)), precision_ms)
    except (ValueError, OverflowError) as error:
        raise InstantFault(NOT_A_DATE) from error


def _days(shape: re.Match[str]) -> dict[DateOrder | None, date]:
    """The days that a written date can mean, by order; under None where only one order is possible by its form."""
    if shape["a"] is None:
        month = _MONTHS.get(shape["name"] or shape["name2"])
        day = _day(shape["year"] or shape["year2"], month or 0, shape["day"] or shape["day2"])
        return {} if day is None else {None: day}
    a, b, c = shape["a"], shape["b"], shape["c"]
    if len(a) == 4 and len(c) <= 2:
        day = _day(a, int(b), c)
        return {} if day is None else {None: day}
    if len(a) > 2 or len(c) not in (2, 4):
        return {}
    possible: dict[DateOrder, date | None] = {"dmy": _day(c, int(b), a)}
    # Nobody writes the month first with full stops.
    if shape["mark"] != ".":
        possible["mdy"] = _day(c, int(a), b)
    if len(c) == 2:
        possible["ymd"] = _day(a, int(b), c) if len(a) == 2 else None
    found = {order: day for order, day in possible.items() if day is not None}
    if possible.keys() == {"dmy"} and found:
        return {None: found["dmy"]}
    return {order: found[order] for order in ORDERS if order in found}


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) <= 2 else 0), month, int(day))
    except ValueError:
        return None


def _local(day: date, hands: re.Match[str]) -> tuple[datetime, int]:
    """The local time as written, and how precise it is."""
    if hands["hour"] is None:
        return datetime(day.year, day.month, day.day), DAY_MS  # noqa: DTZ001 - local time, its zone is applied by the caller
    hour = int(hands["hour"])
    if hands["half"]:
        if not 1 <= hour <= 12:
            raise InstantFault(NOT_A_DATE)
        hour = hour % 12 + (12 if hands["half"] == "p" else 0)
    fraction = (hands["fraction"] or "").ljust(3, "0")[:3]
    try:
        local = datetime(day.year, day.month, day.day, hour, int(hands["minute"]), int(hands["second"] or 0))  # noqa: DTZ001 - as above
    except ValueError as error:
        raise InstantFault(NOT_A_DATE) from error
    local += timedelta(milliseconds=int(fraction))
    return local, 1 if hands["fraction"] else 1000 if hands["second"] else MINUTE_MS


def _instant(local: datetime, zone: tzinfo | None) -> int:
    if zone is None:
        raise InstantFault(ZONE_UNKNOWN)
    try:
        at = local.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) != local:
            raise InstantFault(NO_SUCH_TIME)
    except OverflowError as error:
        raise InstantFault(NOT_A_DATE) from error
    return to_ms(at)


def _offset(text: str) -> tzinfo:
    found = _OFFSET.fullmatch(text)
    if found is None:
        return UTC
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    if minutes > 14 * 60 or int(found["minutes"] or 0) > 59:
        raise InstantFault(NOT_A_DATE)
    return timezone(timedelta(minutes=-minutes if found["sign"] == "-" else minutes))
