"""What keys do beside spot orders: USD-M orders, margin loans, moves between a master and its sub-accounts."""

from decimal import Decimal
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

ORDER = "/fapi/v1/order"
BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.1"}
RIGHTS = {"enableFutures": True, "enableInternalTransfer": True}


@pytest.fixture
def trader(world: World) -> World:
    """1,000 USDT in futures at 20-fold leverage: enough for 0.4 BTC at 50,000; 100 USDT in margin."""
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    world.control("/sim/rights", {"api_key": KEY, "permissions": RIGHTS})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "2000"})
    for wallet, amount in (("usdm", "1000"), ("margin", "100")):
        move = {"api_key": KEY, "from": "spot", "to": wallet, "asset": "USDT", "amount": amount}
        world.control("/sim/transfer", move)
    return world


def position(world: World) -> str:
    rows = world.signed("GET", "/fapi/v3/positionRisk", symbol="BTCUSDT").json()
    return str(rows[0]["positionAmt"]) if rows else "0"


def test_a_market_order_opens_a_position_and_is_found_by_either_id(trader: World) -> None:
    order = trader.signed("POST", ORDER, **BUY, newClientOrderId="mine", newOrderRespType="RESULT").json()
    assert (order["status"], order["avgPrice"], order["executedQty"]) == ("FILLED", "50000", "0.1")
    assert position(trader) == "0.1"
    by_either = ({"orderId": order["orderId"]}, {"origClientOrderId": "mine"})
    found, again = (trader.signed("GET", ORDER, symbol="BTCUSDT", **one).json() for one in by_either)
    assert found == again
    assert found.items() >= {name: value for name, value in order.items() if name != "cumQty"}.items()
    (trade,) = trader.signed("GET", "/fapi/v1/userTrades", symbol="BTCUSDT").json()
    assert (trade["orderId"], trade["qty"]) == (order["orderId"], "0.1")
    assert trader.signed("GET", "/fapi/v1/allOrders", symbol="BTCUSDT").json() == [found]
    assert trader.signed("GET", "/fapi/v1/openOrders").json() == []


def test_an_acknowledged_order_shows_nothing_filled_yet(trader: World) -> None:
    order = trader.signed("POST", ORDER, **BUY).json()
    assert (order["status"], order["executedQty"]) == ("NEW", "0")


def test_a_reducing_order_never_turns_the_position(trader: World) -> None:
    trader.signed("POST", ORDER, **BUY)
    sold = BUY | {"side": "SELL", "quantity": "5", "reduceOnly": "true"}
    assert trader.signed("POST", ORDER, **sold).status == 200
    assert position(trader) == "0"
    assert trader.signed("POST", ORDER, **sold).error[0] == -2022


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"quantity": "0.41"}, -2019),
        ({"quantity": "0.0000001"}, -1111),
        ({"type": "STOP_MARKET"}, -4120),
        ({"type": "LIMIT"}, -1116),
        ({"side": "HOLD"}, -1117),
        ({"symbol": "NOPEUSDT"}, -1121),
        ({"positionSide": "LONG"}, -4061),
        ({"newClientOrderId": "a b"}, -1100),
    ],
)
def test_orders_that_cannot_be_are_refused_by_their_code(trader: World, changed: dict[str, Any], code: int) -> None:
    assert trader.signed("POST", ORDER, **(BUY | changed)).error[0] == code
    assert position(trader) == "0"


def test_nothing_can_be_cancelled_and_unknown_orders_are_unknown(trader: World) -> None:
    order = trader.signed("POST", ORDER, **BUY).json()
    by_id = {"symbol": "BTCUSDT", "orderId": order["orderId"]}
    assert trader.signed("DELETE", ORDER, **by_id).error[0] == -2011
    assert trader.signed("GET", ORDER, symbol="BTCUSDT", orderId=1).error[0] == -2013
    assert trader.signed("GET", ORDER, symbol="BTCUSDT").error[0] == -1102


def test_a_key_without_the_right_may_not_trade_futures(trader: World) -> None:
    trader.control("/sim/rights", {"api_key": KEY, "permissions": {"enableFutures": False}})
    assert trader.signed("POST", ORDER, **BUY).error[0] == -2015


def test_a_loan_is_borrowed_and_paid_back_but_never_more_than_is_owed(trader: World) -> None:
    def loan(kind: str, amount: str) -> Any:
        params = {"type": kind, "asset": "USDT", "amount": amount}
        return trader.signed("POST", "/sapi/v1/margin/borrow-repay", **params)

    assert loan("BORROW", "50").status == 200
    (row,) = trader.signed("GET", "/sapi/v1/margin/account").json()["userAssets"]
    assert (row["borrowed"], row["free"], row["netAsset"]) == ("50.00000000", "150.00000000", "100.00000000")
    assert loan("REPAY", "51").error[0] == -3041
    assert loan("REPAY", "50").status == 200
    listed = trader.signed("GET", "/sapi/v1/margin/borrow-repay", type="REPAY").json()["rows"]
    assert [one["principal"] for one in listed] == ["50.00000000"]


def test_a_master_moves_money_to_its_sub_account_and_sees_it_there(trader: World) -> None:
    trader.open_account(api_key="sub", name="sub", master=KEY)
    trader.open_account(api_key="other", name="other")
    path = "/sapi/v1/sub-account/universalTransfer"
    move = {"fromAccountType": "SPOT", "toAccountType": "SPOT", "asset": "USDT", "amount": "10"}
    done = trader.signed("POST", path, **move, toEmail="sub@example.test", clientTranId="t1").json()
    assert done["clientTranId"] == "t1"
    seen = trader.signed("GET", "/sapi/v4/sub-account/assets", email="sub@example.test").json()["balances"]
    assert [(row["asset"], Decimal(row["free"])) for row in seen] == [("USDT", Decimal(10))]
    assert trader.signed("POST", path, **move, toEmail="other@example.test").error[0] == -9000
    assert trader.signed("POST", path, **(move | {"amount": "5000"}), toEmail="sub@example.test").error[0] == -9000
    assert trader.signed("POST", path, key="sub", **move).error[0] == -2015
