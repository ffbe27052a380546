"""USD-M and COIN-M futures: wallets, positions, income and trades."""

from typing import Any

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, plain, plains

BTC = {"symbol": "BTCUSDT"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    account = client.fapiprivatev3_get_account()
    tour.see("futures wallet", {row["asset"]: plain(row["walletBalance"]) for row in _held(account["assets"])})
    balances = {row["asset"]: row["balance"] for row in client.fapiprivatev3_get_balance()}
    tour.see("futures balance", plain(balances["USDT"]))
    (position,) = client.fapiprivatev3_get_positionrisk()
    names = ("positionAmt", "entryPrice", "markPrice", "unRealizedProfit")
    tour.see("position", [position["symbol"], *plains(position[name] for name in names)])
    tour.see("mark price", plain(client.fapipublic_get_premiumindex(BTC)["markPrice"]))
    tour.see("futures price", plain(client.fapipublic_get_ticker_price(BTC)["price"]))
    tour.see("contracts", any(row["symbol"] == "BTCUSDT" for row in client.fapipublic_get_exchangeinfo()["symbols"]))
    tour.see("futures hours", len(client.fapipublic_get_klines(BTC | {"interval": "1h", "limit": 5})))
    tour.see("one-way", client.fapiprivate_get_positionside_dual()["dualSidePosition"])
    tour.see("single-asset", client.fapiprivate_get_multiassetsmargin()["multiAssetsMargin"])
    tour.see("contract trades", plains(row["qty"] for row in client.fapiprivate_get_usertrades(BTC)))

    def income(start: int, limit: int) -> Any:
        return client.fapiprivate_get_income({"startTime": start, "limit": limit})

    tour.income(income, client.fetch_time() - 80 * DAY_MS)
    coin = client.dapiprivate_get_account()
    tour.see("coin wallet", {row["asset"]: plain(row["walletBalance"]) for row in _held(coin["assets"])})
    held = [row for row in client.dapiprivate_get_positionrisk() if float(row["positionAmt"])]
    tour.see("coin position", [[row["symbol"], plain(row["positionAmt"])] for row in held])
    balance = {row["asset"]: row["balance"] for row in client.dapiprivate_get_balance()}
    tour.see("coin balance", plain(balance["BTC"]))
    key = client.fapiprivate_post_listenkey()
    client.fapiprivate_put_listenkey()
    client.fapiprivate_delete_listenkey()
    tour.see("a closed listen key is not given again", client.fapiprivate_post_listenkey() != key)


def _held(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if float(row["walletBalance"])]
