"""One WebSocket connection without its socket: what it subscribed to, what it asks, what it has to be told."""

import json
import queue
import threading
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from urllib.parse import parse_qs

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.faults import Faults
from backend.exchange.simulator.futures_desk import settle
from backend.exchange.simulator.limit_orders import RestingOrders
from backend.exchange.simulator.limits import SPOT_IP, Limits
from backend.exchange.simulator.messages import JSON_TYPE, ExchangeError, dumps
from backend.exchange.simulator.records import AccountRecord
from backend.exchange.simulator.rest.gate import (
    DEFAULT_WINDOW_MS,
    LONGEST_WINDOW_MS,
    REFUSED_KEY,
    RestGate,
    known_account,
    refuse_untimely,
)
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Route
from backend.exchange.simulator.signing import verified
from backend.exchange.simulator.streams.api_calls import CALLS, as_request, as_text
from backend.exchange.simulator.streams.listen_keys import ListenKeys
from backend.exchange.simulator.streams.market_events import MarketFeed
from backend.exchange.simulator.streams.user_events import futures_events, spot_events
from backend.exchange.simulator.wire import parse_decimal

MOST_STREAMS: Final = 1024
API_PATH: Final = "/ws-api/v3"
CALL_WEIGHT: Final = 2  # of each call that REST does not have
MOST_WAITING: Final = 10_000  # messages that a client may leave unread
RETIRED: Final = ("userDataStream.start", "userDataStream.ping", "userDataStream.stop")


@dataclass(frozen=True)
class Parts:
    """The parts of the simulator that a session needs."""

    exchange: Exchange
    limits: Limits
    faults: Faults
    resting: RestingOrders
    listen_keys: ListenKeys
    gate: RestGate


class Host(Enum):
    """Which of the exchange's hosts a path stands for."""

    SPOT = "/"
    API = API_PATH
    PUBLIC = "/public"
    MARKET = "/market"
    PRIVATE = "/private"


def host_of(path: str) -> tuple[Host, bool, list[str]] | None:
    """Host, whether messages are wrapped, and the streams named in the path; None for a path that nobody serves."""
    if path == API_PATH:
        return Host.API, False, []
    host = next(
        (one for one in (Host.PUBLIC, Host.MARKET, Host.PRIVATE) if path.startswith(one.value + "/")), Host.SPOT
    )
    rest = path.removeprefix(host.value) if host is not Host.SPOT else path
    head, *streams = rest.strip("/").split("/")
    if head not in ("ws", "stream"):
        return None
    return host, head == "stream", [one for one in streams if one]


class Session:
    """Thread-safe where records arrive; everything to send goes through `outbox`, None ends the connection."""

    def __init__(self, parts: Parts, path: str, query: str, ip: str) -> None:
        found = host_of(path)
        if found is None:
            raise ValueError(path)
        self.path, self._ip = path, ip
        self.outbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.muted = False
        self._parts = parts
        self._host, self._combined, streams = found
        asked = parse_qs(query)
        self._streams = dict.fromkeys(streams + asked.get("streams", [""])[0].split("/"))
        self._streams.pop("", None)
        self._feed = MarketFeed(parts.exchange, futures=self._host is not Host.SPOT)
        self._lock = threading.Lock()
        self._next_subscription = 0
        self._logged_on: Account | None = None
        self._since = self._logged_on_at = parts.exchange.clock.now()
        self._accounts: dict[int, str] = {}  # subscription of the WebSocket API -> api_key
        self._listen_keys = {
            key for name in ("listenKey", "streams") for key in "/".join(asked.get(name, ())).split("/")
        }
        self._listening: dict[str, str] = {}  # listen key -> api_key
        if self._host is Host.PRIVATE:
            self._listen(self._listen_keys | set(streams))

    def _listen(self, keys: set[str]) -> None:
        for key in keys:
            owner = self._parts.listen_keys.owner(key)
            if owner is not None:
                self._listening[key] = owner

    # -- what comes in ------------------------------------------------------------------------------------------

    def receive(self, text: str | bytes) -> None:
        """Answer one message of the client."""
        try:
            asked = json.loads(text)
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("method"), str):
            self._say({"error": {"code": 2, "msg": "Invalid request: the message is no request"}, "id": None})
        elif self._host is Host.API:
            self._say(self._called(asked))
        else:
            self._say(self._controlled(asked) | {"id": asked.get("id")})

    def _controlled(self, asked: dict[str, Any]) -> dict[str, Any]:
        names = asked.get("params") or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return {"error": {"code": 2, "msg": "Invalid request: params must be a list of streams"}}
        match asked["method"]:
            case "SUBSCRIBE":
                with self._lock:
                    if len(self._streams) + len(names) > MOST_STREAMS:
                        return {"error": {"code": 2, "msg": "Invalid request: too many streams"}}
                    self._streams |= dict.fromkeys(names)
            case "UNSUBSCRIBE":
                with self._lock:
                    for name in names:
                        self._streams.pop(name, None)
                        self._feed.forget(name)
            case "LIST_SUBSCRIPTIONS":
                with self._lock:
                    return {"result": list(self._streams)}
            case _:
                return {"error": {"code": 2, "msg": "Invalid request: unknown method"}}
        return {"result": None}

    def _called(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer a call of the WebSocket API."""
        params, method = asked.get("params") or {}, asked["method"]
        try:
            if not isinstance(params, dict):
                raise mandatory("params")
            told = self._forwarded(method, params) if method in CALLS else {"result": self._own(method, params)}
        except ExchangeError as error:
            told = _refusal(error)
        answer = {"id": asked.get("id"), "status": 200} | told
        if isinstance(params, dict) and as_text(params).get("returnRateLimits") == "false":
            return answer
        return answer | {"rateLimits": self._parts.limits.told(self._ip)}

    def _forwarded(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Let REST answer; whose call it is tells its own signature, or else the log-on of the connection."""
        logged_on = self._logged_on if "apiKey" not in params else None
        key = logged_on.opened.api_key if logged_on else str(params.get("apiKey", ""))

        def signer(route: Route) -> Account:
            account = logged_on or self._signer(params)
            if not account.allows(route.access.value):
                raise ExchangeError(*REFUSED_KEY)
            return account

        request = as_request(method, params, key, self._ip)
        answer, weight = self._parts.gate.answer(request, signer=signer)
        self._parts.limits.note("WS", method, weight, answer.status)
        if answer.content_type != JSON_TYPE:
            return _refusal(ExchangeError(-1000, "Forbidden.", answer.status))
        body = json.loads(answer.body)
        return {"result": body} if answer.status == 200 else {"status": answer.status, "error": body}

    def _own(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a call that REST does not have, charged and logged as those that it has."""
        status = 200
        try:
            self._parts.limits.charge(SPOT_IP, self._ip, API_PATH, CALL_WEIGHT)
            return self._result(method, params)
        except ExchangeError as error:
            status = error.status
            raise
        finally:
            self._parts.limits.note("WS", method, CALL_WEIGHT, status)

    def _result(self, method: str, params: dict[str, Any]) -> Any:
        match method:
            case "userDataStream.subscribe.signature":
                return {"subscriptionId": self._watch(self._signer(params))}
            case "session.logon":
                self._logged_on, self._logged_on_at = self._log_on(params), self._parts.exchange.clock.now()
                return self._standing()
            case "session.logout":
                self._logged_on = None
                return self._standing()
            case "session.status":
                return self._standing()
            case "userDataStream.subscribe":
                if self._logged_on is None:
                    raise ExchangeError(*REFUSED_KEY)
                return {"subscriptionId": self._watch(self._logged_on)}
            case "userDataStream.unsubscribe":
                return self._unsubscribe(params)
            case "session.subscriptions":
                with self._lock:
                    return [{"subscriptionId": number} for number in self._accounts]
            case _ if method in RETIRED:
                raise ExchangeError(-1000, "This method was retired.", 410)
            case _:
                raise ExchangeError(-1000, f"Unknown method {method}.", 400)

    def _log_on(self, params: dict[str, Any]) -> Account:
        """Later calls of this connection need no signature; only Ed25519 keys may."""
        account = self._signer(params)
        if account.opened.key_type != "ED25519":
            raise ExchangeError(-4056, f"{account.opened.key_type} API key is not supported.")
        return account

    def _standing(self) -> dict[str, Any]:
        """Who is logged on, null for nobody."""
        account = self._logged_on
        return {
            "apiKey": account.opened.api_key if account else None,
            "authorizedSince": self._logged_on_at if account else None,
            "connectedSince": self._since,
            "returnRateLimits": True,
            "serverTime": self._parts.exchange.clock.now(),
            "userDataStream": bool(self._accounts),
        }

    def _signer(self, params: dict[str, Any]) -> Account:
        """The account that signed the parameters, and may read."""
        exchange = self._parts.exchange
        values = as_text(params)
        for name in ("apiKey", "timestamp", "signature"):
            if not values.get(name):
                raise mandatory(name)
        account = known_account(exchange, values["apiKey"], self._ip)
        stamp = parse_decimal(values["timestamp"])
        window = parse_decimal(values.get("recvWindow", str(DEFAULT_WINDOW_MS)))
        if stamp is None or window is None or not 0 <= window <= LONGEST_WINDOW_MS:
            raise mandatory("timestamp" if stamp is None else "recvWindow")
        refuse_untimely(exchange, int(stamp), window, exchange.clock.now())
        payload = "&".join(f"{name}={values[name]}" for name in sorted(values) if name != "signature")
        opened = account.opened
        if not verified(opened.key_type, opened.api_secret, payload.encode(), values["signature"]):
            raise ExchangeError(-1022, "Signature for this request is not valid.")
        if not account.allows("enableReading"):
            raise ExchangeError(*REFUSED_KEY)
        return account

    def _watch(self, account: Account) -> int:
        with self._lock:
            number = self._next_subscription
            self._next_subscription += 1
            self._accounts[number] = account.opened.api_key
        return number

    def _unsubscribe(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params.get("subscriptionId")
        with self._lock:
            gone = [number for number in self._accounts if wanted in (None, number)]
        if wanted is not None and not gone:
            raise ExchangeError(-1130, "Data sent for parameter 'subscriptionId' is not valid.")
        for number in gone:
            self._terminate(number)
        return {}

    def _terminate(self, number: int) -> None:
        with self._lock:
            self._accounts.pop(number, None)
        now = self._parts.exchange.clock.now()
        self._say({"subscriptionId": number, "event": {"e": "eventStreamTerminated", "E": now}})

    # -- what goes out ------------------------------------------------------------------------------------------

    def on_record(self, record: AccountRecord) -> None:
        """Called with the exchange's lock held, right after the record was booked."""
        exchange = self._parts.exchange
        account, now = exchange.accounts[record.account], exchange.clock.now()
        with self._lock:
            numbers = [number for number, key in self._accounts.items() if key == record.account]
            listening = [key for key, owner in self._listening.items() if owner == record.account]
        if numbers:
            for event in spot_events(account, record, now):
                for number in numbers:
                    self._say({"subscriptionId": number, "event": event})
        if listening:
            for event in futures_events(exchange, account, record, now):
                for key in listening:
                    self._say({"stream": key, "data": event} if self._combined else event)

    def tick(self) -> None:
        """What is due each second: market events, and what time brought to the accounts that are watched."""
        parts = self._parts
        now = parts.exchange.clock.now()
        if self._host is not Host.PRIVATE:
            with self._lock:
                streams = list(self._streams)
            for stream in streams:
                for payload in self._feed.due(stream, now):
                    self._say({"stream": stream, "data": payload} if self._combined else payload)
        for account in self._watched():
            with parts.exchange.lock:
                parts.resting.work(account, now)
                settle(parts.exchange, account, now)
        self._end_what_expired(now)

    def _watched(self) -> list[Account]:
        with self._lock:
            keys = {*self._accounts.values(), *self._listening.values()}
        return [self._parts.exchange.accounts[key] for key in keys]

    def _end_what_expired(self, now: int) -> None:
        exchange = self._parts.exchange
        for key, owner in list(self._listening.items()):
            if self._parts.listen_keys.owner(key) != owner:
                with self._lock:
                    del self._listening[key]
                event = {"e": "listenKeyExpired", "E": now, "listenKey": key}
                self._say({"stream": key, "data": event} if self._combined else event)
        for number, key in list(self._accounts.items()):
            if exchange.accounts[key].revoked:
                self._terminate(number)

    def announce_shutdown(self) -> None:
        event = {"e": "serverShutdown", "E": self._parts.exchange.clock.now()}
        self._say({"stream": "!serverShutdown", "data": event} if self._combined else event)

    def end(self) -> None:
        self.outbox.put(None)

    def _say(self, message: Any) -> None:
        if self.outbox.qsize() >= MOST_WAITING:
            self.end()
            return
        self.outbox.put(dumps(message).decode())


def _refusal(error: ExchangeError) -> dict[str, Any]:
    return {"status": error.status, "error": {"code": error.code, "msg": error.text}}
