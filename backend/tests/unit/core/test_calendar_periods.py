"""Months and years: what is not over, what is not known, and that a year is its months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend.core.calendar_periods import month_starts, periods, year_starts
from backend.core.model.instants import DAY_MS, HOUR_MS, from_ms
from backend.core.model.valuation import SnapshotRow
from backend.core.performance.snapshot_chain import Grid, extend
from backend.core.performance.windows import TOTAL, WindowFigures, window_figures
from backend.core.performance_tracker import indexed
from backend.core.views import MonthView
from backend.tests.builders import ms, point


def daily(first: str, last: str, leave_out: tuple[str, str] = ("9999-01-01T00:00Z", "9999-01-01T00:00Z")) -> list[int]:
    """Instants a day apart, without those of a hole (its ends are kept)."""
    hole = (ms(leave_out[0]), ms(leave_out[1]))
    return [at for at in range(ms(first), ms(last) + 1, DAY_MS) if not hole[0] < at < hole[1]]


def chain(instants: Sequence[int]) -> list[SnapshotRow]:
    points = [point(at, str(1000 + 37 * math.sin(place))) for place, at in enumerate(instants)]
    return extend(1, None, points, [], Grid(HOUR_MS))


def told(rows: Sequence[SnapshotRow], starts: Sequence[datetime], name: str) -> list[MonthView]:
    def row_at(at_ms: int) -> SnapshotRow | None:
        return next((row for row in reversed(rows) if row.at_ms <= at_ms), None)

    def between(start: SnapshotRow, end: SnapshotRow) -> WindowFigures:
        return window_figures(indexed(start), indexed(end), TOTAL, from_ms(start.at_ms))

    return periods(starts, name, rows[0], rows[-1], row_at, between)


def months(rows: Sequence[SnapshotRow], most: int = 100) -> list[MonthView]:
    return told(rows, month_starts(from_ms(rows[0].at_ms), from_ms(rows[-1].at_ms - 1), most), "%Y-%m")


def years(rows: Sequence[SnapshotRow]) -> list[MonthView]:
    return told(rows, year_starts(from_ms(rows[0].at_ms), from_ms(rows[-1].at_ms - 1)), "%Y")


def growth(found: Sequence[MonthView]) -> float:
    return math.prod(1.0 + (one.figures.twr or math.nan) for one in found)


def test_the_product_of_the_months_is_the_year_and_that_of_the_years_is_everything() -> None:
    rows = chain([ms("2024-11-17T09:00Z"), *daily("2024-11-18T00:00Z", "2026-02-11T00:00Z")])
    found = years(rows)
    assert [one.month for one in found] == ["2024", "2025", "2026"]
    for year in found:
        inside = [one for one in months(rows) if one.month.startswith(year.month)]
        assert growth(inside) - 1.0 == pytest.approx(year.figures.twr, rel=1e-12)
    assert growth(found) == pytest.approx(rows[-1].growth_index, rel=1e-12)


def test_only_what_is_over_and_known_from_its_first_instant_is_complete() -> None:
    rows = chain(daily("2025-11-01T00:00Z", "2026-02-11T00:00Z"))
    assert [one.complete for one in months(rows)] == [True, True, True, False]
    assert [one.complete for one in years(rows)] == [False, False]
    assert months(rows)[0].figures.status == "exact"


def test_a_month_that_has_just_ended_is_whole_and_no_new_one_is_told() -> None:
    rows = chain(daily("2025-11-01T00:00Z", "2026-01-01T00:00Z"))
    assert [(one.month, one.complete) for one in months(rows)] == [("2025-11", True), ("2025-12", True)]
    assert [one.month for one in years(rows)] == ["2025"]


def test_months_of_a_hole_are_told_without_figures() -> None:
    rows = chain(daily("2025-06-01T00:00Z", "2026-01-05T00:00Z", ("2025-07-20T00:00Z", "2025-10-10T00:00Z")))
    found = {one.month: (one.figures.status, one.figures.reason, one.complete) for one in months(rows)}
    assert found == {
        "2025-06": ("exact", None, True),
        "2025-07": ("estimated", "gap_at_end", False),
        "2025-08": ("unavailable", "no_snapshots", False),
        "2025-09": ("unavailable", "no_snapshots", False),
        "2025-10": ("unavailable", "gap_at_start", False),
        "2025-11": ("exact", None, True),
        "2025-12": ("exact", None, True),
        "2026-01": ("exact", None, False),
    }
    nothing = next(one for one in months(rows) if one.month == "2025-08")
    assert (nothing.figures.twr, nothing.figures.pnl, nothing.end_value) == (None, None, None)
    assert next(one for one in months(rows) if one.month == "2025-10").end_value == Decimal(rows[-66].value)


def test_no_more_months_are_told_than_are_asked_for() -> None:
    rows = chain(daily("2025-01-01T00:00Z", "2026-01-05T00:00Z"))
    assert [one.month for one in months(rows, 2)] == ["2025-12", "2026-01"]
    assert month_starts(datetime(2026, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC), 5) == [
        datetime(2026, 1, 1, tzinfo=UTC)
    ]
