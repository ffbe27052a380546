"""Orders from placing to their trades."""

from typing import Any

from backend.tests.simulator.conformance.record import Tour, plain, plains
from backend.tests.simulator.conformance.sdk_spot_tour.clients import Clients, said

BTC = "BTCUSDT"
BUY: dict[str, Any] = {"symbol": BTC, "side": "BUY", "type": "MARKET", "quantity": 0.01}
LIMIT: dict[str, Any] = {"symbol": BTC, "side": "BUY", "type": "LIMIT", "quantity": 0.002, "time_in_force": "GTC"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    tour.see("test order", client.order_test(**BUY).data().to_dict())
    rates = said(client.order_test(**BUY, compute_commission_rates=True))
    tour.see("test order with rates", plain(rates.standard_commission_for_order.taker))
    bought = said(client.new_order(**BUY, new_client_order_id="market-1"))
    (fill,) = bought.fills
    tour.see("market buy", [bought.status, *plains([bought.executed_qty, bought.cummulative_quote_qty])])
    tour.see("fee", [fill.commission_asset, plain(fill.commission)])
    found = said(client.get_order(BTC, orig_client_order_id="market-1"))
    tour.see("found by its own id", found.order_id == bought.order_id)
    trades = said(client.my_trades(BTC, order_id=bought.order_id))
    tour.see("its trades", [row.id for row in trades] == [fill.trade_id])
    amount = {"symbol": BTC, "side": "BUY", "type": "MARKET", "quote_order_qty": 100, "new_order_resp_type": "RESULT"}
    spent = said(client.new_order(**amount))
    tour.see("buy for an amount", [spent.status, plain(spent.orig_quote_order_qty), bool(spent.fills)])
    sold = said(client.new_order(**(BUY | {"side": "SELL", "new_order_resp_type": "ACK"})))
    tour.see("acknowledged only", sold.status is None)
    _resting(tour, client)
    now = said(client.new_order(**LIMIT | {"price": 60_000, "time_in_force": "IOC"}))
    tour.see("taken at once at the better price", [now.status, plain(now.fills[0].price)])
    never = said(client.new_order(**LIMIT | {"price": 40_000, "time_in_force": "FOK"}))
    tour.see("fill or kill", [never.status, plain(never.executed_qty)])
    maker = {"symbol": BTC, "side": "SELL", "type": "LIMIT_MAKER", "quantity": 0.002, "price": 51_000}
    placed = said(client.new_order(**maker))
    tour.see("maker order", said(client.get_order(BTC, order_id=placed.order_id)).status)
    tour.control("/sim/prices", {"BTCUSDT": "52000"})
    tour.see("filled as the price came", said(client.get_order(BTC, order_id=placed.order_id)).status)
    tour.control("/sim/prices", {"BTCUSDT": "50000"})
    tour.control("/sim/depth", {"BTCUSDT": "0.005"})
    thin = said(client.new_order(**BUY))
    tour.see("thin book", [thin.status, *plains([thin.orig_qty, thin.executed_qty])])
    tour.control("/sim/depth", {"BTCUSDT": "free"})
    tour.see("order counts", [row.limit for row in said(client.rate_limit_order())])


def _resting(tour: Tour, client: Any) -> None:
    resting = said(client.new_order(**LIMIT, price=40_000))
    tour.see("limit buy", [resting.status, resting.time_in_force, plain(resting.price)])
    locked = {row.asset: row.locked for row in said(client.get_account()).balances}
    tour.see("locked", plain(locked["USDT"]))
    tour.see("open orders", [row.order_id for row in said(client.get_open_orders())] == [resting.order_id])
    gone = said(client.delete_order(BTC, order_id=resting.order_id, new_client_order_id="cancel-1"))
    tour.see("cancelled", [gone.status, gone.client_order_id])
    for price in (41_000, 42_000):
        client.new_order(**LIMIT, price=price)
    both = [getattr(row, "actual_instance", row) for row in said(client.delete_open_orders(BTC))]
    tour.see("cancelled together", [plain(row.price) for row in both])
