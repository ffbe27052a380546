"""GET /sapi/v1/accountSnapshot: what spot, margin and futures held at the end of each day of the last month."""

from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.contracts import USDM
from backend.exchange.simulator.futures_desk import positions, settle, unrealised
from backend.exchange.simulator.limits import SAPI_IP
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import EARN_FLEXIBLE, MARGIN_BORROWED, MARGIN_INTEREST, SPOT
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.valuation import total
from backend.exchange.simulator.rest.windows import window
from backend.exchange.simulator.wire import DAY_MS, fixed, floor_to

MONTH_DAYS: Final = 30
FEWEST_DAYS: Final = 7
LAST_SECOND_MS: Final = DAY_MS - 1000


def snapshots(call: Call) -> Any:
    kind = call.params.needed("type")
    if kind not in _DATA:
        raise ExchangeError(-1130, "Data sent for parameter 'type' is not valid.")
    settle(call.exchange, call.account, call.now)
    limit = call.params.limit(FEWEST_DAYS, MONTH_DAYS)
    if limit < FEWEST_DAYS:
        raise mandatory("limit")
    start, end = window(call, MONTH_DAYS, horizon_days=MONTH_DAYS)
    start = max(start, call.account.opened.created_at)
    ends = range(floor_to(start, DAY_MS) + LAST_SECOND_MS, min(end, call.now) + 1, DAY_MS)
    rows = [
        {"data": _DATA[kind](call, at), "type": kind.lower(), "updateTime": at}
        for at in list(ends)[-limit:]
        if at >= start
    ]
    return {"code": 200, "msg": "", "snapshotVos": rows}


def _spot(call: Call, at: int) -> dict[str, Any]:
    held = call.account.held(SPOT, at)
    earning = {f"LD{asset}": amount for asset, amount in call.account.held(EARN_FLEXIBLE, at).items()}
    rows = [
        {"asset": asset, "free": fixed(amount), "locked": fixed(ZERO)} for asset, amount in (held | earning).items()
    ]
    return {"balances": rows, "totalAssetOfBtc": fixed(total(call, held, at=at))}


def _margin(call: Call, at: int) -> dict[str, Any]:
    held, borrowed, interest = (
        call.account.held(wallet, at) for wallet in ("margin", MARGIN_BORROWED, MARGIN_INTEREST)
    )
    assets, debts = total(call, held, at=at), total(call, borrowed, at=at) + total(call, interest, at=at)
    return {
        "marginLevel": fixed(assets / debts) if debts else "999.00000000",
        "totalAssetOfBtc": fixed(assets),
        "totalLiabilityOfBtc": fixed(debts),
        "totalNetAssetOfBtc": fixed(assets - debts),
        "userAssets": [
            {
                "asset": asset,
                "borrowed": fixed(borrowed.get(asset, ZERO)),
                "free": fixed(held.get(asset, ZERO)),
                "interest": fixed(interest.get(asset, ZERO)),
                "locked": fixed(ZERO),
                "netAsset": fixed(held.get(asset, ZERO) - borrowed.get(asset, ZERO) - interest.get(asset, ZERO)),
            }
            for asset in dict.fromkeys([*held, *borrowed, *interest])
        ],
    }


def _futures(call: Call, at: int) -> dict[str, Any]:
    held, open_then = call.account.held(USDM, at), positions(call.exchange, call.account, USDM, at)
    assets = [
        {
            "asset": asset,
            "marginBalance": fixed(amount + unrealised(open_then, asset)),
            "walletBalance": fixed(amount),
        }
        for asset, amount in held.items()
    ]
    rows = [
        {
            "entryPrice": fixed(one.held.entry),
            "markPrice": fixed(one.mark),
            "positionAmt": fixed(one.held.quantity),
            "symbol": one.contract.symbol,
            "unRealizedProfit": fixed(one.profit),
        }
        for one in open_then
    ]
    return {"assets": assets, "position": rows}


_DATA: Final = {"SPOT": _spot, "MARGIN": _margin, "FUTURES": _futures}
ROUTES: Final = (Route("GET", "/sapi/v1/accountSnapshot", snapshots, fixed_weight(2400), SAPI_IP, Access.READ),)
