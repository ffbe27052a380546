"""What must not change a return: how its period is cut, how large everything is, and money that only changes places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.amounts import MONEY
from backend.core.performance import relative_risk, risk
from backend.core.performance.benchmark import deposit, line_value, open_line, rebalance, withdraw
from backend.core.performance.benchmark_index import benchmark_index
from backend.core.performance.drawdown import max_drawdown
from backend.core.performance.errors import NoSolutionError
from backend.core.performance.growth_index import as_floats, growth_index
from backend.core.performance.hold_only import HoldFlows, HoldPoint, HoldRow, HoldState, next_hold, open_hold
from backend.core.performance.mwr import xirr
from backend.core.performance.twr import Flow, ValuePoint, linked_return, modified_dietz
from backend.core.performance.windows import TOTAL, IndexedRow, WindowFigures, window_figures

T0 = datetime(2025, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSE = 1e-12
Row = tuple[Decimal, Decimal]
MONEY_ROWS = st.lists(
    st.tuples(st.decimals("10", "1e7", places=2), st.decimals("-9", "1e6", places=2)), min_size=3, max_size=25
)
# Of an interval in which nearly all is lost, 1 + return keeps few digits: that is the float's doing, not the linking's.
CALM_ROWS = st.lists(
    st.tuples(st.decimals("1000", "5000", places=2), st.decimals("-900", "5000", places=2)), min_size=3, max_size=25
)
# From a millionth to a million times as much; no power of two, which floats would not notice.
SCALES = st.sampled_from([Decimal(one) for one in ("0.000001", "0.03", "0.7", "3", "1.1", "999", "1234567.89")])
PRICES = st.lists(st.tuples(st.floats(1, 1e5), st.floats(1, 1e5)), min_size=3, max_size=25)


def indexed(rows: Sequence[Row]) -> np.ndarray:
    values, bases = as_floats([value for value, _ in rows], [flow for _, flow in rows])
    return growth_index(values, bases).index


def at(place: int) -> datetime:
    return T0 + place * DAY


def points_of(rows: Sequence[Row]) -> tuple[list[ValuePoint], list[Flow]]:
    valued = [ValuePoint(at(place), value) for place, (value, _) in enumerate(rows)]
    return valued, [Flow(at(place), flow) for place, (_, flow) in enumerate(rows)]


def scaled(rows: Sequence[Row], scale: Decimal) -> list[Row]:
    with localcontext(MONEY):
        return [(value * scale, flow * scale) for value, flow in rows]


def window(rows: Sequence[Row], start: int, end: int) -> WindowFigures:
    """The figures between two rows, as the product makes them: of stored indices and running sums."""
    index = indexed(rows)

    def row(place: int) -> IndexedRow:
        before = [flow for _, flow in rows[:place]]
        with localcontext(MONEY):
            gone = sum(before, Decimal(0)), sum((flow for flow in before if flow > 0), Decimal(0))
        return IndexedRow(at(place), rows[place][0], float(index[place]), None, *gone)

    return window_figures(row(start), row(end), TOTAL, at(0))


def partition(size: int, data: st.DataObject) -> list[int]:
    return sorted(data.draw(st.sets(st.integers(1, size - 2))) | {0, size - 1})


# -- any partition ----------------------------------------------------------------------------------------------------


@given(CALM_ROWS, st.data())
def test_windows_linked_over_any_partition_give_the_whole_and_their_profits_add_up(
    rows: list[Row], data: st.DataObject
) -> None:
    cuts = partition(len(rows), data)
    parts = [window(rows, start, end) for start, end in pairwise(cuts)]
    whole = window(rows, 0, len(rows) - 1)
    linked = math.prod(1 + (part.twr or 0) for part in parts)
    assert whole.twr is not None
    assert linked == pytest.approx(1 + whole.twr, rel=CLOSE)
    with localcontext(MONEY):
        assert sum((part.pnl or Decimal(0) for part in parts), Decimal(0)) == whole.pnl


@given(PRICES, st.data())
def test_the_benchmark_linked_over_any_partition_is_the_whole(
    prices: list[tuple[float, float]], data: st.DataObject
) -> None:
    """Each part begins anew, at a reset: halves of what it is worth then."""
    times, quotes = np.arange(len(prices), dtype=np.int64), np.array(prices)
    cuts = partition(len(prices), data)
    whole, _ = benchmark_index(times, quotes, times[cuts[1:-1]], quotes[cuts[1:-1]])
    linked = 1.0
    for start, end in pairwise(cuts):
        part, _ = benchmark_index(
            times[start : end + 1], quotes[start : end + 1], np.array([], dtype=np.int64), np.empty((0, 2))
        )
        linked *= part[-1]
    assert linked == pytest.approx(float(whole[-1]), rel=CLOSE)


def held(rows: Sequence[tuple[float, float]], scale: Decimal = Decimal(1), start: HoldState | None = None) -> HoldRow:
    """The last row of holding only: 2 A and 3 B at first, then a coin in or money out at every second row."""
    state, row = start, None
    for place, quotes in enumerate(rows):
        prices: dict[str, Decimal | None] = {name: Decimal(quote) for name, quote in zip("AB", quotes, strict=True)}
        account, flows = scale * 100, None
        if place % 2:
            with localcontext(MONEY):
                arrived = scale * Decimal(quotes[0])
                flows = HoldFlows(account, {"A": scale}, arrived, left=arrived / 3)
        point = HoldPoint(place, prices, flows=flows)
        row = open_hold({"A": 2 * scale, "B": 3 * scale}, point) if state is None else next_hold(state, point)
        state = row.state or state
    assert row is not None
    return row


@given(PRICES, st.data())
def test_holding_only_linked_over_any_partition_is_the_whole(
    prices: list[tuple[float, float]], data: st.DataObject
) -> None:
    whole = held(prices).index
    cut = data.draw(st.integers(1, len(prices) - 1))
    head = held(prices[:cut])
    indices = [held(prices[: end + 1]).index for end in range(len(prices))]
    known = [index for index in indices if index is not None]
    assert len(known) == len(prices)
    assert math.prod(after / before for before, after in pairwise(known)) == pytest.approx(whole, rel=CLOSE)
    assert head.index == indices[cut - 1]


# -- any scale --------------------------------------------------------------------------------------------------------


@given(MONEY_ROWS, SCALES)
def test_scaling_all_values_changes_no_return(rows: list[Row], scale: Decimal) -> None:
    larger = scaled(rows, scale)
    exact, other = linked_return(*points_of(rows)), linked_return(*points_of(larger))
    assert abs(other.twr - exact.twr) <= (1 + abs(exact.twr)) * Decimal("1e-24")
    assert indexed(larger) == pytest.approx(indexed(rows), rel=CLOSE)
    end = len(rows) - 1
    mine, theirs = window(rows, 0, end), window(larger, 0, end)
    assert theirs.twr == pytest.approx(mine.twr, rel=CLOSE, abs=CLOSE)
    assert theirs.pnl_ratio == pytest.approx(mine.pnl_ratio, rel=Decimal("1e-24"), abs=Decimal("1e-24"))
    with localcontext(MONEY):
        assert mine.pnl is not None
        assert theirs.pnl == pytest.approx(mine.pnl * scale, rel=Decimal("1e-24"))
    first, last = (ValuePoint(at(place), rows[place][0]) for place in (0, end))
    inside = [Flow(at(place), abs(flow)) for place, (_, flow) in enumerate(rows[1:-1], start=1)]
    with localcontext(MONEY):
        again = [ValuePoint(one.at, one.value * scale) for one in (first, last)]
        moved = [Flow(one.at, one.amount * scale) for one in inside]
    mine_estimated, theirs_estimated = modified_dietz(first, last, inside), modified_dietz(again[0], again[1], moved)
    assert theirs_estimated.value == pytest.approx(mine_estimated.value, rel=Decimal("1e-24"), abs=Decimal("1e-24"))


@given(MONEY_ROWS, SCALES)
def test_scaling_all_payments_changes_no_money_weighted_return(rows: list[Row], scale: Decimal) -> None:
    opening, closing = rows[0][0], rows[-1][0]
    paid = [Flow(at(0), -opening), *(Flow(at(30 * place), -abs(flow)) for place, (_, flow) in enumerate(rows[1:-1], 1))]
    paid.append(Flow(at(30 * len(rows)), closing))
    with localcontext(MONEY):
        larger = [Flow(one.at, one.amount * scale) for one in paid]
    mine, theirs = rate_of(paid), rate_of(larger)
    assert (theirs is None) == (mine is None)
    assert mine is None or theirs == pytest.approx(mine, rel=1e-9, abs=1e-9)


def rate_of(payments: Sequence[Flow]) -> float | None:
    """None where nearly everything was lost: no rate above -100 % says how much."""
    try:
        return xirr(payments).rate
    except NoSolutionError:
        return None


@given(PRICES, SCALES)
def test_scaling_all_prices_or_the_money_changes_no_return_of_the_benchmark_or_of_holding_only(
    prices: list[tuple[float, float]], scale: Decimal
) -> None:
    times, quotes = np.arange(len(prices), dtype=np.int64), np.array(prices)
    mine, _ = benchmark_index(times, quotes, times[1:2], quotes[1:2])
    theirs, _ = benchmark_index(times, quotes * float(scale), times[1:2], quotes[1:2] * float(scale))
    assert theirs == pytest.approx(mine, rel=CLOSE)
    assert held(prices, scale).index == pytest.approx(held(prices).index, rel=CLOSE)
    assert money_line(prices, scale) == pytest.approx(money_line(prices, Decimal(1)), rel=Decimal("1e-24"))


def money_line(prices: Sequence[tuple[float, float]], scale: Decimal) -> Decimal:
    """What the benchmark's money line is worth in the end, by what it started with."""
    quotes = [{"BTC": Decimal(bitcoin), "ETH": Decimal(ether)} for bitcoin, ether in prices]
    line = open_line(1000 * scale, quotes[0])
    for place, quote in enumerate(quotes[1:]):
        line = (deposit(line, 50 * scale, quote), withdraw(line, scale, quote), rebalance(line, quote))[place % 3]
    with localcontext(MONEY):
        return line_value(line.units, quotes[-1]) / scale


# -- money that changes places ----------------------------------------------------------------------------------------


@given(MONEY_ROWS, st.data())
def test_a_valuation_more_changes_no_return_and_no_risk(rows: list[Row], data: st.DataObject) -> None:
    """An internal move is an instant at which somebody looks, and nothing else."""
    place = data.draw(st.integers(1, len(rows) - 1))
    value = data.draw(st.decimals("10", "1e7", places=2))
    looked = [*rows[:place], (value, Decimal(0)), *rows[place:]]
    exact, other = linked_return(*points_of(rows)), linked_return(*points_of(looked))
    assert abs(other.twr - exact.twr) <= (1 + abs(exact.twr)) * Decimal("1e-24")
    with_it = np.delete(indexed(looked), place)
    index = indexed(rows)
    assert with_it == pytest.approx(index, rel=CLOSE)
    returns, again = index[1:] / index[:-1] - 1, with_it[1:] / with_it[:-1] - 1
    assert max_drawdown(with_it).depth == pytest.approx(max_drawdown(index).depth, rel=1e-9, abs=1e-9)
    flat = np.linspace(-0.01, 0.02, len(returns))
    for mine, theirs in (
        (risk.volatility(returns), risk.volatility(again)),
        (risk.value_at_risk(returns), risk.value_at_risk(again)),
        (relative_risk.beta(returns, flat), relative_risk.beta(again, flat)),
    ):
        assert theirs.value == pytest.approx(mine.value, rel=1e-9, abs=1e-9)
