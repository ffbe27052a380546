"""Days of an account, kept in step with its snapshots: whoever writes those writes these in the same transaction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from backend.core.model.amounts import ZERO
from backend.core.model.day_row import DayRow, Opening, Span
from backend.core.model.instants import DAY_MS
from backend.core.performance.day_rows import Reading, day_of, folded, joined
from backend.core.performance.day_series import DaySeries
from backend.db.models import metadata, snapshots
from backend.db.types import ExactDecimal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.model.valuation import SnapshotRow
    from backend.core.performance.chain_shift import Repair

CHUNK = 500

daily_rows = Table(
    "daily_rows",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("day", BigInteger, nullable=False),
    # The valuation at 00:00; `opened` says whether there is one, for its index may be broken.
    Column("opened", Integer, nullable=False),
    Column("growth_index", Double),
    Column("benchmark_index", Double),
    Column("value_usd", ExactDecimal),
    Column("benchmark_value_usd", ExactDecimal),
    Column("doubts", Integer),
    Column("open_reason", Text),
    # The values at full hours of the day.
    Column("hours", Integer, nullable=False),
    Column("value_sum_usd", ExactDecimal, nullable=False),
    Column("high", Double),
    Column("low", Double),
    Column("fall", Double),
    Column("benchmark_hours", Integer, nullable=False),
    Column("benchmark_sum_usd", ExactDecimal, nullable=False),
    Column("benchmark_high", Double),
    Column("benchmark_low", Double),
    Column("benchmark_fall", Double),
    Column("reason", Text),
    PrimaryKeyConstraint("account_id", "day"),
    sqlite_with_rowid=False,
)
# All but the sums: decimals are dear to read.
SERIES = tuple(
    column.name for column in daily_rows.columns if column.name != "account_id" and not column.name.endswith("_usd")
)


class SqlDaily:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def follow(self, rows: Sequence[SnapshotRow]) -> None:
        """Take in snapshots that were added behind all others of their account."""
        for account_id, added in groupby(rows, key=lambda row: row.account_id):
            self._extend(account_id, [_reading(row) for row in added])

    def refold(self, account_id: int, from_ms: int) -> None:
        """Make the days anew from the snapshots there are, from the day of an instant on."""
        start_ms = day_of(from_ms)
        table = daily_rows.c
        self._connection.execute(delete(daily_rows).where(table.account_id == account_id, table.day >= start_ms))
        self._insert(folded(account_id, self._readings(account_id, start_ms)))

    def repair(self, account_id: int, repair: Repair) -> None:
        """Follow a repair of the snapshots, which has been made: days with a change in them are made anew."""
        table = daily_rows.c
        own = table.account_id == account_id
        mixed = sorted({day_of(at_ms) for at_ms in (*repair.removed, *(row.at_ms for row in repair.put))})
        for start in range(0, len(mixed), CHUNK):
            self._connection.execute(delete(daily_rows).where(own, table.day.in_(mixed[start : start + CHUNK])))
        for shift in repair.shifts:
            whole = (table.day > shift.after_ms) & (table.day < shift.before_ms)
            values: dict[str, Any] = {}
            if shift.step.growth != 1.0:
                values = {name: table[name] * shift.step.growth for name in ("growth_index", "high", "low")}
            if shift.step.doubts:
                values["doubts"] = table.doubts + shift.step.doubts
            if repair.line_lost:
                values |= {"benchmark_value_usd": None, "benchmark_hours": 0, "benchmark_sum_usd": ZERO}
            if values:
                self._connection.execute(update(daily_rows).where(own, whole).values(values))
        for day_ms in mixed:
            self._insert(folded(account_id, self._readings(account_id, day_ms, day_ms + DAY_MS)))

    def rows(self, account_id: int, from_ms: int, until_ms: int) -> Sequence[DayRow]:
        """The days with from <= 00:00 <= until, oldest first."""
        table = daily_rows.c
        query = select(daily_rows).where(table.account_id == account_id, table.day >= from_ms, table.day <= until_ms)
        return [_day(row) for row in self._connection.execute(query.order_by(table.day))]

    def series(self, account_id: int, from_ms: int) -> DaySeries:
        """The lines of all days from an instant on, for readers that keep them in memory."""
        table = daily_rows.c
        query = select(*(table[name] for name in SERIES)).where(table.account_id == account_id, table.day >= from_ms)
        rows = self._connection.execute(query.order_by(table.day)).all()

        def line(name: str) -> NDArray[np.float64]:
            return np.array([_number(getattr(row, name)) for row in rows], dtype=np.float64)

        return DaySeries(
            day_ms=np.array([row.day for row in rows], dtype=np.int64),
            growth=line("growth_index"),
            benchmark=line("benchmark_index"),
            high=line("high"),
            low=line("low"),
            fall=line("fall"),
            benchmark_high=line("benchmark_high"),
            benchmark_low=line("benchmark_low"),
            benchmark_fall=line("benchmark_fall"),
            hours=np.array([row.hours for row in rows], dtype=np.int64),
            benchmark_hours=np.array([row.benchmark_hours for row in rows], dtype=np.int64),
            doubts=np.array([-1 if row.doubts is None else row.doubts for row in rows], dtype=np.int64),
            reasons={row.day: (row.open_reason, row.reason) for row in rows if row.reason is not None},
        )

    def _extend(self, account_id: int, readings: Sequence[Reading]) -> None:
        if not readings:
            return
        days = folded(account_id, readings)
        known = self.rows(account_id, days[0].day_ms, days[0].day_ms)
        if known:
            days[0] = joined(known[0], days[0])
            table = daily_rows.c
            self._connection.execute(
                delete(daily_rows).where(table.account_id == account_id, table.day == days[0].day_ms)
            )
        self._insert(days)

    def _readings(self, account_id: int, from_ms: int, before_ms: int | None = None) -> Iterator[Reading]:
        table = snapshots.c
        query = select(
            table.timestamp,
            table.total_value_usd,
            table.growth_index,
            table.benchmark_index,
            table.benchmark_value_usd,
            table.reason,
            table.doubts,
        ).where(table.account_id == account_id, table.timestamp >= from_ms)
        if before_ms is not None:
            query = query.where(table.timestamp < before_ms)
        for row in self._connection.execute(query.order_by(table.timestamp)):
            yield Reading(row[0], row[1], _number(row[2]), row[3], row[4], row[5], row[6])

    def _insert(self, days: Sequence[DayRow]) -> None:
        for start in range(0, len(days), CHUNK):
            self._connection.execute(insert(daily_rows), [_values(day) for day in days[start : start + CHUNK]])


def _reading(row: SnapshotRow) -> Reading:
    return Reading(
        row.at_ms, row.value, row.growth_index, row.benchmark_index, row.benchmark_value, row.reason, row.doubts
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _values(day: DayRow) -> dict[str, Any]:
    opening = day.opening
    return {
        "account_id": day.account_id,
        "day": day.day_ms,
        "opened": int(opening is not None),
        "growth_index": None if opening is None else _known(opening.growth),
        "benchmark_index": None if opening is None else opening.benchmark,
        "value_usd": None if opening is None else opening.value,
        "benchmark_value_usd": None if opening is None else opening.benchmark_value,
        "doubts": None if opening is None else opening.doubts,
        "open_reason": None if opening is None else opening.reason,
        "hours": day.hours,
        "value_sum_usd": day.value_sum,
        **_span_values("", day.growth),
        "benchmark_hours": day.benchmark_hours,
        "benchmark_sum_usd": day.benchmark_sum,
        **_span_values("benchmark_", day.benchmark),
        "reason": day.reason,
    }


def _span_values(prefix: str, span: Span | None) -> dict[str, float | None]:
    ends: Iterable[float | None] = (None, None, None) if span is None else (span.high, span.low, span.fall)
    return dict(zip((f"{prefix}high", f"{prefix}low", f"{prefix}fall"), ends, strict=True))


def _day(row: Row[Any]) -> DayRow:
    opening = None
    if row.opened:
        opening = Opening(
            _number(row.growth_index),
            row.benchmark_index,
            row.value_usd,
            row.benchmark_value_usd,
            row.doubts,
            row.open_reason,
        )
    return DayRow(
        account_id=row.account_id,
        day_ms=row.day,
        opening=opening,
        hours=row.hours,
        value_sum=row.value_sum_usd,
        growth=None if row.high is None else Span(row.high, row.low, row.fall),
        benchmark_hours=row.benchmark_hours,
        benchmark_sum=row.benchmark_sum_usd,
        benchmark=None
        if row.benchmark_high is None
        else Span(row.benchmark_high, row.benchmark_low, row.benchmark_fall),
        reason=row.reason,
    )
