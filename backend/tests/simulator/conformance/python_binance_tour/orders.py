"""Orders from placing to their trades."""

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, margin_order, margin_trades, plain, plains

BTC = {"symbol": "BTCUSDT"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    tour.see("test order", client.create_test_order(**BTC, side="BUY", type="MARKET", quantity="0.01"))
    rates = client.create_test_order(**BTC, side="BUY", type="MARKET", quantity="0.01", computeCommissionRates="true")
    tour.see("test order with rates", plain(rates["standardCommissionForOrder"]["taker"]))
    bought = client.create_order(**BTC, side="BUY", type="MARKET", quantity="0.01", newClientOrderId="market-1")
    (fill,) = bought["fills"]
    tour.see("market buy", [bought["status"], *plains([bought["executedQty"], bought["cummulativeQuoteQty"]])])
    tour.see("fee", [fill["commissionAsset"], plain(fill["commission"])])
    found = client.get_order(**BTC, origClientOrderId="market-1")
    tour.see("found by its own id", found["orderId"] == bought["orderId"])
    trades = client.get_my_trades(**BTC, orderId=bought["orderId"])
    tour.see("its trades", [row["id"] for row in trades] == [fill["tradeId"]])
    spent = client.order_market_buy(**BTC, quoteOrderQty="100", newOrderRespType="RESULT")
    tour.see("buy for an amount", [spent["status"], plain(spent["origQuoteOrderQty"]), "fills" in spent])
    sold = client.order_market_sell(**BTC, quantity="0.01", newOrderRespType="ACK")
    tour.see("acknowledged only", "status" not in sold)
    resting = client.order_limit_buy(**BTC, quantity="0.002", price="40000")
    tour.see("limit buy", [resting["status"], resting["timeInForce"], plain(resting["price"])])
    tour.see("locked", plain(client.get_asset_balance("USDT")["locked"]))
    tour.see("open orders", [row["orderId"] for row in client.get_open_orders()] == [resting["orderId"]])
    gone = client.cancel_order(**BTC, orderId=resting["orderId"], newClientOrderId="cancel-1")
    tour.see("cancelled", [gone["status"], gone["clientOrderId"]])
    for price in ("41000", "42000"):
        client.order_limit_buy(**BTC, quantity="0.002", price=price)
    both = client.cancel_all_open_orders(**BTC)
    tour.see("cancelled together", [plain(row["price"]) for row in both])
    now = client.create_order(**BTC, side="BUY", type="LIMIT", quantity="0.002", price="60000", timeInForce="IOC")
    tour.see("taken at once at the better price", [now["status"], plain(now["fills"][0]["price"])])
    never = client.create_order(**BTC, side="BUY", type="LIMIT", quantity="0.002", price="40000", timeInForce="FOK")
    tour.see("fill or kill", [never["status"], plain(never["executedQty"])])
    maker = client.create_order(**BTC, side="SELL", type="LIMIT_MAKER", quantity="0.002", price="51000")
    tour.see("maker order", client.get_order(**BTC, orderId=maker["orderId"])["status"])
    tour.control("/sim/prices", {"BTCUSDT": "52000"})
    tour.see("filled as the price came", client.get_order(**BTC, orderId=maker["orderId"])["status"])
    tour.control("/sim/prices", {"BTCUSDT": "50000"})
    tour.control("/sim/depth", {"BTCUSDT": "0.005"})
    thin = client.create_order(**BTC, side="BUY", type="MARKET", quantity="0.01")
    tour.see("thin book", [thin["status"], *plains([thin["origQty"], thin["executedQty"]])])
    tour.control("/sim/depth", {"BTCUSDT": "free"})
    tour.see("order counts", [row["limit"] for row in client.get_current_order_count()])
    moved = client.make_universal_transfer(type="MAIN_FUNDING", asset="USDT", amount="5")
    tour.see("transfer", isinstance(moved["tranId"], int))
    _on_margin(tour, clients)


def _on_margin(tour: Tour, clients: Clients) -> None:
    client, eth = clients.main, {"symbol": "ETHUSDT"}
    crossed = client.create_margin_order(**BTC, side="SELL", type="MARKET", quantity="0.01")
    tour.see("margin order", margin_order(crossed))
    alone = client.create_margin_order(**eth, side="SELL", type="MARKET", quantity="0.1", isIsolated="TRUE")
    tour.see("isolated order", margin_order(alone))
    tour.see("margin trades", margin_trades(client.get_margin_trades(**BTC)))
    tour.see("isolated trades", margin_trades(client.get_margin_trades(**eth, isIsolated="TRUE", fromId=0)))
    others = client.get_margin_trades(**BTC, isIsolated="TRUE"), client.get_margin_trades(**eth)
    tour.see("margin trades of another wallet", [len(rows) for rows in others])
    too_much = {"side": "SELL", "type": "MARKET", "quantity": "5"}
    tour.refused("margin balance", lambda: client.create_margin_order(**BTC, **too_much))
    now = client.get_server_time()["serverTime"]
    span = {"startTime": now - 2 * DAY_MS, "endTime": now}
    tour.refused("window of margin trades", lambda: client.get_margin_trades(**BTC, **span))
