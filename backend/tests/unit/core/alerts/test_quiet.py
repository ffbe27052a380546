"""Quiet hours follow the clock on the wall of their zone, and never hold what is critical."""

from __future__ import annotations

import pytest

from backend.core.alerts.quiet import held_until_ms
from backend.core.alerts.retries import MOST_TRIES, next_try_ms
from backend.core.model.alerts import QuietHours
from backend.tests.builders import ms

NIGHT = QuietHours(True, 22 * 60, 7 * 60, "Europe/Paris")
NOON = QuietHours(True, 12 * 60, 13 * 60 + 30, "UTC")


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2026-01-10T20:59:59Z", None),  # 21:59:59 in Paris
        (NIGHT, "2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z"),
        (NIGHT, "2026-01-11T05:59:59Z", "2026-01-11T06:00:00Z"),
        (NIGHT, "2026-01-11T06:00:00Z", None),
        # The clock goes from 2 to 3 that night: 7 o'clock comes an hour earlier.
        (NIGHT, "2026-03-28T21:30:00Z", "2026-03-29T05:00:00Z"),
        (NIGHT, "2026-10-24T21:30:00Z", "2026-10-25T06:00:00Z"),
        (NOON, "2026-01-10T11:59:59Z", None),
        (NOON, "2026-01-10T12:00:00Z", "2026-01-10T13:30:00Z"),
        (NOON, "2026-01-10T13:30:00Z", None),
    ],
)
def test_a_message_waits_until_they_end(quiet: QuietHours, now: str, until: str | None) -> None:
    assert held_until_ms(ms(now), quiet, "warning") == (None if until is None else ms(until))
    assert held_until_ms(ms(now), quiet, "critical") is None


def test_hours_that_are_off_or_of_no_length_hold_nothing() -> None:
    assert held_until_ms(ms("2026-01-10T23:00:00Z"), QuietHours(False, 0, 1439, "UTC"), "info") is None
    assert held_until_ms(ms("2026-01-10T07:00:00Z"), QuietHours(True, 420, 420, "UTC"), "info") is None


def test_each_wait_is_twice_the_one_before_up_to_an_hour_and_then_it_is_given_up() -> None:
    waits = [next_try_ms(tries, 0) for tries in range(1, MOST_TRIES + 1)]
    assert waits[:3] == [15_000, 30_000, 60_000]
    assert waits[-2:] == [3_600_000, None]
