"""Orders from placing to their trades."""

from typing import Any

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, margin_order, margin_trades, plain, plains

BTC = {"symbol": "BTCUSDT"}
BUY: dict[str, Any] = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.01"}
LIMIT: dict[str, Any] = BTC | {"side": "BUY", "type": "LIMIT", "quantity": "0.002", "timeInForce": "GTC"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    place = client.private_post_order
    tour.see("test order", client.private_post_order_test(BUY))
    rates = client.private_post_order_test(BUY | {"computeCommissionRates": "true"})
    tour.see("test order with rates", plain(rates["standardCommissionForOrder"]["taker"]))
    bought = place(BUY | {"newClientOrderId": "market-1"})
    (fill,) = bought["fills"]
    tour.see("market buy", [bought["status"], *plains([bought["executedQty"], bought["cummulativeQuoteQty"]])])
    tour.see("fee", [fill["commissionAsset"], plain(fill["commission"])])
    found = client.private_get_order(BTC | {"origClientOrderId": "market-1"})
    tour.see("found by its own id", found["orderId"] == bought["orderId"])
    trades = client.private_get_mytrades(BTC | {"orderId": bought["orderId"]})
    tour.see("its trades", [row["id"] for row in trades] == [fill["tradeId"]])
    amount = BTC | {"side": "BUY", "type": "MARKET", "quoteOrderQty": "100", "newOrderRespType": "RESULT"}
    spent = place(amount)
    tour.see("buy for an amount", [spent["status"], plain(spent["origQuoteOrderQty"]), "fills" in spent])
    sold = place(BUY | {"side": "SELL", "newOrderRespType": "ACK"})
    tour.see("acknowledged only", "status" not in sold)
    resting = place(LIMIT | {"price": "40000"})
    tour.see("limit buy", [resting["status"], resting["timeInForce"], plain(resting["price"])])
    tour.see("locked", plain(client.fetch_balance()["USDT"]["used"]))
    tour.see("open orders", [row["orderId"] for row in client.private_get_openorders()] == [resting["orderId"]])
    gone = client.private_delete_order(BTC | {"orderId": resting["orderId"], "newClientOrderId": "cancel-1"})
    tour.see("cancelled", [gone["status"], gone["clientOrderId"]])
    for price in ("41000", "42000"):
        place(LIMIT | {"price": price})
    tour.see("cancelled together", [plain(row["price"]) for row in client.private_delete_openorders(BTC)])
    now = place(LIMIT | {"price": "60000", "timeInForce": "IOC"})
    tour.see("taken at once at the better price", [now["status"], plain(now["fills"][0]["price"])])
    never = place(LIMIT | {"price": "40000", "timeInForce": "FOK"})
    tour.see("fill or kill", [never["status"], plain(never["executedQty"])])
    maker = place(BTC | {"side": "SELL", "type": "LIMIT_MAKER", "quantity": "0.002", "price": "51000"})
    again = BTC | {"orderId": maker["orderId"]}
    tour.see("maker order", client.private_get_order(again)["status"])
    tour.control("/sim/prices", {"BTCUSDT": "52000"})
    tour.see("filled as the price came", client.private_get_order(again)["status"])
    tour.control("/sim/prices", {"BTCUSDT": "50000"})
    tour.control("/sim/depth", {"BTCUSDT": "0.005"})
    thin = place(BUY)
    tour.see("thin book", [thin["status"], *plains([thin["origQty"], thin["executedQty"]])])
    tour.control("/sim/depth", {"BTCUSDT": "free"})
    tour.see("order counts", [int(row["limit"]) for row in client.private_get_ratelimit_order()])
    moved = client.sapi_post_asset_transfer({"type": "MAIN_FUNDING", "asset": "USDT", "amount": "5"})
    tour.see("transfer", str(moved["tranId"]).isdigit())
    _on_margin(tour, clients)


def _on_margin(tour: Tour, clients: Clients) -> None:
    client, eth = clients.main, {"symbol": "ETHUSDT"}
    sell, alone = {"side": "SELL", "type": "MARKET"}, {"isIsolated": "TRUE"}
    place, trades = client.sapi_post_margin_order, client.sapi_get_margin_mytrades
    tour.see("margin order", margin_order(place(BTC | sell | {"quantity": "0.01"})))
    tour.see("isolated order", margin_order(place(eth | sell | alone | {"quantity": "0.1"})))
    tour.see("margin trades", margin_trades(trades(BTC)))
    tour.see("isolated trades", margin_trades(trades(eth | alone | {"fromId": 0})))
    tour.see("margin trades of another wallet", [len(rows) for rows in (trades(BTC | alone), trades(eth))])
    tour.refused("margin balance", lambda: place(BTC | sell | {"quantity": "5"}))
    span = {"startTime": client.fetch_time() - 2 * DAY_MS, "endTime": client.fetch_time()}
    tour.refused("window of margin trades", lambda: trades(BTC | span))
