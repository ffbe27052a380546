"""Staking of ether and SOL: what became its token, what came back, and what was wrapped."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.limits import SAPI_IP
from backend.exchange.simulator.movements import STAKE, UNSTAKE, UNWRAP, WRAP
from backend.exchange.simulator.records import Movement
from backend.exchange.simulator.rest.routes import Access, Call, Handler, Route, fixed_weight
from backend.exchange.simulator.rest.windows import page, window
from backend.exchange.simulator.wire import fixed

QUARTER_DAYS: Final = 92
MONTH_DAYS: Final = 30
TOKENS: Final = {"ETH": ("WBETH", "BETH"), "SOL": ("BNSOL",)}


def _history(kind: str, coin: str) -> Handler:
    def handler(call: Call) -> Any:
        start, end = window(call, QUARTER_DAYS, default_days=MONTH_DAYS)
        found = [
            one
            for one in call.account.movements.get(kind, ())
            if start <= one.at <= end and {one.details["from"], one.details["to"]} & set(TOKENS[coin])
        ]
        row = _wrapped if kind in (WRAP, UNWRAP) else _staked
        return {"rows": [row(one) for one in page(call, found)], "total": len(found)}

    return handler


def _rate(one: Movement) -> str:
    """What a token is worth of its coin."""
    amounts = Decimal(one.details["given"]), Decimal(one.details["got"])
    coins, tokens = amounts if one.kind in (STAKE, WRAP) else amounts[::-1]
    return fixed(coins / tokens)


def _staked(one: Movement) -> dict[str, Any]:
    row = {
        "time": one.at,
        "asset": one.details["from"],
        "amount": fixed(Decimal(one.details["given"])),
        "distributeAsset": one.details["to"],
        "distributeAmount": fixed(Decimal(one.details["got"])),
        "exchangeRate" if "BNSOL" in (one.details["from"], one.details["to"]) else "conversionRatio": _rate(one),
        "status": one.details["status"],
    }
    return row | {"arrivalTime": int(one.details["updated"])} if one.kind == UNSTAKE else row


def _wrapped(one: Movement) -> dict[str, Any]:
    return {
        "time": one.at,
        "fromAsset": one.details["from"],
        "fromAmount": fixed(Decimal(one.details["given"])),
        "toAsset": one.details["to"],
        "toAmount": fixed(Decimal(one.details["got"])),
        "exchangeRate": _rate(one),
        "status": one.details["status"],
    }


ROUTES: Final = tuple(
    Route("GET", f"/sapi/v1/{path}", _history(kind, coin), fixed_weight(150), SAPI_IP, Access.READ)
    for path, kind, coin in (
        ("eth-staking/eth/history/stakingHistory", STAKE, "ETH"),
        ("eth-staking/eth/history/redemptionHistory", UNSTAKE, "ETH"),
        ("eth-staking/wbeth/history/wrapHistory", WRAP, "ETH"),
        ("eth-staking/wbeth/history/unwrapHistory", UNWRAP, "ETH"),
        ("sol-staking/sol/history/stakingHistory", STAKE, "SOL"),
        ("sol-staking/sol/history/redemptionHistory", UNSTAKE, "SOL"),
    )
)
