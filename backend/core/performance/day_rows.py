"""Snapshots to days: the same whether they come all at once or one by one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from itertools import groupby
from typing import NamedTuple

from backend.core.model.amounts import MONEY, ZERO, total
from backend.core.model.day_row import DayRow, Opening, Span
from backend.core.model.instants import DAY_MS, HOUR_MS


class Reading(NamedTuple):
    """What a day needs of a snapshot; `growth` is NaN where the chain is broken."""

    at_ms: int
    value: Decimal
    growth: float
    benchmark: float | None
    benchmark_value: Decimal | None
    reason: str | None
    doubts: int


def day_of(at_ms: int) -> int:
    """00:00 UTC of an instant's day, in ms."""
    return at_ms - at_ms % DAY_MS


def midnights(after_ms: int, until_ms: int) -> int:
    """How many 00:00 UTC lie in (after, until]."""
    return until_ms // DAY_MS - after_ms // DAY_MS


def folded(account_id: int, readings: Iterable[Reading]) -> list[DayRow]:
    """The days of readings whose instants rise."""
    days = groupby(readings, key=lambda reading: day_of(reading.at_ms))
    return [_day(account_id, day_ms, list(rows)) for day_ms, rows in days]


def joined(day: DayRow, later: DayRow) -> DayRow:
    """One day whose readings came in two parts, the other one after this."""
    return DayRow(
        account_id=day.account_id,
        day_ms=day.day_ms,
        opening=day.opening,
        hours=day.hours + later.hours,
        value_sum=total([day.value_sum, later.value_sum]),
        growth=_both(day.growth, later.growth),
        benchmark_hours=day.benchmark_hours + later.benchmark_hours,
        benchmark_sum=total([day.benchmark_sum, later.benchmark_sum]),
        benchmark=_both(day.benchmark, later.benchmark),
        reason=day.reason or later.reason,
    )


def _day(account_id: int, day_ms: int, readings: Sequence[Reading]) -> DayRow:
    first = readings[0]
    opening = None
    if first.at_ms == day_ms:
        opening = Opening(first.growth, first.benchmark, first.value, first.benchmark_value, first.doubts, first.reason)
    hours = [reading for reading in readings if reading.at_ms % HOUR_MS == 0]
    marks = [reading.benchmark_value for reading in hours if reading.benchmark_value is not None]
    with localcontext(MONEY):
        value_sum = sum((reading.value for reading in hours), ZERO)
        benchmark_sum = sum(marks, ZERO)
    return DayRow(
        account_id=account_id,
        day_ms=day_ms,
        opening=opening,
        hours=len(hours),
        value_sum=value_sum,
        growth=span(reading.growth for reading in hours),
        benchmark_hours=len(marks),
        benchmark_sum=benchmark_sum,
        benchmark=span(reading.benchmark for reading in hours),
        reason=next((reading.reason for reading in readings if reading.reason is not None), None),
    )


def span(values: Iterable[float | None]) -> Span | None:
    """The span of a line in the order of time; unknown values are left out."""
    found: Span | None = None
    for value in values:
        if value is not None and not math.isnan(value):
            found = _both(found, Span(value, value, 0.0))
    return found


def _both(one: Span | None, later: Span | None) -> Span | None:
    return later if one is None else one if later is None else one.then(later)
