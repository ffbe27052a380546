"""New orders: MARKET now; other types are refused by name."""

from typing import Any, Final

from backend.exchange.simulator.exchange import OrderRequest
from backend.exchange.simulator.matching import Refused, Wanted, executed_quantity
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import Order
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.params import CLIENT_ID, Params, illegal, mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.spot import ACCOUNT_PERMISSIONS, DISCOUNT, NOTHING, STANDARD, ZERO_RATES
from backend.exchange.simulator.symbols import Listed
from backend.exchange.simulator.wire import fixed

ORDER_TYPES: Final = (
    "LIMIT",
    "MARKET",
    "STOP_LOSS",
    "STOP_LOSS_LIMIT",
    "TAKE_PROFIT",
    "TAKE_PROFIT_LIMIT",
    "LIMIT_MAKER",
)
STP_MODES: Final = ("NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER")
ORDER_PARAMS: Final = frozenset(
    {
        "symbol",
        "side",
        "type",
        "timeInForce",
        "quantity",
        "quoteOrderQty",
        "price",
        "newClientOrderId",
        "strategyId",
        "strategyType",
        "stopPrice",
        "trailingDelta",
        "icebergQty",
        "newOrderRespType",
        "selfTradePreventionMode",
        "computeCommissionRates",
    }
)
INVALID_TYPE: Final = (-1116, "Invalid orderType.")
NOT_FOR_MARKET: Final = ("price", "timeInForce", "stopPrice", "trailingDelta", "icebergQty")


def _asked(call: Call) -> tuple[Listed, Wanted, str | None]:
    """Check the parameters of a market order; no balance, no filter yet."""
    params = call.params
    symbol = params.needed("symbol")
    listed = call.exchange.book.get(symbol)
    if listed is None:
        raise invalid_symbol()
    side = params.choice("side", ("BUY", "SELL"), error=(-1117, "Invalid side."))
    if params.choice("type", ORDER_TYPES, error=INVALID_TYPE) != "MARKET":
        raise ExchangeError(*INVALID_TYPE)
    for name in NOT_FOR_MARKET:
        if params.has(name):
            raise ExchangeError(-1106, f"Parameter '{name}' sent when not required.")
    quantity, quote_quantity = params.decimal("quantity"), params.decimal("quoteOrderQty")
    if quantity is None and quote_quantity is None:
        raise mandatory("quantity")
    if quantity is not None and quote_quantity is not None:
        raise ExchangeError(-1106, "Parameter 'quoteOrderQty' sent when not required.")
    if quote_quantity is not None and not listed.quote_quantity_allowed:
        raise ExchangeError(-2010, "Quote order qty market orders are not support for this symbol.")
    params.choice("selfTradePreventionMode", STP_MODES, "EXPIRE_MAKER")
    client_id = params.text("newClientOrderId")
    if client_id is not None and not CLIENT_ID.fullmatch(client_id):
        raise illegal("newClientOrderId", "^[a-zA-Z0-9-_]{1,36}$")
    if call.exchange.book.status(symbol) != "TRADING":
        raise ExchangeError(-2010, "Market is closed.")
    if not listed.permits(ACCOUNT_PERMISSIONS):
        raise ExchangeError(-2010, "This symbol is not permitted for this account.")
    return listed, Wanted(side, quantity, quote_quantity), client_id


def new_order(call: Call) -> Any:
    listed, wanted, client_id = _asked(call)
    form = call.params.choice("newOrderRespType", ("ACK", "RESULT", "FULL"), "FULL")
    exchange = call.exchange
    with exchange.lock:
        at = exchange.clock.now()
        try:
            order = exchange.market_order(OrderRequest(call.account, listed.symbol, wanted, client_id, at, call.now))
        except Refused as refusal:
            raise ExchangeError(refusal.code, refusal.text) from refusal
        exchange.commit([order])
    return _answer(order, form)


def _answer(order: Order, form: str) -> dict[str, Any]:
    """The order as its response type shows it: ACK, RESULT, or FULL with fills."""
    row: dict[str, Any] = {
        "symbol": order.symbol,
        "orderId": order.order_id,
        "orderListId": -1,
        "clientOrderId": order.client_order_id,
        "transactTime": order.at,
    }
    if form == "ACK":
        return row
    row |= {
        "price": NOTHING,
        "origQty": fixed(order.quantity),
        "executedQty": fixed(order.executed),
        "origQuoteOrderQty": fixed(order.quote_order_quantity),
        "cummulativeQuoteQty": fixed(order.cumulative_quote),
        "status": order.status,
        "timeInForce": "GTC",
        "type": "MARKET",
        "side": order.side,
        "workingTime": order.at,
        "selfTradePreventionMode": "EXPIRE_MAKER",
    }
    if form == "FULL":
        row["fills"] = [
            {
                "price": fixed(fill.price),
                "qty": fixed(fill.quantity),
                "commission": fixed(fill.commission),
                "commissionAsset": fill.commission_asset,
                "tradeId": fill.trade_id,
            }
            for fill in order.fills
        ]
    return row


def test_order(call: Call) -> Any:
    """Checks parameters and filters, not the balance."""
    listed, wanted, _ = _asked(call)
    price = call.exchange.market.price_at(listed.symbol, call.now)
    if price is None:
        raise ExchangeError(-2010, "Market is closed.")
    try:
        executed_quantity(listed, wanted, price)
    except Refused as refusal:
        raise ExchangeError(refusal.code, refusal.text) from refusal
    if not call.params.flag("computeCommissionRates"):
        return {}
    return {
        "standardCommissionForOrder": {"maker": STANDARD["maker"], "taker": STANDARD["taker"]},
        "specialCommissionForOrder": {"maker": ZERO_RATES["maker"], "taker": ZERO_RATES["taker"]},
        "taxCommissionForOrder": {"maker": ZERO_RATES["maker"], "taker": ZERO_RATES["taker"]},
        "discount": DISCOUNT,
    }


def _test_weight(params: Params) -> int:
    return 20 if params.values.get("computeCommissionRates", "").lower() == "true" else 1


ROUTES: Final = (
    Route(
        "POST",
        "/api/v3/order",
        new_order,
        fixed_weight(1),
        access=Access.TRADE,
        known=ORDER_PARAMS - {"computeCommissionRates"},
        free_when_done=True,
    ),
    Route("POST", "/api/v3/order/test", test_order, _test_weight, access=Access.TRADE, known=ORDER_PARAMS),
)
