"""Streams over real sockets and sessions without them: who hears what, when, and how connections end."""

import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from backend.exchange.simulator.streams.listen_keys import VALID_S, ListenKeys
from backend.exchange.simulator.streams.server import StreamServer
from backend.exchange.simulator.streams.session import MOST_WAITING, Session, host_of
from backend.tests.simulator.world import KEY, SECRET, World

API = "/ws-api/v3"
WAIT_S = 10


def said(session: Session) -> list[Any]:
    """Everything the session has to send, in order."""
    messages = []
    while not session.outbox.empty():
        text = session.outbox.get()
        messages.append(None if text is None else json.loads(text))
    return messages


def opened(world: World, path: str, query: str = "") -> Session:
    return world.simulator.streams.open(path, query, "127.0.0.1")


def ask(session: Session, method: str, params: Any = None) -> Any:
    session.receive(json.dumps({"id": 7, "method": method, "params": params}))
    return said(session)[-1]


def subscribe(world: World, session: Session, **changed: Any) -> Any:
    params: dict[str, Any] = {"apiKey": KEY, "timestamp": world.now} | changed
    payload = "&".join(f"{name}={params[name]}" for name in sorted(params))
    signature = hmac.new(SECRET.encode(), payload.encode(), hashlib.sha256).hexdigest()
    return ask(session, "userDataStream.subscribe.signature", {"signature": signature} | params)


@pytest.mark.parametrize(
    ("path", "served"),
    [
        *((path, True) for path in ("/ws", "/ws/btcusdt@miniTicker", "/stream", API, "/private/ws", "/market/stream")),
        *((path, False) for path in ("/", "/wsx", "/ws-api/v2", "/private")),
    ],
)
def test_only_the_exchanges_own_paths_are_served(path: str, served: bool) -> None:
    assert (host_of(path) is not None) == served


def test_a_mini_ticker_comes_once_and_again_when_the_price_changes(world: World) -> None:
    session = opened(world, "/ws/btcusdt@miniTicker")
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    session.tick()
    session.tick()
    (first,) = said(session)
    assert (first["e"], first["s"], first["c"]) == ("24hrMiniTicker", "BTCUSDT", "50000.00000000")
    world.control("/sim/prices", {"BTCUSDT": "51000"})
    session.tick()
    assert [row["c"] for row in said(session)] == ["51000.00000000"]


def test_the_array_holds_all_at_first_and_then_what_changed(world: World) -> None:
    session = opened(world, "/stream", "streams=!miniTicker@arr")
    session.tick()
    (first,) = said(session)
    assert first["stream"] == "!miniTicker@arr"
    assert len(first["data"]) == len(world.get("/api/v3/ticker/price").json())
    world.control("/sim/prices", {"ETHUSDT": "1234"})
    session.tick()
    (later,) = said(session)
    assert [row["s"] for row in later["data"]] == ["ETHUSDT"]


def test_a_candle_runs_and_is_closed_when_the_next_begins(world: World) -> None:
    session = opened(world, "/ws/btcusdt@kline_1m")
    session.tick()
    (running,) = said(session)
    assert running["k"]["x"] is False
    world.control("/sim/clock", {"advance_s": 60})
    session.tick()
    closed, new = (row["k"] for row in said(session))
    assert (closed["x"], new["x"]) == (True, False)
    assert (closed["t"], new["t"]) == (running["k"]["t"], running["k"]["t"] + 60_000)
    rest = world.get("/api/v3/klines", symbol="BTCUSDT", interval="1m", limit=2).json()[0]
    assert [closed[name] for name in ("t", "o", "h", "l", "c", "v")] == rest[:6]


def test_subscriptions_come_and_go_by_request_and_unknown_streams_stay_silent(world: World) -> None:
    session = opened(world, "/ws")
    assert ask(session, "SUBSCRIBE", ["btcusdt@bookTicker", "BTCUSDT@ticker"]) == {"result": None, "id": 7}
    assert ask(session, "LIST_SUBSCRIPTIONS")["result"] == ["btcusdt@bookTicker", "BTCUSDT@ticker"]
    session.tick()
    assert [row["s"] for row in said(session)] == ["BTCUSDT"]
    ask(session, "UNSUBSCRIBE", ["btcusdt@bookTicker"])
    world.control("/sim/prices", {"BTCUSDT": "1"})
    session.tick()
    assert said(session) == []
    assert "error" in ask(session, "DANCE")
    session.receive("no json")
    assert "error" in said(session)[0]


def test_an_account_hears_of_its_order_and_of_the_balances_after_it(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    session = opened(world, API)
    answer = subscribe(world, session)
    assert (answer["id"], answer["status"], answer["result"]) == (7, 200, {"subscriptionId": 0})
    order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "100", "newClientOrderId": "mine"}
    answer = world.signed("POST", "/api/v3/order", **order).json()
    new, traded, position = (message["event"] for message in said(session))
    assert (new["x"], traded["x"], traded["X"], traded["c"]) == ("NEW", "TRADE", "FILLED", "mine")
    assert (traded["i"], traded["z"], traded["Z"]) == (
        *(answer["orderId"], answer["executedQty"], answer["cummulativeQuoteQty"]),
    )
    assert {row["a"]: Decimal(row["f"]) for row in position["B"]} == {
        asset: world.free(asset) for asset in ("BTC", "USDT")
    }


def test_a_resting_order_is_heard_of_when_it_is_taken_cancelled_and_filled(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000"})
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    session = opened(world, API)
    subscribe(world, session)
    body = {"symbol": "BTCUSDT", "side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "price": "49000"}
    first = world.signed("POST", "/api/v3/order", **(body | {"quantity": "0.01"})).json()
    report, position = (message["event"] for message in said(session))
    assert (report["X"], position["B"]) == ("NEW", [{"a": "USDT", "f": "9510.00000000", "l": "490.00000000"}])
    world.signed("DELETE", "/api/v3/order", symbol="BTCUSDT", orderId=first["orderId"], newClientOrderId="bye")
    report, position = (message["event"] for message in said(session))
    assert (report["X"], report["c"], report["C"]) == ("CANCELED", "bye", first["clientOrderId"])
    world.signed("POST", "/api/v3/order", **(body | {"quantity": "0.02"}))
    said(session)
    world.control("/sim/prices", {"BTCUSDT": "48000"})
    world.control("/sim/clock", {"advance_s": 60})
    session.tick()
    report, _ = (message["event"] for message in said(session))
    assert (report["X"], report["L"], report["m"]) == ("FILLED", "49000.00000000", True)


def test_deposits_are_balance_updates_and_other_accounts_hear_nothing(world: World) -> None:
    session = opened(world, API)
    subscribe(world, session)
    world.open_account(api_key="other", name="other", balances={"spot": {"USDT": "5"}})
    world.control("/sim/deposit", {"api_key": "other", "asset": "USDT", "amount": "1"})
    assert said(session) == []
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "12.5"})
    update, position = (message["event"] for message in said(session))
    assert (update["e"], update["a"], update["d"]) == ("balanceUpdate", "USDT", "12.50000000")
    assert position["B"] == [{"a": "USDT", "f": "12.50000000", "l": "0.00000000"}]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"apiKey": "nobody"}, -2015), ({"timestamp": 1}, -1021), ({"signature": "00"}, -1022), ({"apiKey": ""}, -1102)],
)
def test_a_subscription_is_checked_like_a_signed_request(world: World, changed: dict[str, Any], code: int) -> None:
    session = opened(world, API)
    assert subscribe(world, session, **changed)["error"]["code"] == code


def test_a_subscription_ends_by_request_or_with_its_key(world: World) -> None:
    session = opened(world, API)
    subscribe(world, session)
    subscribe(world, session)
    session.receive(json.dumps({"id": 1, "method": "userDataStream.unsubscribe", "params": {"subscriptionId": 0}}))
    ended, answer = said(session)
    assert (ended["subscriptionId"], ended["event"]["e"], answer["status"]) == (0, "eventStreamTerminated", 200)
    world.control("/sim/rights", {"api_key": KEY, "revoked": True})
    session.tick()
    assert [message["subscriptionId"] for message in said(session)] == [1]
    assert ask(session, "userDataStream.start")["status"] == 410


def test_a_log_on_with_ed25519_spares_the_signature_of_a_subscription(world: World) -> None:
    session = opened(world, API)
    assert ask(session, "userDataStream.subscribe")["error"]["code"] == -2015
    pair = ECC.generate(curve="Ed25519")
    public = pair.public_key().export_key(format="PEM")
    world.open_account(api_key="ed", name="ed", api_secret=public, key_type="ED25519")
    payload = f"apiKey=ed&timestamp={world.now}"
    signature = base64.b64encode(eddsa.new(pair, "rfc8032").sign(payload.encode())).decode()
    params = {"apiKey": "ed", "timestamp": world.now, "signature": signature}
    assert ask(session, "session.logon", params)["result"]["apiKey"] == "ed"
    assert ask(session, "userDataStream.subscribe")["result"] == {"subscriptionId": 0}
    world.control("/sim/deposit", {"api_key": "ed", "asset": "USDT", "amount": "1"})
    assert [message["event"]["e"] for message in said(session)] == ["balanceUpdate", "outboundAccountPosition"]


def test_other_keys_cannot_log_on(world: World) -> None:
    session = opened(world, API)
    params = {"apiKey": KEY, "timestamp": world.now}
    signature = hmac.new(SECRET.encode(), urlencode(params).encode(), hashlib.sha256).hexdigest()
    answer = ask(session, "session.logon", params | {"signature": signature})
    assert answer["error"] == {"code": -4056, "msg": "HMAC API key is not supported."}


def test_a_client_that_never_reads_is_let_go(world: World) -> None:
    session = opened(world, "/ws")
    for _ in range(MOST_WAITING + 1):
        session.receive("no json")
    assert said(session)[-1] is None


def test_a_futures_account_is_heard_by_its_listen_key_on_the_private_path_only(world: World) -> None:
    world.open_account(api_key="f", name="f", balances={"usdm": {"USDT": "1000"}})
    key = world.send("POST", "/fapi/v1/listenKey", headers={"x-mbx-apikey": "f"}).json()["listenKey"]
    private, public = opened(world, "/private/ws", f"listenKey={key}"), opened(world, "/ws", f"listenKey={key}")
    trade = {"api_key": "f", "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.01", "market": "usdm"}
    world.control("/sim/trade", trade)
    account, order = said(private)
    assert (account["e"], account["a"]["m"], account["a"]["P"][0]["pa"]) == ("ACCOUNT_UPDATE", "ORDER", "0.01")
    assert (order["e"], order["o"]["X"]) == ("ORDER_TRADE_UPDATE", "FILLED")
    assert said(public) == []
    world.send("DELETE", "/fapi/v1/listenKey", headers={"x-mbx-apikey": "f"})
    private.tick()
    assert [event["e"] for event in said(private)] == ["listenKeyExpired"]


def test_mark_prices_are_told_on_the_futures_hosts_only(world: World) -> None:
    for path, told in (("/market/ws/btcusdt@markPrice", 1), ("/ws/btcusdt@markPrice", 0)):
        session = opened(world, path)
        session.tick()
        assert len(said(session)) == told


def test_a_listen_key_lasts_an_hour_unless_kept_alive() -> None:
    now = 0.0
    keys = ListenKeys(lambda: now)
    key = keys.start("a")
    now = VALID_S - 1
    assert keys.start("a") == key
    now += VALID_S - 1
    assert keys.owner(key) == "a"
    now += 2
    assert keys.owner(key) is None
    assert keys.start("a") != key


# -- over sockets -------------------------------------------------------------------------------------------------


@pytest.fixture
def served(world: World) -> Iterator[World]:
    server = StreamServer("127.0.0.1", 0)
    server.start(world.simulator.streams)
    yield world
    server.close()


def connected(world: World, path: str) -> ClientConnection:
    return connect(world.simulator.streams.url + path, proxy=None, open_timeout=WAIT_S)


def close_code(client: ClientConnection) -> int | None:
    """The code of the closing frame that ends the connection; None when it ends without one."""
    try:
        while True:
            client.recv(WAIT_S)
    except ConnectionClosed as end:
        return end.rcvd.code if end.rcvd else None


def test_a_client_is_told_within_the_connection_and_foreign_paths_are_refused(served: World) -> None:
    with connected(served, "/ws/btcusdt@miniTicker") as client:
        assert json.loads(client.recv(WAIT_S))["s"] == "BTCUSDT"
        client.send(json.dumps({"id": 1, "method": "LIST_SUBSCRIPTIONS"}))
        assert json.loads(client.recv(WAIT_S)) == {"result": ["btcusdt@miniTicker"], "id": 1}
    with pytest.raises(InvalidStatus) as refusal:
        connected(served, "/nowhere")
    assert refusal.value.response.status_code == 404


def test_a_shutdown_is_announced_before_the_connection_ends(served: World) -> None:
    with connected(served, "/stream?streams=btcusdt@bookTicker") as client:
        client.recv(WAIT_S)
        assert served.control("/sim/streams")["connections"] == 1
        served.control("/sim/streams", {"shutdown": True})
        assert json.loads(client.recv(WAIT_S))["stream"] == "!serverShutdown"
        assert close_code(client) == 1001


def test_a_cut_leaves_no_closing_frame(served: World) -> None:
    served.control("/sim/faults", {"kinds": ["stream_cut"], "match": "WS /ws"})
    with connected(served, "/ws/btcusdt@bookTicker") as client:
        assert close_code(client) is None


def test_a_silent_stream_stays_open_and_mute_until_the_fault_ends(served: World) -> None:
    served.control("/sim/faults", {"kinds": ["stream_silent"], "p": 1})
    with connected(served, "/ws/!miniTicker@arr") as client:
        with pytest.raises(TimeoutError):
            client.recv(1.5)
        served.control("/sim/faults", method="DELETE")
        served.control("/sim/prices", {"BTCUSDT": "50000"})
        assert json.loads(client.recv(WAIT_S))[0]["s"] == "BTCUSDT"


def test_stream_faults_leave_requests_alone(world: World) -> None:
    world.control("/sim/faults", {"kinds": ["stream_cut", "stream_silent"], "p": 1})
    assert world.get("/api/v3/ping").status == 200


def test_more_than_five_messages_a_second_end_the_connection(served: World) -> None:
    with connected(served, "/ws") as client:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(50):
                client.send(json.dumps({"id": 1, "method": "LIST_SUBSCRIPTIONS"}))
        assert close_code(client) == 1008
