"""Orders and trades on margin: shapes, fees, pages and windows; cross, isolated and spot are told apart."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.exchange.simulator.limits import SAPI_IP
from backend.exchange.simulator.rest.gate import ROUTES
from backend.tests.simulator.world import KEY, NOON, World

ORDER, TRADES = "/sapi/v1/margin/order", "/sapi/v1/margin/myTrades"
BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.1"}


@pytest.fixture
def trader(world: World) -> World:
    """10,000 USDT in cross margin and 10,000 in isolated margin, BTC at 50,000."""
    world.control("/sim/prices", {"BTCUSDT": "50000", "BNBUSDT": "500"})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "20000"})
    for wallet in ("margin", "isolated_margin"):
        move = {"api_key": KEY, "from": "spot", "to": wallet, "asset": "USDT", "amount": "10000"}
        world.control("/sim/transfer", move)
    return world


def told(world: World, at: datetime | None = None, **changed: Any) -> Any:
    fields = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.01", "market": "margin"} | changed
    return world.control("/sim/trade", fields | ({} if at is None else {"at": at.isoformat()}))


def cross(world: World) -> dict[str, str]:
    rows = world.signed("GET", "/sapi/v1/margin/account").json()["userAssets"]
    return {row["asset"]: row["netAsset"] for row in rows}


def test_an_order_moves_the_margin_wallet_and_no_other(trader: World) -> None:
    spot = trader.signed("GET", "/api/v3/account").json()["balances"]
    order = trader.signed("POST", ORDER, **BUY, newClientOrderId="mine").json()
    assert (order["status"], order["clientOrderId"], order["isIsolated"]) == ("FILLED", "mine", False)
    assert order["cummulativeQuoteQty"] == "5000.00000000"
    assert cross(trader) == {"USDT": "5000.00000000", "BTC": "0.09990000"}
    assert trader.signed("GET", "/api/v3/account").json()["balances"] == spot
    assert trader.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT").json() == []
    (trade,) = trader.signed("GET", TRADES, symbol="BTCUSDT").json()
    assert trade == {
        "commission": "0.00010000",
        "commissionAsset": "BTC",
        "id": trade["id"],
        "isBestMatch": True,
        "isBuyer": True,
        "isIsolated": False,
        "isMaker": False,
        "orderId": order["orderId"],
        "price": "50000.00000000",
        "qty": "0.10000000",
        "symbol": "BTCUSDT",
        "time": trader.now,
    }


def test_isolated_trades_are_told_apart_from_cross_ones(trader: World) -> None:
    trader.signed("POST", ORDER, **BUY, isIsolated="TRUE")
    assert trader.signed("GET", TRADES, symbol="BTCUSDT").json() == []
    (trade,) = trader.signed("GET", TRADES, symbol="BTCUSDT", isIsolated="TRUE").json()
    assert (trade["isIsolated"], trade["qty"]) == (True, "0.10000000")
    (pair,) = trader.signed("GET", "/sapi/v1/margin/isolated/account").json()["assets"]
    assert (pair["baseAsset"]["netAsset"], pair["quoteAsset"]["netAsset"]) == ("0.09990000", "5000.00000000")


def test_fees_are_paid_in_bnb_of_the_cross_wallet_but_never_in_an_isolated_pair(trader: World) -> None:
    trader.control("/sim/deposit", {"api_key": KEY, "asset": "BNB", "amount": "2"})
    for wallet in ("margin", "isolated_margin"):
        move = {"api_key": KEY, "from": "spot", "to": wallet, "asset": "BNB", "amount": "1"}
        trader.control("/sim/transfer", move)
    fees = [
        told(trader, market=market)["fills"][0] | {"trade_id": 0, "price": ""}
        for market in ("margin", "isolated_margin")
    ]
    assert [(fee["commission_asset"], Decimal(fee["commission"])) for fee in fees] == [
        ("BNB", Decimal("0.00075")),  # 0.075 % of 500 USDT
        ("BTC", Decimal("0.00001")),
    ]


def test_without_an_id_only_a_day_is_told_and_with_one_everything_since(trader: World) -> None:
    trader.control("/sim/clock", {"advance_s": str(3 * 86_400)})
    now = NOON + timedelta(days=3)
    ids = [told(trader, now - timedelta(hours=hours))["fills"][0]["trade_id"] for hours in (70, 40, 20, 1)]

    def seen(**asked: Any) -> list[int]:
        return [row["id"] for row in trader.signed("GET", TRADES, symbol="BTCUSDT", **asked).json()]

    def ms(hours: float) -> int:
        return trader.now - int(hours * 3_600_000)

    assert seen() == ids[2:]
    assert seen(fromId=0) == ids
    assert seen(fromId=0, limit=3) == ids[:3]
    assert seen(fromId=ids[1] + 1, limit=2) == ids[2:]
    assert seen(startTime=ms(71)) == ids[:1]
    assert seen(startTime=ms(41), endTime=ms(19)) == ids[1:3]
    assert seen(endTime=ms(39), limit=1) == ids[1:2]
    refused = trader.signed("GET", TRADES, symbol="BTCUSDT", startTime=ms(25), endTime=ms(0))
    assert refused.error[0] == -1127
    assert trader.signed("GET", TRADES).error[0] == -1102


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"quantity": "1"}, -2010),
        ({"quantity": "0.000001"}, -1013),
        ({"type": "LIMIT"}, -1116),
        ({"side": "HOLD"}, -1117),
        ({"symbol": "NOPEUSDT"}, -1121),
        ({"sideEffectType": "MARGIN_BUY"}, -1130),
        ({"isIsolated": "MAYBE"}, -1100),
        ({"quoteOrderQty": "10"}, -1102),
        ({"newClientOrderId": "a b"}, -1100),
    ],
)
def test_orders_that_cannot_be_are_refused_by_their_code(trader: World, changed: dict[str, Any], code: int) -> None:
    assert trader.signed("POST", ORDER, **(BUY | changed)).error[0] == code
    assert cross(trader) == {"USDT": "10000.00000000"}


def test_a_fill_of_the_past_may_not_leave_the_wallet_short_later(trader: World) -> None:
    trader.control("/sim/clock", {"advance_s": "3600"})
    told(trader, quantity="0.19")
    early = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.02", "market": "margin"}
    at = datetime.fromtimestamp(trader.now / 1000 - 600, UTC).isoformat()
    assert "insufficient" in trader.control("/sim/trade", early | {"at": at}, status=400)["error"]


def test_trades_weigh_ten_of_the_address_and_are_told_to_the_judge(trader: World) -> None:
    route = ROUTES["GET", TRADES]
    assert (route.weight(None), route.budget) == (10, SAPI_IP)  # type: ignore[arg-type]  # a fixed weight asks nothing
    told(trader)
    kinds = {row["kind"] for row in trader.control(f"/sim/ledger?api_key={KEY}") if row["wallet"] == "margin"}
    assert kinds == {"transfer", "margin_trade", "margin_commission"}
