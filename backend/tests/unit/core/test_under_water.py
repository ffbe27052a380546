"""The line under the returns: below the peak of the window so far, unknown where the index is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.performance.drawdown import max_drawdown
from backend.core.performance.under_water import deepest, under_water

NAN = float("nan")


def test_each_point_is_below_the_highest_one_before_it() -> None:
    assert under_water(np.array([1.0, 2.0, 1.5, 3.0, 0.75])).tolist() == [0.0, 0.0, -0.25, 0.0, -0.75]


def test_an_unknown_point_is_no_fall_and_hides_no_peak() -> None:
    line = under_water(np.array([NAN, 2.0, NAN, 1.0]))
    assert np.isnan(line[[0, 2]]).all()
    assert line[[1, 3]].tolist() == [0.0, -0.5]


def test_a_total_loss_is_a_fall_of_all_there_was() -> None:
    assert under_water(np.array([1.0, 0.0, 0.0])).tolist() == [0.0, -1.0, -1.0]


def test_nothing_was_ever_there_to_fall() -> None:
    assert np.isnan(under_water(np.zeros(3))).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=80))
def test_the_lowest_point_is_the_maximum_drawdown(index: list[float]) -> None:
    line = under_water(np.array(index))
    found = max_drawdown(np.array(index))
    assert line.min() == pytest.approx(found.depth, rel=1e-12)
    assert line[deepest(line)[0]] == line.min()


def test_a_line_without_a_value_has_no_lowest_point() -> None:
    assert deepest(np.array([NAN, NAN])).tolist() == []
    assert deepest(np.array([0.0, -0.2, -0.1]), np.array([NAN])).tolist() == [1]
