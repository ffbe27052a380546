"""Every error that this client can provoke, and the limits in the end."""

import time
from collections.abc import Callable
from typing import Any

from binance.client import Client

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour

BTC = {"symbol": "BTCUSDT"}
BUY: dict[str, Any] = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.01"}
LIMIT: dict[str, Any] = BUY | {"type": "LIMIT", "price": "40000", "timeInForce": "GTC"}


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    for name, call in (*_malformed(client), *_windows(client), *_orders(client), *_keys(clients)):
        tour.refused(name, call)
    _market_states(tour, client)
    tour.refused("retired path", client.stream_get_listen_key)
    tour.refused("path unknown", lambda: client._get("nowhere"))
    hasty = clients.of("key", requests_params={"timeout": 0.5}).get_server_time
    tour.server_faults(client.get_server_time, client.get_account, hasty)


Case = tuple[str, Callable[[], Any]]


def _malformed(client: Client) -> tuple[Case, ...]:
    return (
        ("exponent", lambda: client.create_order(**(BUY | {"quantity": 0.00001}))),
        ("doubled parameter", lambda: client._get("ticker/price?symbol=BTCUSDT", data=BTC)),
        ("no symbol", lambda: client.get_my_trades()),
        ("no quantity", lambda: client.create_order(**BTC, side="BUY", type="MARKET")),
        ("unknown parameter", lambda: client.get_account(nonsense="1")),
        ("empty parameter", lambda: client.get_my_trades(**BTC, fromId="")),
        ("price of a market order", lambda: client.create_order(**BUY, price="50000")),
        ("too many decimals", lambda: client.create_order(**(BUY | {"quantity": "0.0123456789"}))),
        ("time in force", lambda: client.create_order(**(LIMIT | {"timeInForce": "GTX"}))),
        ("order type", lambda: client.create_order(**(BUY | {"type": "STOP"}))),
        ("side", lambda: client.create_order(**(BUY | {"side": "HOLD"}))),
        ("interval", lambda: client.get_klines(**BTC, interval="7m")),
        ("unknown symbol", lambda: client.get_symbol_ticker(symbol="NOPEUSDT")),
        ("unknown status", lambda: client.get_symbol_ticker(symbolStatus="SLEEPING")),
        ("other status", lambda: client.get_symbol_ticker(**BTC, symbolStatus="BREAK")),
        ("combination", lambda: client.get_my_trades(**BTC, fromId=1, startTime=1)),
        ("transfer type", lambda: client.query_universal_transfer_history(type="MAIN_MOON")),
        ("reference price", lambda: client._get("referencePrice", data=BTC)),
        ("sql", lambda: client.get_symbol_ticker(symbol="BTC' UNION SELECT 1")),
    )


def _windows(client: Client) -> tuple[Case, ...]:
    now = int(time.time() * 1000)

    def span(days: float, names: tuple[str, str] = ("startTime", "endTime")) -> dict[str, int]:
        return {names[0]: now - int(days * DAY_MS), names[1]: now}

    return (
        ("window of trades", lambda: client.get_my_trades(**BTC, **span(1.01))),
        ("window of orders", lambda: client.get_all_orders(**BTC, **span(1.01))),
        ("window of deposits", lambda: client.get_deposit_history(**span(90))),
        ("window of withdrawals", lambda: client.get_withdraw_history(**span(90))),
        ("window of converts", lambda: client.get_convert_trade_history(**span(31))),
        ("window of dividends", lambda: client.get_asset_dividend_history(**span(181))),
        ("window of sub-accounts", lambda: client.get_universal_transfer_history(**span(8))),
        ("window of earn", lambda: client.margin_v1_get_simple_earn_flexible_history_redemption_record(**span(31))),
        ("window of contract trades", lambda: client.futures_account_trades(**BTC, **span(8))),
        ("window of p2p", lambda: client.get_c2c_trade_history(**span(31, ("startTimestamp", "endTimestamp")))),
        ("converts without bounds", lambda: client.get_convert_trade_history()),
    )


def _orders(client: Client) -> tuple[Case, ...]:
    cancel = client.cancel_order
    return (
        ("LOT_SIZE", lambda: client.create_order(**(BUY | {"quantity": "0.000001"}))),
        ("NOTIONAL", lambda: client.create_order(**(BUY | {"quantity": "0.00001"}))),
        ("PRICE_FILTER", lambda: client.create_order(**(LIMIT | {"price": "40000.001"}))),
        ("PERCENT_PRICE_BY_SIDE", lambda: client.create_order(**(LIMIT | {"price": "5000"}))),
        ("filter of a test order", lambda: client.create_test_order(**(BUY | {"quantity": "0.000001"}))),
        ("balance", lambda: client.create_order(**(BUY | {"quantity": "100"}))),
        ("maker would take", lambda: client.create_order(**(BUY | {"type": "LIMIT_MAKER", "price": "60000"}))),
        ("cancel unknown", lambda: cancel(**BTC, orderId=1)),
        ("cancel without id", lambda: cancel(**BTC)),
        ("order unknown", lambda: client.get_order(**BTC, orderId=1)),
        ("transfer beyond balance", lambda: _too_much(client)),
    )


def _too_much(client: Client) -> Any:
    return client.make_universal_transfer(type="MAIN_FUNDING", asset="USDT", amount="9999999")


def _keys(clients: Clients) -> tuple[Case, ...]:
    late, early, patient = (clients.of("key") for _ in range(3))
    late.timestamp_offset, early.timestamp_offset = -20_000, 5_000
    patient.REQUEST_RECVWINDOW = 60_001
    return (
        ("receive window", patient.get_account),
        ("late", late.get_account),
        ("early", early.get_account),
        ("signature", clients.of("key", "wrong").get_account),
        ("malformed key", clients.of("k" * 129).get_account),
        ("unknown key", clients.of("nobody").get_account),
        ("revoked key", clients.of("revoked").get_account),
        ("address", clients.of("elsewhere").get_account),
        ("may not trade", lambda: clients.of("reader").create_order(**BUY)),
        ("may not transfer", lambda: _too_much(clients.of("reader"))),
        ("sub-account as master", clients.of("sub").get_universal_transfer_history),
    )


def _market_states(tour: Tour, client: Client) -> None:
    client.create_order(**LIMIT, newClientOrderId="twice")
    tour.refused("duplicate", lambda: client.create_order(**LIMIT, newClientOrderId="twice"))
    client.cancel_all_open_orders(**BTC)
    tour.refused("not permitted", lambda: client.create_order(**(BUY | {"symbol": "FORBIDDENUSDT"})))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "HALT"})
    tour.refused("market closed", lambda: client.create_order(**(BUY | {"symbol": "SANDUSDT", "quantity": "100"})))
    tour.control("/sim/symbols", {"symbol": "SANDUSDT", "status": "DELISTED"})
    tour.refused("delisted", lambda: client.get_symbol_ticker(symbol="SANDUSDT"))


def exhaust(tour: Tour, clients: Clients) -> None:
    """Use up each budget; the address is banned in the end."""
    client = clients.main
    hopeless = LIMIT | {"timeInForce": "IOC", "quantity": "0.001"}
    old = client.order_limit_buy(**BTC, quantity="0.001", price="40000")
    client.cancel_order(**BTC, orderId=old["orderId"])
    tour.until_refused("unfilled orders", lambda: client.create_order(**hopeless), 1000)
    tour.until_refused("budget of the account", lambda: client.get_fiat_deposit_withdraw_history(transactionType=1), 9)
    tour.control("/sim/clock", {"advance_s": str(91 * 86_400)})
    client.timestamp_offset = client.get_server_time()["serverTime"] - int(time.time() * 1000)
    tour.refused("archived", lambda: client.get_order(**BTC, orderId=old["orderId"]))
    tour.until_refused("budget of the address", client.get_ticker, 600)
    tour.until_banned(client.get_ticker)
