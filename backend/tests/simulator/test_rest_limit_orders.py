"""Limit orders: taken, resting, filled as the price comes, cancelled; thin books; the limit on unfilled orders."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

ORDER = "/api/v3/order"
OPEN = "/api/v3/openOrders"


@pytest.fixture
def funded(world: World) -> World:
    """10,000 USDT and 1 BTC, BTC pinned at 50,000."""
    for asset, amount in (("USDT", "10000"), ("BTC", "1")):
        world.control("/sim/deposit", {"api_key": KEY, "asset": asset, "amount": amount})
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    return world


def limit(world: World, side: str = "BUY", price: str = "49000", quantity: str = "0.1", **more: Any) -> Any:
    answer = place(world, side, price, quantity, **more)
    assert answer.status == 200, answer.answer.body
    return answer.json()


def place(world: World, side: str = "BUY", price: str = "49000", quantity: str = "0.1", **more: Any) -> Any:
    body = {"symbol": "BTCUSDT", "side": side, "type": "LIMIT", "price": price, "quantity": quantity}
    return world.signed("POST", ORDER, **(body | {"timeInForce": "GTC"} | more))


def status(world: World, order: Any) -> tuple[str, str]:
    row = world.signed("GET", ORDER, symbol="BTCUSDT", orderId=order["orderId"]).json()
    return row["status"], row["executedQty"]


def balance(world: World, asset: str) -> tuple[str, str]:
    rows = world.signed("GET", "/api/v3/account").json()["balances"]
    row = next(row for row in rows if row["asset"] == asset)
    return row["free"], row["locked"]


def test_a_resting_order_locks_its_money_and_cancelling_frees_it(funded: World) -> None:
    order = limit(funded, newClientOrderId="mine")
    assert (order["status"], order["fills"]) == ("NEW", [])
    assert balance(funded, "USDT") == ("5100.00000000", "4900.00000000")
    assert [row["orderId"] for row in funded.signed("GET", OPEN).json()] == [order["orderId"]]
    gone = funded.signed("DELETE", ORDER, symbol="BTCUSDT", origClientOrderId="mine").json()
    assert (gone["status"], gone["origClientOrderId"]) == ("CANCELED", "mine")
    assert gone["clientOrderId"] != "mine"
    assert balance(funded, "USDT") == ("10000.00000000", "0.00000000")
    assert status(funded, order) == ("CANCELED", "0.00000000")
    assert funded.signed("DELETE", ORDER, symbol="BTCUSDT", origClientOrderId="mine").error[0] == -2011


def test_locked_money_can_be_neither_spent_nor_withdrawn(funded: World) -> None:
    limit(funded)
    market = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "6000"}
    assert funded.signed("POST", ORDER, **market).error[0] == -2010
    assert place(funded, quantity="0.2").error[0] == -2010
    body = {"api_key": KEY, "asset": "USDT", "amount": "6000"}
    assert "not enough" in funded.control("/sim/withdraw", body, status=400)["error"]


def test_it_fills_at_its_own_price_when_the_price_comes_to_it(funded: World) -> None:
    order = limit(funded)
    funded.control("/sim/clock", {"advance_s": 600})
    assert status(funded, order) == ("NEW", "0.00000000")
    funded.control("/sim/prices", {"BTCUSDT": "48000"})
    funded.control("/sim/clock", {"advance_s": 600})
    assert status(funded, order) == ("FILLED", "0.10000000")
    (trade,) = funded.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT").json()
    assert (trade["price"], trade["isMaker"]) == ("49000.00000000", True)
    assert trade["time"] <= funded.now - 540_000
    assert balance(funded, "USDT") == ("5100.00000000", "0.00000000")


def test_it_takes_at_the_better_price_at_once(funded: World) -> None:
    order = limit(funded, price="51000")
    assert (order["status"], order["fills"][0]["price"]) == ("FILLED", "50000.00000000")
    assert balance(funded, "USDT") == ("5000.00000000", "0.00000000")


@pytest.mark.parametrize(("force", "shown"), [("GTC", "PARTIALLY_FILLED"), ("IOC", "EXPIRED"), ("FOK", "EXPIRED")])
def test_in_a_thin_book_the_rest_waits_expires_or_nothing_is_done(funded: World, force: str, shown: str) -> None:
    funded.control("/sim/depth", {"BTCUSDT": "0.04"})
    order = limit(funded, price="50000", timeInForce=force)
    executed = "0.00000000" if force == "FOK" else "0.04000000"
    assert (order["status"], order["executedQty"]) == (shown, executed)
    assert ("expiryReason" in order) == (shown == "EXPIRED")
    assert (balance(funded, "USDT")[1] == "3000.00000000") == (force == "GTC")


def test_a_thin_book_serves_one_helping_a_minute(funded: World) -> None:
    funded.control("/sim/depth", {"BTCUSDT": "0.04"})
    order = limit(funded, price="50000")
    seen = []
    for _ in range(2):
        funded.control("/sim/clock", {"advance_s": 60})
        seen.append(status(funded, order))
    assert seen == [("PARTIALLY_FILLED", "0.08000000"), ("FILLED", "0.10000000")]
    assert len(funded.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT").json()) == 3


def test_a_market_order_that_runs_out_of_book_expires_with_what_it_got(funded: World) -> None:
    funded.control("/sim/depth", {"BTCUSDT": "0.04"})
    market = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.1"}
    order = funded.signed("POST", ORDER, **market).json()
    assert (order["status"], order["executedQty"], order["origQty"]) == ("EXPIRED", "0.04000000", "0.10000000")
    assert order["expiryReason"] == "INSUFFICIENT_LIQUIDITY"
    funded.control("/sim/depth", {"BTCUSDT": "free"})
    assert funded.signed("POST", ORDER, **market).json()["status"] == "FILLED"


@pytest.mark.parametrize(
    ("changed", "code", "text"),
    [
        ({"price": "49000.001"}, -1013, "PRICE_FILTER"),
        ({"quantity": "0.000001"}, -1013, "LOT_SIZE"),
        ({"price": "100", "quantity": "0.01"}, -1013, "PERCENT_PRICE_BY_SIDE"),
        ({"quantity": "0.0001"}, -1013, "NOTIONAL"),
        ({"timeInForce": "GTX"}, -1115, "timeInForce"),
        ({"type": "LIMIT_MAKER"}, -1106, "timeInForce"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_its_name(
    funded: World, changed: dict[str, Any], code: int, text: str
) -> None:
    number, words = place(funded, **changed).error
    assert number == code
    assert text in words


def test_a_maker_only_order_never_takes(funded: World) -> None:
    body = {"symbol": "BTCUSDT", "side": "BUY", "type": "LIMIT_MAKER", "price": "50000", "quantity": "0.1"}
    assert "immediately match" in funded.signed("POST", ORDER, **body).error[1]
    order = funded.signed("POST", ORDER, **(body | {"price": "49999"})).json()
    assert set(order) == {"symbol", "orderId", "orderListId", "clientOrderId", "transactTime"}


def test_two_open_orders_cannot_share_a_client_id(funded: World) -> None:
    limit(funded, newClientOrderId="same")
    assert place(funded, newClientOrderId="same").error == (-2010, "Duplicate order sent.")
    at_once = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.01", "newClientOrderId": "same"}
    assert funded.signed("POST", ORDER, **at_once).error == (-2010, "Duplicate order sent.")


def test_an_order_that_ended_unfilled_is_archived_after_ninety_days(funded: World) -> None:
    order = limit(funded)
    funded.signed("DELETE", ORDER, symbol="BTCUSDT", orderId=order["orderId"])
    funded.control("/sim/clock", {"advance_s": str(90 * 86_400)})
    assert status(funded, order) == ("CANCELED", "0.00000000")
    funded.control("/sim/clock", {"advance_s": "1"})
    assert funded.signed("GET", ORDER, symbol="BTCUSDT", orderId=order["orderId"]).error[0] == -2026


def test_all_open_orders_of_a_symbol_go_at_once(funded: World) -> None:
    numbers = [limit(funded, quantity="0.01")["orderId"] for _ in range(3)]
    assert [row["orderId"] for row in funded.signed("DELETE", OPEN, symbol="BTCUSDT").json()] == numbers
    assert funded.signed("GET", OPEN).json() == []
    assert funded.signed("DELETE", OPEN, symbol="BTCUSDT").error[0] == -2011


def test_too_many_unfilled_orders_are_refused_until_the_interval_ends(
    funded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(funded.simulator.limits, "_machine_s", lambda: 1_800_000_000.0)  # a hundred take long somewhere
    for number in range(100):
        assert place(funded, "SELL", "60000", "0.001", symbol="BTCUSDT").status == 200, number
    answer = place(funded, "SELL", "60000", "0.001")
    assert (answer.status, answer.error[0]) == (429, -1015)
    assert "100 orders per 10 SECOND" in answer.error[1]
    counts = funded.signed("GET", "/api/v3/rateLimit/order").json()
    assert [(row["interval"], row["count"]) for row in counts] == [("SECOND", 100), ("DAY", 100)]


def test_a_halted_symbol_fills_nothing_and_a_delisted_one_cancels(funded: World) -> None:
    order = limit(funded)
    funded.control("/sim/symbols", {"symbol": "BTCUSDT", "status": "HALT"})
    funded.control("/sim/prices", {"BTCUSDT": "40000"})
    funded.control("/sim/clock", {"advance_s": 600})
    assert status(funded, order)[0] == "NEW"
    funded.control("/sim/symbols", {"symbol": "BTCUSDT", "status": "DELISTED"})
    assert status(funded, order)[0] == "CANCELED"


def test_a_lagging_read_shows_the_order_before_its_last_update(funded: World) -> None:
    order = limit(funded)
    funded.control("/sim/faults", {"kinds": [], "read_lag_s": 60, "match": "GET /api/v3/openOrders"})
    assert funded.signed("GET", OPEN).json() == []
    funded.control("/sim/faults", {"kinds": [], "read_lag_s": 0})
    funded.signed("DELETE", ORDER, symbol="BTCUSDT", orderId=order["orderId"])
    assert status(funded, order)[0] == "CANCELED"


def test_open_orders_survive_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.open_account(balances={"spot": {"USDT": "10000"}})
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    order = limit(world)
    world.close()
    again = World(tmp_path)
    assert balance(again, "USDT")[1] == "4900.00000000"
    again.control("/sim/prices", {"BTCUSDT": "48000"})
    again.control("/sim/clock", {"advance_s": 60})
    assert status(again, order)[0] == "FILLED"
    assert again.free("BTC") == Decimal("0.0999")
    again.close()
