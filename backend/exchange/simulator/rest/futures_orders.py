"""Orders for USD-M contracts: MARKET, filled at once and whole at the mark price, so that none ever is open."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator import futures_desk
from backend.exchange.simulator.contracts import USDM, ZERO, Contract
from backend.exchange.simulator.exchange import Impossible
from backend.exchange.simulator.futures_desk import client_id_of, fills_of
from backend.exchange.simulator.limits import USDM_IP
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import Movement
from backend.exchange.simulator.rest.futures import margins, needed_contract
from backend.exchange.simulator.rest.futures_account import Wallet
from backend.exchange.simulator.rest.params import CLIENT_ID, Params, illegal, mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.windows import window
from backend.exchange.simulator.wire import plain

STOPS: Final = ("STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET")
MOVED: Final = (-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.")
UNKNOWN: Final = (-2013, "Order does not exist.")
NO_ID: Final = (-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")
LONGEST_DAYS: Final = 7


def new_order(call: Call) -> Any:
    """Raises ExchangeError: a malformed parameter, -4120 for stop orders, a filter, -2019 without the margin."""
    params = call.params
    contract = needed_contract(call, USDM)
    side = params.choice("side", ("BUY", "SELL"), error=(-1117, "Invalid side."))
    if params.choice("type", ("MARKET", *STOPS), error=(-1116, "Invalid orderType.")) in STOPS:
        raise ExchangeError(*MOVED)
    if params.choice("positionSide", ("BOTH", "LONG", "SHORT"), "BOTH") != "BOTH":
        raise ExchangeError(-4061, "Order's position side does not match user's setting.")
    client_id = params.text("newClientOrderId") or ""
    if client_id and not CLIENT_ID.fullmatch(client_id):
        raise illegal("newClientOrderId", "^[a-zA-Z0-9-_]{1,36}$")
    quantity = _quantity(call, contract, side)
    try:
        now = call.exchange.clock.now()
        fill = futures_desk.trade(call.exchange, call.account, now, (USDM, contract.symbol), side, quantity, client_id)
    except Impossible as problem:
        raise ExchangeError(-4164, str(problem)) from problem
    row = _row(contract, fill)
    row["cumQty"] = row["executedQty"]
    del row["time"]  # the query shows it, the answer to a new order does not
    if params.choice("newOrderRespType", ("ACK", "RESULT"), "ACK") == "ACK":
        row |= {"status": "NEW", "executedQty": "0", "cumQty": "0", "cumQuote": "0", "avgPrice": "0.00000"}
    return row


def _quantity(call: Call, contract: Contract, side: str) -> Decimal:
    """What is traded: the quantity asked, of a reducing order at most the position."""
    quantity = call.params.decimal("quantity")
    if quantity is None:
        raise mandatory("quantity")
    if quantity % contract.step:
        raise ExchangeError(-1111, "Precision is over the maximum defined for this asset.")
    price = call.exchange.market.price_at(contract.spot, call.now)
    if price is None or call.exchange.book.status(contract.spot) != "TRADING":
        raise ExchangeError(-4108, "This symbol is not trading.")
    wallet = Wallet(call, USDM)
    held = next((one.held.quantity for one in wallet.open if one.contract == contract), ZERO)
    change = quantity if side == "BUY" else -quantity
    reducing = held * change < 0
    if call.params.flag("reduceOnly"):
        if not reducing:
            raise ExchangeError(-2022, "ReduceOnly Order is rejected.")
        return min(quantity, abs(held))
    more = abs(held + change) - abs(held)
    if more > 0 and margins(contract.notional(more, price))[0] > wallet.available(contract.margin_asset):
        raise ExchangeError(-2019, "Margin is insufficient.")
    return quantity


def _row(contract: Contract, fill: Movement) -> dict[str, Any]:
    details = fill.details
    quantity, price = Decimal(details["quantity"]), Decimal(details["price"])
    size = plain(contract.notional(quantity, price))
    return {
        "orderId": int(details["order_id"]),
        "symbol": contract.symbol,
        "status": "FILLED",
        "clientOrderId": client_id_of(fill),
        "price": "0",
        "avgPrice": plain(price),
        "origQty": plain(quantity),
        "executedQty": plain(quantity),
        "cumQuote": size,
        "timeInForce": "GTC",
        "type": "MARKET",
        "reduceOnly": False,
        "closePosition": False,
        "side": details["side"],
        "positionSide": "BOTH",
        "stopPrice": "0",
        "workingType": "CONTRACT_PRICE",
        "priceProtect": False,
        "origType": "MARKET",
        "priceMatch": "NONE",
        "selfTradePreventionMode": "NONE",
        "goodTillDate": 0,
        "time": fill.at,
        "updateTime": fill.at,
    }


def _found(call: Call) -> tuple[Contract, Movement | None]:
    contract = needed_contract(call, USDM)
    order_id, client_id = call.params.integer("orderId"), call.params.text("origClientOrderId")
    if order_id is None and client_id is None:
        raise ExchangeError(*NO_ID)
    for fill in reversed(fills_of(call.account, USDM, contract.symbol)):
        if order_id in (None, int(fill.details["order_id"])) and client_id in (None, client_id_of(fill)):
            return contract, fill
    return contract, None


def query_order(call: Call) -> Any:
    contract, fill = _found(call)
    if fill is None:
        raise ExchangeError(*UNKNOWN)
    return _row(contract, fill)


def cancel_order(call: Call) -> Any:
    _found(call)
    raise ExchangeError(-2011, "Unknown order sent.")


def open_orders(call: Call) -> Any:
    if call.params.has("symbol"):
        needed_contract(call, USDM)
    return []


def all_orders(call: Call) -> Any:
    contract = needed_contract(call, USDM)
    start, end = window(call, LONGEST_DAYS)
    from_id, limit = call.params.integer("orderId"), call.params.limit(500, 1000)
    fills = [one for one in fills_of(call.account, USDM, contract.symbol) if start <= one.at <= end]
    rows = [_row(contract, one) for one in fills if from_id is None or int(one.details["order_id"]) >= from_id]
    return rows[:limit] if from_id is not None or call.params.has("startTime") else rows[-limit:]


def _open_weight(params: Params) -> int:
    return 1 if params.has("symbol") else 40


ROUTES: Final = (
    Route("POST", "/fapi/v1/order", new_order, fixed_weight(1), USDM_IP, Access.FUTURES),
    Route("GET", "/fapi/v1/order", query_order, fixed_weight(1), USDM_IP, Access.READ),
    Route("DELETE", "/fapi/v1/order", cancel_order, fixed_weight(1), USDM_IP, Access.FUTURES),
    Route("GET", "/fapi/v1/openOrders", open_orders, _open_weight, USDM_IP, Access.READ),
    Route("GET", "/fapi/v1/allOrders", all_orders, fixed_weight(5), USDM_IP, Access.READ),
)
