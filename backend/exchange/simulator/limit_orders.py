"""Limit orders: taken against the price at once as far as it allows, resting until the price comes to them.

The book has the trading price on both sides and, unless control made it thin, no end. A resting order fills at its
own price in the minute in which the price first reaches it; in a thin book by one helping a minute.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO, Account, after_update
from backend.exchange.simulator.exchange import THIN_BOOK, Exchange, fill_of, made_up_id
from backend.exchange.simulator.matching import Refused, fill_at, insufficient
from backend.exchange.simulator.records import Fill, Order, OrderUpdate
from backend.exchange.simulator.symbols import Listed
from backend.exchange.simulator.wire import MINUTE_MS, units_of

MAKER_ONLY: Final = "LIMIT_MAKER"
MOST_ORDERS: Final = 200
OPEN_STATUS: Final = "TRADING"


@dataclass(frozen=True)
class LimitRequest:
    """A limit order as asked; `kind` is LIMIT or LIMIT_MAKER."""

    account: Account
    listed: Listed
    kind: str
    side: str
    quantity: Decimal
    price: Decimal
    time_in_force: str
    client_order_id: str | None
    at: int
    received_at: int


def checked_price(exchange: Exchange, request: LimitRequest) -> Decimal:
    """The trading price, after every filter has admitted the order.

    Raises:
        Refused: -1013 with the filter's name, -2010 when there is no price.
    """
    listed = request.listed
    market = exchange.market.price_at(listed.symbol, request.at)
    if market is None:
        raise Refused(-2010, "Market is closed.")
    filters = {one["filterType"]: one for one in listed.raw.get("filters", ())}
    if not listed.lot.admits(request.quantity):
        raise Refused(-1013, "Filter failure: LOT_SIZE")
    for name, admitted in (
        ("PRICE_FILTER", _price_admitted(filters.get("PRICE_FILTER"), request.price)),
        ("PERCENT_PRICE_BY_SIDE", _near_enough(filters.get("PERCENT_PRICE_BY_SIDE"), request, market)),
        ("NOTIONAL", _large_enough(filters.get("NOTIONAL"), request)),
        ("MIN_NOTIONAL", _large_enough(filters.get("MIN_NOTIONAL"), request)),
        ("MAX_NUM_ORDERS", _few_enough(filters.get("MAX_NUM_ORDERS"), request)),
    ):
        if not admitted:
            raise Refused(-1013, f"Filter failure: {name}")
    return market


Rule = dict[str, Any] | None


def _price_admitted(rule: Rule, price: Decimal) -> bool:
    if rule is None:
        return True
    low, high, tick = (Decimal(rule[name]) for name in ("minPrice", "maxPrice", "tickSize"))
    return not (price < low or (high and price > high) or (tick and price % tick))


def _near_enough(rule: Rule, request: LimitRequest, market: Decimal) -> bool:
    if rule is None:
        return True
    side = "bid" if request.side == "BUY" else "ask"
    low, high = (Decimal(rule[f"{side}Multiplier{end}"]) * market for end in ("Down", "Up"))
    return low <= request.price <= high


def _large_enough(rule: Rule, request: LimitRequest) -> bool:
    size = request.quantity * request.price
    if rule is None:
        return True
    return Decimal(rule["minNotional"]) <= size <= Decimal(rule.get("maxNotional", size))


def _few_enough(rule: Rule, request: LimitRequest) -> bool:
    mine = [one for one in request.account.open_orders.values() if one.symbol == request.listed.symbol]
    return rule is None or len(mine) < int(rule.get("maxNumOrders") or rule.get("limit") or MOST_ORDERS)


def limit_order(exchange: Exchange, request: LimitRequest) -> Order:
    """Take the order; the caller commits it.

    Raises:
        Refused: what the exchange answers instead.
    """
    market = checked_price(exchange, request)
    buying = request.side == "BUY"
    listed, purse = request.listed, exchange.purse(request.account, request.at)
    kept, asset = (request.quantity * request.price, listed.quote) if buying else (request.quantity, listed.base)
    if purse.free(asset) < kept:
        raise insufficient()
    takes = market <= request.price if buying else market >= request.price
    if takes and request.kind == MAKER_ONLY:
        raise Refused(-2010, "Order would immediately match and take.")
    found = _at_most(exchange, listed.symbol, request.quantity) if takes else ZERO
    if request.time_in_force == "FOK" and found < request.quantity:
        found = ZERO
    order_id = exchange.new_id(request.at)
    fills: tuple[Fill, ...] = ()
    if found:
        execution = fill_at(listed, request.side, found, market, purse)
        fills = (fill_of(execution, exchange.new_id(request.at, [order_id])),)
    status = _status(request, found)
    return Order(
        account=request.account.opened.api_key,
        order_id=order_id,
        client_order_id=request.client_order_id or made_up_id(order_id),
        symbol=listed.symbol,
        base=listed.base,
        quote=listed.quote,
        side=request.side,
        at=request.at,
        received_at=request.received_at,
        quantity=request.quantity,
        quote_order_quantity=ZERO,
        executed=found,
        cumulative_quote=sum((fill.quote_quantity for fill in fills), ZERO),
        status=status,
        fills=fills,
        type=request.kind,
        price=request.price,
        time_in_force=request.time_in_force,
        expiry_reason=THIN_BOOK if status == "EXPIRED" else "",
    )


def _at_most(exchange: Exchange, symbol: str, quantity: Decimal) -> Decimal:
    """What of a quantity the book holds at the price."""
    depth = exchange.depth(symbol)
    return quantity if depth is None else min(quantity, depth)


def _status(request: LimitRequest, executed: Decimal) -> str:
    if executed == request.quantity:
        return "FILLED"
    if request.time_in_force in ("IOC", "FOK"):
        return "EXPIRED"
    return "PARTIALLY_FILLED" if executed else "NEW"


def cancelled(order: Order, at: int, cancel_id: str = "") -> OrderUpdate:
    return _update(order, at, "CANCELED", (), cancel_id)


def _update(order: Order, at: int, status: str, fills: tuple[Fill, ...], cancel_id: str = "") -> OrderUpdate:
    return OrderUpdate(
        order.account,
        order.order_id,
        order.symbol,
        order.base,
        order.quote,
        order.side,
        at,
        status,
        fills,
        cancel_id or made_up_id(at + order.order_id),
    )


class RestingOrders:
    """Fills resting orders as time passes; remembers how far each was looked at."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._looked: dict[int, int] = {}

    def work(self, account: Account, until: int) -> None:
        """Commit every fill up to the instant; the caller holds the exchange's lock."""
        for order in list(account.open_orders.values()):
            self._work_one(account, order, until)

    def _work_one(self, account: Account, order: Order, until: int) -> None:
        exchange = self._exchange
        listed = exchange.book.get(order.symbol)
        since = self._looked.get(order.order_id, order.updated_at or order.at)
        trading = listed is not None and exchange.book.status(order.symbol) == OPEN_STATUS
        while listed is not None and trading and order.is_open:
            reached = self._reached(order, since, until)
            if reached is None:
                break
            rest = order.quantity - order.executed
            found = _at_most(exchange, order.symbol, rest)
            if not found:
                break
            execution = fill_at(listed, order.side, found, order.price, exchange.purse(account, reached))
            fill = fill_of(execution, exchange.new_id(reached), reached, maker=True)
            update = _update(order, reached, "FILLED" if found == rest else "PARTIALLY_FILLED", (fill,))
            exchange.commit([update])
            order, since = after_update(order, update), reached
        self._looked[order.order_id] = until

    def _reached(self, order: Order, since: int, until: int) -> int | None:
        """The end of the first minute after `since` whose price reached the limit; None when there is none yet."""
        low, high = since, until
        if not self._touches(order, low, high):
            return None
        while high - low > MINUTE_MS:
            middle = (low + high) // 2
            if self._touches(order, low, middle):
                high = middle
            else:
                low = middle
        return high

    def _touches(self, order: Order, start: int, end: int) -> bool:
        bar = self._exchange.market.bar(order.symbol, start, end) if start < end else None
        if bar is None:
            return False
        limit = units_of(order.price)
        return bar.low <= limit if order.side == "BUY" else bar.high >= limit
