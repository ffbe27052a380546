"""Rows of days: made again of the recomputed values of each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.db.daily import daily_rows
from backend.verify.differences import EXACT, Report, Row

Line = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Valued:
    """What a snapshot comes to: value, growth index, and index and value of the benchmark."""

    at_ms: int
    value: Decimal
    index: Decimal | None
    benchmark_index: Decimal | None
    benchmark_value: Decimal | None
    reason: str | None = None
    doubts: int = 0


@dataclass(slots=True)
class Days:
    """Takes values in the order of time and compares each day when it is over."""

    connection: Connection
    account: int
    report: Report
    _known: dict[int, SqlRow[Any]] = field(init=False)
    _values: list[Valued] = field(default_factory=list)

    def __post_init__(self) -> None:
        query = select(daily_rows).where(daily_rows.c.account_id == self.account)
        self._known = {row.day: row for row in self.connection.execute(query)}

    def take(self, value: Valued) -> None:
        """Go on to the next snapshot."""
        if self._values and self._values[0].at_ms // DAY_MS != value.at_ms // DAY_MS:
            self._close()
        self._values.append(value)

    def finish(self, whole: bool) -> None:
        """Compare the last day, and name days that nothing was known of; not `whole`: the last one is not over."""
        if not whole:
            return
        if self._values:
            self._close()
        for day_ms in self._known:
            Row(self.report, "daily_rows", self.account, None, day_ms).exactly("row", "a row", "none")

    def _close(self) -> None:
        values, self._values = self._values, []
        day_ms = values[0].at_ms // DAY_MS * DAY_MS
        told = Row(self.report, "daily_rows", self.account, None, day_ms)
        stored = self._known.pop(day_ms, None)
        if stored is None:
            told.exactly("row", "none", "a row of the day")
            return
        _opening(told, stored, values[0] if values[0].at_ms == day_ms else None)
        told.exactly("reason", stored.reason, next((one.reason for one in values if one.reason is not None), None))
        _hours(told, stored, [value for value in values if value.at_ms % HOUR_MS == 0])


def _opening(told: Row, stored: SqlRow[Any], first: Valued | None) -> None:
    told.exactly("opened", stored.opened, int(first is not None))
    told.statistic("growth_index", stored.growth_index, None if first is None else first.index)
    told.statistic("benchmark_index", stored.benchmark_index, None if first is None else first.benchmark_index)
    told.money("value_usd", stored.value_usd, None if first is None else first.value)
    told.money("benchmark_value_usd", stored.benchmark_value_usd, None if first is None else first.benchmark_value)
    told.exactly("doubts", stored.doubts, None if first is None else first.doubts)
    told.exactly("open_reason", stored.open_reason, None if first is None else first.reason)


def _hours(told: Row, stored: SqlRow[Any], hours: Sequence[Valued]) -> None:
    marks = [value.benchmark_value for value in hours if value.benchmark_value is not None]
    told.exactly("hours", stored.hours, len(hours))
    told.money("value_sum_usd", stored.value_sum_usd, _sum([value.value for value in hours]))
    told.exactly("benchmark_hours", stored.benchmark_hours, len(marks))
    told.money("benchmark_sum_usd", stored.benchmark_sum_usd, _sum(marks))
    own, other = _line([value.index for value in hours]), _line([value.benchmark_index for value in hours])
    for place, name in enumerate(("high", "low", "fall")):
        told.statistic(name, getattr(stored, name), own[place])
        told.statistic(f"benchmark_{name}", getattr(stored, f"benchmark_{name}"), other[place])


def _sum(values: Sequence[Decimal]) -> Decimal:
    result = ZERO
    for value in values:
        result = EXACT.add(result, value)
    return result


def _line(values: Sequence[Decimal | None]) -> Line:
    """Highest, lowest, and the deepest fall from a high to a later low, as a ratio."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return None, None, None
    peak, fall = known[0], 0.0
    for value in known:
        peak = max(peak, value)
        fall = min(fall, value / peak - 1.0 if peak > 0 else 0.0)
    return max(known), min(known), fall
