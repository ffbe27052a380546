"""Market data."""

import time

from binance.client import Client

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import MINUTE_MS, Tour, plain, plains, steps

INTERVALS = ("1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M")


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    tour.see("ping", client.ping())
    now = client.get_server_time()["serverTime"]
    tour.see("the clocks agree", abs(now - time.time() * 1000) < 5000)
    info = client.get_exchange_info()
    tour.see("symbols", len(info["symbols"]))
    tour.see("weight limit", info["rateLimits"][0]["limit"])
    btc = client.get_symbol_info("BTCUSDT")
    tour.see("BTCUSDT", [btc["baseAsset"], btc["quoteAsset"], btc["status"]])
    tour.see("filters", [one["filterType"] for one in btc["filters"]])
    tour.see("price", plain(client.get_symbol_ticker(symbol="BTCUSDT")["price"]))
    two = client.get_symbol_ticker(symbols='["BTCUSDT","ETHUSDT"]')
    tour.see("two prices", {row["symbol"]: plain(row["price"]) for row in two})
    tour.see("all prices", len(client.get_all_tickers()))
    book = client.get_orderbook_ticker(symbol="ETHUSDT")
    tour.see("bid and ask", plains([book["bidPrice"], book["askPrice"]]))
    tour.see("all books", len(client.get_orderbook_tickers()))
    day = client.get_ticker(symbol="BTCUSDT")
    tour.see("day", plains([day["lastPrice"], day["openPrice"], day["priceChangePercent"]]))
    small = client.get_ticker(symbol="BTCUSDT", type="MINI")
    tour.see("a small ticker has no change", "priceChange" not in small)
    tour.see("average", plain(client.get_avg_price(symbol="BTCUSDT")["price"]))
    hours = client.get_klines(symbol="BTCUSDT", interval="1h", limit=24)
    tour.see("hours", [len(hours), {plain(row[4]) for row in hours} == {"50000"}])
    tour.see("the last hour runs", hours[-1][0] <= now <= hours[-1][6] + MINUTE_MS)
    end = now - now % MINUTE_MS
    start = end - 2500 * MINUTE_MS
    rows = list(client.get_historical_klines_generator("BTCUSDT", "1m", start, end - MINUTE_MS, limit=1000))
    tour.see("minutes over three pages", [len(rows), steps(row[0] for row in rows)])
    one = client.get_klines(symbol="BTCUSDT", interval="1d", startTime=start + 1, endTime=start + 1)
    tour.see("no day begins at that instant", len(one))
    tour.see("intervals", [_ends_with_the_running(client, interval) for interval in INTERVALS] == [True] * 16)
    details = client.get_asset_details()
    tour.see("asset details", bool(details["BTC"]))
    tour.see("system", client.get_system_status()["status"])


def _ends_with_the_running(client: Client, interval: str) -> bool:
    rows = client.get_klines(symbol="BTCUSDT", interval=interval, limit=3)
    now = client.get_server_time()["serverTime"]
    return len(rows) == 3 and rows[-1][0] <= now and rows[-1][6] >= now - 1000 and all(len(row) == 12 for row in rows)
