"""Attempts to connect: further apart with each failure, never in step with each other, never more than allowed."""

from __future__ import annotations

import random

from backend.exchange.binance.streams.pace import CONNECTS_WITHIN_S, ConnectBudget, Pace, Retries


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_the_wait_doubles_up_to_its_bound_and_is_short_again_after_a_success() -> None:
    pace = Pace(first_retry_s=0.25, longest_retry_s=30.0)
    retries = Retries(pace, random.Random(1))
    waits = [retries.wait_s() for _ in range(12)]
    bounds = [min(0.25 * 2**failures, 30.0) for failures in range(12)]
    assert all(bound / 2 <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))
    retries.succeeded()
    assert retries.wait_s() <= 0.25


def test_two_connections_do_not_wait_alike() -> None:
    first, second = (Retries(Pace(), random.Random(seed)) for seed in (1, 2))
    assert [first.wait_s() for _ in range(5)] != [second.wait_s() for _ in range(5)]


def test_attempts_beyond_the_limit_wait_until_the_first_is_old_enough() -> None:
    clock = Clock()
    budget = ConnectBudget(limit=3, monotonic_s=clock)
    for _ in range(3):
        assert budget.wait_s() == 0.0
        budget.take()
        clock.now_s += 10
    assert budget.wait_s() == CONNECTS_WITHIN_S - 30
    clock.now_s = CONNECTS_WITHIN_S
    assert budget.wait_s() == 0.0
