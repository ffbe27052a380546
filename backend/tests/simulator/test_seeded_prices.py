"""The seeded process: any symbol, any instant, any interval, one story."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.simulator.candles import Candles, bar_at
from backend.exchange.simulator.scenarios import SCENARIOS
from backend.exchange.simulator.seeded import SeededPrices
from backend.exchange.simulator.symbols import load_book
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, UNIT, ms_of

BOOK = load_book(None)
ANCHOR_MS = ms_of(datetime(2026, 6, 1, tzinfo=UTC))
EARLIEST, LATEST = datetime(2017, 1, 2, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
SYMBOLS = ("BTCUSDT", "PEPEUSDT", "USDCUSDT", "USDTTRY", "ETHBTC", "BTCTRY")
HOURS = st.integers(ms_of(EARLIEST) // HOUR_MS, ms_of(LATEST) // HOUR_MS)
PRICES = SeededPrices(7, SCENARIOS["calm"], ANCHOR_MS, BOOK.pair)


def prices(scenario: str = "calm", seed: int = 7) -> SeededPrices:
    return SeededPrices(seed, SCENARIOS[scenario], ANCHOR_MS, BOOK.pair)


def page(source: SeededPrices, symbol: str, start: int, step: int, count: int) -> Candles:
    edges = start + step * np.arange(count + 1, dtype=np.int64)
    return source.candles(symbol, edges[:-1], edges[1:])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SYMBOLS), HOURS)
def test_an_hour_is_made_of_its_minutes(symbol: str, hour: int) -> None:
    whole = bar_at(page(PRICES, symbol, hour * HOUR_MS, HOUR_MS, 1), 0)
    minutes = page(PRICES, symbol, hour * HOUR_MS, MINUTE_MS, 60)
    assert (whole.open, whole.close) == (minutes.open[0], minutes.close[-1])
    assert (whole.high, whole.low) == (minutes.high.max(), minutes.low.min())
    assert whole.volume == int(minutes.volume.sum()) * minutes.volume_unit


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SYMBOLS), st.integers(ms_of(EARLIEST) // MINUTE_MS, ms_of(LATEST) // MINUTE_MS))
def test_a_minute_is_made_of_its_seconds(symbol: str, minute: int) -> None:
    whole = bar_at(page(PRICES, symbol, minute * MINUTE_MS, MINUTE_MS, 1), 0)
    seconds = PRICES.seconds(symbol, minute * MINUTE_MS, (minute + 1) * MINUTE_MS)
    assert len(seconds) == 60
    assert (whole.open, whole.close) == (seconds.open[0], seconds.close[-1])
    assert (whole.high, whole.low) == (seconds.high.max(), seconds.low.min())


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SYMBOLS), HOURS, st.integers(1, 5000), st.integers(1, 5000))
def test_any_range_of_minutes_has_the_extremes_of_its_minutes(symbol: str, hour: int, skip: int, length: int) -> None:
    start = hour * HOUR_MS + skip * MINUTE_MS
    end = start + length * MINUTE_MS
    whole = bar_at(PRICES.candles(symbol, np.array([start]), np.array([end])), 0)
    minutes = page(PRICES, symbol, start, MINUTE_MS, length)
    assert (whole.open, whole.close) == (minutes.open[0], minutes.close[-1])
    assert (whole.high, whole.low) == (minutes.high.max(), minutes.low.min())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SYMBOLS), HOURS, st.integers(0, HOUR_MS))
def test_the_price_is_the_close_of_the_last_minute_that_ended(symbol: str, hour: int, into: int) -> None:
    at = hour * HOUR_MS + into
    minute = at // MINUTE_MS * MINUTE_MS - MINUTE_MS
    assert PRICES.price_at(symbol, at) == page(PRICES, symbol, minute, MINUTE_MS, 1).close[0]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SYMBOLS), HOURS)
def test_candles_join_and_keep_their_close_between_low_and_high(symbol: str, hour: int) -> None:
    two_days = page(PRICES, symbol, hour * HOUR_MS, HOUR_MS, 48)
    assert (two_days.open[1:] == two_days.close[:-1]).all()
    assert (two_days.low <= np.minimum(two_days.open, two_days.close)).all()
    assert (two_days.high >= np.maximum(two_days.open, two_days.close)).all()
    assert (two_days.low > 0).all()


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_prices_are_multiples_of_the_tick(symbol: str) -> None:
    pair = BOOK.pair(symbol)
    assert pair is not None
    for column in (
        page(PRICES, symbol, ANCHOR_MS, MINUTE_MS, 1440).close,
        page(PRICES, symbol, ANCHOR_MS, HOUR_MS, 99).low,
    ):
        assert (column % pair.tick == 0).all()


def test_the_same_seed_tells_the_same_story_and_another_another() -> None:
    first, again, other = (page(prices(seed=seed), "SOLUSDT", ANCHOR_MS, HOUR_MS, 500) for seed in (7, 7, 8))
    assert (first.close == again.close).all()
    assert (first.high == again.high).all()
    assert (first.close != other.close).any()


def test_a_cross_pair_is_the_rounded_quotient_of_its_legs() -> None:
    cross, base, quote = (
        page(PRICES, name, ANCHOR_MS, MINUTE_MS, 600).close for name in ("ETHBTC", "ETHUSDT", "BTCUSDT")
    )
    pair = BOOK.pair("ETHBTC")
    assert pair is not None
    assert np.abs(cross - base.astype(np.float64) / quote * UNIT).max() <= pair.tick / 2 + 0.001


def test_an_inverse_quote_crosses_with_coins() -> None:
    crossed, coin, lira = (int(PRICES.price_at(name, ANCHOR_MS) or 0) for name in ("BTCTRY", "BTCUSDT", "USDTTRY"))
    assert crossed / UNIT == pytest.approx(coin / UNIT * lira / UNIT, rel=1e-6)


def test_levels_at_the_anchor_are_the_coins_own_and_stablecoins_stay_near_one() -> None:
    assert int(PRICES.price_at("BTCUSDT", ANCHOR_MS) or 0) / UNIT == pytest.approx(98_000)
    year = page(PRICES, "USDCUSDT", ANCHOR_MS - 365 * DAY_MS, DAY_MS, 365)
    assert year.low.min() > 0.99 * UNIT
    assert year.high.max() < 1.01 * UNIT


def test_scenarios_go_where_they_say() -> None:
    def growth(scenario: str, start_day: int, end_day: int) -> float:
        source = prices(scenario)
        start, end = (int(source.price_at("BTCUSDT", ANCHOR_MS + day * DAY_MS) or 0) for day in (start_day, end_day))
        return end / start

    assert growth("bull", -730, 0) > growth("calm", -730, 0) > growth("bear", -730, 0)
    assert growth("crash", -13, -8) < 0.65
    assert growth("crash", -8, 30) > 1.05


def test_there_is_no_price_before_2017_and_one_for_every_listed_symbol_after_2030() -> None:
    assert PRICES.price_at("BTCUSDT", ms_of(datetime(2016, 12, 31, tzinfo=UTC))) is None
    after = ms_of(datetime(2031, 5, 5, tzinfo=UTC))
    assert all(PRICES.price_at(symbol, after) for symbol in BOOK.names())
    assert PRICES.price_at("NOSUCHUSDT", after) is None


def test_coins_move_together_but_not_alike() -> None:
    days = [page(PRICES, name, ANCHOR_MS - 700 * DAY_MS, DAY_MS, 700).close for name in ("BTCUSDT", "ETHUSDT")]
    moves = [np.diff(np.log(column.astype(np.float64))) for column in days]
    assert 0.4 < np.corrcoef(moves[0], moves[1])[0, 1] < 0.97
