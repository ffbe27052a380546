"""The rows kept in memory for charts: extended, never torn, thinned without losing an extreme."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.model.instants import HOUR_MS
from backend.core.series import BEFORE_EVERYTHING, SeriesCache, SeriesChunk, packed, thinned, unpacked
from backend.tests.builders import T0


def chunk(growth: list[float], start_ms: int = T0, benchmark: list[float] | None = None) -> SeriesChunk:
    at = np.array([start_ms + place * HOUR_MS for place in range(len(growth))], dtype=np.int64)
    other = [float("nan")] * len(growth) if benchmark is None else benchmark
    return SeriesChunk(at, np.array(growth), np.array(other), np.array(growth) * 100)


def test_a_part_includes_both_ends() -> None:
    part = chunk([1.0, 2.0, 3.0, 4.0]).part(T0 + HOUR_MS, T0 + 2 * HOUR_MS)
    assert part.growth.tolist() == [2.0, 3.0]


class Rows:
    """Stands in for the table; counts what is read."""

    def __init__(self, growth: list[float]) -> None:
        self.all = chunk(growth)
        self.asked: list[int] = []

    def after(self, at_ms: int) -> SeriesChunk:
        self.asked.append(at_ms)
        return self.all.part(at_ms + 1, 2**62)


def test_rows_are_read_once_and_then_only_the_new_ones() -> None:
    rows, cache = Rows([1.0, 1.1]), SeriesCache()
    assert cache.get(1, 0, rows.after).rows.growth.tolist() == [1.0, 1.1]
    rows.all = chunk([1.0, 1.1, 1.2])
    assert cache.get(1, 0, rows.after).rows.growth.tolist() == [1.0, 1.1, 1.2]
    assert rows.asked == [BEFORE_EVERYTHING, T0 + HOUR_MS]


def test_a_rebuild_of_the_past_is_read_anew() -> None:
    rows, cache = Rows([1.0, 1.1]), SeriesCache()
    cache.get(1, 0, rows.after)
    rows.all = chunk([1.0, 0.9])
    assert cache.get(1, 1, rows.after).rows.growth.tolist() == [1.0, 0.9]


def test_accounts_are_kept_apart() -> None:
    cache = SeriesCache()
    cache.get(1, 0, Rows([1.0]).after)
    assert cache.get(2, 0, Rows([5.0]).after).rows.growth.tolist() == [5.0]


def test_an_empty_history_is_an_empty_series_until_its_first_row() -> None:
    rows, cache = Rows([]), SeriesCache()
    assert len(cache.get(1, 0, rows.after).rows.at_ms) == 0
    rows.all = chunk([1.0])
    assert cache.get(1, 0, rows.after).rows.growth.tolist() == [1.0]


def test_a_short_series_is_shown_whole() -> None:
    assert thinned(chunk([1.0, 2.0, 3.0]), 10).tolist() == [0, 1, 2]


lines = st.lists(st.floats(0.01, 100), min_size=80, max_size=300)


@settings(max_examples=60, deadline=None)
@given(growth=lines, points=st.integers(10, 70), data=st.data())
def test_thinning_keeps_first_last_and_the_extremes_of_all_lines(
    growth: list[float], points: int, data: st.DataObject
) -> None:
    others = st.lists(st.floats(0.01, 100), min_size=len(growth), max_size=len(growth))
    series = replace(chunk(growth, benchmark=data.draw(others)), value=np.array(data.draw(others)))
    kept = thinned(series, points)
    assert len(kept) <= points
    assert kept.tolist() == sorted(set(kept.tolist()))
    assert {0, len(growth) - 1} <= set(kept.tolist())
    for line in (series.growth, series.benchmark, series.value):
        assert line[kept].max() == line.max()
        assert line[kept].min() == line.min()


def test_thinning_keeps_a_peak_of_one_row() -> None:
    growth = [1.0] * 5_000
    growth[1234], growth[3210] = 9.0, 0.1
    kept = set(thinned(chunk(growth), 100).tolist())
    assert {0, 1234, 3210, 4_999} <= kept
    assert len(kept) <= 100


def test_money_that_came_and_left_within_hours_is_seen() -> None:
    series = chunk([1.0] * 5_000, benchmark=[1.0 + n / 5_000 for n in range(5_000)])
    series.value[3_000:3_003] = 100_000.0
    assert series.value[thinned(series, 100)].max() == 100_000.0
    assert len(thinned(series, 6)) <= 6


def test_every_line_that_is_shown_keeps_its_peaks_of_one_row() -> None:
    series = chunk([1.0] * 5_000, benchmark=[1.0 + n / 5_000 for n in range(5_000)])
    held, below = np.full(5_000, 0.1), np.linspace(-0.2, -0.1, 5_000)
    held[1_234], held[3_210], below[2_222] = 4.0, -0.9, -0.6
    kept = thinned(series, 200, (held, below, np.full(5_000, math.nan)))
    assert {1_234, 3_210, 2_222} <= set(kept.tolist())
    assert len(kept) <= 200


def test_thinning_stands_gaps_in_a_line() -> None:
    growth = [float("nan")] * 50 + [1.0, 9.0] + [float("nan")] * 50
    kept = thinned(chunk(growth), 12)
    assert {50, 51} <= set(kept.tolist())


def test_a_packed_series_is_read_bit_for_bit() -> None:
    odd = [1.0, math.nan, 1e-300, -0.0, 0.1 + 0.2]
    rows = SeriesChunk(
        np.array([T0 + n for n in range(5)], dtype=np.int64), *(np.roll(np.array(odd), n) for n in range(3))
    )
    again = unpacked(packed(rows))
    for name in ("at_ms", "growth", "benchmark", "value"):
        assert getattr(again, name).tobytes() == getattr(rows, name).tobytes()
        assert getattr(again, name).dtype == getattr(rows, name).dtype


def test_what_is_packed_is_not_read_again_and_a_rebuild_is_read_anew() -> None:
    rows = SeriesChunk(np.arange(4, dtype=np.int64), *(np.arange(4, dtype=np.float64),) * 3)
    asked: list[int] = []

    def after(at_ms: int) -> SeriesChunk:
        asked.append(at_ms)
        return rows.part(at_ms + 1, 3)

    cache = SeriesCache()
    found = cache.get(1, 7, after, lambda: rows.part(0, 2)).rows
    assert (asked, found.at_ms.tolist()) == ([2], [0, 1, 2, 3])
    assert cache.get(1, 8, after, lambda: None).rows.at_ms.tolist() == [0, 1, 2, 3]
    assert asked[1] < 0
