"""ccxt's own view of it all: its methods that are the same for every exchange."""

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import Tour, plain


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    markets = client.load_markets()
    tour.see("unified: kinds of markets", sorted({market["type"] for market in markets.values()}))
    tour.see("unified: ticker", client.fetch_ticker("BTC/USDT")["last"])
    tour.see("unified: status", client.fetch_status()["status"])
    kinds = {kind: {"type": kind} for kind in ("funding", "margin", "future")}
    kinds["inverse"] = {"type": "swap", "subType": "inverse"}
    totals = {name: client.fetch_balance(kind)["total"] for name, kind in kinds.items()}
    tour.see("unified: wallets", [totals["funding"]["USDT"], totals["margin"]["USDT"], totals["future"]["USDT"] > 1000])
    tour.see("unified: inverse", plain(totals["inverse"]["BTC"]) == tour.seen["coin balance"])
    bought = client.create_order("ETH/USDT", "market", "buy", 0.05)
    tour.see("unified: order", [bought["status"], bought["filled"], bought["side"]])
    by_cost = client.create_market_buy_order_with_cost("ETH/USDT", 50)
    tour.see("unified: order for an amount", 45 < by_cost["cost"] <= 50)
    trades = client.fetch_my_trades("ETH/USDT", limit=2)
    tour.see("unified: trades", [trade["order"] for trade in trades] == [bought["id"], by_cost["id"]])
    resting = client.create_order("BTC/USDT", "limit", "buy", 0.001, 40_000)
    tour.see("unified: open", [row["id"] for row in client.fetch_open_orders("BTC/USDT")] == [resting["id"]])
    tour.see("unified: cancelled", client.cancel_order(resting["id"], "BTC/USDT")["status"])
    direction = {"fromAccount": "spot", "toAccount": "linear"}
    client.transfer("USDT", 13, *direction.values())
    moved = client.fetch_transfers("USDT", limit=100, params=direction)
    tour.see("unified: transfers", [len(moved), sorted(row["amount"] for row in moved)[-1]])
    positions = client.fetch_positions(["BTC/USDT:USDT"])
    tour.see("unified: positions", [[row["symbol"], row["contracts"], row["side"]] for row in positions])
    tour.see("unified: funding rate", plain(client.fetch_funding_rate("BTC/USDT:USDT")["markPrice"]))
    tour.see("unified: deposits", len(client.fetch_deposits("XRP")))
    sent = client.fetch_withdrawals("XRP")
    tour.see("unified: withdrawals", [len(sent), sent[0]["fee"]["cost"]])
