"""Spot account: balances, commissions, orders and trades as lists."""

from typing import Any, Final

from backend.exchange.simulator.accounts import Trade, before_updates
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import EARN_FLEXIBLE, Order, OrderUpdate
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.lag import hidden_records, visible_balances
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.wire import DAY_MS, fixed

NOTHING: Final = "0.00000000"
ACCOUNT_PERMISSIONS: Final = ["SPOT"]
ARCHIVED_AFTER_MS: Final = 90 * DAY_MS
ARCHIVED: Final = (
    -2026,
    "Order was canceled or expired with no executed qty over 90 days ago and has been archived.",
)
RATE: Final = "0.00100000"
STANDARD: Final = {"maker": RATE, "taker": RATE, "buyer": NOTHING, "seller": NOTHING}
ZERO_RATES: Final = {"maker": NOTHING, "taker": NOTHING, "buyer": NOTHING, "seller": NOTHING}
DISCOUNT: Final = {
    "enabledForAccount": True,
    "enabledForSymbol": True,
    "discountAsset": "BNB",
    "discount": "0.75000000",
}


def account(call: Call) -> Any:
    opened = call.account.opened
    omit_zero = call.params.flag("omitZeroBalances")
    balances = visible_balances(call)
    balances |= {f"LD{asset}": amount for asset, amount in visible_balances(call, EARN_FLEXIBLE).items() if amount}
    locked = {asset: call.account.locked(asset) for asset in balances}
    return {
        "makerCommission": 10,
        "takerCommission": 10,
        "buyerCommission": 0,
        "sellerCommission": 0,
        "commissionRates": STANDARD,
        "canTrade": opened.permissions.get("enableSpotAndMarginTrading", False),
        "canWithdraw": True,
        "canDeposit": True,
        "brokered": False,
        "requireSelfTradePrevention": False,
        "preventSor": False,
        "updateTime": call.account.updated_at,
        "accountType": "SPOT",
        "balances": [
            {"asset": asset, "free": fixed(amount - locked[asset]), "locked": fixed(locked[asset])}
            for asset, amount in balances.items()
            if amount or not omit_zero
        ],
        "permissions": ACCOUNT_PERMISSIONS,
        "uid": opened.uid,
    }


def commission(call: Call) -> Any:
    return {
        "symbol": needed_symbol(call),
        "standardCommission": STANDARD,
        "specialCommission": ZERO_RATES,
        "taxCommission": ZERO_RATES,
        "discount": DISCOUNT,
    }


def needed_symbol(call: Call) -> str:
    """A symbol that is or was listed: the past of a delisted one stays readable."""
    symbol = call.params.needed("symbol")
    if call.exchange.book.ever(symbol) is None:
        raise invalid_symbol()
    return symbol


def order_row(order: Order) -> dict[str, Any]:
    """An order as queries show it: no fills."""
    return {
        "symbol": order.symbol,
        "orderId": order.order_id,
        "orderListId": -1,
        "clientOrderId": order.client_order_id,
        "price": fixed(order.price),
        "origQty": fixed(order.quantity),
        "executedQty": fixed(order.executed),
        "origQuoteOrderQty": fixed(order.quote_order_quantity),
        "cummulativeQuoteQty": fixed(order.cumulative_quote),
        "status": order.status,
        "timeInForce": order.time_in_force,
        "type": order.type,
        "side": order.side,
        "stopPrice": NOTHING,
        "icebergQty": NOTHING,
        "time": order.at,
        "updateTime": order.updated_at or order.at,
        "isWorking": True,
        "workingTime": order.at,
        "selfTradePreventionMode": "EXPIRE_MAKER",
        **({"expiryReason": order.expiry_reason} if order.expiry_reason else {}),
    }


def trade_row(trade: Trade) -> dict[str, Any]:
    order, fill = trade.order, trade.fill
    return {
        "symbol": order.symbol,
        "id": fill.trade_id,
        "orderId": order.order_id,
        "orderListId": -1,
        "price": fixed(fill.price),
        "qty": fixed(fill.quantity),
        "quoteQty": fixed(fill.quote_quantity),
        "commission": fixed(fill.commission),
        "commissionAsset": fill.commission_asset,
        "time": trade.at,
        "isBuyer": order.side == "BUY",
        "isMaker": fill.maker,
        "isBestMatch": True,
    }


def visible_orders(call: Call) -> list[Order]:
    """The account's orders as they are shown: without those, and without what became of them, within the lag."""
    hidden = hidden_records(call)
    if not hidden:
        return call.account.orders
    unseen = {record.order_id for record in hidden if isinstance(record, Order)}
    updates = [record for record in hidden if isinstance(record, OrderUpdate)]
    return [before_updates(order, updates) for order in call.account.orders if order.order_id not in unseen]


def _hidden_trades(call: Call) -> set[int]:
    hidden = [record for record in hidden_records(call) if isinstance(record, Order | OrderUpdate)]
    return {fill.trade_id for record in hidden for fill in record.fills}


def query_order(call: Call) -> Any:
    symbol = needed_symbol(call)
    order_id, client_id = call.params.integer("orderId"), call.params.text("origClientOrderId")
    if order_id is None and client_id is None:
        raise ExchangeError(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")
    matching = (
        order
        for order in reversed(visible_orders(call))  # the newest: a filled client id may be used again
        if order.symbol == symbol and order_id in (None, order.order_id) and client_id in (None, order.client_order_id)
    )
    found = next(matching, None)
    if found is None:
        raise ExchangeError(-2013, "Order does not exist.")
    if not found.is_open and not found.executed and call.now - (found.updated_at or found.at) > ARCHIVED_AFTER_MS:
        raise ExchangeError(*ARCHIVED)
    return order_row(found)


def open_orders(call: Call) -> Any:
    symbol = needed_symbol(call) if call.params.has("symbol") else None
    return [order_row(one) for one in visible_orders(call) if one.is_open and symbol in (None, one.symbol)]


def _window(params: Params) -> tuple[int | None, int | None]:
    start, end = params.instant("startTime"), params.instant("endTime")
    if start is not None and end is not None:
        if start > end:
            raise ExchangeError(-1100, "Illegal parameter: startTime is after endTime.")
        if end - start > DAY_MS:
            raise ExchangeError(-1127, "More than 24 hours between startTime and endTime.")
    return start, end


def all_orders(call: Call) -> Any:
    symbol = needed_symbol(call)
    start, end = _window(call.params)
    from_id, limit = call.params.integer("orderId"), call.params.limit(500, 1000)
    rows = [
        order
        for order in visible_orders(call)
        if order.symbol == symbol
        and (start is None or order.at >= start)
        and (end is None or order.at <= end)
        and (from_id is None or order.order_id >= from_id)
    ]
    oldest_first = from_id is not None or start is not None
    return [order_row(order) for order in (rows[:limit] if oldest_first else rows[-limit:])]


ALLOWED_TRADE_SETS: Final[tuple[frozenset[str], ...]] = (
    frozenset(),
    frozenset({"orderId"}),
    frozenset({"startTime"}),
    frozenset({"endTime"}),
    frozenset({"fromId"}),
    frozenset({"startTime", "endTime"}),
    frozenset({"orderId", "fromId"}),
)


def my_trades(call: Call) -> Any:
    params = call.params
    symbol = needed_symbol(call)
    sent = frozenset(name for name in ("orderId", "startTime", "endTime", "fromId") if params.has(name))
    if sent not in ALLOWED_TRADE_SETS:
        raise ExchangeError(-1128, "Combination of optional parameters invalid.")
    start, end = _window(params)
    order_id, from_id, limit = params.integer("orderId"), params.integer("fromId"), params.limit(500, 1000)
    hidden = _hidden_trades(call)
    told_ms = call.exchange.trades_told_ms
    oldest = 0 if told_ms is None else call.now - told_ms
    rows = [
        trade
        for trade in call.account.trades.get(symbol, ())
        if trade.fill.trade_id not in hidden
        and trade.at >= oldest
        and (order_id is None or trade.order.order_id == order_id)
        and (start is None or trade.at >= start)
        and (end is None or trade.at <= end)
        and (from_id is None or trade.fill.trade_id >= from_id)
    ]
    oldest_first = from_id is not None or start is not None
    return [trade_row(trade) for trade in (rows[:limit] if oldest_first else rows[-limit:])]


LIST_PARAMS: Final = frozenset({"symbol", "orderId", "startTime", "endTime", "limit"})
ROUTES: Final = (
    Route(
        "GET",
        "/api/v3/account",
        account,
        fixed_weight(20),
        access=Access.READ,
        known=frozenset({"omitZeroBalances"}),
    ),
    Route(
        "GET",
        "/api/v3/account/commission",
        commission,
        fixed_weight(20),
        access=Access.READ,
        known=frozenset({"symbol"}),
    ),
    Route(
        "GET",
        "/api/v3/order",
        query_order,
        fixed_weight(4),
        access=Access.READ,
        known=frozenset({"symbol", "orderId", "origClientOrderId"}),
    ),
    Route(
        "GET",
        "/api/v3/openOrders",
        open_orders,
        lambda params: 6 if params.has("symbol") else 80,
        access=Access.READ,
        known=frozenset({"symbol"}),
    ),
    Route("GET", "/api/v3/allOrders", all_orders, fixed_weight(20), access=Access.READ, known=LIST_PARAMS),
    Route(
        "GET",
        "/api/v3/myTrades",
        my_trades,
        lambda params: 5 if params.has("orderId") else 20,
        access=Access.READ,
        known=LIST_PARAMS | {"fromId"},
    ),
)
