"""Calls of the WebSocket API: booked first, settled by what their answer tells, silent after a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from backend.core.errors import ExchangeLimitedError, RequestBudgetError
from backend.exchange.binance.limits import WeightBudget
from backend.exchange.binance.stream_parse import weight_told
from backend.exchange.binance.streams.toll import Toll
from backend.tests.fakes import MemoryBudgets

NOW_S = 1_800_000_000.0
NOW_MS = 1_800_000_000_000
MINUTE = {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000}


class Said:
    """A link that gives one answer and remembers what it was asked."""

    def __init__(self, answer: Mapping[str, Any] | Exception) -> None:
        self.asked: list[Mapping[str, Any]] = []
        self._answer = answer

    def ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(request)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def budget() -> WeightBudget:
    return WeightBudget("host", MemoryBudgets(), wall=lambda: NOW_S, monotonic=lambda: 0.0)


def ask(toll: Toll, link: Said, weight: int = 2) -> object:
    return toll.ask(link, {"method": "time"}, weight)  # type: ignore[arg-type]  # only `ask` of it is used


def test_what_the_answer_tells_is_believed() -> None:
    used = budget()
    answer = {"status": 200, "result": {"serverTime": 5}, "rateLimits": [{**MINUTE, "count": 4321}]}
    assert ask(Toll(lambda: used), Said(answer)) == {"serverTime": 5}
    assert used.use().used == 4321


@pytest.mark.parametrize("answer", [{"status": 200, "result": {}}, TimeoutError()])
def test_without_a_word_of_weights_the_call_stays_counted(answer: Mapping[str, Any] | Exception) -> None:
    used = budget()
    toll = Toll(lambda: used)
    if isinstance(answer, Exception):
        with pytest.raises(TimeoutError):
            ask(toll, Said(answer))
    else:
        ask(toll, Said(answer))
    toll.pay(3)
    assert used.use().used == 5


@pytest.mark.parametrize(("status", "banned"), [(418, True), (429, False)])
def test_a_refusal_silences_rest_too_for_as_long_as_it_says(status: int, banned: bool) -> None:
    used = budget()
    error = {"code": -1003, "msg": "Way too much", "data": {"serverTime": NOW_MS, "retryAfter": NOW_MS + 90_000}}
    with pytest.raises(ExchangeLimitedError):
        ask(Toll(lambda: used), Said({"status": status, "error": error}))
    with pytest.raises(ExchangeLimitedError) as refused:
        used.take("api", 1, "user")
    assert refused.value.banned == banned
    assert refused.value.retry_after_s == pytest.approx(90, abs=0.1)


@pytest.mark.parametrize("data", [None, [], {"serverTime": NOW_MS}, {"serverTime": 1, "retryAfter": 2}])
def test_a_refusal_that_says_no_time_silences_for_a_while_all_the_same(data: object) -> None:
    used = budget()
    with pytest.raises(ExchangeLimitedError):
        ask(Toll(lambda: used), Said({"status": 418, "error": {"code": -1003, "msg": "Way too much", "data": data}}))
    with pytest.raises(ExchangeLimitedError) as refused:
        used.take("api", 1, "user")
    assert refused.value.retry_after_s >= 1


def test_what_does_not_fit_is_not_sent() -> None:
    used, link = budget(), Said({"status": 200, "result": {}})
    used.settle_with(used.take("api", 5_000, "user"), 5_099)
    with pytest.raises(RequestBudgetError):
        ask(Toll(lambda: used), link)
    assert link.asked == []
    Toll(lambda: used).pay(2)  # a connection goes before refreshes


def test_a_refusal_of_a_connection_silences_its_host() -> None:
    used = budget()
    toll = Toll(lambda: used, "fapi")
    toll.refused(30, banned=False)
    with pytest.raises(ExchangeLimitedError):
        toll.pay(0)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {"rateLimits": None},
        {"rateLimits": [None, {"rateLimitType": "ORDERS", "interval": "MINUTE", "intervalNum": 1, "count": 3}]},
        {"rateLimits": [{**MINUTE, "count": "3"}]},
        {"rateLimits": [{**MINUTE, "count": True}]},
        {"rateLimits": [{**MINUTE, "count": -3}]},
        {"rateLimits": [{**MINUTE, "intervalNum": 5, "count": 3}]},
    ],
)
def test_what_is_no_count_of_the_minute_tells_nothing(answer: object) -> None:
    assert weight_told(answer) is None
