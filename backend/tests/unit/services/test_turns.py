"""Turns of accounts: none waits longer than the interval, and many do not come all at once."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from backend.services.account_tasks import REFRESHES_AT_ONCE
from backend.services.turns import MOST_GROUPS, next_turn_s

FEW = REFRESHES_AT_ONCE
instants = st.floats(0, 1e6, allow_nan=False)
intervals = st.sampled_from([0.05, 1.0, 30.0, 60.0, 300.0])


@given(
    position=st.integers(0, 499), more=st.integers(1, 500), late_s=st.floats(0, 5), due_s=instants, interval_s=intervals
)
@example(position=16, more=1, late_s=0.0, due_s=1.0, interval_s=0.05)  # rounds to now itself
def test_the_next_turn_comes_after_now_and_within_an_interval(
    position: int, more: int, late_s: float, due_s: float, interval_s: float
) -> None:
    now_s = due_s + late_s
    following = next_turn_s(position, position + more, due_s, now_s, interval_s)
    assert now_s < following <= now_s + interval_s * (1 + 1e-9)


@given(position=st.integers(0, FEW - 1), late_s=st.floats(0, 29), due_s=instants)
def test_few_accounts_keep_their_distance_to_the_last_time(position: int, late_s: float, due_s: float) -> None:
    assert next_turn_s(position, FEW, due_s, due_s + late_s, 30.0) == due_s + 30.0


def test_many_accounts_come_in_groups_evenly_over_the_interval() -> None:
    turns = Counter(next_turn_s(position, 140, 0.0, 0.0, 60.0) for position in range(140))
    assert turns == {15.0: 35, 30.0: 35, 45.0: 35, 60.0: 35}
    assert len(turns) == MOST_GROUPS


def test_who_came_late_or_in_between_is_back_in_its_group_the_next_time() -> None:
    in_time = next_turn_s(7, 140, 45.0, 45.2, 60.0)
    assert [next_turn_s(7, 140, 45.0, now_s, 60.0) for now_s in (50.0, 80.0, 104.9)] == [in_time] * 3
