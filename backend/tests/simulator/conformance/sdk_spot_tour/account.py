"""The spot account, its orders and its trades."""

from typing import Any

from backend.tests.simulator.conformance.record import DAY_MS, Tour, plain, plains
from backend.tests.simulator.conformance.sdk_spot_tour.clients import Clients, said

BTC, ETH = "BTCUSDT", "ETHUSDT"


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    answer = client.get_account()
    account = said(answer)
    tour.see("weight told", answer.rate_limits[0].count > 0)
    tour.see("spot", {row.asset: plain(row.free) for row in account.balances if float(row.free)})
    tour.see("account", [account.can_trade, account.account_type, account.permissions])
    tour.see("commission rates", plains([account.commission_rates.maker, account.commission_rates.taker]))
    short = said(client.get_account(omit_zero_balances=True)).balances
    tour.see("zeros are left out", all(float(row.free) or float(row.locked) for row in short))
    tour.see("one balance", next(plain(row.free) for row in short if row.asset == "DOGE"))
    fee = said(client.account_commission(BTC))
    tour.see("commission", [plain(fee.standard_commission.taker), fee.discount.discount_asset])
    filters = said(client.my_filters(BTC)).symbol_filters
    tour.see("own filters", [one.actual_instance.filter_type for one in filters])
    tour.see("rsa key", said(clients.rsa.get_account()).can_trade)
    tour.see("ed25519 key", said(clients.ed25519.get_account()).can_trade)
    _trades(tour, client)
    _nothing(tour, client)


def _trades(tour: Tour, client: Any) -> None:
    ids: list[int] = []
    while page := said(client.my_trades(ETH, limit=10, from_id=ids[-1] + 1 if ids else 0)):
        ids += [row.id for row in page]
    tour.see("trades by id", [len(ids), ids == sorted(set(ids))])
    now = said(client.time()).server_time
    spans = [{"start_time": now - (day + 1) * DAY_MS, "end_time": now - day * DAY_MS - 1} for day in (2, 1, 0)]
    found = [said(client.my_trades(ETH, **span)) for span in spans]
    tour.see("trades by day", [row.id for page in found for row in page] == ids)
    first = found[0][0]
    tour.see("a trade", plains([first.price, first.qty, first.quote_qty]))
    tour.see("newest trades", [row.id for row in said(client.my_trades(ETH, limit=3))] == ids[-3:])
    tour.see("trades of an order", [row.id for row in said(client.my_trades(ETH, order_id=first.order_id))] == ids[:1])
    orders = said(client.all_orders(ETH, limit=1000))
    tour.see("all orders", len(orders))
    later = said(client.all_orders(ETH, order_id=orders[10].order_id))
    tour.see("orders from one on", [row.order_id for row in later] == [row.order_id for row in orders[10:]])
    days = [said(client.all_orders(ETH, **span)) for span in spans]
    tour.see("orders by day", sum(len(page) for page in days))


def _nothing(tour: Tour, client: Any) -> None:
    """Lists of what cannot happen here: they are there and empty."""
    lists = (
        client.open_order_list(),
        client.all_order_list(),
        client.my_prevented_matches(BTC, order_id=1),
        client.my_allocations(BTC),
        client.order_amendments(BTC, order_id=1),
    )
    tour.see("empty lists", [said(one) for one in lists])
