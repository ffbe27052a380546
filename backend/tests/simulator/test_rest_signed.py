"""Signed calls: the raw bytes count, the time window, the key's rights, and what an account shows."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.exchange.simulator import listing
from backend.tests.simulator.world import KEY, NOON, SECRET, World

ACCOUNT = "/api/v3/account"
KEY_ONLY = {"x-mbx-apikey": KEY}


def sign(payload: str, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), payload.encode(), hashlib.sha256).hexdigest()


def test_the_signature_is_checked_on_the_bytes_as_sent(world: World) -> None:
    odd = f"omitZeroBalances=%74rue&timestamp={world.now}"
    assert world.send("GET", ACCOUNT, f"{odd}&signature={sign(odd)}", headers=KEY_ONLY).status == 200
    decoded = f"omitZeroBalances=true&timestamp={world.now}"
    answer = world.send("GET", ACCOUNT, f"{odd}&signature={sign(decoded)}", headers=KEY_ONLY)
    assert answer.error == (-1022, "Signature for this request is not valid.")


def test_query_and_body_are_joined_without_a_separator_and_the_query_wins(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    query = f"symbol=BTCUSDT&side=BUY&timestamp={world.now}"
    body = "type=MARKET&side=SELL&quoteOrderQty=100"
    signed = f"{body}&signature={sign(query + body)}"
    answer = world.send("POST", "/api/v3/order/test", query, signed, KEY_ONLY)
    assert answer.status == 200
    answer = world.send("POST", "/api/v3/order", query, signed, KEY_ONLY)
    assert answer.json()["side"] == "BUY"
    wrong = f"{body}&signature={sign(query + '&' + body)}"
    assert world.send("POST", "/api/v3/order/test", query, wrong, KEY_ONLY).error[0] == -1022


def test_the_hex_of_a_signature_may_be_upper_case_and_stand_anywhere(world: World) -> None:
    payload = f"timestamp={world.now}"
    assert world.send("GET", ACCOUNT, f"signature={sign(payload).upper()}&{payload}", headers=KEY_ONLY).status == 200


@pytest.mark.parametrize(
    ("offset_ms", "window", "accepted"),
    [
        (0, None, True),
        (999, None, True),
        (1000, None, False),
        (-5000, None, True),
        (-5001, None, False),
        (-30_000, "30000", True),
        (-60_000, "60000", True),
        (-1, "0.5", False),
    ],
)
def test_a_timestamp_is_accepted_inside_its_window(
    world: World, offset_ms: int, window: str | None, accepted: bool
) -> None:
    params: dict[str, Any] = {"timestamp": world.now + offset_ms} | ({"recvWindow": window} if window else {})
    answer = world.signed("GET", ACCOUNT, **params)
    assert answer.status == (200 if accepted else 400)
    if not accepted:
        assert answer.error[0] == -1021


def test_windows_stretch_with_the_speed_of_the_clock(tmp_path: Path) -> None:
    fast = World(tmp_path / "fast", speed=Decimal(100))
    fast.open_account()
    assert fast.signed("GET", ACCOUNT, timestamp=fast.now - 400_000).status == 200
    assert fast.signed("GET", ACCOUNT, timestamp=fast.now + 50_000).status == 200
    assert fast.signed("GET", ACCOUNT, timestamp=fast.now - 600_000).error[0] == -1021
    fast.close()


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("", {}, 401, -2014),
        ("", {"x-mbx-apikey": "unknown"}, 401, -2015),
        ("", KEY_ONLY, 400, -1102),
        ("timestamp=soon", KEY_ONLY, 400, -1100),
        (f"timestamp={int(NOON.timestamp() * 1000)}", KEY_ONLY, 400, -1102),
        (f"timestamp={int(NOON.timestamp() * 1000)}&signature=", KEY_ONLY, 400, -1102),
        (f"timestamp={int(NOON.timestamp() * 1000)}&recvWindow=60001&signature=0", KEY_ONLY, 400, -1131),
        (f"timestamp={int(NOON.timestamp() * 1000)}&signature=0", KEY_ONLY, 400, -1022),
    ],
)
def test_a_call_without_its_credentials_is_refused(
    world: World, query: str, headers: dict[str, str], status: int, code: int
) -> None:
    answer = world.send("GET", ACCOUNT, query, headers=headers)
    assert (answer.status, answer.error[0]) == (status, code)


def test_a_key_can_do_no_more_than_its_permissions(tmp_path: Path) -> None:
    world = World(tmp_path / "simulator")
    world.open_account(permissions={"enableSpotAndMarginTrading": False}, balances={"spot": {"USDT": "1000"}})
    assert world.signed("GET", ACCOUNT).json()["canTrade"] is False
    order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "100"}
    refused = world.signed("POST", "/api/v3/order", **order)
    assert (refused.status, refused.error[0]) == (401, -2015)
    rights = world.signed("GET", "/sapi/v1/account/apiRestrictions").json()
    assert (rights["enableReading"], rights["enableSpotAndMarginTrading"]) == (True, False)
    world.close()


def test_the_account_lists_every_asset_ever_touched(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "XRP", "amount": "5"})
    world.control("/sim/withdraw", {"api_key": KEY, "asset": "XRP", "amount": "5"})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "ADA", "amount": "7.5"})
    account = world.signed("GET", ACCOUNT).json()
    assert account["balances"] == [
        {"asset": "XRP", "free": "0.00000000", "locked": "0.00000000"},
        {"asset": "ADA", "free": "7.50000000", "locked": "0.00000000"},
    ]
    assert account["updateTime"] == world.now
    held = world.signed("GET", ACCOUNT, omitZeroBalances="true").json()["balances"]
    assert [row["asset"] for row in held] == ["ADA"]


def order(world: World, **params: Any) -> Any:
    return world.signed("POST", "/api/v3/order", **({"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET"} | params))


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, -1102),
        ({"quantity": "0.01", "quoteOrderQty": "100"}, -1106),
        ({"quantity": "0.01", "price": "5"}, -1106),
        ({"quantity": "1e-05"}, -1100),
        ({"quantity": "0.000000001"}, -1111),
        ({"quantity": "0.01", "side": "HOLD"}, -1117),
        ({"quantity": "0.01", "type": "STOP_LOSS"}, -1116),
        ({"quantity": "0.01", "symbol": "NOPE"}, -1121),
        ({"quantity": "0.01", "newClientOrderId": "with blank"}, -1100),
        ({"quantity": "0.000001"}, -1013),
        ({"quoteOrderQty": "1"}, -1013),
        ({"quantity": "1"}, -2010),
        ({"quantity": "0.01", "leverage": "3"}, -1104),
    ],
)
def test_a_bad_order_is_refused_with_its_code_and_moves_nothing(
    world: World, params: dict[str, Any], code: int
) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5000"})
    answer = order(world, **params)
    assert (answer.status, answer.error[0]) == (400, code)
    assert world.control(f"/sim/orders?api_key={KEY}") == []


def test_a_closed_market_takes_no_order(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5000"})
    world.control("/sim/symbols", {"symbol": "BTCUSDT", "status": "BREAK"})
    assert order(world, quantity="0.01").error == (-2010, "Market is closed.")
    world.control("/sim/symbols", {"symbol": "BTCUSDT", "status": "TRADING"})
    world.control("/sim/prices", {"BTCUSDT": None})
    assert order(world, quantity="0.01").error == (-2010, "Market is closed.")


def test_an_order_fills_at_the_price_of_its_instant_and_costs_its_fee(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    filled = order(world, quoteOrderQty="500.49", newOrderRespType="FULL").json()
    assert filled["status"] == "FILLED"
    assert (filled["executedQty"], filled["cummulativeQuoteQty"]) == ("0.01000000", "500.00000000")
    assert filled["origQuoteOrderQty"] == "500.49000000"
    (fill,) = filled["fills"]
    assert (fill["price"], fill["commission"], fill["commissionAsset"]) == ("50000.00000000", "0.00001000", "BTC")
    assert (world.free("BTC"), world.free("USDT")) == (Decimal("0.00999"), Decimal("500"))
    assert set(order(world, quantity="0.001", newOrderRespType="ACK").json()) == {
        *("symbol", "orderId", "orderListId", "clientOrderId", "transactTime")
    }
    assert "fills" not in order(world, quantity="0.001", newOrderRespType="RESULT").json()


def test_a_successful_order_costs_no_weight_and_a_refused_one_does(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    assert order(world, quoteOrderQty="100").answer.headers["X-MBX-USED-WEIGHT-1M"] == "0"
    assert order(world, quoteOrderQty="1").answer.headers["X-MBX-USED-WEIGHT-1M"] == "1"


def test_orders_are_counted_for_their_account(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    headers = [order(world, quoteOrderQty="100").answer.headers for _ in range(2)][-1]
    assert (headers["X-MBX-ORDER-COUNT-10S"], headers["X-MBX-ORDER-COUNT-1D"]) == ("2", "2")


def test_a_symbol_outside_the_accounts_permissions_takes_no_order(tmp_path: Path) -> None:
    entry = listing.entry("BTC", "USDT") | {"permissionSets": [["LEVERAGED"]]}
    file = tmp_path / "info.json"
    file.write_text(json.dumps({"symbols": [entry]}))
    world = World(tmp_path / "simulator", exchange_info=file)
    world.open_account(balances={"spot": {"USDT": "1000"}})
    assert order(world, quoteOrderQty="100").error == (-2010, "This symbol is not permitted for this account.")
    world.close()


def test_the_same_client_id_buys_twice_and_the_query_shows_the_newest(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    first = order(world, quoteOrderQty="100", newClientOrderId="again").json()["orderId"]
    second = order(world, quoteOrderQty="100", newClientOrderId="again").json()["orderId"]
    assert second > first
    found = world.signed("GET", "/api/v3/order", symbol="BTCUSDT", origClientOrderId="again").json()
    assert found["orderId"] == second
    assert "fills" not in found
    assert world.signed("GET", "/api/v3/order", symbol="BTCUSDT", orderId=first).json()["orderId"] == first
    assert world.signed("GET", "/api/v3/order", symbol="BTCUSDT", orderId=1).error[0] == -2013
    assert world.signed("GET", "/api/v3/order", symbol="BTCUSDT").error[0] == -1102


@pytest.fixture
def traded(world: World) -> World:
    """Five trades by hand, one a day from 2026-05-01 10:00."""
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "9000", "at": "2026-04-01T00:00:00Z"})
    for day in (3, 1, 5, 2, 4):  # told in any order
        trade = {"symbol": "BTCUSDT", "side": "BUY", "quantity": "0.001", "at": f"2026-05-0{day}T10:00:00Z"}
        world.control("/sim/trade", {"api_key": KEY} | trade)
    return world


def trades(world: World, **params: Any) -> Any:
    return world.signed("GET", "/api/v3/myTrades", **({"symbol": "BTCUSDT"} | params))


def day(number: int, hour: int = 10) -> int:
    return int(datetime(2026, 5, number, hour, tzinfo=UTC).timestamp() * 1000)


def test_trades_come_oldest_first_with_ids_that_grow_with_time(traded: World) -> None:
    rows = trades(traded).json()
    assert [row["time"] for row in rows] == [day(number) for number in range(1, 6)]
    assert sorted(row["id"] for row in rows) == [row["id"] for row in rows]
    assert rows[0]["isBuyer"] is True


def test_trade_pages_follow_the_general_time_rule(traded: World) -> None:
    whole = trades(traded).json()
    assert trades(traded, limit=2).json() == whole[-2:]
    assert trades(traded, startTime=day(2), limit=2).json() == whole[1:3]
    assert trades(traded, endTime=day(3), limit=2).json() == whole[1:3]
    assert trades(traded, startTime=day(2), endTime=day(3)).json() == whole[1:3]
    assert trades(traded, fromId=whole[3]["id"]).json() == whole[3:]
    assert trades(traded, orderId=whole[2]["orderId"]).json() == [whole[2]]
    assert trades(traded, orderId=whole[2]["orderId"], fromId=whole[2]["id"]).json() == [whole[2]]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"fromId": 1, "startTime": 1}, -1128),
        ({"fromId": 1, "endTime": 1}, -1128),
        ({"orderId": 1, "startTime": 1}, -1128),
        ({"startTime": day(1), "endTime": day(2) + 1}, -1127),
        ({"startTime": day(2), "endTime": day(1)}, -1100),
        ({"symbol": "NOPE"}, -1121),
        ({"symbol": ""}, -1102),
    ],
)
def test_other_sets_and_longer_windows_of_trades_are_refused(traded: World, params: dict[str, Any], code: int) -> None:
    assert trades(traded, **params).error[0] == code


def test_all_orders_pages_by_id_and_time(traded: World) -> None:
    whole = traded.signed("GET", "/api/v3/allOrders", symbol="BTCUSDT").json()
    assert len(whole) == 5
    from_third = traded.signed("GET", "/api/v3/allOrders", symbol="BTCUSDT", orderId=whole[2]["orderId"]).json()
    assert from_third == whole[2:]
    assert traded.signed("GET", "/api/v3/allOrders", symbol="BTCUSDT", startTime=day(4)).json() == whole[3:]
    assert traded.signed("GET", "/api/v3/openOrders").json() == []


def test_commission_and_fee_lists_answer(world: World) -> None:
    shown = world.signed("GET", "/api/v3/account/commission", symbol="BTCUSDT").json()
    assert shown["standardCommission"]["taker"] == "0.00100000"
    assert shown["discount"]["discount"] == "0.75000000"
    assert len(world.signed("GET", "/sapi/v1/asset/tradeFee").json()) >= 60
    computed = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.01"}
    rates = world.signed("POST", "/api/v3/order/test", **computed, computeCommissionRates="true").json()
    assert rates["standardCommissionForOrder"] == {"maker": "0.00100000", "taker": "0.00100000"}
