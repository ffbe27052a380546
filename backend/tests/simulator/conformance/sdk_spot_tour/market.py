"""Market data."""

import time
from typing import Any

from backend.tests.simulator.conformance.record import MINUTE_MS, Tour, plain, plains, steps
from backend.tests.simulator.conformance.sdk_spot_tour.clients import Clients, said

BTC = "BTCUSDT"


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    tour.see("ping", said(client.ping()))
    now = said(client.time()).server_time
    tour.see("the clocks agree", abs(now - time.time() * 1000) < 5000)
    info = said(client.exchange_info())
    tour.see("symbols", len(info.symbols))
    tour.see("weight limit", info.rate_limits[0].limit)
    (btc,) = said(client.exchange_info(symbol=BTC)).symbols
    tour.see("BTCUSDT", [btc.base_asset, btc.quote_asset, btc.status])
    tour.see("filters", [one.actual_instance.filter_type for one in btc.filters])
    _tickers(tour, client)
    hours = said(client.klines(BTC, "1h", limit=24))
    tour.see("hours", [len(hours), {plain(row[4]) for row in hours} == {"50000"}])
    tour.see("the last hour runs", hours[-1][0] <= now <= hours[-1][6] + MINUTE_MS)
    _pages(tour, client, now)
    rules = said(client.execution_rules(symbols=["BTCUSDT", "ETHUSDT"]))
    tour.see("execution rules", [[row.symbol, row.rules] for row in rules.symbol_rules])
    tour.see("candles to draw", said(client.ui_klines(BTC, "1h", limit=24))[:-1] == hours[:-1])
    book = said(client.depth(BTC, limit=5))
    tour.see("book", [plains(book.bids[0]), plains(book.asks[0])])


def _tickers(tour: Tour, client: Any) -> None:
    tour.see("price", plain(said(client.ticker_price(symbol=BTC)).price))
    two = said(client.ticker_price(symbols=["BTCUSDT", "ETHUSDT"]))
    tour.see("two prices", {row.symbol: plain(row.price) for row in two})
    tour.see("all prices", len(said(client.ticker_price())))
    book = said(client.ticker_book_ticker(symbol="ETHUSDT"))
    tour.see("bid and ask", plains([book.bid_price, book.ask_price]))
    tour.see("all books", len(said(client.ticker_book_ticker())))
    day = said(client.ticker24hr(symbol=BTC))
    tour.see("day", plains([day.last_price, day.open_price, day.price_change_percent]))
    tour.see("a small ticker has no change", said(client.ticker24hr(symbol=BTC, type="MINI")).price_change is None)
    tour.see("all days", len(said(client.ticker24hr())))
    tour.see("average", plain(said(client.avg_price(BTC)).price))


def _pages(tour: Tour, client: Any, now: int) -> None:
    end = now - now % MINUTE_MS
    start = first = end - 2500 * MINUTE_MS
    rows: list[int] = []
    while start < end:
        span = {"start_time": start, "end_time": end - MINUTE_MS, "limit": 1000}
        rows += [row[0] for row in said(client.klines(BTC, "1m", **span))]
        start = rows[-1] + MINUTE_MS
    tour.see("minutes over three pages", [len(rows), steps(rows)])
    none = said(client.klines(BTC, "1d", start_time=first + 1, end_time=first + 1))
    tour.see("no day begins at that instant", len(none))
