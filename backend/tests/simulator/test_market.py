"""The market at an instant: running candles, pages, pins, 24-hour figures."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.simulator.intervals import INTERVALS_MS
from backend.exchange.simulator.market import KlineQuery, Market
from backend.exchange.simulator.pins import Mark, PinTimeline
from backend.exchange.simulator.recorded import RecordedPrices
from backend.exchange.simulator.scenarios import SCENARIOS
from backend.exchange.simulator.seeded import SeededPrices
from backend.exchange.simulator.symbols import load_book
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, UNIT, ms_of
from backend.tests.simulator.candle_writer import write_candles

NOW = ms_of(datetime(2026, 6, 1, 12, 34, 45, tzinfo=UTC))
T0 = ms_of(datetime(2024, 3, 1, tzinfo=UTC))
BTC = "BTCUSDT"
SOURCE = SeededPrices(7, SCENARIOS["calm"], NOW - NOW % DAY_MS, load_book(None).pair)


def seeded() -> Market:
    return Market(SOURCE, PinTimeline())


def query(
    interval: str, start: int | None = None, end: int | None = None, limit: int = 500, zone_ms: int = 0
) -> KlineQuery:
    return KlineQuery(BTC, interval, start, end, limit, zone_ms)


@pytest.mark.parametrize("interval", [*INTERVALS_MS, "1M"])
def test_without_bounds_the_newest_candles_come_and_the_last_one_runs(interval: str) -> None:
    market = seeded()
    page = market.klines(query(interval, limit=5), NOW)
    assert len(page.candles) == 5
    assert page.candles.start[-1] <= NOW < page.ends[-1]
    assert (page.candles.start[1:] == page.ends[:-1]).all()
    assert page.candles.close[-1] == market.price_units(BTC, NOW)


def test_a_running_candle_never_shows_the_future() -> None:
    market = seeded()
    running = market.klines(query("1h", limit=1), NOW).candles
    whole_minutes = market.klines(query("1m", int(running.start[0]), NOW - MINUTE_MS), NOW).candles
    assert running.high[0] == whole_minutes.high.max()
    assert running.low[0] == whole_minutes.low.min()
    assert running.close[0] == whole_minutes.close[-1]
    minute = market.klines(query("1m", limit=1), NOW).candles
    assert {int(minute.open[0]), int(minute.high[0]), int(minute.low[0]), int(minute.close[0])} == {
        market.price_units(BTC, NOW)
    }


def test_bounds_cut_as_on_the_exchange() -> None:
    market = seeded()
    hour = NOW - NOW % HOUR_MS - 1000 * HOUR_MS
    oldest = market.klines(query("1h", start=hour + 1, limit=3), NOW).candles.start.tolist()
    assert oldest == [hour + HOUR_MS, hour + 2 * HOUR_MS, hour + 3 * HOUR_MS]
    newest = market.klines(query("1h", end=hour, limit=3), NOW).candles.start.tolist()
    assert newest == [hour - 2 * HOUR_MS, hour - HOUR_MS, hour]
    both = market.klines(query("1h", start=hour, end=hour + 5 * HOUR_MS, limit=2), NOW).candles.start.tolist()
    assert both == [hour, hour + HOUR_MS]
    assert not len(market.klines(query("1h", start=NOW + HOUR_MS), NOW).candles)
    assert not len(market.klines(query("1h", start=hour, end=hour - 1), NOW).candles)


def test_a_time_zone_moves_the_edge_of_the_day() -> None:
    page = seeded().klines(query("1d", limit=2, zone_ms=int(5.75 * HOUR_MS)), NOW)
    assert page.candles.start[0] % DAY_MS == DAY_MS - int(5.75 * HOUR_MS)


def test_weeks_open_on_monday_and_months_on_the_first() -> None:
    week = seeded().klines(query("1w", limit=1), NOW).candles.start[0]
    assert datetime.fromtimestamp(week / 1000, UTC).isoweekday() == 1
    month = seeded().klines(query("1M", limit=1), NOW).candles.start[0]
    assert month == ms_of(datetime(2026, 6, 1, tzinfo=UTC))


def test_a_pin_holds_from_its_instant_and_leaves_the_past_alone() -> None:
    market, untouched = seeded(), seeded()
    pinned_at = NOW - 90 * MINUTE_MS - 15_000
    market.pins.add(BTC, pinned_at, 50_000 * UNIT)
    assert market.price_units(BTC, pinned_at - 1) == untouched.price_units(BTC, pinned_at - 1)
    assert market.price_units(BTC, pinned_at) == 50_000 * UNIT
    before = query("1h", end=pinned_at - 2 * HOUR_MS, limit=50)
    assert market.klines(before, NOW).candles.close.tolist() == untouched.klines(before, NOW).candles.close.tolist()
    minutes = market.klines(query("1m", start=pinned_at - 2 * MINUTE_MS, limit=4), NOW).candles
    broken = minutes.start.tolist().index(pinned_at - pinned_at % MINUTE_MS)
    assert minutes.open[broken] == untouched.price_units(BTC, pinned_at - pinned_at % MINUTE_MS)
    assert minutes.close[broken] == minutes.low[broken] == 50_000 * UNIT
    assert minutes.high[broken + 1] == minutes.low[broken + 1] == 50_000 * UNIT


def test_a_freed_price_follows_the_source_again_and_the_pin_stays_in_the_candles() -> None:
    market, untouched = seeded(), seeded()
    market.pins.add(BTC, NOW - 3 * HOUR_MS, 10 * UNIT)
    market.pins.add(BTC, NOW - 2 * HOUR_MS, Mark.FREE)
    assert market.price_units(BTC, NOW) == untouched.price_units(BTC, NOW)
    figures = market.day_figures(BTC, NOW)
    assert figures is not None
    assert figures.bar.low == 10 * UNIT
    day = market.klines(query("1d", limit=1), NOW).candles
    assert (day.low[0], day.close[0]) == (10 * UNIT, untouched.price_units(BTC, NOW))


def test_a_removed_price_leaves_no_price_and_a_gap() -> None:
    market = seeded()
    market.pins.add(BTC, NOW - 2 * HOUR_MS, Mark.GONE)
    assert market.price_units(BTC, NOW) is None
    assert market.day_figures(BTC, NOW) is None
    newest = market.klines(query("1m", limit=1), NOW).candles.start[0]
    assert newest == (NOW - 2 * HOUR_MS) // MINUTE_MS * MINUTE_MS


def test_the_day_figures_close_at_the_very_instant_of_their_price() -> None:
    market = seeded()
    figures = market.day_figures(BTC, NOW)
    assert figures is not None
    assert (figures.close_ms, figures.open_ms) == (NOW, NOW - DAY_MS)
    assert figures.bar.close == market.price_units(BTC, NOW)
    assert figures.bar.open == market.price_units(BTC, NOW - DAY_MS)
    change = (figures.bar.close - figures.bar.open) / figures.bar.open * 100
    assert float(figures.change_percent) == pytest.approx(change, abs=0.0005)
    minutes = market.klines(query("1m", NOW - DAY_MS, NOW - MINUTE_MS, 1000), NOW).candles
    assert figures.bar.high >= minutes.high.max()
    assert figures.bar.low <= minutes.low.min()


@pytest.fixture
def gapped(tmp_path: Path) -> Market:
    """Hours 0, 1 and then 500."""
    rows = [(T0 + n * HOUR_MS, "1", "3", "1", "2", "10") for n in (0, 1, 500)]
    write_candles(tmp_path, "BTCUSDT-1h", rows)
    return Market(RecordedPrices(tmp_path), PinTimeline())


def test_pages_jump_over_gaps_in_both_directions(gapped: Market) -> None:
    now = T0 + 501 * HOUR_MS
    expected = [T0, T0 + HOUR_MS, T0 + 500 * HOUR_MS]
    assert gapped.klines(query("1h", start=0, limit=3), now).candles.start.tolist() == expected
    assert gapped.klines(query("1h", limit=3), now).candles.start.tolist() == expected
    assert gapped.klines(query("1h", limit=2), now).candles.start.tolist() == expected[1:]
    minutes = gapped.klines(query("1m", start=0, limit=130), now).candles.start.tolist()
    assert minutes[119:122] == [T0 + 119 * MINUTE_MS, T0 + 500 * HOUR_MS, T0 + 500 * HOUR_MS + MINUTE_MS]


def test_a_pin_beyond_a_long_gap_is_found_by_pages_from_both_sides(gapped: Market) -> None:
    pinned_at = T0 + 400 * HOUR_MS
    gapped.pins.add(BTC, pinned_at, 5 * UNIT)
    gapped.pins.add(BTC, pinned_at + 2 * MINUTE_MS, Mark.FREE)
    now = T0 + 450 * HOUR_MS
    expected = [T0 + 119 * MINUTE_MS, pinned_at, pinned_at + MINUTE_MS]
    assert gapped.klines(query("1m", start=T0 + 119 * MINUTE_MS, limit=9), now).candles.start.tolist() == expected
    assert gapped.klines(query("1m", limit=3), now).candles.start.tolist() == expected


def test_inside_a_gap_nothing_runs_and_the_last_price_stands(gapped: Market) -> None:
    now = T0 + 100 * HOUR_MS + 5
    assert gapped.klines(query("1h", limit=1), now).candles.start.tolist() == [T0 + HOUR_MS]
    assert gapped.price_units(BTC, now) == 2 * UNIT


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["1m", "15m", "1h", "4h", "1d", "1w", "1M"]),
    st.integers(1, 400),
    st.integers(0, 5 * 365 * 1440),
    st.booleans(),
)
def test_every_page_is_a_cut_of_one_story(interval: str, limit: int, minutes_back: int, pinned: bool) -> None:
    market = seeded()
    if pinned:
        market.pins.add(BTC, NOW - 40 * HOUR_MS - 1, 40_000 * UNIT)
        market.pins.add(BTC, NOW - 20 * HOUR_MS - 1, Mark.FREE)
    start = NOW - minutes_back * MINUTE_MS
    page = market.klines(query(interval, start=start, limit=limit), NOW)
    assert len(page.candles) <= limit
    for at, end, low, high in zip(
        page.candles.start[:3].tolist(),
        page.ends[:3].tolist(),
        page.candles.low[:3].tolist(),
        page.candles.high[:3].tolist(),
        strict=True,
    ):
        bar = market.bar(BTC, at, min(end, NOW + 1))
        assert bar is not None
        assert (bar.low, bar.high) == (low, high)
