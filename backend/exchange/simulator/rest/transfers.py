"""Moves between own wallets: one direction per call, six months back; and income that is no deposit."""

from typing import Any, Final

from backend.exchange.simulator import happenings
from backend.exchange.simulator.exchange import Impossible
from backend.exchange.simulator.limits import SAPI_IP, SAPI_UID
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.movements import RENAME
from backend.exchange.simulator.records import SPOT
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.windows import page, window
from backend.exchange.simulator.wire import fixed, plain

CODES: Final = {
    "MAIN": SPOT,
    "FUNDING": "funding",
    "MARGIN": "margin",
    "ISOLATEDMARGIN": "isolated_margin",
    "UMFUTURE": "usdm",
    "CMFUTURE": "coinm",
}
HORIZON_DAYS: Final = 183  # about six months
DEFAULT_DAYS: Final = 7
DIVIDEND_DAYS: Final = 180
DIVIDEND_ROWS: Final = 20
LONGEST_DIVIDENDS: Final = 500


def _direction(call: Call) -> tuple[str, str, str]:
    """The type of the call, and the wallets that it names."""
    kind = call.params.needed("type")
    source, _, target = kind.partition("_")
    if source not in CODES or target not in CODES or source == target:
        raise ExchangeError(-1130, "Data sent for parameter 'type' is not valid.")
    return kind, CODES[source], CODES[target]


def transfers(call: Call) -> Any:
    kind, source, target = _direction(call)
    start, end = window(call, HORIZON_DAYS, default_days=DEFAULT_DAYS, horizon_days=HORIZON_DAYS)
    moves = [
        one for one in call.account.transfers if (one.source, one.target) == (source, target) and start <= one.at <= end
    ]
    rows = [
        {
            "asset": one.asset,
            "amount": plain(one.amount),
            "type": kind,
            "status": "CONFIRMED",
            "tranId": int(one.id),
            "timestamp": one.at,
        }
        for one in page(call, moves)
    ]
    return {"total": len(moves), "rows": rows}


def new_transfer(call: Call) -> Any:
    _, source, target = _direction(call)
    asset, amount = call.params.needed("asset"), call.params.decimal("amount")
    if amount is None:
        raise mandatory("amount")
    exchange = call.exchange
    try:
        record = happenings.transfer(exchange, call.account, exchange.clock.now(), source, target, asset, amount)
    except Impossible as problem:
        raise ExchangeError(-5002, "You have insufficient balance.") from problem
    exchange.commit([record])
    return {"tranId": int(record.id)}


def dividends(call: Call) -> Any:
    """Income paid to spot, and both sides of a coin that changed its name; the newest first."""
    start, end = window(call, DIVIDEND_DAYS)
    asset, limit = call.params.text("asset"), call.params.limit(DIVIDEND_ROWS, LONGEST_DIVIDENDS)
    paid = [(one.at, one.id, one.asset, one.amount, one.kind) for one in call.account.rewards if one.wallet == SPOT]
    swapped = [
        (one.at, one.id, leg.asset, leg.amount, f"{one.details['old']} to {one.details['new']}")
        for one in call.account.movements.get(RENAME, ())
        for leg in one.legs
        if leg.wallet == SPOT
    ]
    found = [row for row in sorted(paid + swapped) if start <= row[0] <= end and asset in (None, row[2])]
    rows = [
        {
            "id": int(number),
            "amount": fixed(abs(amount)),
            "asset": coin,
            "divTime": at,
            "enInfo": word,
            "tranId": int(number),
            "direction": 1 if amount > 0 else -1,
        }
        for at, number, coin, amount, word in list(reversed(found))[:limit]
    ]
    return {"rows": rows, "total": len(found)}


ROUTES: Final = (
    Route("GET", "/sapi/v1/asset/transfer", transfers, fixed_weight(1), SAPI_IP, Access.READ),
    Route("POST", "/sapi/v1/asset/transfer", new_transfer, fixed_weight(900), SAPI_UID, Access.TRANSFER),
    Route("GET", "/sapi/v1/asset/assetDividend", dividends, fixed_weight(10), SAPI_IP, Access.READ),
)
