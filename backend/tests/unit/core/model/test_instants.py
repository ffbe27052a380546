"""Instants: exact milliseconds both ways, `Z` in text, midnight from the time zone's rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.instants import from_ms, iso, iso_ms, to_ms
from backend.core.portfolio_view import local_midnight_ms
from backend.tests.builders import ms


@given(at=st.integers(0, 7_000_000_000_000))
def test_milliseconds_survive_the_way_to_a_datetime_and_back(at: int) -> None:
    assert to_ms(from_ms(at)) == at


@given(at=st.integers(0, 7_000_000_000_000))
def test_text_reads_back_as_the_same_instant(at: int) -> None:
    assert to_ms(datetime.fromisoformat(iso_ms(at))) == at


def test_text_shows_milliseconds_only_when_there_are_any() -> None:
    assert iso_ms(1_700_000_000_000) == "2023-11-14T22:13:20Z"
    assert iso_ms(1_700_000_000_007) == "2023-11-14T22:13:20.007Z"


def test_another_offset_is_the_same_instant() -> None:
    paris = datetime(2024, 7, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert to_ms(paris) == ms("2024-07-01T12:00:00+00:00")
    assert iso(paris) == "2024-07-01T12:00:00Z"


def test_microseconds_are_cut_not_rounded() -> None:
    assert to_ms(datetime(2024, 1, 1, microsecond=999_999, tzinfo=UTC)) % 1000 == 999


@pytest.mark.parametrize(
    ("at", "zone", "midnight"),
    [
        ("2026-06-01T00:30:00+00:00", "UTC", "2026-06-01T00:00:00+00:00"),
        ("2026-06-01T23:30:00+00:00", "Europe/Paris", "2026-06-01T22:00:00+00:00"),
        # The days on which the clock moves have 23 and 25 hours.
        ("2026-03-29T20:00:00+00:00", "Europe/Paris", "2026-03-28T23:00:00+00:00"),
        ("2026-10-25T22:30:00+00:00", "Europe/Paris", "2026-10-24T22:00:00+00:00"),
        ("2024-02-29T12:00:00+00:00", "Asia/Kolkata", "2024-02-28T18:30:00+00:00"),
    ],
)
def test_today_starts_at_the_local_midnight(at: str, zone: str, midnight: str) -> None:
    assert iso_ms(local_midnight_ms(ms(at), zone)) == iso_ms(ms(midnight))
