"""The shares of days in a risk figure add up to what the page shows, to its last digit, whatever the returns are."""

from __future__ import annotations

import random

import pytest

from backend.core.explain.day_shares import BY_DAYS
from backend.tests.unit.core.explain.returns import Opened, opened, random_returns

SEEDS = 40


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_shares_of_all_days_are_the_figure_to_its_last_digit(seed: int) -> None:
    dice = random.Random(seed)
    own, benchmark, rf = random_returns(dice, dice.randint(30, 500))
    for name in BY_DAYS:
        found = opened(name, own, benchmark, rf)
        if found is not None:
            assert found.told == found.shown, name
            assert "not_explained" not in found.kinds, name


def test_hardly_any_figure_needs_a_row_for_its_last_digit() -> None:
    found: list[Opened] = []
    for seed in range(SEEDS):
        own, benchmark, rf = random_returns(random.Random(seed), 365)
        found += [one for name in BY_DAYS if (one := opened(name, own, benchmark, rf)) is not None]
    assert len(found) > SEEDS * 9
    assert sum("rounding" in one.kinds for one in found) <= len(found) // 50


def test_returns_that_never_move_have_shares_of_nothing() -> None:
    found = opened("volatility", [0.01] * 40, [0.01] * 40, 0.0)
    assert found is not None
    assert found.told == found.shown == 0


def test_a_figure_that_its_days_do_not_give_is_not_passed_off_as_rounding() -> None:
    own, benchmark, rf = random_returns(random.Random(1), 60)
    found = opened("volatility", own, benchmark, rf, wrong_by=1e-6)
    assert found is not None
    assert found.told == found.shown
    assert found.kinds[-1] == "not_explained"
