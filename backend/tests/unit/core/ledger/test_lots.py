"""Pools of lots: whatever the order of arrival, parts leave as if all lots were sorted anew for each disposal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.ledger.cost_basis import CostBasis
from backend.core.ledger.cost_events import Buy, Sell
from backend.core.ledger.lots import Method, Part, pool_of
from backend.core.model.amounts import MONEY

D = Decimal
T0: Final = datetime(2025, 1, 1, tzinfo=UTC)

# What leaves first; lots that are alike leave in the order of their arrival.
FIRST: Final[dict[Method, Callable[[Part], tuple[Any, ...]]]] = {
    Method.FIFO: lambda part: (part[1], part[0]),
    Method.LIFO: lambda part: (T0 - part[1], -part[0]),
    Method.HIFO: lambda part: (-part[3] / part[2], part[1], part[0]),
}
# Dust, many digits, no digits, and quantities that leave thirds behind.
SIZES: Final = st.one_of(
    st.decimals("0.00000001", "1000", places=8),
    st.decimals("0.000000000000000001", "3", places=18),
    st.sampled_from((D("1E+9"), D("1E-18"), D(3), D(7))),
)
# A lot of some age (days), number and estimate, or a disposal; ages and numbers repeat, as those of carried lots do.
ARRIVAL: Final = st.tuples(st.integers(1, 6), st.integers(0, 5), SIZES, SIZES, st.booleans())
STEPS: Final = st.lists(st.one_of(ARRIVAL, SIZES), min_size=1, max_size=30)


class SortedLots:
    """The rule in its plainest form: sort, then take from the front."""

    def __init__(self, method: Method) -> None:
        self.parts: list[Part] = []
        # As a lot came: what is left of it keeps its place, whatever rounding did to its unit cost.
        self.whole: list[Part] = []
        self.cost = D(0)
        self._first = FIRST[method]

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self.whole.append(part)
        self.cost += part[3]

    def take(self, wanted: Decimal) -> list[Part]:
        gone: list[Part] = []
        while wanted and self.parts:
            place = min(range(len(self.parts)), key=lambda place: self._first(self.whole[place]))
            part = self.parts[place]
            number, at, held, cost, estimated = part
            if held > wanted:
                share = cost * wanted / held
                self.parts[place] = (number, at, held - wanted, cost - share, estimated)
                part = (number, at, wanted, share, estimated)
            else:
                del self.parts[place], self.whole[place]
            wanted -= part[2]
            self.cost -= part[3]
            gone.append(part)
        if not self.parts:
            self.cost = D(0)
        return gone


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(list(FIRST)), STEPS)
def test_a_pool_gives_to_the_last_digit_what_sorting_anew_each_time_would(method: Method, steps: list[Any]) -> None:
    pool, plain = pool_of(method)(method), SortedLots(method)
    with localcontext(MONEY):
        for step in steps:
            if isinstance(step, tuple):
                number, age, quantity, cost, estimated = step
                part = (number, T0 + timedelta(days=age), quantity, cost, estimated)
                pool.add(part)
                plain.add(part)
                continue
            there = sum((part[2] for part in plain.parts), D(0))
            parts, cost, doubtful = pool.take(step)
            assert parts == plain.take(step)
            assert cost == sum((part[3] for part in parts), D(0))
            assert doubtful is (step > there or any(part[4] for part in parts))
            assert pool.cost == plain.cost
        assert [tuple(lot) for lot in pool.lots()] == plain.parts
        assert pool.quantity == sum((part[2] for part in plain.parts), D(0))
        assert pool.estimated is any(part[4] for part in plain.parts)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.sampled_from(list(Method)), STEPS, STEPS)
def test_a_thawed_pool_goes_on_as_the_frozen_one_would_have(method: Method, past: list[Any], future: list[Any]) -> None:
    pools = [pool_of(method)(method)]
    with localcontext(MONEY):
        for step in past:
            _step(pools[0], step)
        pools.append(pool_of(method).thaw(method, json.loads(json.dumps(pools[0].freeze()))))
        for step in future:
            assert _step(pools[1], step) == _step(pools[0], step)
            assert pools[1].lots() == pools[0].lots()


def _step(pool: Any, step: Any) -> Any:
    if not isinstance(step, tuple):
        return (*pool.take(step), pool.quantity, pool.cost)
    number, age, quantity, cost, estimated = step
    return pool.add((number, T0 + timedelta(days=age), quantity, cost, estimated))


@pytest.mark.parametrize("price", ["1", "2"])
def test_of_lots_that_cost_the_same_the_oldest_leaves_first_also_after_a_pause(price: str) -> None:
    """A third of the first lot is sold: what is left of it costs the same a coin but for the last digit."""
    book = CostBasis("USDT", Method.HIFO)
    book.book_all(Buy(T0 + timedelta(days=day), "BTC", D(3), D(price) / 3) for day in (0, 1))
    book.book(Sell(T0 + timedelta(days=2), "BTC", D(1), D(2)))
    later = CostBasis("USDT", Method.HIFO)
    later.thaw(json.loads(json.dumps(book.freeze())))
    for one in (book, later):
        one.book(Sell(T0 + timedelta(days=3), "BTC", D(3), D(2)))
        assert [part.ordinal for part in one.disposals[-1].matches] == [1, 2]


@pytest.mark.parametrize("method", list(Method))
def test_the_pool_of_the_reporting_currency_is_never_opened(method: Method) -> None:
    book = CostBasis("USDT", method)
    with pytest.raises(ValueError, match="reporting currency"):
        book.book(Buy(T0, "USDT", D(1), D(1)))
    assert book.positions() == []
