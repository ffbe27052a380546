"""USD-M and COIN-M futures: wallets, positions, income and trades."""

from typing import Any

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, plain, plains


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    account = client.futures_account()
    tour.see("futures wallet", {row["asset"]: plain(row["walletBalance"]) for row in _held(account["assets"])})
    balances = {row["asset"]: row["balance"] for row in client.futures_account_balance()}
    tour.see("futures balance", plain(balances["USDT"]))
    (position,) = [row for row in client.futures_position_information() if float(row["positionAmt"])]
    names = ("positionAmt", "entryPrice", "markPrice", "unRealizedProfit")
    tour.see("position", [position["symbol"], *plains(position[name] for name in names)])
    mark = client.futures_mark_price(symbol="BTCUSDT")
    tour.see("mark price", plain(mark["markPrice"]))
    tour.see("futures price", plain(client.futures_symbol_ticker(symbol="BTCUSDT")["price"]))
    tour.see("contracts", any(row["symbol"] == "BTCUSDT" for row in client.futures_exchange_info()["symbols"]))
    tour.see("futures hours", len(client.futures_klines(symbol="BTCUSDT", interval="1h", limit=5)))
    tour.see("one-way", client.futures_get_position_mode()["dualSidePosition"])
    tour.see("single-asset", client.futures_get_multi_assets_mode()["multiAssetsMargin"])
    tour.see("contract trades", plains(row["qty"] for row in client.futures_account_trades(symbol="BTCUSDT")))

    def income(start: int, limit: int) -> Any:
        return client.futures_income_history(startTime=start, limit=limit)

    tour.income(income, client.futures_time()["serverTime"] - 80 * DAY_MS)
    tour.see("coin income", {row["incomeType"] for row in client.futures_coin_income_history()} >= {"COMMISSION"})
    tour.see("coin mark price", plain(client.futures_coin_mark_price(symbol="BTCUSD_PERP")[0]["markPrice"]))
    coin = client.futures_coin_account()
    tour.see("coin wallet", {row["asset"]: plain(row["walletBalance"]) for row in _held(coin["assets"])})
    held = [row for row in client.futures_coin_position_information() if float(row["positionAmt"])]
    tour.see("coin position", [[row["symbol"], plain(row["positionAmt"])] for row in held])
    balance = {row["asset"]: row["balance"] for row in client.futures_coin_account_balance()}
    tour.see("coin balance", plain(balance["BTC"]))
    key = client.futures_stream_get_listen_key()
    client.futures_stream_keepalive(key)
    client.futures_stream_close(key)
    tour.see("a closed listen key is not given again", client.futures_stream_get_listen_key() != key)


def _held(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if float(row["walletBalance"])]
