"""Orders are refused beyond a second between the clocks, and while nobody has measured."""

from __future__ import annotations

import pytest

from backend.core.exchange_clock import trading_refused


@pytest.mark.parametrize("offset_ms", [-1_000, -999, 0, 1, 1_000])
def test_within_a_second_trading_is_allowed(offset_ms: int) -> None:
    assert trading_refused(offset_ms) is None


@pytest.mark.parametrize(
    ("offset_ms", "words"),
    [(1_001, "1.0 s behind"), (-1_001, "1.0 s ahead of"), (60_000, "60.0 s"), (None, "not been")],
)
def test_beyond_it_and_unmeasured_it_is_refused_in_words(offset_ms: int | None, words: str) -> None:
    assert words in (trading_refused(offset_ms) or "")
