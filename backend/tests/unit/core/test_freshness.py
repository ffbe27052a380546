"""How old data may be: fresh until two intervals, stale until ten, then unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.freshness import freshness


@pytest.mark.parametrize(
    ("age_s", "expected"),
    [
        (None, ("unknown", None)),
        (0.0, ("fresh", 60.0)),
        (45.0, ("fresh", 15.0)),
        (60.0, ("fresh", 0.01)),
        (60.1, ("stale", pytest.approx(239.9))),
        (300.0, ("stale", 0.01)),
        (300.1, ("unknown", None)),
        (1e9, ("unknown", None)),
    ],
)
def test_of_a_refresh_every_thirty_seconds(age_s: float | None, expected: tuple[str, float | None]) -> None:
    assert freshness(age_s, 30) == expected


def test_a_very_short_interval_leaves_time_for_the_refresh_itself() -> None:
    assert freshness(3.9, 1)[0] == "fresh"
    assert freshness(4.1, 1)[0] == "stale"


@given(age_s=st.floats(0, 1e7), interval_s=st.integers(1, 86_400))
def test_the_state_ends_when_it_says_and_never_gets_better_with_age(age_s: float, interval_s: int) -> None:
    rank = {"fresh": 0, "stale": 1, "unknown": 2}
    state, ends_in = freshness(age_s, interval_s)
    if ends_in is None:
        assert state == "unknown"
        return
    assert ends_in > 0
    later, _ = freshness(age_s + ends_in * 1.01 + 0.02, interval_s)
    assert rank[later] > rank[state]
