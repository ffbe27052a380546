"""Candles asked for by several clients at once: in order, whole or not at all, and whoever helped is free again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.core.errors import ExchangeError, RequestBudgetError
from backend.core.model.market import CandleAsk
from backend.exchange.binance.candle_reader import CandleHelpers, CandleReader
from backend.exchange.binance.client import ApiClient
from backend.tests.builders import T0

MINUTE = 60_000
PATIENCE_S = 20.0


class OneCall:
    """A client whose answers a function makes: one minute that opened at the start of what was asked."""

    def __init__(self, before: Callable[[int], None] = lambda start: None) -> None:
        self.before = before
        self.purpose, self.for_user = "live", False
        self.answered: list[int] = []

    def read(self, pool: str, weight: int, call: Callable[[Any], Any], parsed: Callable[[Any], Any]) -> Any:
        def klines(**asked: Any) -> list[list[Any]]:
            start = asked["startTime"]
            self.before(start)
            self.answered.append(start)
            close = start + MINUTE - 1
            return [[start, "1", "1", "1", str(start + 1), "1", close, "1", 1, "1", "1", "0"]]

        return parsed(call(SimpleNamespace(get_klines=klines)))


def asks(count: int) -> list[CandleAsk]:
    return [CandleAsk("BTCUSDT", "1m", T0 + place * MINUTE, T0 + place * MINUTE + MINUTE) for place in range(count)]


def reader(own: OneCall, make: Callable[[], OneCall], most: int) -> tuple[CandleReader, CandleHelpers]:
    helpers = CandleHelpers(cast(Callable[[], ApiClient], make), most)
    return CandleReader(cast(ApiClient, own), helpers), helpers


def test_as_many_are_asked_at_once_as_there_are_clients_and_answers_keep_their_order() -> None:
    together = threading.Barrier(3)

    def wait_for_the_others(_start: int) -> None:
        together.wait(PATIENCE_S)

    own = OneCall(wait_for_the_others)
    made: list[OneCall] = []

    def make() -> OneCall:
        made.append(OneCall(wait_for_the_others))
        return made[-1]

    reading, _ = reader(own, make, 2)
    own.purpose = "import"
    found = reading.read(asks(9))
    assert [page[0].open_ms for page in found] == [T0 + place * MINUTE for place in range(9)]
    assert [one.purpose for one in made] == ["import", "import"]
    assert sorted(len(one.answered) for one in (own, *made)) == [3, 3, 3]


def test_who_helps_one_account_is_not_waited_for_by_another() -> None:
    own = OneCall()
    reading, helpers = reader(own, OneCall, 2)
    lent = helpers.borrow(5)
    assert len(lent) == 2
    assert len(reading.read(asks(4))) == 4
    assert len(own.answered) == 4
    helpers.give_back(lent)
    assert helpers.borrow(1) == lent[-1:]


def test_one_that_fails_fails_all_and_leaves_the_helpers_free() -> None:
    def full(_start: int) -> None:
        raise RequestBudgetError("no room", 1.0, banned=False)

    own = OneCall(full)
    reading, helpers = reader(own, lambda: OneCall(full), 2)
    with pytest.raises(ExchangeError):
        reading.read(asks(50))
    assert len(helpers.borrow(5)) == 2


def test_nothing_is_sent_after_the_first_failure() -> None:
    tried: list[int] = []

    def full(start: int) -> None:
        tried.append(start)
        raise RequestBudgetError("no room", 1.0, banned=False)

    reading, _ = reader(OneCall(full), lambda: OneCall(full), 2)
    with pytest.raises(ExchangeError):
        reading.read(asks(50))
    assert len(tried) <= 3
