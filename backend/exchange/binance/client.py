"""python-binance's sync client, wrapped once: addresses, time-outs, weights, clock, retries, typed errors.

One client an account, used by one thread at a time. Reads are retried; nothing here ever retries a send.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from Crypto.PublicKey import RSA
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from backend.core.errors import (
    ClockSkewError,
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    OutcomeUnknownError,
    Remedy,
)
from backend.core.model.keys import reference_of
from backend.exchange.binance import parse
from backend.exchange.binance.clock import HostClock, RoundTrip
from backend.exchange.binance.errors import refuse_unreadable, translate, translate_order
from backend.exchange.binance.keys import signing_key
from backend.exchange.binance.library import Client
from backend.exchange.binance.limits import RULES, Booking, Pool, Purpose, WeightBudget, host_of

if TYPE_CHECKING:
    import requests

Answer = TypeVar("Answer")
TRIES: Final = 3
# A budget counted by the second is waited for on the spot; longer waits are the caller's to plan.
SHORT_WAIT_S: Final = 1.0
# Which address of an environment a pool is counted at.
ADDRESSES: Final[Mapping[Pool, str]] = {
    "api": "api",
    "sapi_ip": "api",
    "sapi_uid": "api",
    "sapi_uid_second": "api",
    "fapi": "fapi",
    "dapi": "dapi",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a request is signed with, to the millisecond."""

    at_ms: int
    recv_window_ms: int


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


class _AddressedClient(Client):  # type: ignore[misc]  # python-binance ships no types
    """The library's client with the addresses of one environment: it would send /sapi calls to production."""

    def __init__(self, endpoints: Endpoints, key: str, secret: str, private_key: Any, timeout_s: float) -> None:
        self.API_URL = endpoints.api
        self.MARGIN_API_URL = endpoints.sapi or UNREACHABLE
        self.FUTURES_URL = endpoints.fapi or UNREACHABLE
        self.FUTURES_COIN_URL = endpoints.dapi or UNREACHABLE
        for name in ("WEBSITE_URL", "FUTURES_DATA_URL", "FUTURES_COIN_DATA_URL"):
            setattr(self, name, UNREACHABLE)
        super().__init__(key, secret, requests_params={"timeout": timeout_s}, ping=False)
        # The library tells types apart by length, which line breaks of another system make wrong.
        self.PRIVATE_KEY, self._is_rsa = private_key, isinstance(private_key, RSA.RsaKey)
        self.sending: Callable[[str], None] = lambda path: None
        self.stamp: Stamp | None = None

    def _request(self, method: str, uri: str, *args: Any, **kwargs: Any) -> Any:
        self.sending(urlsplit(uri).path)
        return super()._request(method, uri, *args, **kwargs)

    def _generate_signature(self, data: dict[str, Any], uri_encode: bool = True) -> str:
        # The library stamps with the moment; an order is signed with what the journal has.
        if self.stamp is not None:
            data |= {"timestamp": self.stamp.at_ms, "recvWindow": self.stamp.recv_window_ms}
        return str(super()._generate_signature(data, uri_encode))


class ApiClient:
    """Calls with weight, clock and retries around them."""

    def __init__(
        self,
        endpoints: Endpoints,
        key: str,
        secret: str,
        timeout_s: float,
        budgets: Callable[[str], WeightBudget],
        clock: HostClock,
        through_proxy: bool,
        stopping: threading.Event,
        key_type: str = "",
    ) -> None:
        """`budgets(host)`: the budget of a host. `key_type`: found out from the secret where empty.

        Raises:
            CredentialsRefusedError: the secret cannot be used to sign.
        """
        self.endpoints = endpoints
        self.purpose: Literal["live", "import"] = "live"
        self.for_user = False
        self.tries = TRIES
        self.clock = clock
        self._seen_look = 0
        self._budgets: dict[Pool, WeightBudget] = {
            pool: budgets(host_of(getattr(endpoints, ADDRESSES[pool]) or UNREACHABLE)) for pool in RULES
        }
        self._account = reference_of(key)
        self._headers: Mapping[str, str] = {}
        self._stopping = stopping
        self.key_type, private = signing_key(secret, key_type)
        self._client = _AddressedClient(endpoints, key, secret, private, timeout_s)
        # The library's session obeys proxy variables even for loopback.
        self._client.session.trust_env = through_proxy
        self._client.session.hooks["response"].append(self._seen)
        self._client.sending = self._sending
        self._wanted: tuple[Pool, int] = ("api", 0)
        self._booking: Booking | None = None

    @property
    def budget(self) -> WeightBudget:
        """The budget of the spot API's host."""
        return self._budgets["api"]

    @property
    def latency_ms(self) -> int | None:
        """The last round trip to the exchange's clock."""
        return self.clock.latency_ms

    def read(self, pool: Pool, weight: int, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]) -> Answer:
        """One public or signed read: booked, sent, checked, retried where a retry may help.

        Raises:
            ExchangeError: the last attempt's, typed; its text holds no secret.
        """
        answer: Answer = self._retrying()(self._attempt, pool, weight, call, parsed)
        return answer

    def signed(self, pool: Pool, weight: int, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]) -> Answer:
        """Like `read`, with a time stamp the exchange accepts; -1021 is tried once more after measuring anew."""
        self._seen_look = max(self._seen_look, self.clock.measure_when_old(self._look))
        asked_s = self.clock.steady_s()
        try:
            return self.read(pool, weight, call, parsed)
        except ClockSkewError:
            self._seen_look = self.clock.measure(self._look, asked_s)
            return self.read(pool, weight, call, parsed)

    def send_once(
        self, pool: Pool, weight: int, stamp: Stamp, call: Callable[[Client], Any], parsed: Callable[[Any], Answer]
    ) -> Answer:
        """One signed order, sent once, with exactly this stamp.

        Raises:
            OutcomeUnknownError: it may have been placed.
            DomainError: a refusal; or it was never sent, because our own budget could not be booked.
        """

        def understood(answer: Any) -> Answer:
            # An error that comes as a success is no refusal that anybody promised.
            try:
                return parsed(answer)
            except ExchangeError as error:
                raise OutcomeUnknownError(f"Whether the order was placed is not known. {error}") from None

        self._client.stamp = stamp
        try:
            return self._attempt(pool, weight, call, understood, translate_order)
        except ExchangeError as error:
            # What was seen of a broken answer before the library saw it is not known as one about an order.
            raise (error if self._booking is None else translate_order(error)) from None
        except DomainError as error:
            if self._booking is None:
                raise
            # It left this machine; that its weight could not be written down is no word about the order.
            raise OutcomeUnknownError(f"Whether the order was placed is not known. {error}") from None
        finally:
            self._client.stamp = None

    def stamp_ms(self) -> int:
        """The exchange's clock as of now, from a look that is not too old to sign with.

        Raises:
            ExchangeError: it could not be looked at.
        """
        self._seen_look = max(self._seen_look, self.clock.measure_when_old(self._look))
        return round(time.time() * 1000) + self.clock.offset_ms

    def measure_clock(self) -> None:
        """Look at the exchange's clock anew: it refused a time stamp.

        Raises:
            ExchangeError: it could not be looked at.
        """
        self._seen_look = self.clock.measure(self._look, self.clock.steady_s())

    def server_time_ms(self) -> int:
        """An instant that the exchange's clock has certainly passed by now, and hardly more."""
        self._seen_look, passed_ms = self.clock.passed(self._seen_look, self._look)
        return passed_ms

    def _look(self) -> RoundTrip:
        def look(client: Client) -> tuple[float, float, Any]:
            sent_s = self.clock.steady_s()
            answer = client.get_server_time()
            return sent_s, self.clock.steady_s(), answer

        def parsed(found: tuple[float, float, Any]) -> RoundTrip:
            return RoundTrip(found[0], found[1], parse.server_time_ms(found[2]))

        return self.read("api", 1, look, parsed)

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        """Signed parameters that subscribe to the account's events over the WebSocket API, with any type of key."""
        params = {"apiKey": self._client.API_KEY, "timestamp": now_ms}
        return params | {"signature": self._client._generate_signature(params, uri_encode=False)}

    @property
    def clock_offset_ms(self) -> int:
        """Exchange clock minus this machine's."""
        return self.clock.offset_ms

    def _attempt(
        self,
        pool: Pool,
        weight: int,
        call: Callable[[Client], Any],
        parsed: Callable[[Any], Answer],
        understood: Callable[[Exception], ExchangeError] = translate,
    ) -> Answer:
        self._wanted, self._booking = (pool, weight), None
        failure: DomainError
        try:
            try:
                return parsed(call(self._client))
            except DomainError as error:
                failure = error
            except Exception as error:  # noqa: BLE001  # the library raises nearly anything on a broken body
                failure = understood(error)
            # What our own budget refused was not sent: the exchange asked for nothing. And it is silent before the call
            # counts as ended: between the two another account would still send.
            if self._booking is not None and isinstance(failure, ExchangeLimitedError):
                self._budgets[pool].silence(failure.retry_after_s, failure.banned)
        finally:
            if self._booking is not None:
                self._budgets[pool].settle(self._booking, self._headers)
        # Without `from`: the original error may hold the signed address.
        raise failure from None

    def _sending(self, path: str) -> None:
        """Called with the path of a request before it is signed and sent."""
        self._booking = self._book(path)
        self._headers = {}
        self._client.timestamp_offset = self.clock.offset_ms

    def _book(self, path: str) -> Booking:
        pool, weight = self._wanted
        purpose: Purpose = "user" if self.for_user and self.purpose == "live" else self.purpose
        take = partial(self._budgets[pool].take, pool, weight, purpose, self._account, path)
        try:
            return take()
        except ExchangeLimitedError as error:
            if error.banned or error.retry_after_s > SHORT_WAIT_S:
                raise
            self._pause(error.retry_after_s + 0.01)  # past the edge, whatever the clocks round to
            return take()

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

    def _seen(self, response: requests.Response, *_args: Any, **_kwargs: Any) -> None:
        # From the very answer of this call: the library's own `response` is shared between threads.
        self._headers = response.headers
        refuse_unreadable(response)
