"""The WebSocket API, the account's own stream on it, and market streams."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from binance_common.configuration import (  # type: ignore[import-not-found]  # in .venv-sdk-spot only
    ConfigurationWebSocketAPI,
    ConfigurationWebSocketStreams,
)
from binance_sdk_spot.spot import Spot  # type: ignore[import-not-found]  # in .venv-sdk-spot only

from backend.tests.simulator.conformance.record import Tour, plain, plains
from backend.tests.simulator.conformance.sdk_spot_tour.clients import Clients

BTC = "BTCUSDT"
HEARD_WITHIN_S = 10
OLD_PRICE, NEW_PRICE = "50000.00000000", "50100.00000000"
BUY: dict[str, Any] = {"symbol": BTC, "side": "BUY", "type": "MARKET", "quantity": 0.01}


def tour(tour: Tour, clients: Clients) -> None:
    asyncio.run(_visit(tour, clients))


async def _visit(tour: Tour, clients: Clients) -> None:
    url = f"{tour.streams()}/ws-api/v3"
    mine = ConfigurationWebSocketAPI(api_key="key", api_secret="secret", stream_url=url)
    connection = await Spot(config_ws_api=mine).websocket_api.create_connection()
    try:
        await _calls(tour, connection)
        await _stream(tour, connection)
    finally:
        await connection.close_connection(close_session=True)
    theirs = ConfigurationWebSocketAPI(api_key="ed25519", private_key=clients.ed25519_file, stream_url=url)
    connection = await Spot(config_ws_api=theirs).websocket_api.create_connection()
    try:
        logged_on = await _said(connection.session_logon())
        tour.see("ws: logged on", logged_on.api_key)
        tour.see("ws: unsigned after it", (await _said(connection.account_status())).can_trade)
        tour.see("ws: logged out", (await _said(connection.session_logout())).api_key)
    finally:
        await connection.close_connection(close_session=True)
    await _market(tour)


async def _market(tour: Tour) -> None:
    """Streams of the market: each tells a new price."""
    settings = ConfigurationWebSocketStreams(stream_url=tour.streams())
    connection = await Spot(config_ws_streams=settings).websocket_streams.create_connection()
    asked: dict[str, Callable[[], Awaitable[Any]]] = {
        "small": lambda: connection.mini_ticker(symbol="btcusdt"),
        "book": lambda: connection.book_ticker(symbol="btcusdt"),
        "candle": lambda: connection.kline(symbol="btcusdt", interval="1h"),
        "all": lambda: connection.all_mini_ticker(),
    }
    try:
        heard: dict[str, asyncio.Queue[Any]] = {}
        for name, subscribe in asked.items():
            heard[name] = asyncio.Queue()
            (await subscribe()).on("message", heard[name].put_nowait)
        tour.control("/sim/prices", {BTC: NEW_PRICE})
        for name, queue in heard.items():
            told = await asyncio.wait_for(_new_price(queue), HEARD_WITHIN_S)
            tour.see(f"stream: {name}", told)
    finally:
        tour.control("/sim/prices", {BTC: OLD_PRICE})
        await connection.close_connection(close_session=True)


async def _new_price(heard: asyncio.Queue[Any]) -> str:
    """The kind of the first message that tells the new price."""
    while True:
        message = await heard.get()
        rows = message if isinstance(message, list) else [getattr(message, "k", message)]
        if any(getattr(row, "c", None) == NEW_PRICE or getattr(row, "b", None) == NEW_PRICE for row in rows):
            return type(rows[0]).__name__


async def _said(call: Awaitable[Any]) -> Any:
    """The result in an answer; of one that has several forms, the form that fits."""
    data = (await call).data()
    data = getattr(data, "actual_instance", data)
    if isinstance(data, dict):
        return data["error"]
    return data.result


async def _calls(tour: Tour, connection: Any) -> None:
    tour.see("ws: ping", await _said(connection.ping()))
    answer = await connection.ticker_price(symbol=BTC)
    tour.see("ws: price", plain(answer.data().actual_instance.result.price))
    tour.see("ws: weight told", answer.rate_limits[0].count > 0)
    account = await _said(connection.account_status(omit_zero_balances=True))
    tour.see("ws: spot", {row.asset: plain(row.free) for row in account.balances})
    tour.see("ws: hours", len(await _said(connection.klines(BTC, "1h", limit=5))))
    tour.see("ws: book", plains((await _said(connection.depth(BTC))).bids[0]))
    tour.see("ws: open orders", await _said(connection.open_orders_status()))
    refused = await _said(connection.order_place(**BUY | {"quantity": 100}))
    tour.see("ws: refused", f"{refused['code']} {refused['msg']}")


async def _stream(tour: Tour, connection: Any) -> None:
    """Place an order and hear of it on the same connection."""
    subscribed = await connection.user_data_stream_subscribe_signature()
    heard: asyncio.Queue[Any] = asyncio.Queue()
    subscribed.stream.on("message", heard.put_nowait)
    order = await _said(connection.order_place(**BUY))
    tour.see("ws: order", [order.status, plain(order.executed_qty)])
    events = [await asyncio.wait_for(heard.get(), HEARD_WITHIN_S) for _ in range(3)]
    kinds = [getattr(event, "actual_instance", event) for event in events]
    tour.see("ws: heard", [type(kind).__name__ for kind in kinds])
    tour.see("ws: the order heard of", kinds[1].i == order.order_id)
    found = await _said(connection.order_status(BTC, order_id=order.order_id))
    tour.see("ws: found", found.status)
    trades = await _said(connection.my_trades(BTC, order_id=order.order_id))
    tour.see("ws: trades", plains(row.qty for row in trades))
    tour.see("ws: subscriptions", len(await _said(connection.session_subscriptions())))
