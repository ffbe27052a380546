"""Maximum drawdown of an index, and of a balance."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance.drawdown import equity_drawdown, index_of_returns, max_drawdown


def test_the_deepest_fall_has_its_peak_its_trough_and_its_recovery() -> None:
    fall = max_drawdown(np.array([1.0, 1.2, 0.9, 1.3, 0.65, 1.0, 1.3]))
    assert fall.depth == pytest.approx(-0.5)
    assert (fall.peak, fall.trough, fall.recovered) == (3, 4, 6)


def test_the_starting_capital_is_a_peak() -> None:
    fall = max_drawdown(index_of_returns(np.array([-0.1, 0.05])))
    assert fall.depth == pytest.approx(-0.1)
    assert (fall.peak, fall.trough, fall.recovered) == (0, 1, None)


def test_an_index_that_only_rises_has_no_fall() -> None:
    assert max_drawdown(np.array([1.0, 1.0, 2.0])).depth == 0.0


def test_a_total_loss_is_a_fall_of_100_percent() -> None:
    assert max_drawdown(np.array([1.0, 0.0, 0.0])).depth == -1.0


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_no_pair_of_days_shows_a_deeper_fall(values: list[float]) -> None:
    by_hand = min(low / high - 1 for i, high in enumerate(values) for low in values[i:])
    fall = max_drawdown(np.array(values))
    assert fall.depth == pytest.approx(by_hand, abs=1e-12)
    assert values[fall.trough] / values[fall.peak] - 1 == pytest.approx(fall.depth, abs=1e-12)


def test_the_deepest_fall_in_money_need_not_be_the_deepest_in_percent() -> None:
    # 100 -> 50 is 50 percent; 1050 -> 950 is 100 in money.
    result = equity_drawdown(Decimal(100), [Decimal(-50), Decimal(1000), Decimal(-100)])
    assert (result.max_abs, result.max_relative, result.max_relative_abs) == (Decimal(100), Decimal("0.5"), Decimal(50))
    assert float(result.max_abs_relative or 0) == pytest.approx(100 / 1050)


def test_a_balance_that_never_falls_has_drawdown_zero() -> None:
    result = equity_drawdown(Decimal(100), [Decimal(1)])
    assert (result.max_abs, result.max_relative) == (Decimal(0), Decimal(0))
