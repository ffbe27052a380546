"""Exact linking, Modified Dietz and the annual figure."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance.annualize import annualize
from backend.core.performance.errors import (
    FlowOutsidePeriodError,
    FlowWithoutValuationError,
    NegativeBaseError,
    NegativeValueError,
    NoHistoryError,
    NonPositiveAverageCapitalError,
    UnorderedHistoryError,
)
from backend.core.performance.twr import Flow, ValuePoint, linked_return, modified_dietz

T0 = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
MONEY = st.decimals("0.01", "1e9", places=2)
FLOWS = st.decimals("-1e6", "1e6", places=2)


def valuations(*values: str) -> list[ValuePoint]:
    return [ValuePoint(T0 + hour * HOUR, Decimal(value)) for hour, value in enumerate(values)]


def flow(hour: float, amount: str) -> Flow:
    return Flow(T0 + hour * HOUR, Decimal(amount))


def test_a_deposit_does_not_count_as_a_gain() -> None:
    # 100 -> 110, deposit 890, then 1000 -> 1100: +10 % twice, so +21 %.
    result = linked_return(valuations("100", "110", "1100"), [flow(1, "890")])
    assert result.twr == Decimal("0.21")
    assert result.pnl == Decimal(110)


def test_flows_of_one_instant_are_added_up_before_use() -> None:
    together = linked_return(valuations("100", "110", "220"), [flow(1, "90")])
    apart = linked_return(valuations("100", "110", "220"), [flow(1, "150"), flow(1, "-60")])
    assert apart == together


def test_a_deposit_and_a_withdrawal_that_cancel_need_no_valuation() -> None:
    result = linked_return(valuations("100", "110"), [flow(0.5, "70"), flow(0.5, "-70")])
    assert result.twr == Decimal("0.1")


def test_a_flow_at_the_first_instant_is_opening_capital_and_one_at_the_last_lies_after_the_period() -> None:
    result = linked_return(valuations("100", "220"), [flow(0, "100"), flow(1, "5000")])
    assert (result.twr, result.pnl) == (Decimal("0.1"), Decimal(20))


def test_the_chain_starts_with_the_first_capital() -> None:
    result = linked_return(valuations("0", "0", "0", "110"), [flow(2, "100")])
    assert list(result.cumulative) == [0, 0, 0, Decimal("0.1")]


def test_after_everything_was_withdrawn_the_chain_goes_on_with_the_next_deposit() -> None:
    result = linked_return(valuations("100", "120", "0", "0", "60"), [flow(1, "-120"), flow(3, "50")])
    assert result.cumulative[1:] == (Decimal("0.2"), Decimal("0.2"), Decimal("0.2"), Decimal("0.44"))
    assert result.warnings == ()


def test_a_gain_without_capital_is_no_return_but_a_warning() -> None:
    result = linked_return(valuations("0", "5", "10"), [])
    assert result.twr == 1
    assert [(warning.code, warning.at) for warning in result.warnings] == [("gain_without_capital", T0 + HOUR)]


def test_a_value_that_falls_to_zero_with_capital_in_it_is_minus_100_percent_for_good() -> None:
    result = linked_return(valuations("100", "0", "500"), [flow(1, "400")])
    assert list(result.cumulative) == [0, -1, -1]


def test_a_flow_without_valuation_cannot_be_linked() -> None:
    with pytest.raises(FlowWithoutValuationError) as caught:
        linked_return(valuations("100", "215"), [flow(0.5, "100")])
    assert (caught.value.code, caught.value.at) == ("flow_without_valuation", T0 + HOUR / 2)


@pytest.mark.parametrize(
    ("values", "amount", "code"),
    [
        (("-1", "5"), "0", "negative_value"),
        (("5", "-1"), "0", "negative_value"),
        (("5", "1"), "-6", "negative_base"),
    ],
)
def test_a_value_or_a_base_below_zero_has_no_return(values: tuple[str, str], amount: str, code: str) -> None:
    with pytest.raises((NegativeValueError, NegativeBaseError)) as caught:
        linked_return(valuations(*values), [flow(0, amount)])
    assert caught.value.code == code


def test_a_withdrawal_of_too_much_at_the_last_instant_is_outside_the_period() -> None:
    assert linked_return(valuations("5", "6"), [flow(1, "-7")]).twr == Decimal("0.2")


def test_one_valuation_is_a_return_of_zero_and_none_is_an_error() -> None:
    assert linked_return(valuations("7"), []).cumulative == (Decimal(0),)
    with pytest.raises(NoHistoryError):
        linked_return([], [])


def test_valuations_out_of_order_are_refused() -> None:
    with pytest.raises(UnorderedHistoryError):
        linked_return(valuations("1", "2")[::-1], [])


@given(st.lists(st.tuples(MONEY, st.decimals("0", "1e6", places=2)), min_size=3, max_size=12), st.data())
def test_linking_any_partition_of_a_period_gives_the_same_total(
    rows: list[tuple[Decimal, Decimal]], data: st.DataObject
) -> None:
    points = [ValuePoint(T0 + hour * HOUR, value) for hour, (value, _) in enumerate(rows)]
    flows = [Flow(T0 + hour * HOUR, amount) for hour, (_, amount) in enumerate(rows)]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 2))) | {0, len(rows) - 1})
    linked = Decimal(1)
    for low, high in pairwise(cuts):
        part = [one for one in flows if points[low].at <= one.at <= points[high].at]
        linked *= 1 + linked_return(points[low : high + 1], part).twr
    total = 1 + linked_return(points, flows).twr
    assert abs(linked - total) <= total * Decimal("1e-24")


@given(before=MONEY, after=MONEY, deposited=MONEY)
def test_the_size_of_a_deposit_never_changes_the_return(before: Decimal, after: Decimal, deposited: Decimal) -> None:
    # The price doubles the value whatever is in it, so the deposit must not show.
    points = [ValuePoint(T0, before), ValuePoint(T0 + HOUR, after), ValuePoint(T0 + 2 * HOUR, 2 * (after + deposited))]
    total = linked_return(points, [Flow(T0 + HOUR, deposited)]).twr
    assert abs(total - (2 * after / before - 1)) <= (1 + abs(total)) * Decimal("1e-24")


def test_modified_dietz_weighs_a_flow_by_the_time_left() -> None:
    # 100 for 2 h, 100 more for the last 40 min: 15 / (100 + 100 / 3).
    start, end = ValuePoint(T0, Decimal(100)), ValuePoint(T0 + 2 * HOUR, Decimal(215))
    assert modified_dietz(start, end, [Flow(T0 + timedelta(minutes=80), Decimal(100))]).value == Decimal("0.1125")


def test_modified_dietz_counts_a_flow_at_the_start_fully_and_one_at_the_end_not_at_all() -> None:
    start, end = ValuePoint(T0, Decimal(100)), ValuePoint(T0 + HOUR, Decimal(220))
    result = modified_dietz(start, end, [flow(0, "100"), flow(1, "999")])
    assert (result.value, result.average_capital, result.pnl) == (Decimal("0.1"), Decimal(200), Decimal(20))


def test_modified_dietz_has_no_answer_without_capital_or_outside_its_interval() -> None:
    start, end = ValuePoint(T0, Decimal(100)), ValuePoint(T0 + HOUR, Decimal(0))
    with pytest.raises(NonPositiveAverageCapitalError):
        modified_dietz(start, end, [flow(0, "-100")])
    with pytest.raises(FlowOutsidePeriodError):
        modified_dietz(start, end, [flow(2, "1")])
    with pytest.raises(UnorderedHistoryError):
        modified_dietz(end, start, [])


def test_an_annual_figure_needs_365_days() -> None:
    assert annualize(Decimal("0.01"), 364.99).reason == "period_too_short"
    assert annualize(Decimal("0.21"), 730).value == pytest.approx(0.1, rel=1e-12)
    assert annualize(Decimal(-1), 730).value == -1.0


@given(total=st.floats(-1, 1e300), days=st.floats(1e-3, 1e5))
def test_an_annual_figure_is_finite_or_says_why_not(total: float, days: float) -> None:
    figure = annualize(total, days, min_days=0)
    assert (figure.value is None) != (figure.reason is None)
    assert figure.value is None or math.isfinite(figure.value)


def test_less_than_nothing_has_no_annual_figure() -> None:
    assert annualize(-1.5, 400).reason == "below_total_loss"
