"""The way into the REST paths: weight, key, time, signature, permission, then the handler."""

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.candle_files import CandleFileError
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.firewall import forbidden, is_suspect
from backend.exchange.simulator.limit_orders import RestingOrders
from backend.exchange.simulator.limits import Limits
from backend.exchange.simulator.messages import Answer, ExchangeError, Request, dumps, form_pairs
from backend.exchange.simulator.rest import (
    balances,
    earn,
    further,
    futures,
    futures_account,
    futures_orders,
    histories,
    margin_orders,
    market_data,
    open_orders,
    orders,
    snapshots,
    spot,
    staking,
    sub_accounts,
    transfers,
    wallet,
)
from backend.exchange.simulator.rest.params import Params, illegal, mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route
from backend.exchange.simulator.signing import signed_payload, verified
from backend.exchange.simulator.wire import parse_decimal

FAMILIES: Final = (
    market_data,
    spot,
    staking,
    orders,
    open_orders,
    further,
    wallet,
    balances,
    earn,
    transfers,
    histories,
    margin_orders,
    snapshots,
    sub_accounts,
    futures,
    futures_account,
    futures_orders,
)
ROUTES: Final[dict[tuple[str, str], Route]] = {
    (route.method, route.path): route for family in FAMILIES for route in family.ROUTES
}
RETIRED: Final = ("/api/v3/userDataStream", "/api/v1/")
REFUSED_KEY: Final = (-2015, "Invalid API-key, IP, or permissions for action.", 401)
MAINTAINED: Final = ("/api/", "/fapi/", "/dapi/")
KEY_HEADER: Final = "x-mbx-apikey"
DEFAULT_WINDOW_MS: Final = Decimal(5000)
LONGEST_WINDOW_MS: Final = Decimal(60_000)
AHEAD_MS: Final = 1000

Signer = Callable[[Route], Account]


class RestGate:
    """Answers the exchange's own paths."""

    def __init__(self, exchange: Exchange, limits: Limits, resting: RestingOrders) -> None:
        self._exchange, self._limits, self._resting = exchange, limits, resting

    def answer(
        self, request: Request, *, read_lag_s: float = 0, skew_ms: int = 0, signer: Signer | None = None
    ) -> tuple[Answer, int]:
        """Answer one request; also returns the weight it cost.

        Args:
            skew_ms: a fault: how wrong the clock runs.
            signer: whose request it is, where that is known otherwise than by its own signature; may refuse.
        """
        route = ROUTES.get((request.method, request.path))
        if is_suspect(request):
            return forbidden(), 1
        if route is None:
            return _unknown_path(request), 1
        weight = 0
        headers: dict[str, str] = {}
        try:
            try:
                params = Params(request)
            except ExchangeError:
                weight = 1
                headers = self._charge(route, request, weight)
                raise
            weight = route.weight(params)
            headers = self._charge(route, request, weight)
            answer = self._handled(route, request, params, read_lag_s, skew_ms, signer)
            if route.free_when_done:
                owner = self._owner(route, request)
                headers |= self._limits.refund(route.budget, owner, route.path, weight)
                if route.method == "POST":
                    headers |= self._limits.count_order(request.headers[KEY_HEADER])
                weight = 0
        except ExchangeError as error:
            answer = error.answer()
        except CandleFileError as error:  # found on first use of the file: the exchange is broken and says so
            print(f"simulator: {error}", file=sys.stderr, flush=True)  # noqa: T201 - the operator must see it
            answer = ExchangeError(-1000, str(error), 500).answer()
        return Answer(answer.status, answer.body, headers | answer.headers, answer.content_type), weight

    def _owner(self, route: Route, request: Request) -> str:
        return request.headers.get(KEY_HEADER, request.ip) if route.budget.per_account else request.ip

    def _charge(self, route: Route, request: Request, weight: int) -> dict[str, str]:
        return self._limits.charge(route.budget, self._owner(route, request), route.path, weight)

    def _handled(
        self,
        route: Route,
        request: Request,
        params: Params,
        read_lag_s: float,
        skew_ms: int,
        signer: Signer | None,
    ) -> Answer:
        self._exchange.catch_up()
        now = self._exchange.clock.now() + skew_ms
        if self._exchange.in_maintenance and route.access is not Access.PUBLIC and route.path.startswith(MAINTAINED):
            raise ExchangeError(-1016, "This service is no longer available.", 503)
        account = None
        if route.access is not Access.PUBLIC:
            account = signer(route) if signer else self._signed_by(route, request, params, now)
        if route.known is not None:
            params.refuse_others(route.known)
        call = Call(self._exchange, params, now, read_lag_s, self._limits, account)
        if account is None:  # market data reads nothing that changes under its feet, and may take long
            result: Any = route.handler(call)
        else:
            with self._exchange.lock:
                self._resting.work(account, self._exchange.clock.now())
                result = route.handler(call)
        return result if isinstance(result, Answer) else Answer(200, dumps(result))

    def _signed_by(self, route: Route, request: Request, params: Params, now: int) -> Account:
        """The account whose key and signature the request bears.

        Raises:
            ExchangeError: -2014, -2015 (401), -1102, -1021, -1022 in the exchange's order of checks.
        """
        key = request.headers.get(KEY_HEADER, "")
        account = known_account(self._exchange, key, request.ip)
        if route.access is Access.KEY:
            return account
        self._check_time(params, now)
        payload, raw_signature = signed_payload(request.query, request.body)
        signature = form_pairs(b"s=" + raw_signature.replace(b"+", b"%2B"))[0][1] if raw_signature else ""
        if not signature:
            raise mandatory("signature")
        if not verified(account.opened.key_type, account.opened.api_secret, payload, signature):
            raise ExchangeError(-1022, "Signature for this request is not valid.")
        if not account.allows(route.access.value):
            raise ExchangeError(*REFUSED_KEY)
        return account

    def _check_time(self, params: Params, now: int) -> None:
        timestamp = params.instant("timestamp")
        if timestamp is None:
            raise mandatory("timestamp")
        refuse_untimely(self._exchange, timestamp, _window_ms(params), now)


def known_account(exchange: Exchange, key: str, ip: str) -> Account:
    """The account that the key opens from this address. Raises ExchangeError -2014, -2015 (401)."""
    if not key or len(key) > 128:
        raise ExchangeError(-2014, "API-key format invalid.", 401)
    account = exchange.account(key)
    if account is None or account.revoked or not account.trusts(ip):
        raise ExchangeError(*REFUSED_KEY)
    return account


def refuse_untimely(exchange: Exchange, timestamp: int, window: Decimal, now: int) -> None:
    """Raises ExchangeError -1021 when a request is older than its window, or more than a second ahead."""
    stretch = exchange.clock.stretch
    if timestamp >= now + AHEAD_MS * stretch:
        raise ExchangeError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
    if now - timestamp > window * stretch:
        raise ExchangeError(-1021, "Timestamp for this request is outside of the recvWindow.")


def _window_ms(params: Params) -> Decimal:
    text = params.text("recvWindow")
    if text is None:
        return DEFAULT_WINDOW_MS
    window = parse_decimal(text)
    if window is None or window < 0 or len(text.partition(".")[2]) > 3:
        raise illegal("recvWindow", r"^[0-9]{1,20}(\.[0-9]{1,3})?$")
    if window > LONGEST_WINDOW_MS:
        raise ExchangeError(-1131, "recvWindow must be less than 60000.")
    return window


def _unknown_path(request: Request) -> Answer:
    if any(request.path.startswith(path) for path in RETIRED):
        return Answer(410, b"", content_type="text/html")
    methods = sorted(method for method, path in ROUTES if path == request.path)
    if methods:
        return ExchangeError(-1000, "Request method not supported.", 405, {"Allow": ", ".join(methods)}).answer()
    page = b"<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>"
    return Answer(404, page, content_type="text/html")
