"""The chain of snapshots: linked one by one it is, bit for bit, what it is when built at once."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS, from_ms
from backend.core.model.valuation import Holding, SnapshotRow
from backend.core.performance.snapshot_chain import Grid, Reset, ValuedPoint, extend
from backend.core.performance.windows import TOTAL, window_figures
from backend.core.performance_tracker import indexed
from backend.tests.builders import T0, ms, point

HOURLY = Grid(HOUR_MS)
ACCOUNT = 1
MONDAY_NOON = T0 + 12 * HOUR_MS


def chain(*points: ValuedPoint, resets: tuple[Reset, ...] = (), grid: Grid = HOURLY) -> list[SnapshotRow]:
    return extend(ACCOUNT, None, points, resets, grid)


def hours(*values: str | tuple[str, str]) -> list[ValuedPoint]:
    """One point an hour; a pair is (value just before, flow)."""
    return [
        point(T0 + number * HOUR_MS, *(value if isinstance(value, tuple) else (value,)))
        for number, value in enumerate(values)
    ]


def twr(rows: list[SnapshotRow]) -> float:
    return rows[-1].growth_index / rows[0].growth_index - 1.0


def reset(at_ms: int, bitcoin: str, ether: str) -> Reset:
    return Reset(at_ms, {"BTC": Decimal(bitcoin), "ETH": Decimal(ether)})


def test_a_deposit_is_no_gain_and_counts_after_its_instant() -> None:
    # 100 -> 110, deposit 890, then 1000 -> 1100: +10 % twice.
    rows = chain(*hours("100", ("110", "890"), "1100"))
    assert twr(rows) == pytest.approx(0.21, rel=1e-12)
    assert [row.cum_flows for row in rows] == [0, 0, 890]
    assert [row.cum_deposits for row in rows] == [0, 0, 890]
    assert rows[-1].pnl == 110
    assert rows[-1].capital == 990


def test_a_withdrawal_lowers_the_flows_and_not_the_deposits() -> None:
    rows = chain(*hours("100", ("100", "-40"), "66"))
    assert [rows[-1].cum_flows, rows[-1].cum_deposits, rows[-1].pnl] == [-40, 0, 6]
    assert twr(rows) == pytest.approx(0.1, rel=1e-12)


def test_profit_keeps_every_digit() -> None:
    rows = chain(*hours("0.000000000000000001", ("12345678901234567890.123456789012345678", "1"), "0.1"))
    assert rows[1].pnl == Decimal("12345678901234567890.123456789012345677")


def test_opening_with_nothing_starts_the_chain_with_the_first_capital() -> None:
    rows = chain(*hours(("0", "1000"), "1100", "1210"))
    assert [row.status for row in rows] == ["exact"] * 3
    assert twr(rows) == pytest.approx(0.21, rel=1e-12)


def test_the_network_fee_of_the_last_withdrawal_is_a_cost_and_no_total_loss() -> None:
    # 100 -> 120, of which 119 arrive outside and 1 is the fee; weeks later 50 come in and gain a tenth.
    points = hours("100", ("120", "-119"), "0", ("0", "50"), "55")
    rows = chain(*(replace(one, composition={}) if one.value == 0 else one for one in points))
    assert [row.status for row in rows] == ["exact"] * 5
    assert twr(rows[:3]) == pytest.approx(1.2 * 119 / 120 - 1, rel=1e-12)
    assert twr(rows) == pytest.approx(1.2 * 119 / 120 * 1.1 - 1, rel=1e-12)
    assert rows[-1].pnl == 19 + 5


def test_coins_that_lose_all_value_after_a_withdrawal_are_a_total_loss() -> None:
    worthless = replace(hours("100", ("120", "-20"), "0")[2], composition={"LUNA": Holding(Decimal(5), Decimal(0))})
    rows = chain(*hours("100", ("120", "-20")), worthless)
    assert twr(rows) == -1.0


def test_everything_withdrawn_and_a_later_return_go_on_where_they_stopped() -> None:
    rows = chain(*hours("100", ("110", "-110"), "0", ("0", "500"), "550"))
    assert twr(rows) == pytest.approx(0.21, rel=1e-12)
    assert rows[-1].pnl == 60
    assert rows[-1].doubts == 0


def test_a_total_loss_is_minus_one_hundred_percent_and_stays() -> None:
    rows = chain(*hours("100", "0", ("0", "50"), "100", "200"))
    assert [twr(rows[: place + 1]) for place in range(1, 5)] == [-1.0] * 4


def test_the_index_starts_anew_with_the_first_capital_after_a_total_loss() -> None:
    rows = chain(*hours("100", "0", ("0", "50"), "60", "90", "0", ("0", "10"), "11"))
    since = window_figures(indexed(rows[1]), indexed(rows[4]), TOTAL, from_ms(T0))
    assert since.twr == pytest.approx(0.8, rel=1e-12)
    assert since.status == "exact"
    again = window_figures(indexed(rows[3]), indexed(rows[7]), TOTAL, from_ms(T0))
    assert again.twr == -1.0
    latest = window_figures(indexed(rows[6]), indexed(rows[7]), TOTAL, from_ms(T0))
    assert latest.twr == pytest.approx(0.1, rel=1e-12)


def test_a_gain_without_capital_is_marked() -> None:
    rows = chain(*hours("0", "5", "10"))
    assert [(row.status, row.reason) for row in rows[:2]] == [("exact", None), ("estimated", "gain_without_capital")]
    assert twr(rows) == pytest.approx(1.0)


def test_a_gain_without_capital_inside_a_window_is_a_doubt_about_its_return() -> None:
    """Everything is withdrawn, then 50 come from nowhere: no link has them, and so the product is right by no means."""
    rows = chain(*hours("100", ("110", "-110"), "0", "50", "51"))
    assert [row.doubts for row in rows] == [0, 0, 0, 1, 1]
    whole = window_figures(indexed(rows[0]), indexed(rows[-1]), TOTAL, from_ms(T0))
    assert (whole.status, whole.money.status) == ("estimated", "estimated")
    assert window_figures(indexed(rows[3]), indexed(rows[4]), TOTAL, from_ms(T0)).status == "estimated"
    later = chain(*hours("100", ("110", "-110"), "0", "50", "51", "52"))
    assert window_figures(indexed(later[4]), indexed(later[5]), TOTAL, from_ms(T0)).status == "exact"


def test_a_negative_value_breaks_the_chain_for_good_and_says_why() -> None:
    broken = [point(T0 + 2 * HOUR_MS, "50", doubt="old_price:XYZ"), point(T0 + 3 * HOUR_MS, "60")]
    rows = chain(*hours("100", "-1"), *broken)
    assert all(math.isnan(row.growth_index) for row in rows[1:])
    # A doubtful price later on does not hide what broke it.
    assert [row.reason for row in rows[1:]] == ["negative_value"] * 3


def test_doubts_count_where_a_doubtful_value_is_a_link_and_not_in_between() -> None:
    rows = chain(
        point(T0, "100"),
        point(T0 + 1, "105", doubt="old_price:ABC"),  # no flow: it cancels out
        point(T0 + 2, "110", "10", doubt="old_price:ABC"),
        point(T0 + 3, "120", "10", flow_doubt="unexplained_change"),
        point(T0 + 4, "130", flow_doubt="no_price"),
        point(T0 + 5, "130"),
    )
    assert [row.doubts for row in rows] == [0, 0, 1, 2, 3, 3]
    assert [row.status for row in rows] == ["exact", "estimated", "estimated", "estimated", "estimated", "exact"]


def test_windows_over_a_doubtful_link_are_estimated_and_others_exact() -> None:
    rows = chain(*hours("100", "101"), point(T0 + 2 * HOUR_MS, "102", "5", flow_doubt="no_price"),
                 *(point(T0 + n * HOUR_MS, "107") for n in (3, 4)))  # fmt: skip
    opening, last = indexed(rows[0]), indexed(rows[-1])
    assert window_figures(opening, last, TOTAL, from_ms(T0)).status == "estimated"
    assert window_figures(indexed(rows[3]), last, TOTAL, from_ms(T0)).status == "exact"


def test_the_benchmark_opens_at_one_and_with_the_value() -> None:
    rows = chain(point(T0, "1000"), point(T0 + 1, "1000", benchmark=("55000", "2000")))
    assert (rows[0].benchmark_index, rows[0].benchmark_value) == (1.0, Decimal(1000))
    # Half of it rose by a tenth.
    assert rows[1].benchmark_index == pytest.approx(1.05, rel=1e-15)
    assert rows[1].benchmark_value == 1050


def test_the_benchmark_is_reset_at_the_prices_of_the_scheduled_instant() -> None:
    rows = chain(
        point(T0, "1000", benchmark=("100", "100")),
        point(MONDAY_NOON + HOUR_MS, "1000", benchmark=("200", "50")),
        resets=(reset(MONDAY_NOON, "200", "100"),),
    )
    # 1.5 at noon, half and half again; then ether halves: 1.5 x 0.75.
    assert rows[1].benchmark_index == pytest.approx(1.125, rel=1e-15)
    assert rows[1].benchmark_value == Decimal(1125)


def test_flows_come_before_a_reset_of_the_same_instant() -> None:
    rows = chain(
        point(T0, "1000", benchmark=("100", "100")),
        point(MONDAY_NOON, "1000", "1500", benchmark=("200", "100")),
        point(MONDAY_NOON + 1, "2500", benchmark=("200", "200")),
        resets=(reset(MONDAY_NOON, "200", "100"),),
    )
    assert rows[1].benchmark_value == 1500  # just before the flow
    # 3000 after the flow, half and half; then ether doubles.
    assert rows[2].benchmark_value == 4500
    assert rows[2].benchmark_index == pytest.approx(2.25, rel=1e-15)


def test_a_withdrawal_larger_than_the_benchmark_exhausts_the_line_until_the_next_deposit() -> None:
    rows = chain(
        point(T0, "1000", benchmark=("100", "100")),
        point(T0 + 1, "5000", "-2000", benchmark=("100", "100")),
        point(T0 + 2, "3000", benchmark=("300", "300")),
        point(T0 + 3, "3000", "600", benchmark=("300", "300")),
        point(T0 + 4, "3600", benchmark=("600", "300")),
    )
    assert [row.benchmark_value for row in rows] == [1000, 1000, 0, 0, 900]
    states = [row.benchmark.exhausted for row in rows if row.benchmark is not None]
    assert states == [False, True, True, False, False]
    # The index knows no flows.
    assert rows[4].benchmark_index == pytest.approx(4.5, rel=1e-15)


def test_a_row_without_benchmark_prices_has_no_benchmark_figure_and_the_next_one_has() -> None:
    rows = chain(point(T0, "100"), point(T0 + 1, "100", benchmark=None), point(T0 + 2, "100"))
    assert [row.benchmark_index for row in rows] == [1.0, None, 1.0]
    assert rows[1].benchmark_value is None


def test_hourly_slots_are_the_full_hours_after_up_to_and_including() -> None:
    assert HOURLY.slots(T0, T0 + 2 * HOUR_MS) == [T0 + HOUR_MS, T0 + 2 * HOUR_MS]
    assert HOURLY.slots(T0 - 1, T0 + 1) == [T0]
    assert HOURLY.slots(T0, T0) == []


@pytest.mark.parametrize("interval_s", [1, 7, 60, 300, 2700, 3600, 5400, 7000, 25_000, 86_400])
def test_every_midnight_is_a_slot_whatever_the_interval(interval_s: int) -> None:
    grid = Grid(interval_s * 1000, T0 + DAY_MS)
    # Start late enough that an interval of a second does not give a day of slots.
    slots = grid.slots(T0 + DAY_MS - 5 * MINUTE_MS, T0 + DAY_MS + 5 * MINUTE_MS)
    assert T0 + DAY_MS in slots
    assert slots == sorted(set(slots))


@given(
    interval_s=st.sampled_from([60, 300, 420, 2700, 3600, 5400, 7000, 25_000, 86_400]),
    coarse=st.integers(-2 * DAY_MS, 5 * DAY_MS),
    start=st.integers(0, 2 * DAY_MS),
    length=st.integers(0, 2 * DAY_MS),
)
def test_expected_counts_the_very_slots(interval_s: int, coarse: int, start: int, length: int) -> None:
    grid = Grid(interval_s * 1000, T0 + coarse)
    slots = grid.slots(T0 + start, T0 + start + length)
    assert grid.expected(T0 + start, T0 + start + length) == len(slots)
    assert all(grid.holds(slot) for slot in slots[:5])


def test_old_history_is_built_hour_by_hour_and_the_newest_days_finely() -> None:
    grid = Grid(15 * MINUTE_MS, coarse_until_ms=T0 + 2 * HOUR_MS)
    assert grid.slots(T0, T0 + 3 * HOUR_MS) == [
        T0 + HOUR_MS, T0 + 2 * HOUR_MS, *(T0 + 2 * HOUR_MS + quarter * 15 * MINUTE_MS for quarter in (1, 2, 3, 4))
    ]  # fmt: skip


def test_slots_missed_show_as_the_difference_of_the_counts() -> None:
    rows = chain(*(point(T0 + hour * HOUR_MS, "100") for hour in (0, 1, 2, 5)), point(T0 + 5 * HOUR_MS + 7, "100"))
    assert [(row.slots, row.slots_expected, row.seq) for row in rows] == [
        (1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 6, 4), (4, 6, 5)
    ]  # fmt: skip


money = st.decimals("0", "1e9", places=8)
prices = st.decimals("0.01", "1e6", places=8)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[ValuedPoint], list[Reset]]:
    """Points over some weeks with flows, gaps in the benchmark, doubts, losses of everything; and all resets."""
    gaps = draw(st.lists(st.integers(1, 4 * DAY_MS), min_size=2, max_size=20))
    found: list[ValuedPoint] = []
    at_ms = T0
    for gap in gaps:
        at_ms += gap
        value = draw(money if draw(st.integers(0, 9)) else st.sampled_from([Decimal(0), Decimal(-1)]))
        flow = draw(st.one_of(st.just(Decimal(0)), money, money.map(lambda amount: -amount), st.just(-value)))
        known = draw(st.integers(0, 9)) > 0
        made = point(at_ms, value, flow, benchmark=(draw(prices), draw(prices)) if known else None)
        doubt = draw(st.sampled_from([None, None, None, "old_price:ABC"]))
        found.append(replace(made, doubt=doubt))
    due = [Reset(noon, {"BTC": draw(prices), "ETH": draw(prices)}) for noon in range(MONDAY_NOON, at_ms, 7 * DAY_MS)]
    # One of the flows may fall on the very instant of a reset.
    if draw(st.booleans()) and due:
        noon = due[0].at_ms
        if all(one.at_ms != noon for one in found):
            found.append(point(noon, draw(money), draw(money), benchmark=(draw(prices), draw(prices))))
            found.sort(key=lambda one: one.at_ms)
    return found, due


def as_bits(row: SnapshotRow) -> object:
    """The row with its floats as bits, so that NaN equals NaN and nothing else is forgiven."""
    tail = row.benchmark
    return (
        replace(row, growth_index=0.0, benchmark_index=None, benchmark=None),
        row.growth_index.hex(),
        None if row.benchmark_index is None else row.benchmark_index.hex(),
        None if tail is None else (replace(tail, reset_index=0.0), tail.reset_index.hex()),
    )


@settings(max_examples=150, deadline=None)
@given(history=histories(), data=st.data())
def test_appending_in_any_pieces_gives_the_bits_of_building_at_once(
    history: tuple[list[ValuedPoint], list[Reset]], data: st.DataObject
) -> None:
    points, resets = history
    at_once = extend(ACCOUNT, None, points, resets, HOURLY)
    pieces: list[SnapshotRow] = []
    start = 0
    while start < len(points):
        stop = data.draw(st.integers(start + 1, len(points)))
        tail = pieces[-1] if pieces else None
        since = tail.at_ms if tail else points[0].at_ms
        due = [one for one in resets if since < one.at_ms <= points[stop - 1].at_ms]
        pieces.extend(extend(ACCOUNT, tail, points[start:stop], due, HOURLY))
        start = stop
    assert [as_bits(row) for row in pieces] == [as_bits(row) for row in at_once]


@settings(max_examples=100, deadline=None)
@given(history=histories())
def test_profit_is_always_value_less_opening_value_less_flows(history: tuple[list[ValuedPoint], list[Reset]]) -> None:
    points, resets = history
    rows = extend(ACCOUNT, None, points, resets, HOURLY)
    put_in = Decimal(0)
    for row, made in zip(rows, points, strict=True):
        assert row.pnl == made.value - points[0].value - put_in
        put_in += made.flow


def test_a_window_across_a_gap_links_over_it() -> None:
    rows = chain(point(ms("2026-03-02T00:00:00Z"), "100"), point(ms("2026-03-09T00:00:00Z"), "121"))
    assert twr(rows) == pytest.approx(0.21, rel=1e-12)
