"""The WebSocket API: the calls of REST by other names, with the same answers, refusals and weights."""

import base64
import hashlib
import hmac
from decimal import Decimal
from typing import Any

import pytest
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.rest.gate import ROUTES
from backend.exchange.simulator.streams.api_calls import CALLS
from backend.exchange.simulator.streams.session import Session
from backend.tests.simulator.test_streams import API, ask, opened, said
from backend.tests.simulator.world import KEY, SECRET, World

BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.01"}


@pytest.fixture
def session(world: World) -> Session:
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    return opened(world, API)


def signed(world: World, session: Session, method: str, secret: str = SECRET, **params: Any) -> Any:
    told = {"apiKey": KEY, "timestamp": world.now} | params
    payload = "&".join(f"{name}={told[name]}" for name in sorted(told))
    told["signature"] = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).hexdigest()
    return ask(session, method, told)


def test_every_call_is_one_of_rest() -> None:
    assert {tuple(call.replace(" ", " /api/v3/").split()) for call in CALLS.values()} <= set(ROUTES)


def test_market_data_need_no_key_and_count_like_rest(session: Session) -> None:
    answer = ask(session, "ticker.price", {"symbols": ["BTCUSDT", "ETHUSDT"]})
    assert [row["symbol"] for row in answer["result"]] == ["BTCUSDT", "ETHUSDT"]
    (limit,) = answer["rateLimits"]
    assert (limit["rateLimitType"], limit["limit"], limit["count"]) == ("REQUEST_WEIGHT", 6000, 4)
    assert "rateLimits" not in ask(session, "ping", {"returnRateLimits": False})


def test_an_order_is_placed_found_and_seen_by_rest(world: World, session: Session) -> None:
    order = signed(world, session, "order.place", **BUY, newClientOrderId="mine")["result"]
    assert (order["status"], order["clientOrderId"]) == ("FILLED", "mine")
    found = signed(world, session, "order.status", symbol="BTCUSDT", origClientOrderId="mine")["result"]
    assert found["orderId"] == order["orderId"]
    assert world.free("BTC") == Decimal("0.00999")  # 0.1 % of what was bought
    balances = signed(world, session, "account.status", omitZeroBalances="true")["result"]["balances"]
    assert {row["asset"] for row in balances} == {"BTC", "USDT"}


def test_a_resting_order_is_cancelled(world: World, session: Session) -> None:
    limit = BUY | {"type": "LIMIT", "price": "40000", "timeInForce": "GTC"}
    order = signed(world, session, "order.place", **limit)["result"]
    assert [row["orderId"] for row in signed(world, session, "openOrders.status")["result"]] == [order["orderId"]]
    gone = signed(world, session, "order.cancel", symbol="BTCUSDT", orderId=order["orderId"])["result"]
    assert gone["status"] == "CANCELED"


@pytest.mark.parametrize(
    ("method", "params", "status", "code"),
    [
        ("order.place", {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.000001"}, 400, -1013),
        ("order.place", {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "1"}, 400, -2010),
        ("order.status", {"symbol": "BTCUSDT", "orderId": 1}, 400, -2013),
        ("account.status", {"apiKey": "nobody"}, 401, -2015),
        ("account.status", {"timestamp": 1}, 400, -1021),
        ("account.status", {"nonsense": "1"}, 400, -1104),
    ],
)
def test_refusals_are_those_of_rest(
    world: World, session: Session, method: str, params: dict[str, Any], status: int, code: int
) -> None:
    answer = signed(world, session, method, **params)
    assert (answer["status"], answer["error"]["code"]) == (status, code)


def test_a_wrong_signature_a_missing_key_and_a_missing_right_are_refused(world: World, session: Session) -> None:
    assert signed(world, session, "account.status", secret="wrong")["error"]["code"] == -1022
    assert ask(session, "account.status", {})["error"]["code"] == -1102
    world.control("/sim/rights", {"api_key": KEY, "permissions": {"enableSpotAndMarginTrading": False}})
    assert signed(world, session, "order.place", **BUY)["error"]["code"] == -2015
    assert ask(session, "ticker.price", {"symbol": "x' UNION SELECT 1"})["status"] == 403


def test_the_weight_is_used_up_together_with_rest(
    world: World, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.simulator.limits, "_machine_s", lambda: 30.0)  # no minute ends meanwhile
    for _ in range(75):
        world.get("/api/v3/ticker/24hr")
    answer = ask(session, "ticker.24hr", {})
    assert (answer["status"], answer["error"]["code"]) == (429, -1003)


def test_who_logged_on_needs_no_signature_until_the_log_out(world: World) -> None:
    key = ECC.generate(curve="Ed25519")
    public = key.public_key().export_key(format="PEM")
    world.open_account(api_key="ed", api_secret=public, key_type="ED25519", name="ed")
    session = opened(world, API)
    assert ask(session, "session.status")["result"]["apiKey"] is None
    payload = f"apiKey=ed&timestamp={world.now}"
    signature = eddsa.new(key, "rfc8032").sign(payload.encode())
    told = {"apiKey": "ed", "timestamp": world.now, "signature": base64.b64encode(signature).decode()}
    assert ask(session, "session.logon", told)["result"]["apiKey"] == "ed"
    assert ask(session, "account.status", {"timestamp": world.now})["result"]["accountType"] == "SPOT"
    assert ask(session, "session.logout")["result"]["apiKey"] is None
    assert ask(session, "account.status", {"timestamp": world.now})["error"]["code"] == -1102


def test_calls_are_logged_by_their_method_with_their_weight_and_status(world: World, session: Session) -> None:
    ask(session, "time")
    ask(session, "session.status")
    ask(session, "userDataStream.subscribe")
    rows = world.control("/sim/requests")["requests"]
    assert [(row["method"], row["path"], row["count"], row["weight"], row["status"]) for row in rows] == [
        ("WS", "time", 1, 1, {"200": 1}),
        ("WS", "session.status", 1, 2, {"200": 1}),
        ("WS", "userDataStream.subscribe", 1, 2, {"401": 1}),
    ]
    assert said(session) == []


def test_inside_a_ban_every_call_and_every_connection_is_refused(world: World, session: Session) -> None:
    world.control("/sim/ban", {"for_s": 60})
    for method in ("time", "session.status"):
        assert ask(session, method)["status"] == 418
    hub = world.simulator.streams
    with pytest.raises(ExchangeError) as refused:
        hub.admit(API, "127.0.0.1")
    assert (refused.value.status, "Retry-After" in refused.value.headers) == (418, True)
    hub.admit("/ws", "127.0.0.1")  # market streams have no weight
