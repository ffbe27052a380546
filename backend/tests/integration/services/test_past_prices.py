"""Prices of the past: pages and single looks agree, gaps carry the last price, and an old one says so."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import pytest

from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.market import Symbol
from backend.core.ports import Exchange
from backend.core.valuation import PriceRoutes
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.past_prices import PastPrices
from backend.services.price_looks import Ahead
from backend.tests.builders import T0, pair
from backend.tests.database_places import copy_database, url_of
from backend.tests.fakes import FakeExchange

NOW = T0 + 60 * DAY_MS
EPOCH = 1


@pytest.fixture
def store(database: Path) -> SqlStore:
    return opened(database)


def opened(database: Path) -> SqlStore:
    engine = make_engine(url_of(database))
    assert SqlLease(engine, "one", 10**12, lambda: 0).acquire() == EPOCH
    return SqlStore(engine, lambda: 0)


def prices(store: SqlStore, exchange: FakeExchange, reporting: str = "USDT") -> PastPrices:
    return PastPrices(store, cast(Exchange, exchange), EPOCH, PriceRoutes(exchange.listed, reporting))


def with_closes(closes: dict[str, dict[int, str]], symbols: list[Symbol] | None = None) -> FakeExchange:
    return FakeExchange(NOW, symbols or [pair("ABC", "USDT")], closes)


def scattered(dice: random.Random) -> dict[int, str]:
    """Minutes over fifty days with holes of minutes, hours and days."""
    found: dict[int, str] = {}
    at_ms = T0 + dice.randrange(0, 3 * DAY_MS) // MINUTE_MS * MINUTE_MS
    while at_ms < T0 + 50 * DAY_MS:
        found[at_ms] = str(dice.randrange(1, 10**6))
        at_ms += MINUTE_MS * dice.choice((1, 1, 1, 7, 61, 61, 500, 4_000))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_pages_and_single_looks_agree_whatever_is_missing(store: SqlStore, seed: int) -> None:
    dice = random.Random(seed)
    exchange = with_closes({"ABCUSDT": scattered(dice)})
    every = dice.choice((1, 1, 3, 24))
    instants = sorted(
        {T0 + hour * HOUR_MS for hour in range(0, 50 * 24, every)}
        | {T0 + dice.randrange(0, 50 * DAY_MS) // (5 * MINUTE_MS) * 5 * MINUTE_MS for _ in range(20)}
        | {T0 + dice.randrange(0, 50 * DAY_MS) for _ in range(20)}
        | {T0 + 9 * DAY_MS + dice.randrange(0, 3 * DAY_MS) for _ in range(60)}
    )
    found = prices(store, exchange).of("ABC", instants)
    assert set(found) == set(instants)
    for at_ms in instants:
        single = exchange.last_candle("ABCUSDT", at_ms)
        assert found[at_ms].price == (None if single is None else single.close), at_ms - T0


def test_many_hours_cost_few_questions(store: SqlStore) -> None:
    closes = {T0 + minute * MINUTE_MS: "100" for minute in range(0, 40 * 24 * 60, 20)}
    exchange = with_closes({"ABCUSDT": closes})
    prices(store, exchange).of("ABC", [T0 + hour * HOUR_MS for hour in range(1, 900)])
    assert len(exchange.calls) <= 2


def test_many_instants_of_one_day_cost_few_questions(store: SqlStore) -> None:
    exchange = with_closes({"ABCUSDT": {T0 + minute * MINUTE_MS: str(minute + 1) for minute in range(2_000)}})
    dice = random.Random(3)
    instants = [T0 + MINUTE_MS + dice.randrange(0, 1_400 * MINUTE_MS) for _ in range(500)]
    found = prices(store, exchange).of("ABC", instants)
    assert len(exchange.calls) <= 2
    assert all(found[at_ms].price == (at_ms - T0) // MINUTE_MS for at_ms in instants)


def test_what_was_asked_once_is_not_asked_again(store: SqlStore) -> None:
    exchange = with_closes({"ABCUSDT": {T0: "100"}})
    first = prices(store, exchange).of("ABC", [T0 + MINUTE_MS])
    asked = len(exchange.calls)
    assert prices(store, exchange).of("ABC", [T0 + MINUTE_MS]) == first
    assert len(exchange.calls) == asked


def test_no_price_yet_is_asked_again(store: SqlStore) -> None:
    exchange = with_closes({"ABCUSDT": {}})
    assert prices(store, exchange).of("ABC", [T0 + MINUTE_MS])[T0 + MINUTE_MS].price is None
    exchange.minutes = with_closes({"ABCUSDT": {T0: "100"}}).minutes
    assert prices(store, exchange).of("ABC", [T0 + MINUTE_MS])[T0 + MINUTE_MS].price == 100


def test_in_a_gap_the_last_price_is_called_old_after_an_hour_and_its_coin_paused_for_two_days(store: SqlStore) -> None:
    exchange = with_closes({"ABCUSDT": {T0: "100", T0 + 10 * DAY_MS: "200"}})
    ended = T0 + MINUTE_MS
    ages = [0, HOUR_MS - 1, HOUR_MS, 2 * DAY_MS, 2 * DAY_MS + 1]
    instants = [T0, *(ended + age for age in ages), T0 + 10 * DAY_MS + MINUTE_MS]
    found = prices(store, exchange).of("ABC", instants)
    assert [(found[at].price, found[at].doubt, found[at].paused) for at in instants] == [
        (None, "no_price", False),
        (100, None, False), (100, None, False),
        (100, "old_price", True), (100, "old_price", True),
        (100, "old_price", False),
        (200, None, False),
    ]  # fmt: skip


def test_a_route_with_a_fresh_price_is_preferred_to_a_better_one_gone_stale(store: SqlStore) -> None:
    listed = [pair("ABC", "USDT"), pair("ABC", "BTC"), pair("BTC", "USDT")]
    later = T0 + 10 * DAY_MS
    exchange = with_closes({"ABCUSDT": {T0: "100"}, "ABCBTC": {later: "0.002"}, "BTCUSDT": {later: "60000"}}, listed)
    at_ms = later + MINUTE_MS
    found = prices(store, exchange).of("ABC", [at_ms])[at_ms]
    assert found.price == 120
    assert found.doubt is None


def test_an_inverse_pair_of_the_past_is_divided_by(store: SqlStore) -> None:
    exchange = with_closes({"USDTTRY": {T0: "40"}}, [pair("USDT", "TRY")])
    at_ms = T0 + MINUTE_MS
    found = prices(store, exchange).of("TRY", [at_ms])[at_ms].price
    assert found is not None
    assert found * 40 == 1


def test_the_reporting_currency_and_unknown_coins_ask_nothing(store: SqlStore) -> None:
    exchange = with_closes({})
    assert prices(store, exchange).of("USDT", [T0])[T0].price == 1
    assert prices(store, exchange).of("NONE", [T0])[T0].doubt == "no_price"
    assert exchange.calls == []


def test_prices_of_several_coins_are_asked_for_together_and_are_those_of_each_alone(
    store: SqlStore, empty_database: Path, tmp_path: Path
) -> None:
    dice = random.Random(8)
    names = ("ABC", "DEF", "BTC")
    listed = [pair("ABC", "USDT"), pair("DEF", "BTC"), pair("BTC", "USDT")]
    closes = {one.name: scattered(dice) for one in listed}
    wanted = {name: [T0 + dice.randrange(0, 50 * DAY_MS) for _ in range(30)] for name in names}
    found = prices(store, with_closes(closes, listed)).of_all(wanted)
    fresh = opened(copy_database(empty_database, tmp_path / "second.db"))
    for name in names:
        assert found[name] == prices(fresh, with_closes(closes, listed)).of(name, wanted[name])
    assert {name: set(of) for name, of in found.items()} == {name: set(at) for name, at in wanted.items()}


def test_what_is_asked_for_later_is_kept_from_the_pages_read_before(store: SqlStore) -> None:
    dice = random.Random(4)
    exchange = with_closes({"ABCUSDT": {T0 + minute * MINUTE_MS: str(minute + 1) for minute in range(3_000)}})
    later = sorted(T0 + MINUTE_MS + dice.randrange(0, 2_900 * MINUTE_MS) for _ in range(40))
    hours = [T0 + hour * HOUR_MS for hour in range(1, 48)]
    reading = prices(store, exchange)
    reading.expect(lambda: Ahead(hours, {"ABC": later}))
    for instants in (*([at_ms] for at_ms in later), hours[:4], hours[4:]):
        found = reading.of("ABC", instants)
        assert [found[at_ms].price for at_ms in instants] == [(at_ms - T0) // MINUTE_MS for at_ms in instants]
    # Three pages of minutes, and one of hours.
    assert len(exchange.calls) <= 4
