"""The 50/50 benchmark: money line, index, schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance.benchmark import (
    BenchmarkLine,
    deposit,
    line_value,
    open_line,
    rebalance,
    withdraw,
)
from backend.core.performance.benchmark_index import (
    benchmark_at,
    benchmark_index,
    open_benchmark,
    reset_benchmark,
)
from backend.core.performance.errors import InvalidWeightsError
from backend.core.performance.schedule import next_rebalance, resets_between

PRICES = {"BTC": Decimal(50000), "ETH": Decimal(2500)}
LINE = BenchmarkLine({"BTC": Decimal("0.1"), "ETH": Decimal(2)})  # worth 10,000
PAIRS = st.tuples(st.floats(1, 1e5), st.floats(1, 1e5))


def test_a_withdrawal_larger_than_the_benchmark_exhausts_it_and_the_next_deposit_restarts_it() -> None:
    gone = withdraw(LINE, Decimal("10000.01"), PRICES)
    assert (set(gone.units.values()), gone.exhausted) == ({Decimal(0)}, True)
    back = deposit(gone, Decimal(1000), PRICES)
    assert (back.units, back.exhausted) == ({"BTC": Decimal("0.01"), "ETH": Decimal("0.2")}, False)


def test_a_withdrawal_of_exactly_the_benchmark_empties_it_without_exhausting_it() -> None:
    empty = withdraw(LINE, Decimal(10000), PRICES)
    assert (line_value(empty.units, PRICES), empty.exhausted) == (Decimal(0), False)


def test_a_withdrawal_by_share_takes_the_share_of_the_account_that_leaves() -> None:
    quarter_gone = withdraw(LINE, Decimal(10000), PRICES, account_value_before=Decimal(40000))
    assert line_value(quarter_gone.units, PRICES) == 7500


def test_any_weights_can_be_held() -> None:
    weights = {"BTC": Decimal("0.6"), "ETH": Decimal("0.3"), "SOL": Decimal("0.1")}
    line = open_line(Decimal(1000), PRICES | {"SOL": Decimal(100)}, weights)
    assert line.units == {"BTC": Decimal("0.012"), "ETH": Decimal("0.12"), "SOL": Decimal(1)}


def test_weights_must_add_up_and_coins_need_a_price() -> None:
    with pytest.raises(InvalidWeightsError):
        open_line(Decimal(1), PRICES, {"BTC": Decimal("0.5")})
    with pytest.raises(InvalidWeightsError):
        open_line(Decimal(1), {"BTC": Decimal(1)})
    with pytest.raises(InvalidWeightsError):
        line_value(LINE.units, {"BTC": Decimal(1)})


@given(PAIRS)
def test_a_reset_keeps_the_value(pair: tuple[float, float]) -> None:
    prices = {"BTC": Decimal(pair[0]), "ETH": Decimal(pair[1])}
    before, after = line_value(LINE.units, prices), line_value(rebalance(LINE, prices).units, prices)
    assert abs(after - before) <= before * Decimal("1e-40")


def test_the_index_is_half_of_each_move_and_starts_half_and_half_again_at_a_reset() -> None:
    # BTC doubles: 1.5. Reset. ETH doubles: x 1.5. Without the reset the second move would be worth less.
    times = np.array([0, 10, 20], dtype=np.int64)
    prices = np.array([[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]])
    index, state = benchmark_index(times, prices, times[1:2], prices[1:2])
    assert index.tolist() == [1.0, 1.5, 2.25]
    assert (state.at_ms, state.index, state.prices) == (10, 1.5, (2.0, 1.0))


def test_a_reset_uses_the_prices_of_its_instant_and_not_those_of_the_rows_around_it() -> None:
    times = np.array([0, 100], dtype=np.int64)
    prices = np.array([[1.0, 1.0], [1.0, 1.0]])
    index, _ = benchmark_index(times, prices, np.array([50], dtype=np.int64), np.array([[2.0, 1.0]]))
    assert index.tolist() == [1.0, 1.5 * 0.75]


def test_resets_before_the_start_or_after_the_last_row_are_left_out() -> None:
    times = np.array([100, 200], dtype=np.int64)
    prices = np.array([[1.0, 1.0], [3.0, 1.0]])
    resets = np.array([50, 100, 250], dtype=np.int64)
    index, state = benchmark_index(times, prices, resets, np.array([[9.0, 9.0]] * 3))
    assert index.tolist() == [1.0, 2.0]
    assert state.at_ms == 100


def test_an_unknown_price_is_unknown_in_its_row_only() -> None:
    times = np.array([0, 1, 2], dtype=np.int64)
    prices = np.array([[1.0, 1.0], [np.nan, 1.0], [2.0, 2.0]])
    index, _ = benchmark_index(times, prices, times[:0], prices[:0])
    assert np.isnan(index).tolist() == [False, True, False]


@given(st.lists(PAIRS, min_size=2, max_size=25), st.data())
def test_appending_and_going_on_give_the_very_bits_of_one_pass(
    history: list[tuple[float, float]], data: st.DataObject
) -> None:
    size = len(history)
    due = sorted(data.draw(st.sets(st.integers(0, 2 * size), max_size=6)))
    reset_prices = np.array(data.draw(st.lists(PAIRS, min_size=len(due), max_size=len(due)))).reshape(-1, 2)
    times, prices = np.arange(size, dtype=np.int64) * 2, np.array(history)
    resets = np.array(due, dtype=np.int64)
    whole, _ = benchmark_index(times, prices, resets, reset_prices)

    state, pending = open_benchmark(0, history[0]), list(zip(due, reset_prices.tolist(), strict=True))
    appended = []
    for row, pair in enumerate(history):
        while pending and pending[0][0] <= times[row]:
            state = reset_benchmark(state, *pending.pop(0))
        appended.append(benchmark_at(state, pair))
    assert np.array(appended).tobytes() == whole.tobytes()

    cut = data.draw(st.integers(1, size - 1))
    head, middle = benchmark_index(times[:cut], prices[:cut], resets, reset_prices)
    tail, _ = benchmark_index(times[cut:], prices[cut:], resets, reset_prices, start=middle)
    assert np.concatenate([head, tail]).tobytes() == whole.tobytes()


def test_the_reset_of_the_product_is_monday_noon_utc() -> None:
    assert next_rebalance(datetime(2026, 11, 20, 15, tzinfo=UTC)) == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_at_the_scheduled_instant_the_next_one_is_a_week_later() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert next_rebalance(noon) == noon + timedelta(days=7)
    assert resets_between(noon, noon + timedelta(days=14)) == [noon + timedelta(days=7), noon + timedelta(days=14)]


@given(st.timedeltas(timedelta(0), timedelta(days=40_000)), st.integers(0, 6))
def test_the_next_reset_is_within_a_week_and_on_its_weekday(since: timedelta, weekday: int) -> None:
    now = datetime(2000, 1, 1, tzinfo=UTC) + since
    due = next_rebalance(now, weekday, hour=6, minute=30)
    assert timedelta(0) < due - now <= timedelta(days=7)
    assert (due.weekday(), due.hour, due.minute, due.second) == (weekday, 6, 30, 0)
