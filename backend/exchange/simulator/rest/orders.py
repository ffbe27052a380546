"""New orders: MARKET, LIMIT and LIMIT_MAKER; stop orders are refused by name."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.exchange import OrderRequest
from backend.exchange.simulator.limit_orders import MAKER_ONLY, LimitRequest, checked_price, limit_order
from backend.exchange.simulator.matching import Refused, Wanted, executed_quantity
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import Order
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.params import CLIENT_ID, Params, illegal, mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.spot import ACCOUNT_PERMISSIONS, DISCOUNT, STANDARD, ZERO_RATES
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
INVALID_FORCE: Final = (-1115, "Invalid timeInForce.")
STOPS: Final = ("stopPrice", "trailingDelta", "icebergQty")
NOT_WITH: Final = {
    "MARKET": ("price", "timeInForce", *STOPS),
    "LIMIT": ("quoteOrderQty", *STOPS),
    MAKER_ONLY: ("quoteOrderQty", "timeInForce", *STOPS),
}


@dataclass(frozen=True)
class Asked:
    """A new order as its parameters say it; `price` and `time_in_force` belong to limit orders."""

    listed: Listed
    kind: str
    wanted: Wanted
    client_id: str | None
    price: Decimal = ZERO
    time_in_force: str = "GTC"


def _asked(call: Call) -> Asked:
    """Check the parameters; no balance, no filter yet."""
    params = call.params
    symbol = params.needed("symbol")
    listed = call.exchange.book.get(symbol)
    if listed is None:
        raise invalid_symbol()
    side = params.choice("side", ("BUY", "SELL"), error=(-1117, "Invalid side."))
    kind = params.choice("type", ORDER_TYPES, error=INVALID_TYPE)
    if kind not in NOT_WITH:
        raise ExchangeError(*INVALID_TYPE)
    for name in NOT_WITH[kind]:
        if params.has(name):
            raise ExchangeError(-1106, f"Parameter '{name}' sent when not required.")
    price, time_in_force = _limit_terms(params, kind)
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
    return Asked(listed, kind, Wanted(side, quantity, quote_quantity), client_id, price, time_in_force)


def _limit_terms(params: Params, kind: str) -> tuple[Decimal, str]:
    """Price and time in force; what a market order has instead is zero and GTC."""
    if kind == "MARKET":
        return ZERO, "GTC"
    word = params.choice("timeInForce", ("GTC", "IOC", "FOK"), "GTC" if kind == MAKER_ONLY else None, INVALID_FORCE)
    price = params.decimal("price")
    if price is None:
        raise mandatory("price")
    return price, word


def _limit_request(call: Call, asked: Asked, at: int) -> LimitRequest:
    return LimitRequest(
        account=call.account,
        listed=asked.listed,
        kind=asked.kind,
        side=asked.wanted.side,
        quantity=asked.wanted.quantity or ZERO,
        price=asked.price,
        time_in_force=asked.time_in_force,
        client_order_id=asked.client_id,
        at=at,
        received_at=at,
    )


def new_order(call: Call) -> Any:
    asked = _asked(call)
    default = "ACK" if asked.kind == MAKER_ONLY else "FULL"
    form = call.params.choice("newOrderRespType", ("ACK", "RESULT", "FULL"), default)
    exchange, key = call.exchange, call.account.opened.api_key
    call.limits.refuse_flood(key)
    with exchange.lock:
        at = exchange.clock.now()
        if asked.client_id in {one.client_order_id for one in call.account.open_orders.values()}:
            raise ExchangeError(-2010, "Duplicate order sent.")
        try:
            if asked.kind == "MARKET":
                symbol = asked.listed.symbol
                wish = OrderRequest(call.account, symbol, asked.wanted, asked.client_id, at, at)
                order = exchange.market_order(wish)
            else:
                order = limit_order(exchange, _limit_request(call, asked, at))
        except Refused as refusal:
            raise ExchangeError(refusal.code, refusal.text) from refusal
        exchange.commit([order])
    if order.status != "FILLED":
        call.limits.count_unfilled(key)
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
        "price": fixed(order.price),
        "origQty": fixed(order.quantity),
        "executedQty": fixed(order.executed),
        "origQuoteOrderQty": fixed(order.quote_order_quantity),
        "cummulativeQuoteQty": fixed(order.cumulative_quote),
        "status": order.status,
        "timeInForce": order.time_in_force,
        "type": order.type,
        "side": order.side,
        "workingTime": order.at,
        "selfTradePreventionMode": "EXPIRE_MAKER",
    }
    if order.expiry_reason:
        row["expiryReason"] = order.expiry_reason
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
    asked = _asked(call)
    price = call.exchange.market.price_at(asked.listed.symbol, call.now)
    if price is None:
        raise ExchangeError(-2010, "Market is closed.")
    try:
        if asked.kind == "MARKET":
            executed_quantity(asked.listed, asked.wanted, price)
        else:
            checked_price(call.exchange, _limit_request(call, asked, call.now))
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
