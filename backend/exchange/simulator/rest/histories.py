"""Histories under /sapi of what is neither deposit, withdrawal nor trade: converts, dust, fiat, Pay, P2P, margin."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator import movements
from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.exchange import Impossible
from backend.exchange.simulator.limits import SAPI_IP, SAPI_UID
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import SPOT, Movement
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.spot import needed_symbol
from backend.exchange.simulator.rest.windows import page, window
from backend.exchange.simulator.wire import DAY_MS, fixed, parse_iso, plain

CONVERT_DAYS: Final = 30
CONVERT_IDS_FROM: Final = 940_000_000_000_000_000  # real ones are beyond 2^53, which breaks careless readers
FIRST_DUST_MS: Final = parse_iso("2020-12-01T00:00:00Z") or 0
DUST_RECORDS: Final = 100
DUST_WALLETS: Final = {"SPOT": SPOT, "MARGIN": movements.MARGIN}
FIAT_DAYS: Final = 90
MONTH_DAYS: Final = 30
WEEK_DAYS: Final = 7
SIX_MONTHS_DAYS: Final = 183
PAY_MONTHS_DAYS: Final = 548
SUCCESS: Final = {"code": "000000", "message": "success"}


def _between(call: Call, kind: str, start: int, end: int) -> list[Movement]:
    return [one for one in call.account.movements.get(kind, ()) if start <= _asked_at(one) <= end]


def _asked_at(one: Movement) -> int:
    """Orders of a bank are listed by the instant at which they were asked for, not by that of their money."""
    return int(one.details.get("created", one.at))


def converts(call: Call) -> Any:
    """Both bounds are needed, at most 30 days apart; the oldest come first."""
    for name in ("startTime", "endTime"):
        call.params.needed(name)
    start, end = window(call, CONVERT_DAYS)
    limit = call.params.limit(100, 1000)
    rows = _between(call, movements.CONVERT, start, end)
    return {
        "list": [_convert_row(one) for one in rows[:limit]],
        "startTime": start,
        "endTime": end,
        "limit": limit,
        "moreData": len(rows) > limit,
    }


def _convert_row(one: Movement) -> dict[str, Any]:
    given, got = one.legs
    return {
        "quoteId": one.details["quote_id"],
        "orderId": CONVERT_IDS_FROM + int(one.id),
        "orderStatus": "SUCCESS",
        "fromAsset": given.asset,
        "fromAmount": plain(-given.amount),
        "toAsset": got.asset,
        "toAmount": plain(got.amount),
        "ratio": plain((got.amount / -given.amount).quantize(Decimal("1e-8"))),
        "inverseRatio": plain((-given.amount / got.amount).quantize(Decimal("1e-8"))) if got.amount else "0",
        "createTime": one.at,
    }


def dust(call: Call) -> Any:
    """The last hundred conversions of one wallet, none from before December 2020, all numbers as text."""
    wallet = DUST_WALLETS[call.params.choice("accountType", tuple(DUST_WALLETS), "SPOT")]
    start, end = call.params.instant("startTime"), call.params.instant("endTime")
    first = max(start or 0, FIRST_DUST_MS)
    found = _between(call, movements.DUST, first, call.now if end is None else end)
    rows = [one for one in found if one.legs[0].wallet == wallet][-DUST_RECORDS:]
    return {"total": len(rows), "userAssetDribblets": [_dust_row(one) for one in reversed(rows)]}


def _dust_row(one: Movement) -> dict[str, Any]:
    given = {leg.asset: -leg.amount for leg in one.legs if leg.amount < 0}
    parts: list[dict[str, Any]] = []
    for asset, amount in given.items():
        got, charge = one.details[asset].split()
        parts.append(
            {
                "transId": int(one.id),
                "serviceChargeAmount": charge,
                "amount": plain(amount),
                "operateTime": one.at,
                "transferedAmount": got,
                "fromAsset": asset,
                "targetAsset": movements.DUST_COIN,
            }
        )
    return {
        "operateTime": one.at,
        "totalTransferedAmount": plain(sum((Decimal(part["transferedAmount"]) for part in parts), ZERO)),
        "totalServiceChargeAmount": plain(sum((Decimal(part["serviceChargeAmount"]) for part in parts), ZERO)),
        "transId": int(one.id),
        "userAssetDribbletDetails": parts,
    }


def _fiat(call: Call, kinds: tuple[str, str]) -> tuple[list[Movement], int]:
    """One page of the kind that `transactionType` names, and how many there are."""
    word = call.params.needed("transactionType")
    if word not in ("0", "1"):
        raise ExchangeError(-1130, "Data sent for parameter 'transactionType' is not valid.")
    start, end = window(call, FIAT_DAYS, default_days=MONTH_DAYS, names=("beginTime", "endTime"))
    rows = _between(call, kinds[int(word)], start, end)
    return page(call, rows, names=("page", "rows"), default=100, largest=500), len(rows)


def fiat_orders(call: Call) -> Any:
    rows, total = _fiat(call, (movements.FIAT_DEPOSIT, movements.FIAT_WITHDRAW))
    data = [
        {
            "orderNo": f"fiat-{one.id}",
            "fiatCurrency": one.details["fiat"],
            "indicatedAmount": _cents(Decimal(one.details["amount"]) + Decimal(one.details["fee"])),
            "amount": _cents(Decimal(one.details["amount"])),
            "totalFee": _cents(Decimal(one.details["fee"])),
            "method": one.details["method"],
            "status": one.details["status"],
            "createTime": _asked_at(one),
            "updateTime": int(one.details.get("updated", one.at)),
        }
        for one in rows
    ]
    return SUCCESS | {"data": data, "total": total, "success": True}


def fiat_payments(call: Call) -> Any:
    buying = call.params.values.get("transactionType") == "0"
    rows, total = _fiat(call, (movements.FIAT_BUY, movements.FIAT_SELL))
    return SUCCESS | {"data": [_payment_row(one, buying=buying) for one in rows], "total": total, "success": True}


def _payment_row(one: Movement, *, buying: bool) -> dict[str, Any]:
    paid, amount = Decimal(one.details["paid"]), Decimal(one.details["amount"])
    return {
        "orderNo": f"card-{one.id}",
        "sourceAmount": _cents(paid) if buying else plain(amount),
        "fiatCurrency": one.details["fiat"],
        "obtainAmount": plain(amount) if buying else _cents(paid),
        "cryptoCurrency": one.details["asset"],
        "totalFee": _cents(Decimal(one.details["fee"])),
        "price": fixed(paid / amount),
        "status": one.details["status"],
        "paymentMethod": one.details["method"],
        "createTime": one.at,
        "updateTime": one.at,
    }


def _cents(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.01")), "f")


def pays(call: Call) -> Any:
    start, end = window(call, FIAT_DAYS, horizon_days=PAY_MONTHS_DAYS)
    rows = _between(call, movements.PAY, start, end)[-call.params.limit(100, 100) :]
    return SUCCESS | {"data": [_pay_row(call, one) for one in reversed(rows)], "success": True}


def _pay_row(call: Call, one: Movement) -> dict[str, Any]:
    (leg,) = one.legs
    me = {"name": call.account.opened.name, "accountId": str(call.account.opened.uid), "type": "USER"}
    other = {"name": "Somebody", "accountId": "900000001", "type": "USER"}
    return {
        "orderType": "C2C",
        "transactionId": f"P_{one.id}",
        "transactionTime": one.at,
        "amount": plain(leg.amount),
        "currency": leg.asset,
        "walletType": 1,
        "walletTypes": [1],
        "fundsDetail": [{"currency": leg.asset, "amount": plain(abs(leg.amount)), "walletAssetCost": []}],
        "payerInfo": other if leg.amount > 0 else me,
        "receiverInfo": me if leg.amount > 0 else other,
    }


def peer_trades(call: Call) -> Any:
    start, end = window(call, MONTH_DAYS, horizon_days=SIX_MONTHS_DAYS, names=("startTimestamp", "endTimestamp"))
    side = call.params.text("tradeType")
    rows = [one for one in _between(call, movements.P2P, start, end) if side in (None, one.details["side"])]
    shown = page(call, rows, names=("page", "rows"), default=100)
    return SUCCESS | {"data": [_peer_row(one) for one in shown], "total": len(rows), "success": True}


def _peer_row(one: Movement) -> dict[str, Any]:
    (leg,) = one.legs
    price = Decimal(one.details["price"])
    return {
        "orderNumber": one.id,
        "advNo": f"1{one.id}",
        "tradeType": one.details["side"],
        "asset": leg.asset,
        "fiat": one.details["fiat"],
        "fiatSymbol": one.details["fiat"],
        "amount": fixed(abs(leg.amount)),
        "totalPrice": fixed(abs(leg.amount) * price),
        "unitPrice": fixed(price),
        "orderStatus": "COMPLETED",
        "createTime": one.at,
        "commission": "0.00000000",
        "counterPartNickName": "som***",
        "advertisementRole": "TAKER",
    }


def _of_wallet(call: Call, kind: str, start: int, end: int) -> list[Movement]:
    """Rows of cross margin, or of the isolated pair that was named."""
    asset, pair = call.params.text("asset"), call.params.text("isolatedSymbol") or ""
    return [
        one
        for one in _between(call, kind, start, end)
        if asset in (None, one.legs[0].asset) and one.details.get("pair", "") == pair
    ]


def interest(call: Call) -> Any:
    """What is older than six months is told when asked for as `archived`, and only then."""
    start, end = window(call, MONTH_DAYS, default_days=WEEK_DAYS)
    old = call.now - SIX_MONTHS_DAYS * DAY_MS
    if (call.params.text("archived") or "").lower() == "true":
        end = min(end, old - 1)
    else:
        start = max(start, old)
    found = _of_wallet(call, movements.INTEREST, start, end)
    rows = [
        {
            "txId": int(one.id),
            "interestAccuredTime": one.at,
            "asset": one.legs[0].asset,
            "rawAsset": one.legs[0].asset,
            "principal": fixed(Decimal(one.details["principal"])),
            "interest": fixed(one.legs[0].amount),
            "interestRate": "0.00000000",
            "type": "PERIODIC",
            "isolatedSymbol": one.details.get("pair", ""),
        }
        for one in page(call, found)
    ]
    return {"rows": rows, "total": len(found)}


def loans(call: Call) -> Any:
    """Of the last 30 days before the end where an asset is named, else of the last 7 days, whatever was asked."""
    word = call.params.needed("type")
    if word not in ("BORROW", "REPAY"):
        raise mandatory("type")
    start, end = window(call, MONTH_DAYS, default_days=WEEK_DAYS, horizon_days=SIX_MONTHS_DAYS)
    if not call.params.has("asset"):
        start = max(start, end - WEEK_DAYS * DAY_MS)
    found = _of_wallet(call, word.lower(), start, end)
    rows = [
        {
            "type": "MANUAL",
            "isolatedSymbol": one.details.get("pair", ""),
            "amount": fixed(abs(one.legs[0].amount)),
            "asset": one.legs[0].asset,
            "interest": fixed(Decimal(one.details["interest"])),
            "principal": fixed(Decimal(one.details["principal"])),
            "status": "CONFIRMED",
            "timestamp": one.at,
            "txId": int(one.id),
        }
        for one in page(call, found)
    ]
    return {"rows": rows, "total": len(found)}


def new_loan(call: Call) -> Any:
    """Borrow, whatever the collateral, or pay back: on cross margin or (`isIsolated`) in the pair `symbol`.

    Raises ExchangeError -3041 beyond the debt, -1121 for a symbol that is not listed.
    """
    kind = call.params.choice("type", ("BORROW", "REPAY"))
    asset, amount = call.params.needed("asset"), call.params.decimal("amount")
    if amount is None:
        raise mandatory("amount")
    isolated = call.params.choice("isIsolated", ("TRUE", "FALSE"), "FALSE") == "TRUE"
    pair = needed_symbol(call) if isolated else ""
    exchange = call.exchange
    if kind == "BORROW" and asset not in exchange.book.assets():
        raise ExchangeError(-3027, "Not a valid margin asset.")
    try:
        record = movements.loan(exchange, call.account, exchange.clock.now(), kind.lower(), asset, amount, pair)
    except Impossible as problem:
        raise ExchangeError(-3041, "Balance is not enough") from problem
    exchange.commit([record])
    return {"tranId": int(record.id)}


ROUTES: Final = (
    Route("GET", "/sapi/v1/convert/tradeFlow", converts, fixed_weight(3000), SAPI_UID, Access.READ),
    Route("GET", "/sapi/v1/asset/dribblet", dust, fixed_weight(1), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/fiat/orders", fiat_orders, fixed_weight(45_000), SAPI_UID, Access.READ),
    Route("GET", "/sapi/v1/fiat/payments", fiat_payments, fixed_weight(1), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/pay/transactions", pays, fixed_weight(3000), SAPI_UID, Access.READ),
    Route("GET", "/sapi/v1/c2c/orderMatch/listUserOrderHistory", peer_trades, fixed_weight(1), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/margin/interestHistory", interest, fixed_weight(1), SAPI_IP, Access.READ),
    Route("POST", "/sapi/v1/margin/borrow-repay", new_loan, fixed_weight(1500), SAPI_UID, Access.TRADE),
    Route("GET", "/sapi/v1/margin/borrow-repay", loans, fixed_weight(10), SAPI_IP, Access.READ),
)
