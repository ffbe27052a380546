"""Every error that this client can provoke, and the limits in the end."""

import time
from collections.abc import Callable
from typing import Any

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour

BTC = {"symbol": "BTCUSDT"}
BUY: dict[str, Any] = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.01"}
LIMIT: dict[str, Any] = BUY | {"type": "LIMIT", "price": "40000", "timeInForce": "GTC"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    for name, call in (*_malformed(client), *_windows(client), *_orders(client), *_keys(clients)):
        tour.refused(name, call)
    _market_states(tour, client)
    doubled = f"{clients.base}/api/v3/ticker/price?symbol=BTCUSDT&symbol=BTCUSDT"
    tour.refused("doubled parameter", lambda: client.fetch(doubled))
    tour.refused("retired path", lambda: client.fetch(f"{clients.base}/api/v3/userDataStream", "POST"))
    tour.refused("path unknown", lambda: client.fetch(f"{clients.base}/api/v3/nowhere"))
    hasty = clients.of("key")
    hasty.timeout = 500
    tour.server_faults(client.fetch_time, client.private_get_account, hasty.fetch_time)


Case = tuple[str, Callable[[], Any]]


def _malformed(client: Any) -> tuple[Case, ...]:
    place, price, trades = client.private_post_order, client.public_get_ticker_price, client.private_get_mytrades
    return (
        ("exponent", lambda: place(BUY | {"quantity": "1e-05"})),
        ("no symbol", lambda: trades()),
        ("no quantity", lambda: place(BTC | {"side": "BUY", "type": "MARKET"})),
        ("unknown parameter", lambda: client.private_get_account({"nonsense": "1"})),
        ("empty parameter", lambda: trades(BTC | {"fromId": ""})),
        ("price of a market order", lambda: place(BUY | {"price": "50000"})),
        ("too many decimals", lambda: place(BUY | {"quantity": "0.0123456789"})),
        ("time in force", lambda: place(LIMIT | {"timeInForce": "GTX"})),
        ("order type", lambda: place(BUY | {"type": "STOP"})),
        ("side", lambda: place(BUY | {"side": "HOLD"})),
        ("interval", lambda: client.public_get_klines(BTC | {"interval": "7m"})),
        ("unknown symbol", lambda: price({"symbol": "NOPEUSDT"})),
        ("unknown status", lambda: price({"symbolStatus": "SLEEPING"})),
        ("other status", lambda: price(BTC | {"symbolStatus": "BREAK"})),
        ("combination", lambda: trades(BTC | {"fromId": 1, "startTime": 1})),
        ("transfer type", lambda: client.sapi_get_asset_transfer({"type": "MAIN_MOON"})),
        ("receive window", lambda: client.private_get_account({"recvWindow": 60_001})),
        ("reference price", lambda: client.public_get_referenceprice(BTC)),
        ("sql", lambda: price({"symbol": "BTC' UNION SELECT 1"})),
    )


def _windows(client: Any) -> tuple[Case, ...]:
    now = int(time.time() * 1000)

    def span(days: float, names: tuple[str, str] = ("startTime", "endTime")) -> dict[str, int]:
        return {names[0]: now - int(days * DAY_MS), names[1]: now}

    peers = client.sapi_get_c2c_ordermatch_listuserorderhistory
    earn = client.sapi_get_simple_earn_flexible_history_redemptionrecord
    return (
        ("window of trades", lambda: client.private_get_mytrades(BTC | span(1.01))),
        ("window of orders", lambda: client.private_get_allorders(BTC | span(1.01))),
        ("window of deposits", lambda: client.sapi_get_capital_deposit_hisrec(span(90))),
        ("window of withdrawals", lambda: client.sapi_get_capital_withdraw_history(span(90))),
        ("window of converts", lambda: client.sapi_get_convert_tradeflow(span(31))),
        ("window of dividends", lambda: client.sapi_get_asset_assetdividend(span(181))),
        ("window of sub-accounts", lambda: client.sapi_get_sub_account_universaltransfer(span(8))),
        ("window of earn", lambda: earn(span(31))),
        ("window of contract trades", lambda: client.fapiprivate_get_usertrades(BTC | span(8))),
        ("window of p2p", lambda: peers(span(31, ("startTimestamp", "endTimestamp")))),
        ("converts without bounds", lambda: client.sapi_get_convert_tradeflow()),
    )


def _orders(client: Any) -> tuple[Case, ...]:
    place, cancel = client.private_post_order, client.private_delete_order
    return (
        ("LOT_SIZE", lambda: place(BUY | {"quantity": "0.000001"})),
        ("NOTIONAL", lambda: place(BUY | {"quantity": "0.00001"})),
        ("PRICE_FILTER", lambda: place(LIMIT | {"price": "40000.001"})),
        ("PERCENT_PRICE_BY_SIDE", lambda: place(LIMIT | {"price": "5000"})),
        ("filter of a test order", lambda: client.private_post_order_test(BUY | {"quantity": "0.000001"})),
        ("balance", lambda: place(BUY | {"quantity": "100"})),
        ("maker would take", lambda: place(BUY | {"type": "LIMIT_MAKER", "price": "60000"})),
        ("cancel unknown", lambda: cancel(BTC | {"orderId": 1})),
        ("cancel without id", lambda: cancel(BTC)),
        ("order unknown", lambda: client.private_get_order(BTC | {"orderId": 1})),
        ("transfer beyond balance", lambda: _too_much(client)),
    )


def _too_much(client: Any) -> Any:
    return client.sapi_post_asset_transfer({"type": "MAIN_FUNDING", "asset": "USDT", "amount": "9999999"})


def _keys(clients: Clients) -> tuple[Case, ...]:
    late, early = clients.of("key"), clients.of("key")
    late.options["timeDifference"], early.options["timeDifference"] = 20_000, -5_000
    return (
        ("late", late.private_get_account),
        ("early", early.private_get_account),
        ("signature", clients.of("key", "wrong").private_get_account),
        ("malformed key", clients.of("k" * 129).private_get_account),
        ("unknown key", clients.of("nobody").private_get_account),
        ("revoked key", clients.of("revoked").private_get_account),
        ("address", clients.of("elsewhere").private_get_account),
        ("may not trade", lambda: clients.of("reader").private_post_order(BUY)),
        ("may not transfer", lambda: _too_much(clients.of("reader"))),
        ("sub-account as master", clients.of("sub").sapi_get_sub_account_universaltransfer),
    )


def _market_states(tour: Tour, client: Any) -> None:
    place = client.private_post_order
    place(LIMIT | {"newClientOrderId": "twice"})
    tour.refused("duplicate", lambda: place(LIMIT | {"newClientOrderId": "twice"}))
    client.private_delete_openorders(BTC)
    tour.refused("not permitted", lambda: place(BUY | {"symbol": "FORBIDDENUSDT"}))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "HALT"})
    tour.refused("market closed", lambda: place(BUY | {"symbol": "SANDUSDT", "quantity": "100"}))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "DELISTED"})
    tour.refused("delisted", lambda: client.public_get_ticker_price({"symbol": "SANDUSDT"}))


def exhaust(tour: Tour, clients: Clients) -> None:
    """Use up each budget; the address is banned in the end."""
    client = clients.main
    place = client.private_post_order
    old = place(LIMIT | {"quantity": "0.001"})
    by_id = BTC | {"orderId": old["orderId"]}
    client.private_delete_order(by_id)
    tour.until_refused("unfilled orders", lambda: place(LIMIT | {"timeInForce": "IOC", "quantity": "0.001"}), 1000)
    tour.until_refused("budget of the account", lambda: client.sapi_get_fiat_orders({"transactionType": 1}), 9)
    tour.control("/sim/clock", {"advance_s": str(91 * 86_400)})
    client.options["timeDifference"] = int(time.time() * 1000) - client.fetch_time()
    tour.refused("archived", lambda: client.private_get_order(by_id))
    tour.until_refused("budget of the address", client.public_get_ticker_24hr, 600)
    tour.until_banned(client.public_get_ticker_24hr)
