"""The running index: one vector pass, one appended row, exact decimals, all the same."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance.growth_index import GrowthIndex, as_floats, growth_index, next_index, open_index
from backend.core.performance.twr import Flow, ValuePoint, linked_return

T0 = datetime(2025, 1, 1, tzinfo=UTC)
Row = tuple[Decimal, Decimal]
SANE = st.tuples(st.decimals("0.01", "1e9", places=2), st.decimals("0", "1e6", places=2))
# Small whole numbers, so that bases of exactly zero and below are common.
WILD = st.tuples(st.decimals("-1", "5", places=0), st.decimals("-4", "4", places=0))


def indexed(rows: list[Row], **options: object) -> GrowthIndex:
    values, bases = as_floats([value for value, _ in rows], [flow for _, flow in rows])
    return growth_index(values, bases, **options)  # type: ignore[arg-type]  # options are named by the tests below


def rows(*pairs: tuple[str, str]) -> list[Row]:
    return [(Decimal(value), Decimal(flow)) for value, flow in pairs]


@given(st.lists(WILD, min_size=1, max_size=30))
def test_appending_row_by_row_gives_the_very_bits_of_the_vector_pass(history: list[Row]) -> None:
    whole = indexed(history)
    state = open_index(*history[0])
    one_by_one = [state]
    for value, flow in history[1:]:
        state = next_index(state, value, flow)
        one_by_one.append(state)
    appended = np.array([step.index for step in one_by_one])
    assert appended.tobytes() == whole.index.tobytes()
    assert tuple(row for row, step in enumerate(one_by_one) if step.warning) == whole.gains_without_capital
    assert state.broken == whole.broken


@given(st.lists(WILD, min_size=2, max_size=30), st.data())
def test_going_on_from_any_row_gives_the_bits_of_one_pass_over_all(history: list[Row], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(history) - 1))
    head = indexed(history[:cut])
    tail = indexed(history[cut:], start=head.state)
    whole = indexed(history)
    assert np.concatenate([head.index, tail.index]).tobytes() == whole.index.tobytes()
    assert tail.broken == whole.broken


@given(st.lists(SANE, min_size=2, max_size=40))
def test_the_index_is_the_exact_decimal_chain_within_a_billionth(history: list[Row]) -> None:
    at = [T0 + timedelta(hours=hour) for hour in range(len(history))]
    exact = linked_return(
        [ValuePoint(when, value) for when, (value, _) in zip(at, history, strict=True)],
        [Flow(when, flow) for when, (_, flow) in zip(at, history, strict=True)],
    )
    assert indexed(history).index == pytest.approx([float(1 + figure) for figure in exact.cumulative], rel=1e-9)


def test_a_withdrawal_of_nearly_everything_keeps_its_digits() -> None:
    # 0.01 is left of a billion; a float sum of value and flow would be wrong in the ninth digit.
    history = rows(("1000000000.01", "-1000000000"), ("0.02", "0"))
    assert indexed(history).index[1] == 2.0


def test_a_deposit_does_not_move_the_index() -> None:
    assert indexed(rows(("100", "0"), ("110", "890"), ("1000", "0"))).index.tolist() == [1.0, 1.1, 1.1]


def test_without_capital_the_index_waits_and_a_gain_is_a_warning() -> None:
    result = indexed(rows(("0", "0"), ("0", "0"), ("5", "0"), ("10", "0")))
    assert result.index.tolist() == [1.0, 1.0, 1.0, 2.0]
    assert result.gains_without_capital == (2,)


def test_everything_withdrawn_and_back_again_leaves_the_index_where_it_was() -> None:
    result = indexed(rows(("100", "0"), ("120", "-120"), ("0", "0"), ("0", "50"), ("60", "0")))
    assert result.index == pytest.approx([1.0, 1.2, 1.2, 1.2, 1.44], rel=1e-15)
    assert result.gains_without_capital == ()


def test_after_a_total_loss_the_index_starts_anew_and_returns_over_it_stay_minus_all() -> None:
    index = indexed(rows(("100", "0"), ("0", "400"), ("800", "0"), ("900", "0"))).index
    assert [later / index[0] - 1.0 for later in index[1:]] == [-1.0, -1.0, -1.0]
    assert index[3] / index[1] - 1.0 == pytest.approx(1.25, rel=1e-12)


def test_after_too_many_total_losses_there_is_nothing_to_start_from() -> None:
    history = [row for _ in range(12) for row in rows(("0", "100"), ("200", "0"))]
    result = indexed([*rows(("100", "0")), *history])
    assert result.index[-1] == 0.0
    state = open_index(Decimal(100), Decimal(0))
    for (value, flow), wanted in zip(history, result.index[1:], strict=True):
        state = next_index(state, value, flow)
        assert state.index == wanted


@pytest.mark.parametrize(
    ("history", "broken_at", "reason"),
    [
        (rows(("100", "0"), ("-1", "0"), ("50", "0")), 1, "negative_value"),
        (rows(("100", "-101"), ("5", "0"), ("50", "0")), 1, "negative_base"),
        (rows(("-5", "0"), ("50", "0")), 0, "negative_value"),
    ],
)
def test_below_zero_the_index_ends_and_says_why(history: list[Row], broken_at: int, reason: str) -> None:
    result = indexed(history)
    assert (result.broken_at, result.broken) == (broken_at, reason)
    assert np.isnan(result.index[broken_at:]).all()
    assert np.isfinite(result.index[:broken_at]).all()


def test_after_the_end_of_the_index_nothing_is_warned_about() -> None:
    result = indexed(rows(("100", "-101"), ("5", "-5"), ("3", "0")))
    assert result.gains_without_capital == ()


def test_a_chain_that_was_broken_stays_broken_with_its_reason() -> None:
    later = next_index(open_index(Decimal(-5), Decimal(0)), Decimal(100), Decimal(0))
    assert math.isnan(later.index)
    assert later.broken == "negative_value"
