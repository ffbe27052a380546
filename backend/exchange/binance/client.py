"""python-binance's sync client, wrapped once: addresses, time-outs, weights, clock, retries, typed errors.

One client an account, used by one thread at a time. Reads are retried; nothing here ever retries a send.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

import requests
from binance.client import Client
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from backend.core.errors import ClockSkewError, ExchangeError, ExchangeLimitedError, Remedy
from backend.exchange.binance import parse
from backend.exchange.binance.errors import refuse_unreadable, translate
from backend.exchange.binance.limits import Booking, Pool, Purpose, WeightBudget

Answer = TypeVar("Answer")
TRIES: Final = 3
# A budget counted by the second is waited for on the spot; longer waits are the caller's to plan.
SHORT_WAIT_S: Final = 1.0
# The offset to the exchange's clock is measured anew after this long: a simulator's clock may run fast.
OFFSET_LIFE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an environment lives; None where it has no such paths. `wallet_history`: whether it has /sapi."""

    api: str
    sapi: str | None = None
    fapi: str | None = None
    dapi: str | None = None

    @property
    def wallet_history(self) -> bool:
        return self.sapi is not None


PRODUCTION: Final = Endpoints(
    "https://api.binance.com/api",
    "https://api.binance.com/sapi",
    "https://fapi.binance.com/fapi",
    "https://dapi.binance.com/dapi",
)
# It has no /sapi, and the futures' testnet takes other keys than this one.
TESTNET: Final = Endpoints("https://testnet.binance.vision/api")
UNREACHABLE: Final = "http://127.0.0.1:9"


def reference_of(key: str) -> str:
    """Tells keys apart without telling them."""
    return sha256(key.encode()).hexdigest()[:24]


class _AddressedClient(Client):  # type: ignore[misc]  # python-binance ships no types
    """The library's client with the addresses of one environment: it would send /sapi calls to production."""

    def __init__(self, endpoints: Endpoints, key: str, secret: str, timeout_s: float) -> None:
        self.API_URL = endpoints.api
        self.MARGIN_API_URL = endpoints.sapi or UNREACHABLE
        self.FUTURES_URL = endpoints.fapi or UNREACHABLE
        self.FUTURES_COIN_URL = endpoints.dapi or UNREACHABLE
        for name in ("WEBSITE_URL", "FUTURES_DATA_URL", "FUTURES_COIN_DATA_URL"):
            setattr(self, name, UNREACHABLE)
        super().__init__(key, secret, requests_params={"timeout": timeout_s}, ping=False)


class ApiClient:
    """Calls with weight, clock and retries around them."""

    def __init__(
        self,
        endpoints: Endpoints,
        key: str,
        secret: str,
        timeout_s: float,
        budget: WeightBudget,
        through_proxy: bool,
        stopping: threading.Event,
    ) -> None:
        self.endpoints = endpoints
        self.purpose: Purpose = "live"
        self.tries = TRIES
        self.latency_ms: int | None = None
        self._budget = budget
        self._account = reference_of(key)
        self._headers: Mapping[str, str] = {}
        self._stopping = stopping
        self._client = _AddressedClient(endpoints, key, secret, timeout_s)
        # The library's session obeys proxy variables even for loopback.
        self._client.session.trust_env = through_proxy
        self._client.session.hooks["response"].append(self._seen)
        self._measured_s = float("-inf")

    def read(self, pool: Pool, weight: int, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]) -> Answer:
        """One public or signed read: booked, sent, checked, retried where a retry may help.

        Raises:
            ExchangeError: the last attempt's, typed; its text holds no secret.
        """
        answer: Answer = self._retrying()(self._attempt, pool, weight, call, parsed)
        return answer

    def signed(self, pool: Pool, weight: int, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]) -> Answer:
        """Like `read`, with a time stamp the exchange accepts; -1021 is tried once more after measuring anew."""
        self._measure_when_old()
        try:
            return self.read(pool, weight, call, parsed)
        except ClockSkewError:
            self.server_time_ms()
            return self.read(pool, weight, call, parsed)

    def server_time_ms(self) -> int:
        """The exchange's clock; also measures the offset that signed calls use and the latency."""
        started = time.time()
        server = self.read("api", 1, lambda client: client.get_server_time(), parse.server_time_ms)
        ended = time.time()
        self.latency_ms = round((ended - started) * 1000)
        self._client.timestamp_offset = server - round((started + ended) * 500)
        self._measured_s = time.monotonic()
        return server

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        """Signed parameters that subscribe to the account's events over the WebSocket API, with any type of key."""
        params = {"apiKey": self._client.API_KEY, "timestamp": now_ms}
        return params | {"signature": self._client._generate_signature(params, uri_encode=False)}

    @property
    def clock_offset_ms(self) -> int:
        """Exchange clock minus this machine's, at the last measurement."""
        return int(self._client.timestamp_offset)

    def _attempt(
        self, pool: Pool, weight: int, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]
    ) -> Answer:
        booking = self._book(pool, weight)
        self._headers = {}
        try:
            return parsed(call(self._client))
        except ExchangeError as error:
            failure = error
        except Exception as error:  # noqa: BLE001  # the library raises nearly anything on a broken body
            failure = translate(error)
        finally:
            self._budget.settle(booking, self._headers)
        if isinstance(failure, ExchangeLimitedError):
            self._budget.silence(failure.retry_after_s, failure.banned)
        # Without `from`: the original error may hold the signed address.
        raise failure from None

    def _book(self, pool: Pool, weight: int) -> Booking:
        try:
            return self._budget.take(pool, weight, self.purpose, self._account)
        except ExchangeLimitedError as error:
            if error.banned or error.retry_after_s > SHORT_WAIT_S:
                raise
            self._pause(error.retry_after_s + 0.01)  # past the edge, whatever the clocks round to
            return self._budget.take(pool, weight, self.purpose, self._account)

    def _retrying(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, ExchangeError) and error.remedy is Remedy.RETRY),
            stop=self._stop,
            wait=wait_random_exponential(multiplier=0.2, max=2.0),
            sleep=self._pause,
            reraise=True,
        )

    def _stop(self, state: RetryCallState) -> bool:
        return self._stopping.is_set() or stop_after_attempt(self.tries)(state)

    def _pause(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def _measure_when_old(self) -> None:
        if time.monotonic() - self._measured_s > OFFSET_LIFE_S:
            self.server_time_ms()

    def _seen(self, response: requests.Response, *_args: Any, **_kwargs: Any) -> None:
        # From the very answer of this call: the library's own `response` is shared between threads.
        self._headers = response.headers
        refuse_unreadable(response)
