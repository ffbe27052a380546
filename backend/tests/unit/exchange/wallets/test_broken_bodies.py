"""Answers that break python-binance itself, through the client: the error is typed, and a ban is still obeyed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

import pytest
import requests
from requests.adapters import BaseAdapter

from backend.core.errors import ExchangeError, ExchangeLimitedError, ExchangeUnavailableError
from backend.exchange.binance import wallets_parse
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.clock import HostClock
from backend.exchange.binance.limits import Booking, WeightBudget
from backend.tests.fakes import MemoryBudgets

SECRET: Final = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
KEY: Final = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
HOST: Final = "https://exchange.invalid"


class Answering(BaseAdapter):
    """A network that gives the same answer to everything but the time, and counts."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__()
        self.status, self.body, self.asked = status, body, 0

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        of_time = str(request.path_url).endswith("/time")
        response = requests.Response()
        response.status_code = 200 if of_time else self.status
        response._content = b'{"serverTime": 1717243200000}' if of_time else self.body.encode()
        response.headers["Retry-After"] = "33"
        response.url, response.request = str(request.url), request
        self.asked += 0 if of_time else 1
        return response

    def close(self) -> None:
        """Nothing is open."""


class WatchedBudget(WeightBudget):
    """A budget that keeps what another account would have been told at the moment a call ended."""

    told_others: list[bool]

    def settle(self, booking: Booking, headers: Mapping[str, str]) -> None:
        try:
            self.told_others.append(bool(self.take("api", 1, "user").weight))
        except ExchangeLimitedError:
            self.told_others.append(False)
        super().settle(booking, headers)


def asked(network: Answering, might_send: list[bool] | None = None) -> ExchangeError:
    """The error of reading the balances over such a network; `might_send` learns whether others might, at each end."""
    stopping = threading.Event()
    stopping.set()  # no retries, no waiting
    rows = MemoryBudgets()

    def budget(host: str) -> WeightBudget:
        made = WatchedBudget(host, rows, lambda: 0.0, lambda: 0.0)
        made.told_others = [] if might_send is None else might_send
        return made

    clock = HostClock(steady=False)
    client = ApiClient(Endpoints(f"{HOST}/api", f"{HOST}/sapi"), KEY, SECRET, 1.0, budget, clock, False, stopping)
    client._client.session.mount(HOST, network)
    with pytest.raises(ExchangeError) as refusal:
        client.signed("api", 20, lambda one: one.get_account(), wallets_parse.spot_account)
    return refusal.value


@pytest.mark.parametrize("body", ["[]", '"words"', "null", "7", "<html>", "", '{"code": []}', "[" * 50_000])
@pytest.mark.parametrize("status", [418, 429])
def test_the_exchange_is_obeyed_whatever_the_body_is(status: int, body: str) -> None:
    network = Answering(status, body)
    found = asked(network)
    assert isinstance(found, ExchangeLimitedError)
    assert (found.retry_after_s, found.banned, network.asked) == (33.0, status == 418, 1)


def test_nobody_sends_between_a_refusal_and_its_silence() -> None:
    might_send: list[bool] = []
    asked(Answering(418, "{}"), might_send)
    # The looks at the clock ended well, the question behind them did not.
    assert set(might_send[:-1]) == {True}
    assert might_send[-1] is False


@pytest.mark.parametrize("body", ["[]", '"words"', "null", "7", "<html>", "", "{}", "[" * 50_000, '{"balances": 1}'])
@pytest.mark.parametrize("status", [200, 500])
def test_a_broken_body_is_no_usable_answer_and_tells_nothing(status: int, body: str) -> None:
    found = asked(Answering(status, body))
    assert type(found) is ExchangeUnavailableError
    shown = f"{found} {found.__cause__} {found.args}"
    assert not any(canary in shown for canary in (KEY, SECRET, "signature", HOST))
