"""Calls of the WebSocket API that are calls of REST by another name: same parameters, same answers, same weights."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from backend.exchange.simulator.messages import Request
from backend.exchange.simulator.rest.gate import KEY_HEADER

CALLS: Final = {
    "ping": "GET ping",
    "time": "GET time",
    "exchangeInfo": "GET exchangeInfo",
    "executionRules": "GET executionRules",
    "referencePrice": "GET referencePrice",
    "avgPrice": "GET avgPrice",
    "depth": "GET depth",
    "klines": "GET klines",
    "uiKlines": "GET uiKlines",
    "ticker.24hr": "GET ticker/24hr",
    "ticker.book": "GET ticker/bookTicker",
    "ticker.price": "GET ticker/price",
    "account.commission": "GET account/commission",
    "account.rateLimits.orders": "GET rateLimit/order",
    "account.status": "GET account",
    "allOrderLists": "GET allOrderList",
    "allOrders": "GET allOrders",
    "myAllocations": "GET myAllocations",
    "myFilters": "GET myFilters",
    "myPreventedMatches": "GET myPreventedMatches",
    "myTrades": "GET myTrades",
    "openOrderLists.status": "GET openOrderList",
    "openOrders.cancelAll": "DELETE openOrders",
    "openOrders.status": "GET openOrders",
    "order.amendments": "GET order/amendments",
    "order.cancel": "DELETE order",
    "order.place": "POST order",
    "order.status": "GET order",
    "order.test": "POST order/test",
}
OF_THE_CONNECTION: Final = ("apiKey", "signature", "returnRateLimits")


def as_text(params: Mapping[str, Any]) -> dict[str, str]:
    """The parameters as they stand in a query and in what is signed: `true`, `["A","B"]`."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        for name, value in params.items()
        if value is not None
    }


def as_request(method: str, params: Mapping[str, Any], api_key: str, ip: str) -> Request:
    """The REST request that the call stands for. Raises KeyError for a method that is none of CALLS."""
    verb, path = CALLS[method].split()
    told = {name: value for name, value in as_text(params).items() if name not in OF_THE_CONNECTION}
    return Request(verb, f"/api/v3/{path}", urlencode(told).encode(), b"", {KEY_HEADER: api_key}, ip)
