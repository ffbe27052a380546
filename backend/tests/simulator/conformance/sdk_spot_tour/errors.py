"""Every error that this client can provoke, and the limits in the end."""

import time
from collections.abc import Callable
from typing import Any

from backend.tests.simulator.conformance.record import DAY_MS, Tour
from backend.tests.simulator.conformance.sdk_spot_tour.clients import Clients

BTC = "BTCUSDT"
BUY: dict[str, Any] = {"symbol": BTC, "side": "BUY", "type": "MARKET", "quantity": 0.01}
LIMIT: dict[str, Any] = BUY | {"type": "LIMIT", "price": 40_000, "time_in_force": "GTC"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    for name, call in (*_malformed(client), *_windows(client), *_orders(client), *_keys(clients)):
        tour.refused(name, call)
    _market_states(tour, client)
    _clock(tour, client)
    tour.refused("path unknown", lambda: client.historical_trades(BTC))
    tour.server_faults(client.time, client.get_account, clients.of("key", timeout=500).time)


Case = tuple[str, Callable[[], Any]]


def _malformed(client: Any) -> tuple[Case, ...]:
    place, price, trades = client.new_order, client.ticker_price, client.my_trades
    return (
        ("exponent", lambda: place(**BUY | {"quantity": 0.00001})),
        ("no quantity", lambda: place(BTC, "BUY", "MARKET")),
        ("empty parameter", lambda: trades(BTC, from_id="")),
        ("price of a market order", lambda: place(**BUY, price=50_000)),
        ("too many decimals", lambda: place(**BUY | {"quantity": 0.0123456789})),
        ("time in force", lambda: place(**LIMIT | {"time_in_force": "GTX"})),
        ("order type", lambda: place(**BUY | {"type": "STOP"})),
        ("side", lambda: place(**BUY | {"side": "HOLD"})),
        ("interval", lambda: client.klines(BTC, "7m")),
        ("unknown symbol", lambda: price(symbol="NOPEUSDT")),
        ("unknown status", lambda: price(symbol_status="SLEEPING")),
        ("other status", lambda: price(symbol=BTC, symbol_status="BREAK")),
        ("combination", lambda: trades(BTC, from_id=1, start_time=1)),
        ("receive window", lambda: client.get_account(recv_window=60_001)),
        ("reference price", lambda: client.reference_price(BTC)),
        ("sql", lambda: price(symbol="BTC' UNION SELECT 1")),
    )


def _windows(client: Any) -> tuple[Case, ...]:
    now = int(time.time() * 1000)
    span = {"start_time": now - DAY_MS - 1, "end_time": now}
    return (
        ("window of trades", lambda: client.my_trades(BTC, **span)),
        ("window of orders", lambda: client.all_orders(BTC, **span)),
    )


def _orders(client: Any) -> tuple[Case, ...]:
    place, cancel = client.new_order, client.delete_order
    return (
        ("LOT_SIZE", lambda: place(**BUY | {"quantity": 9001})),
        ("NOTIONAL", lambda: place(**LIMIT | {"quantity": 0.0001})),
        ("PRICE_FILTER", lambda: place(**LIMIT | {"price": 40_000.001})),
        ("PERCENT_PRICE_BY_SIDE", lambda: place(**LIMIT | {"price": 5000})),
        ("filter of a test order", lambda: client.order_test(**BUY | {"quantity": 0.010001})),
        ("balance", lambda: place(**BUY | {"quantity": 100})),
        ("maker would take", lambda: place(**BUY | {"type": "LIMIT_MAKER", "price": 60_000})),
        ("cancel unknown", lambda: cancel(BTC, order_id=1)),
        ("cancel without id", lambda: cancel(BTC)),
        ("order unknown", lambda: client.get_order(BTC, order_id=1)),
    )


def _keys(clients: Clients) -> tuple[Case, ...]:
    return (
        ("signature", clients.of("key", "wrong").get_account),
        ("malformed key", clients.of("k" * 129).get_account),
        ("unknown key", clients.of("nobody").get_account),
        ("revoked key", clients.of("revoked").get_account),
        ("address", clients.of("elsewhere").get_account),
        ("may not trade", lambda: clients.of("reader").new_order(**BUY)),
    )


def _market_states(tour: Tour, client: Any) -> None:
    client.new_order(**LIMIT, new_client_order_id="twice")
    tour.refused("duplicate", lambda: client.new_order(**LIMIT, new_client_order_id="twice"))
    client.delete_open_orders(BTC)
    tour.refused("not permitted", lambda: client.new_order(**BUY | {"symbol": "FORBIDDENUSDT"}))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "HALT"})
    tour.refused("market closed", lambda: client.new_order(**BUY | {"symbol": "SANDUSDT", "quantity": 100}))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "DELISTED"})
    tour.refused("delisted", lambda: client.ticker_price(symbol="SANDUSDT"))


def _clock(tour: Tour, client: Any) -> None:
    """The SDK always stamps by the machine's clock, so the exchange's is made to go wrong, either way by turns."""
    tour.control("/sim/faults", {"kinds": ["clock_skew"], "p": 1, "count": 40})
    texts = {tour.refusal(client.get_account) for _ in range(40)}
    tour.see("refused: late", next((text for text in texts if "outside" in text), "it was not"))
    tour.see("refused: early", next((text for text in texts if "ahead" in text), "it was not"))


def exhaust(tour: Tour, clients: Clients) -> None:
    """Use up each budget; the address is banned in the end."""
    client = clients.main
    hopeless = LIMIT | {"time_in_force": "IOC", "quantity": 0.001}
    tour.until_refused("unfilled orders", lambda: client.new_order(**hopeless), 1000)
    tour.until_refused("budget of the address", client.ticker24hr, 600)
    tour.until_banned(client.ticker24hr)
