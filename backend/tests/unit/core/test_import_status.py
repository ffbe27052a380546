"""Arithmetic of the forecast, and what counts as covered."""

from __future__ import annotations

import pytest

from backend.core.import_coverage import BEHIND_MS, CoverageGap, coverage
from backend.core.import_forecast import TRADES, Forecast
from backend.core.model.instants import HOUR_MS

OPENED, FIRST, NOW = 0, 1_000, 10_000


def test_what_is_left_takes_its_own_pace_each() -> None:
    forecast = Forecast()
    forecast.expect(TRADES, 14, 0)
    forecast.expect("deposit", 5, 0)
    forecast.read(TRADES, 2.0)
    forecast.read("deposit", 0.5)
    assert (forecast.symbols_left, forecast.windows_left) == (13, 4)
    assert forecast.seconds == pytest.approx(13 * 2.0 + 4 * 0.5)


def test_nothing_is_forecast_faster_than_the_limit_allows() -> None:
    forecast = Forecast()
    forecast.expect("fiat_deposit", 3, 2)
    forecast.read("fiat_deposit", 0.1)
    assert forecast.seconds == pytest.approx(2 * 30.0)


def test_a_slower_answer_moves_the_pace_a_little() -> None:
    forecast = Forecast()
    forecast.expect(TRADES, 100, 0)
    forecast.read(TRADES, 1.0)
    forecast.read(TRADES, 11.0)
    assert forecast.seconds == pytest.approx(98 * 2.0)


def test_when_all_is_read_nothing_is_left() -> None:
    forecast = Forecast()
    forecast.expect(TRADES, 1, 100)
    for _ in range(2):
        forecast.read(TRADES, 1.0)
    assert (forecast.symbols_left, forecast.seconds) == (0, 0.0)


@pytest.mark.parametrize(("cursors", "edge", "gaps"), [
    ({"since": 500, "until": NOW}, OPENED, []),
    ({"since": FIRST, "until": NOW}, OPENED, []),
    ({}, OPENED, [CoverageGap(FIRST, None, "not_read")]),
    ({"refused": 5}, OPENED, [CoverageGap(FIRST, None, "not_readable")]),
    ({"refused": 0, "since": 1, "until": NOW}, OPENED, []),
    ({"since": 4_000, "until": NOW}, OPENED, [CoverageGap(FIRST, 4_000, "not_read")]),
    ({"since": 3_000, "until": NOW}, 3_000, [CoverageGap(FIRST, 3_000, "beyond_horizon")]),
    ({"since": 4 * HOUR_MS, "until": 9 * HOUR_MS}, 3 * HOUR_MS, [
        CoverageGap(FIRST, 3 * HOUR_MS, "beyond_horizon"), CoverageGap(3 * HOUR_MS, 4 * HOUR_MS, "not_read"),
    ]),
    ({"since": 500, "until": 8_000, "refused": 9_000}, OPENED, [CoverageGap(8_000, None, "not_readable")]),
])  # fmt: skip
def test_every_stretch_that_is_not_known_is_a_gap(cursors: dict[str, int], edge: int, gaps: list[CoverageGap]) -> None:
    found = coverage("pay", cursors, edge, OPENED, FIRST)
    assert list(found.gaps) == gaps
    assert found.complete is (not gaps)
    assert (found.reason is None) is found.complete
    assert found.horizon_ms == (edge or None)


def test_a_history_that_is_days_behind_the_others_has_a_gap_up_to_now() -> None:
    cursors = {"since": 500, "until": NOW}
    assert coverage("pay", cursors, OPENED, OPENED, FIRST, NOW + BEHIND_MS).complete
    behind = coverage("pay", cursors, OPENED, OPENED, FIRST, NOW + BEHIND_MS + 1)
    assert behind.gaps == (CoverageGap(NOW, None, "not_read"),)


@pytest.mark.parametrize(("files", "gaps", "told"), [
    # All of the gap, by two files of which the second begins where the first ends.
    ([(500, 2_000), (2_000, 3_000)], [], [(500, 3_000)]),
    ([(1_500, 2_000)], [(FIRST, 1_500), (2_000, 3_000)], [(1_500, 2_000)]),
    ([(2_500, 9_000), (1_200, 1_300)], [(FIRST, 1_200), (1_300, 2_500)], [(1_200, 1_300), (2_500, 9_000)]),
    # One within another, and one before all.
    ([(1_500, 2_500), (1_600, 1_700), (0, 100)], [(FIRST, 1_500), (2_500, 3_000)], [(0, 100), (1_500, 2_500)]),
])  # fmt: skip
def test_what_a_file_tells_is_no_gap(
    files: list[tuple[int, int]], gaps: list[tuple[int, int]], told: list[tuple[int, int]]
) -> None:
    cursors = {"since": 3_000, "until": NOW}
    for number, (start, stop) in enumerate(files):
        cursors |= {f"file:{number}:p2p:0:from": start, f"file:{number}:p2p:0:until": stop}
    found = coverage("pay", cursors, 3_000, OPENED, FIRST)
    assert list(found.gaps) == [CoverageGap(start, stop, "beyond_horizon") for start, stop in gaps]
    assert list(found.files) == told


@pytest.mark.parametrize(("late", "reasons"), [
    (HOUR_MS - 1, ["beyond_horizon"]), (HOUR_MS, ["beyond_horizon", "not_read"]),
])  # fmt: skip
def test_what_a_horizon_passed_while_an_import_was_at_work_is_beyond_it(late: int, reasons: list[str]) -> None:
    edge = 10 * HOUR_MS
    found = coverage("p2p", {"since": edge + late, "until": 90 * HOUR_MS}, edge, OPENED, FIRST)
    assert [gap.reason for gap in found.gaps] == reasons
    assert found.gaps[-1].until_ms == edge + late


def test_a_gap_up_to_now_is_filled_as_far_as_a_file_reaches() -> None:
    cursors = {"file:1:p2p:0:from": 0, "file:1:p2p:0:until": 4_000}
    assert coverage("pay", cursors, OPENED, OPENED, FIRST).gaps == (CoverageGap(4_000, None, "not_read"),)
