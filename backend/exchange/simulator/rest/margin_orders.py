"""Orders and trades on margin: MARKET, filled at once and whole, cross or (`isIsolated`) in a pair of its own."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator import margin_desk
from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.limits import SAPI_IP, SAPI_UID
from backend.exchange.simulator.margin_desk import CROSS, ISOLATED, fills_of
from backend.exchange.simulator.matching import Refused, Wanted
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import Movement
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.params import CLIENT_ID, Params, illegal, mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.spot import needed_symbol
from backend.exchange.simulator.wire import DAY_MS, fixed

# The exchange's own words: texts, and in capitals.
WORDS: Final = ("TRUE", "FALSE")
NO_LOAN: Final = "NO_SIDE_EFFECT"


def _wallet(params: Params) -> str:
    named = (params.text("isIsolated") or "FALSE").upper()
    if named not in WORDS:
        raise illegal("isIsolated", "^(TRUE|FALSE)$")
    return ISOLATED if named == "TRUE" else CROSS


def new_order(call: Call) -> Any:
    """Raises ExchangeError: a malformed parameter, a filter, -2010 without the balance, a loan that is asked for."""
    params = call.params
    listed = call.exchange.book.get(params.needed("symbol"))
    if listed is None:
        raise invalid_symbol()
    wallet = _wallet(params)
    side = params.choice("side", ("BUY", "SELL"), error=(-1117, "Invalid side."))
    params.choice("type", ("MARKET",), error=(-1116, "Invalid orderType."))
    params.choice("sideEffectType", (NO_LOAN,), NO_LOAN)
    quantity, quote = params.decimal("quantity"), params.decimal("quoteOrderQty")
    if (quantity is None) == (quote is None):
        raise mandatory("quantity")
    client_id = params.text("newClientOrderId") or ""
    if client_id and not CLIENT_ID.fullmatch(client_id):
        raise illegal("newClientOrderId", "^[a-zA-Z0-9-_]{1,36}$")
    form = params.choice("newOrderRespType", ("ACK", "RESULT", "FULL"), "FULL")
    if call.exchange.book.status(listed.symbol) != "TRADING":
        raise ExchangeError(-2010, "Market is closed.")
    exchange = call.exchange
    with exchange.lock:
        wanted, where = Wanted(side, quantity, quote), (wallet, listed.symbol)
        try:
            fill = margin_desk.trade(exchange, call.account, exchange.clock.now(), where, wanted, client_id)
        except Refused as refusal:
            raise ExchangeError(refusal.code, refusal.text) from refusal
        exchange.commit([fill])
    return _answer(fill, form)


def _answer(fill: Movement, form: str) -> dict[str, Any]:
    details = fill.details
    row: dict[str, Any] = {
        "symbol": details["symbol"],
        "orderId": int(details["order_id"]),
        "clientOrderId": details["client_id"],
        "isIsolated": details["wallet"] == ISOLATED,
        "transactTime": fill.at,
    }
    if form == "ACK":
        return row
    row |= {
        "price": fixed(ZERO),
        "origQty": fixed(Decimal(details["quantity"])),
        "executedQty": fixed(Decimal(details["quantity"])),
        "cummulativeQuoteQty": fixed(Decimal(details["quote"])),
        "status": "FILLED",
        "timeInForce": "GTC",
        "type": "MARKET",
        "side": details["side"],
        "selfTradePreventionMode": "NONE",
    }
    if form == "FULL":
        row["fills"] = [
            {
                "price": fixed(Decimal(details["price"])),
                "qty": fixed(Decimal(details["quantity"])),
                "commission": fixed(Decimal(details["commission"])),
                "commissionAsset": details["commission_asset"],
            }
        ]
    return row


def my_trades(call: Call) -> Any:
    """From `fromId` on as far back as there is anything; without it those of 24 hours, by default the last ones."""
    params, wallet = call.params, _wallet(call.params)
    symbol = needed_symbol(call)
    start, end = params.instant("startTime"), params.instant("endTime")
    if start is not None and end is not None and not 0 <= end - start <= DAY_MS:
        raise ExchangeError(-1127, "More than 24 hours between startTime and endTime.")
    order_id, from_id, limit = params.integer("orderId"), params.integer("fromId"), params.limit(500, 1000)
    if from_id is None and order_id is None:
        end = end if end is not None else call.now if start is None else start + DAY_MS
        start = start if start is not None else end - DAY_MS
    rows = [
        one
        for one in fills_of(call.account, wallet, symbol)
        if (order_id is None or int(one.details["order_id"]) == order_id)
        and (from_id is None or int(one.id) >= from_id)
        and (start is None or one.at >= start)
        and (end is None or one.at <= end)
    ]
    oldest_first = from_id is not None or params.has("startTime")
    return [_trade_row(one) for one in (rows[:limit] if oldest_first else rows[-limit:])]


def _trade_row(one: Movement) -> dict[str, Any]:
    """As spot shows trades, but without what was paid or received for them."""
    details = one.details
    return {
        "commission": fixed(Decimal(details["commission"])),
        "commissionAsset": details["commission_asset"],
        "id": int(one.id),
        "isBestMatch": True,
        "isBuyer": details["side"] == "BUY",
        "isMaker": False,
        "orderId": int(details["order_id"]),
        "price": fixed(Decimal(details["price"])),
        "qty": fixed(Decimal(details["quantity"])),
        "symbol": details["symbol"],
        "isIsolated": details["wallet"] == ISOLATED,
        "time": one.at,
    }


ROUTES: Final = (
    Route("POST", "/sapi/v1/margin/order", new_order, fixed_weight(6), SAPI_UID, Access.TRADE),
    Route("GET", "/sapi/v1/margin/myTrades", my_trades, fixed_weight(10), SAPI_IP, Access.READ),
)
