"""Cancelling resting orders, and what limits an account's orders."""

from typing import Any, Final

from backend.exchange.simulator.limit_orders import cancelled
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import Order, OrderUpdate
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.params import CLIENT_ID, illegal
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.spot import needed_symbol
from backend.exchange.simulator.wire import fixed

UNKNOWN: Final = (-2011, "Unknown order sent.")


def cancel_order(call: Call) -> Any:
    symbol = needed_symbol(call)
    order_id, client_id = call.params.integer("orderId"), call.params.text("origClientOrderId")
    if order_id is None and client_id is None:
        raise ExchangeError(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")
    cancel_id = call.params.text("newClientOrderId") or ""
    if cancel_id and not CLIENT_ID.fullmatch(cancel_id):
        raise illegal("newClientOrderId", "^[a-zA-Z0-9-_]{1,36}$")
    matching = (
        one
        for one in call.account.open_orders.values()
        if one.symbol == symbol and order_id in (None, one.order_id) and client_id in (None, one.client_order_id)
    )
    order = next(matching, None)
    if order is None:
        raise ExchangeError(*UNKNOWN)
    update = cancelled(order, call.exchange.clock.now(), cancel_id)
    call.exchange.commit([update])
    return _row(order, update)


def cancel_all(call: Call) -> Any:
    symbol, now = needed_symbol(call), call.exchange.clock.now()
    orders = [one for one in call.account.open_orders.values() if one.symbol == symbol]
    if not orders:
        raise ExchangeError(*UNKNOWN)
    updates = [cancelled(one, now) for one in orders]
    call.exchange.commit(updates)
    return [_row(order, update) for order, update in zip(orders, updates, strict=True)]


def _row(order: Order, update: OrderUpdate) -> dict[str, Any]:
    return {
        "symbol": order.symbol,
        "origClientOrderId": order.client_order_id,
        "orderId": order.order_id,
        "orderListId": -1,
        "clientOrderId": update.cancel_id,
        "transactTime": update.at,
        "price": fixed(order.price),
        "origQty": fixed(order.quantity),
        "executedQty": fixed(order.executed),
        "origQuoteOrderQty": fixed(order.quote_order_quantity),
        "cummulativeQuoteQty": fixed(order.cumulative_quote),
        "status": update.status,
        "timeInForce": order.time_in_force,
        "type": order.type,
        "side": order.side,
        "selfTradePreventionMode": "EXPIRE_MAKER",
    }


def order_counts(call: Call) -> Any:
    return call.limits.unfilled(call.account.opened.api_key)


def my_filters(call: Call) -> Any:
    """The filters that hold for this account; none beyond those of the symbol."""
    listed = call.exchange.book.get(call.params.needed("symbol"))
    if listed is None:
        raise invalid_symbol()
    return {"exchangeFilters": [], "symbolFilters": listed.raw.get("filters", []), "assetFilters": []}


def execution_rules(call: Call) -> Any:
    """No symbol here has a price range of its own."""
    names = call.params.names("symbols") or ([call.params.needed("symbol")] if call.params.has("symbol") else [])
    if any(call.exchange.book.get(name) is None for name in names):
        raise invalid_symbol()
    return {"symbolRules": [{"symbol": name, "rules": []} for name in names or call.exchange.book.names()]}


def reference_price(call: Call) -> Any:
    if call.exchange.book.get(call.params.needed("symbol")) is None:
        raise invalid_symbol()
    raise ExchangeError(-2043, "This symbol doesn't have a reference price.")


CANCEL_PARAMS: Final = frozenset({"symbol", "orderId", "origClientOrderId", "newClientOrderId"})
SYMBOL_ONLY: Final = frozenset({"symbol"})
ROUTES: Final = (
    Route(
        "DELETE",
        "/api/v3/order",
        cancel_order,
        fixed_weight(1),
        access=Access.TRADE,
        known=CANCEL_PARAMS,
        free_when_done=True,
    ),
    Route(
        "DELETE",
        "/api/v3/openOrders",
        cancel_all,
        fixed_weight(1),
        access=Access.TRADE,
        known=SYMBOL_ONLY,
        free_when_done=True,
    ),
    Route("GET", "/api/v3/rateLimit/order", order_counts, fixed_weight(40), access=Access.READ, known=frozenset()),
    Route("GET", "/api/v3/myFilters", my_filters, fixed_weight(40), access=Access.READ, known=SYMBOL_ONLY),
    Route("GET", "/api/v3/executionRules", execution_rules, lambda params: 2 if params.has("symbol") else 40),
    Route("GET", "/api/v3/referencePrice", reference_price, fixed_weight(2), known=SYMBOL_ONLY),
)
