"""The price book: one question for all accounts at the same time, never the same answer twice, listings kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import pytest

from backend.core.errors import ExchangeUnavailableError, RequestRefusedError
from backend.core.model.market import Symbol, Ticker
from backend.exchange.binance.client import ApiClient
from backend.exchange.binance.market_book import LISTING_LIFE_S, PRICES_LIFE_S, WANTED_FOR_S, MarketBook


@dataclass
class Market:
    """Stands for a client: answers from a listing, and counts what it is asked."""

    listed: list[str] = field(default_factory=lambda: ["BTCUSDT", "ETHUSDT", "SOLUSDT"])
    now_s: float = 100.0
    exchange_ms: int = 1_000_000
    down: bool = False
    listings: int = 0
    asked: list[list[str]] = field(default_factory=list)

    @property
    def clock(self) -> Market:
        return self

    @property
    def last_told_ms(self) -> int:
        return self.exchange_ms

    def read(self, _pool: str, _weight: int, call: Callable[[Any], Any], _parsed: Callable[[Any], Any]) -> Any:
        if self.down:
            raise ExchangeUnavailableError("down")
        return call(self)

    def get_exchange_info(self) -> list[Symbol]:
        self.listings += 1
        return [Symbol(name, name[:3], name[3:], tradable=True) for name in self.listed]

    def get_ticker(self, symbols: str) -> list[Ticker]:
        names = json.loads(symbols)
        self.asked.append(names)
        if set(names) - set(self.listed):
            raise RequestRefusedError("Invalid symbol.", -1121)
        return [Ticker(name, Decimal(len(self.asked)), None, self.exchange_ms) for name in names]

    def pass_s(self, seconds: float) -> None:
        self.now_s += seconds
        self.exchange_ms += int(seconds * 1000)


@pytest.fixture
def market() -> Market:
    return Market()


@pytest.fixture
def book(market: Market) -> MarketBook:
    return MarketBook(lambda: market.now_s)


def prices(book: MarketBook, market: Market, *names: str, seen: int = 0) -> tuple[int, dict[str, Decimal]]:
    number, found = book.tickers(cast(ApiClient, market), names, seen)
    return number, {ticker.symbol: ticker.price for ticker in found}


def test_accounts_at_the_same_time_share_prices_and_each_gets_its_own(book: MarketBook, market: Market) -> None:
    number, _ = prices(book, market, "BTCUSDT", "ETHUSDT")
    assert prices(book, market, "ETHUSDT") == (number, {"ETHUSDT": Decimal(1)})
    assert len(market.asked) == 1


def test_who_asks_again_is_never_told_the_same(book: MarketBook, market: Market) -> None:
    number, _ = prices(book, market, "BTCUSDT")
    assert prices(book, market, "BTCUSDT", seen=number)[1] == {"BTCUSDT": Decimal(2)}


def test_prices_of_earlier_are_asked_anew(book: MarketBook, market: Market) -> None:
    prices(book, market, "BTCUSDT")
    market.pass_s(PRICES_LIFE_S + 0.1)
    prices(book, market, "BTCUSDT")
    assert len(market.asked) == 2


def test_where_the_exchanges_clock_runs_fast_a_moment_here_is_long_there(book: MarketBook, market: Market) -> None:
    prices(book, market, "BTCUSDT")
    market.exchange_ms += 60_000
    prices(book, market, "BTCUSDT")
    assert len(market.asked) == 2


def test_pairs_of_other_accounts_are_read_with_one_question_for_ten_minutes(book: MarketBook, market: Market) -> None:
    prices(book, market, "BTCUSDT")
    prices(book, market, "ETHUSDT")
    assert market.asked[-1] == ["BTCUSDT", "ETHUSDT"]
    market.pass_s(WANTED_FOR_S + 1)
    prices(book, market, "ETHUSDT")
    assert market.asked[-1] == ["ETHUSDT"]


def test_a_pair_that_left_the_listing_costs_the_others_nothing(book: MarketBook, market: Market) -> None:
    book.listing(cast(ApiClient, market))
    prices(book, market, "BTCUSDT", "SOLUSDT")
    market.listed.remove("SOLUSDT")
    market.pass_s(10)
    assert prices(book, market, "BTCUSDT", "SOLUSDT")[1] == {"BTCUSDT": Decimal(3)}
    assert [symbol.name for symbol in book.listing(cast(ApiClient, market)).symbols] == ["BTCUSDT", "ETHUSDT"]


def test_the_listing_is_asked_every_ten_minutes_and_kept_when_that_fails(book: MarketBook, market: Market) -> None:
    client = cast(ApiClient, market)
    for _ in range(5):
        book.listing(client)
    assert market.listings == 1
    market.pass_s(LISTING_LIFE_S + 1)
    market.down = True
    assert len(book.listing(client).symbols) == 3
    market.pass_s(LISTING_LIFE_S + 1)
    market.down = False
    book.listing(client)
    assert market.listings == 2


def test_a_listing_that_was_never_told_is_an_error(book: MarketBook, market: Market) -> None:
    market.down = True
    with pytest.raises(ExchangeUnavailableError):
        book.listing(cast(ApiClient, market))
