"""Windows: where they start, what they show, and why they sometimes show nothing."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.valuation import BenchmarkTail
from backend.core.performance.windows import (
    TOTAL,
    WINDOWS,
    IndexedRow,
    Trust,
    WindowFigures,
    window_figures,
    window_start,
)

END = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = END - timedelta(days=500)


def row(at: datetime, value: str = "100", index: float = 1.0, **fields: Any) -> IndexedRow:
    known: dict[str, Any] = {"benchmark_index": None, "cum_flows": Decimal(0), "cum_deposits": Decimal(0)}
    return IndexedRow(at, Decimal(value), index, **(known | fields))


def over(days: int, start: IndexedRow | None, end: IndexedRow, first_at: datetime = FIRST) -> WindowFigures:
    return window_figures(start, end, days, first_at)


def test_the_windows_of_the_product() -> None:
    assert [*WINDOWS.values()] == [7, 14, 30, 60, 90, 180, 365, 730, TOTAL]


def test_return_profit_and_outperformance_of_a_window() -> None:
    start = row(END - timedelta(days=30), "1000", 2.0, benchmark_index=4.0, cum_flows=Decimal(500))
    end = row(END, "1700", 2.2, benchmark_index=4.2, cum_flows=Decimal(1000), cum_deposits=Decimal(600))
    figures = over(30, start, end)
    assert figures.twr == pytest.approx(0.1)
    assert (figures.pnl, figures.net_flows, figures.pnl_ratio) == (Decimal(200), Decimal(500), Decimal("0.125"))
    assert figures.benchmark_twr == pytest.approx(0.05)
    assert figures.excess == pytest.approx(0.05)
    assert (figures.status, figures.reason, figures.twr_annualized) == ("exact", None, None)


def test_from_365_days_on_there_is_an_annual_figure() -> None:
    start = window_start(END, 730)
    figures = over(730, row(start), row(END, index=1.21), start)
    assert figures.twr_annualized == pytest.approx(0.1)


def test_a_doubt_about_the_flow_of_the_last_instant_is_none_about_the_window() -> None:
    """The flow comes after it; the same flow at its start is part of what it grew from."""
    start, end = row(END - timedelta(days=30)), row(END, doubts=1, estimated=True, flow_alone=True)
    assert over(30, start, end).status == "exact"
    earlier = row(END, doubts=2, estimated=True, flow_alone=True)
    assert (over(30, start, earlier).status, over(30, start, earlier).reason) == ("estimated", "flow_without_valuation")
    begun = row(END - timedelta(days=30), doubts=1, estimated=True, flow_alone=True)
    assert over(30, begun, row(END, doubts=1)).status == "estimated"
    assert over(30, start, row(END, estimated=True)).status == "estimated"


@pytest.mark.parametrize(("older", "reason"), [(0, None), (120, None), (121, "gap_at_start")])
def test_a_window_starts_at_a_snapshot_at_most_two_hours_older(older: int, reason: str | None) -> None:
    start = row(window_start(END, 7) - timedelta(minutes=older))
    assert over(7, start, row(END)).reason == reason


def test_a_history_shorter_than_the_window_says_from_when_it_will_do() -> None:
    first = window_start(END, 30) + timedelta(seconds=1)
    figures = over(30, None, row(END), first)
    assert (figures.twr, figures.pnl, figures.status) == (None, None, "unavailable")
    assert (figures.reason, figures.available_from) == ("history_too_short", first + timedelta(days=30))


def test_a_history_exactly_as_long_as_the_window_is_long_enough() -> None:
    first = window_start(END, 30)
    assert over(30, row(first), row(END), first).status == "exact"


def test_the_total_starts_at_the_first_snapshot_and_needs_a_second_one() -> None:
    assert over(TOTAL, row(FIRST), row(END, index=1.5)).twr == 0.5
    assert over(TOTAL, row(END), row(END), END).reason == "needs_two_snapshots"


def test_an_estimated_link_inside_the_window_marks_it_and_one_before_does_not() -> None:
    start = row(window_start(END, 7), doubts=2)
    assert over(7, start, row(END, doubts=2)).status == "exact"
    inside = over(7, start, row(END, doubts=3))
    assert (inside.status, inside.reason) == ("estimated", "flow_without_valuation")


def test_an_estimated_value_at_an_end_marks_the_window() -> None:
    figures = over(7, row(window_start(END, 7)), row(END, estimated=True))
    assert (figures.status, figures.reason) == ("estimated", "estimated_value")


def test_from_an_index_of_nothing_there_is_no_return_but_still_a_profit_in_money() -> None:
    figures = over(7, row(window_start(END, 7), "50", 0.0), row(END, "70", 0.0))
    assert (figures.twr, figures.reason, figures.pnl) == (None, "total_loss_before", Decimal(20))
    assert (figures.status, figures.money) == ("unavailable", Trust("exact", None))
    doubtful = over(7, row(window_start(END, 7), "50", 0.0), row(END, "70", 0.0, estimated=True))
    assert doubtful.money == Trust("estimated", "estimated_value")


def test_a_broken_chain_gives_its_reason_and_no_number() -> None:
    broken = row(END, index=math.nan, broken="negative_value")
    figures = over(7, row(window_start(END, 7)), broken)
    assert (figures.twr, figures.twr_annualized, figures.excess, figures.reason) == (None, None, None, "negative_value")


def test_profit_in_percent_is_not_defined_without_capital() -> None:
    figures = over(7, row(window_start(END, 7), "0"), row(END, "5"))
    assert (figures.pnl_ratio, figures.pnl_ratio_reason) == (None, "no_capital")


def test_an_unknown_benchmark_leaves_the_return_alone() -> None:
    start = row(window_start(END, 7), benchmark_index=math.nan)
    figures = over(7, start, row(END, index=1.1, benchmark_index=2.0))
    assert (figures.benchmark_twr, figures.excess, figures.status) == (None, None, "exact")
    assert figures.benchmark == figures.against == Trust("unavailable", "no_price")


def tail(reset: int = 0, **fields: Any) -> BenchmarkTail:
    return BenchmarkTail(reset, 1.0, (1.0, 1.0), {}, False, **fields)


@pytest.mark.parametrize(
    ("opening", "closing", "told"),
    [
        (tail(), tail(), None),
        (tail(doubt="old_price:A"), tail(), "old_price:A"),
        (tail(), tail(doubt="old_price:B"), "old_price:B"),
        # A reset inside, the one in force at the start, and one of before that.
        (tail(5), tail(9, doubted_at_ms=7, doubted="old_price:C"), "old_price:C"),
        (tail(5, doubted_at_ms=5, doubted="no_price:D"), tail(9, doubted_at_ms=5, doubted="no_price:D"), "no_price:D"),
        (tail(5, doubted_at_ms=4, doubted="no_price:D"), tail(9, doubted_at_ms=4, doubted="no_price:D"), None),
    ],
)
def test_the_benchmark_is_doubtful_by_its_own_prices_and_the_difference_by_either(
    opening: BenchmarkTail, closing: BenchmarkTail, told: str | None
) -> None:
    start = row(window_start(END, 7), benchmark_index=1.0, benchmark=opening)
    mark = Trust.of(True, told)
    figures = over(7, start, row(END, benchmark_index=1.1, benchmark=closing))
    assert (figures.status, figures.benchmark, figures.against) == ("exact", mark, mark)
    figures = over(7, start, row(END, benchmark_index=1.1, benchmark=closing, estimated=True))
    assert (figures.benchmark, figures.against) == (mark, Trust("estimated", "estimated_value"))


def test_below_a_year_the_annual_figure_says_why_there_is_none() -> None:
    assert over(7, row(window_start(END, 7)), row(END)).annualized_reason == "period_too_short"
    assert over(365, row(window_start(END, 365)), row(END)).annualized_reason is None
    assert over(365, None, row(END), END).annualized_reason == "history_too_short"
