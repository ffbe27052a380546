"""Market data."""

import time

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import MINUTE_MS, Tour, plain, plains, steps

BTC = {"symbol": "BTCUSDT"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    tour.see("ping", client.public_get_ping())
    now = client.fetch_time()
    tour.see("the clocks agree", abs(now - time.time() * 1000) < 5000)
    info = client.public_get_exchangeinfo()
    tour.see("symbols", len(info["symbols"]))
    tour.see("weight limit", int(info["rateLimits"][0]["limit"]))
    btc = client.public_get_exchangeinfo(BTC)["symbols"][0]
    tour.see("BTCUSDT", [btc["baseAsset"], btc["quoteAsset"], btc["status"]])
    tour.see("filters", [one["filterType"] for one in btc["filters"]])
    tour.see("price", plain(client.public_get_ticker_price(BTC)["price"]))
    two = client.public_get_ticker_price({"symbols": '["BTCUSDT","ETHUSDT"]'})
    tour.see("two prices", {row["symbol"]: plain(row["price"]) for row in two})
    tour.see("all prices", len(client.public_get_ticker_price()))
    book = client.public_get_ticker_bookticker({"symbol": "ETHUSDT"})
    tour.see("bid and ask", plains([book["bidPrice"], book["askPrice"]]))
    tour.see("all books", len(client.public_get_ticker_bookticker()))
    day = client.public_get_ticker_24hr(BTC)
    tour.see("day", plains([day["lastPrice"], day["openPrice"], day["priceChangePercent"]]))
    small = client.public_get_ticker_24hr(BTC | {"type": "MINI"})
    tour.see("a small ticker has no change", "priceChange" not in small)
    tour.see("average", plain(client.public_get_avgprice(BTC)["price"]))
    hours = client.fetch_ohlcv("BTC/USDT", "1h", limit=24)
    tour.see("hours", [len(hours), {plain(row[4]) for row in hours} == {"50000"}])
    tour.see("the last hour runs", hours[-1][0] <= now <= hours[-1][0] + 61 * MINUTE_MS)
    _pages(tour, client, now)
    tour.see("system", int(client.sapi_get_system_status()["status"]))


def _pages(tour: Tour, client: object, now: int) -> None:
    end = now - now % MINUTE_MS
    start = first = end - 2500 * MINUTE_MS
    rows: list[int] = []
    while start < end:
        span = {"interval": "1m", "startTime": start, "endTime": end - MINUTE_MS, "limit": 1000}
        page = client.public_get_klines(BTC | span)  # type: ignore[attr-defined]  # ccxt makes its methods by table
        rows += [int(row[0]) for row in page]
        start = rows[-1] + MINUTE_MS
    tour.see("minutes over three pages", [len(rows), steps(rows)])
    span = {"interval": "1d", "startTime": first + 1, "endTime": first + 1}
    tour.see("no day begins at that instant", len(client.public_get_klines(BTC | span)))  # type: ignore[attr-defined]  # as above
