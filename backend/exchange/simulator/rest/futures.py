"""Futures hosts: they answer and list no contract yet, so that clients which read all markets at start can start."""

from typing import Any, Final

from backend.exchange.simulator.limits import COINM_IP, USDM_IP
from backend.exchange.simulator.rest.routes import Call, Route, fixed_weight


def exchange_info(call: Call) -> Any:
    return {
        "timezone": "UTC",
        "serverTime": call.now,
        "futuresType": "U_MARGINED",
        "rateLimits": [{"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 2400}],
        "exchangeFilters": [],
        "assets": [],
        "symbols": [],
    }


def server_time(call: Call) -> Any:
    return {"serverTime": call.now}


def ping(_: Call) -> Any:
    return {}


ROUTES: Final = tuple(
    Route("GET", f"{host}/{path}", handler, fixed_weight(1), budget)
    for host, budget in (("/fapi/v1", USDM_IP), ("/dapi/v1", COINM_IP))
    for path, handler in (("ping", ping), ("time", server_time), ("exchangeInfo", exchange_info))
)
