"""Spot paths that clients ask for though little can be behind them here: the thin side of the book, and empty lists."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.matching import Offer
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.market_data import BOOK_DEPTH, KLINE_PARAMS, klines
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.rest.routes import Access, Call, Handler, Route, fixed_weight
from backend.exchange.simulator.rest.spot import needed_symbol
from backend.exchange.simulator.wire import UNIT, fixed

DEEPEST: Final = 5000
ANY_QUANTITY: Final = Decimal(BOOK_DEPTH)
DEPTH_WEIGHTS: Final = ((100, 5), (500, 25), (1000, 50), (DEEPEST, 250))  # up to so many levels, so much weight


def depth(call: Call) -> Any:
    """The whole book: one level on each side at the trading price, or the prices that control has made; the quantity is
    what an order finds there.
    """
    symbol = call.params.needed("symbol")
    book, market = call.exchange.book, call.exchange.market
    if book.get(symbol) is None:
        raise invalid_symbol()
    most = call.params.limit(100, DEEPEST)
    units = market.price_units(symbol, call.now)
    if units is None:
        return {"lastUpdateId": call.now, "bids": [], "asks": []}
    offers = call.exchange.offers.get(symbol, (Offer(ANY_QUANTITY),))
    best = Decimal(units) / UNIT
    return {
        "lastUpdateId": call.now,
        "bids": _levels(offers, best, "SELL")[:most],
        "asks": _levels(offers, best, "BUY")[:most],
    }


def _levels(offers: Sequence[Offer], best: Decimal, side: str) -> list[list[str]]:
    """Prices, the best first, with what stands there for orders of a side."""
    held: dict[Decimal, Decimal] = {}
    for offer in offers:
        price = offer.price(best, side)
        held[price] = held.get(price, Decimal(0)) + offer.quantity
    return [[fixed(price), fixed(quantity)] for price, quantity in held.items()]


def _depth_weight(params: Params) -> int:
    limit = params.values.get("limit", "100")
    levels = int(limit) if limit.isdigit() and len(limit) < 6 else 100
    return next((weight for most, weight in DEPTH_WEIGHTS if levels <= most), DEPTH_WEIGHTS[-1][1])


def _no_lists(_: Call) -> Any:
    return []


def _none_of(needed: tuple[str, ...] = ()) -> Handler:
    """An empty list for a known symbol and one of the `needed` parameters, if there are any."""

    def handler(call: Call) -> Any:
        needed_symbol(call)
        if needed and not any(call.params.has(name) for name in needed):
            raise ExchangeError(-1128, "Combination of optional parameters invalid.")
        return []

    return handler


PAGED: Final = frozenset({"symbol", "orderId", "startTime", "endTime", "limit"})
ROUTES: Final = (
    Route("GET", "/api/v3/depth", depth, _depth_weight, known=frozenset({"symbol", "limit", "symbolStatus"})),
    Route("GET", "/api/v3/uiKlines", klines, fixed_weight(2), known=KLINE_PARAMS),
    Route("GET", "/api/v3/openOrderList", _no_lists, fixed_weight(6), access=Access.READ, known=frozenset()),
    Route(
        "GET",
        "/api/v3/allOrderList",
        _no_lists,
        fixed_weight(20),
        access=Access.READ,
        known=frozenset({"fromId", "startTime", "endTime", "limit"}),
    ),
    Route(
        "GET",
        "/api/v3/myPreventedMatches",
        _none_of(("orderId", "preventedMatchId")),
        lambda params: 20 if params.has("orderId") else 2,
        access=Access.READ,
        known=PAGED | {"preventedMatchId", "fromPreventedMatchId"},
    ),
    Route(
        "GET",
        "/api/v3/myAllocations",
        _none_of(),
        fixed_weight(20),
        access=Access.READ,
        known=PAGED | {"fromAllocationId"},
    ),
    Route(
        "GET",
        "/api/v3/order/amendments",
        _none_of(("orderId",)),
        fixed_weight(4),
        access=Access.READ,
        known=PAGED | {"fromExecutionId"},
    ),
)
