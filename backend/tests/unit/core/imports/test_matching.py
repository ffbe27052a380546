"""Equal rows are counted: as many lines are known as the account has equal flows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from backend.core.imports.cash_flow_file import FlowLine
from backend.core.imports.instants import When
from backend.core.imports.matching import known_lines
from backend.core.model.holdings import CashFlow
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.tests.builders import T0


def line(n: int, at_ms: int, amount: int | None, precision_ms: int = MINUTE_MS, coins: str | None = None) -> FlowLine:
    worth = None if amount is None else Decimal(amount)
    held = None if coins is None else Decimal(coins)
    return FlowLine(n, When(at_ms, precision_ms), worth, None if coins is None else "BTC", held, "")


def flow(number: int, at_ms: int, amount: int | None, coins: str | None = None) -> CashFlow:
    worth = None if amount is None else Decimal(amount)
    held = None if coins is None else Decimal(coins)
    asset = None if coins is None else "BTC"
    return CashFlow(number, 1, at_ms, worth, asset, held, None, "", "manual", str(number), "exact")


def test_two_equal_lines_are_two_flows() -> None:
    twins = [line(2, T0, 5), line(3, T0, 5)]
    assert known_lines(twins, []) == set()
    assert known_lines(twins, [flow(1, T0, 5)]) == {2}
    assert known_lines(twins, [flow(1, T0, 5), flow(2, T0, 5), flow(3, T0, 5)]) == {2, 3}


def test_a_line_means_any_instant_within_the_precision_it_was_written_with() -> None:
    assert known_lines([line(2, T0, 5)], [flow(1, T0 + MINUTE_MS - 1, 5)]) == {2}
    assert known_lines([line(2, T0, 5)], [flow(1, T0 + MINUTE_MS, 5)]) == set()
    assert known_lines([line(2, T0, 5)], [flow(1, T0 - 1, 5)]) == set()


def test_a_line_of_a_day_leaves_a_flow_to_the_line_of_its_minute() -> None:
    lines = [line(2, T0, 5, DAY_MS), line(3, T0 + MINUTE_MS, 5)]
    assert known_lines(lines, [flow(1, T0 + MINUTE_MS, 5)]) == {3}


def test_direction_and_amount_must_agree() -> None:
    assert known_lines([line(2, T0, 5)], [flow(1, T0, -5), flow(2, T0, 6)]) == set()


def test_the_same_coins_are_the_same_flow_whatever_they_are_worth_now() -> None:
    told = flow(1, T0 + 13, 21_000, coins="0.5")
    assert known_lines([line(2, T0, None, coins="0.5")], [told]) == {2}
    assert known_lines([line(2, T0, 20_999, coins="0.5")], [told]) == {2}
    assert known_lines([line(2, T0, None, coins="-0.5")], [told]) == set()


def test_a_flow_stands_for_one_line_though_amount_and_coins_both_fit() -> None:
    told = flow(1, T0, 21_000, coins="0.5")
    assert known_lines([line(2, T0, 21_000), line(3, T0, None, coins="0.5")], [told]) == {2}


EVENTS = st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2).filter(bool)), max_size=30)


@given(EVENTS, EVENTS)
def test_of_equal_lines_as_many_are_known_as_there_are_flows(
    written: list[tuple[int, int]], there: list[tuple[int, int]]
) -> None:
    lines = [line(n, T0 + minute * MINUTE_MS, amount) for n, (minute, amount) in enumerate(written, start=2)]
    flows = [flow(n, T0 + minute * MINUTE_MS, amount) for n, (minute, amount) in enumerate(there)]
    known = known_lines(lines, flows)
    found = Counter(written[n - 2] for n in known)
    assert found == Counter(written) & Counter(there)


@given(EVENTS)
def test_a_file_imported_twice_is_known_in_full(written: list[tuple[int, int]]) -> None:
    lines = [line(n, T0 + minute * MINUTE_MS, amount) for n, (minute, amount) in enumerate(written, start=2)]
    flows = [flow(n, T0 + minute * MINUTE_MS, amount) for n, (minute, amount) in enumerate(written)]
    assert known_lines(lines, flows) == {one.n for one in lines}
