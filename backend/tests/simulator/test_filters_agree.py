"""Our order filters and the exchange's agree (O7): 20,000 of the quantities of `make soak ARGS=filters`."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.rebalancing.filters import FilteredOrder, filter_order
from backend.core.rebalancing.order_bounds import market_order_bounds
from soak.filters import RECORDED, Subject, cases, judged, subjects
from soak.harness import Run

CASES = 20_000
OUTCOMES = ("sent and taken", "dropped for min_qty, rightly", "dropped for min_notional, rightly")


@pytest.fixture(scope="module")
def found() -> list[Subject]:
    return subjects()[0]


def test_no_quantity_is_refused_and_none_dropped_without_need(found: list[Subject]) -> None:
    tally = cases(found, Run("filters", 1, CASES).dice(0), CASES)
    assert tally.failures == []
    assert sum(tally.counts.values()) == CASES
    assert all(tally.counts[outcome] > CASES / 20 for outcome in OUTCOMES)


def test_the_recorded_listings_are_among_the_symbols() -> None:
    if not RECORDED.is_dir():
        pytest.skip("the folder ../shared/binance is absent")
    assert len(subjects()[1]) == 4


def subject(found: list[Subject], symbol: str) -> Subject:
    return next(one for one in found if one.listed.symbol == symbol)


@pytest.mark.parametrize(
    ("ours", "what"),
    [
        (FilteredOrder(Decimal("0.010001"), Decimal("500.05"), None), "sent and refused"),
        (FilteredOrder(Decimal("0.00001"), Decimal("0.5"), None), "wrongly rounded"),
        (FilteredOrder(Decimal("0.01"), Decimal(500), "min_notional"), "dropped without need"),
        (FilteredOrder(Decimal("0.01"), Decimal(500), None), "sent and taken"),
    ],
)
def test_the_judge_finds_each_kind_of_mistake(found: list[Subject], ours: FilteredOrder, what: str) -> None:
    happened, sentence = judged(subject(found, "BTCUSDT"), Decimal("0.010005"), Decimal(50_000), ours)
    assert happened == what
    assert bool(sentence) == (what != "sent and taken")


def test_a_market_step_of_its_own_counts_together_with_the_other(found: list[Subject]) -> None:
    rules = subject(found, "BTCUSDT").rules
    assert rules.lot is not None
    assert rules.market_lot is not None
    both = replace(
        rules,
        lot=replace(rules.lot, step=Decimal("0.04")),
        market_lot=replace(rules.market_lot, step=Decimal("0.06"), minimum=Decimal("0.5"), maximum=Decimal(7)),
    )
    bounds = market_order_bounds(both)
    assert (bounds.step, bounds.min_qty, bounds.max_qty) == (Decimal("0.12"), Decimal("0.5"), Decimal(7))
    assert filter_order(Decimal("1.3"), Decimal(100), bounds.step, bounds.min_qty).quantity == Decimal("1.20")


def test_the_same_seed_gives_the_same_cases(found: list[Subject]) -> None:
    first, second = (cases(found, random.Random("7"), 500).counts for _ in range(2))
    assert first == second
