"""Wallet paths (/sapi): deposits, withdrawals, key permissions, coins, fees."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from backend.exchange.simulator.accounts import PERMISSIONS
from backend.exchange.simulator.coins import coin_of
from backend.exchange.simulator.happenings import INTERNAL, network_of
from backend.exchange.simulator.limits import SAPI_IP, SAPI_UID_SECOND
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.records import SPOT, Deposit, Withdrawal
from backend.exchange.simulator.rest.exchange_info import invalid_symbol
from backend.exchange.simulator.rest.lag import hidden_records, visible_balances
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.windows import window
from backend.exchange.simulator.wire import plain, second_text

HISTORY_DAYS: Final = 90
ORDER_ID_DAYS: Final = 7
LONGEST_ID_LIST: Final = 45
DEPOSIT_WALLETS: Final = (SPOT, "funding")  # opening balances of other wallets never came from outside
Row = TypeVar("Row", Deposit, Withdrawal)


def system_status(call: Call) -> Any:
    down = call.exchange.in_maintenance
    return {"status": int(down), "msg": "system maintenance" if down else "normal"}


def _page(call: Call, rows: Sequence[Row]) -> list[Row]:
    """The newest first, cut by offset and limit; the exchange does not promise an order, so clients must sort."""
    offset = call.params.integer("offset") or 0
    if offset < 0:
        raise ExchangeError(-1102, "Mandatory parameter 'offset' was not sent, was empty/null, or malformed.")
    limit = call.params.limit(1000, 1000)
    return list(reversed(rows))[offset : offset + limit]


def _visible(call: Call, rows: Sequence[Row], start: int, end: int) -> list[Row]:
    hidden = {record.id for record in hidden_records(call) if isinstance(record, Deposit | Withdrawal)}
    coin, status = call.params.text("coin"), call.params.integer("status")
    return [
        row
        for row in rows
        if start <= (row.listed_at if isinstance(row, Deposit) else row.at) <= end
        and row.id not in hidden
        and (coin is None or row.asset == coin)
        and (status is None or row.status == status)
    ]


def deposits(call: Call) -> Any:
    start, end = window(call, HISTORY_DAYS)
    arrived = [row for row in call.account.deposits if row.wallet in DEPOSIT_WALLETS]
    rows = _visible(call, arrived, start, end)
    tx_id = call.params.text("txId")
    if tx_id is not None:
        rows = [row for row in rows if row.tx_id == tx_id]
    return [_deposit_row(row) for row in _page(call, rows)]


def _deposit_row(row: Deposit) -> dict[str, Any]:
    return {
        "id": row.id,
        "amount": plain(row.amount),
        "coin": row.asset,
        "network": row.network,
        "status": row.status,
        "address": row.address,
        "addressTag": "",
        "txId": row.tx_id,
        "insertTime": row.listed_at,
        "completeTime": row.at,
        "transferType": int(row.network == INTERNAL),
        "confirmTimes": "1/1",
        "unlockConfirm": 0,
        "walletType": 0 if row.wallet == SPOT else 1,
        "travelRuleStatus": 0,
    }


def withdrawals(call: Call) -> Any:
    order_id = call.params.text("withdrawOrderId")
    start, end = window(call, HISTORY_DAYS if order_id is None else ORDER_ID_DAYS)
    rows = _visible(call, call.account.withdrawals, start, end)
    if order_id is not None:
        rows = []  # withdrawals made here carry no order id of the client
    id_list = call.params.text("idList")
    if id_list is not None:
        wanted = id_list.split(",")
        if len(wanted) > LONGEST_ID_LIST:
            raise ExchangeError(-1130, "Data sent for parameter 'idList' is not valid.")
        rows = [row for row in rows if row.id in wanted]
    return [_withdrawal_row(row) for row in _page(call, rows)]


def _withdrawal_row(row: Withdrawal) -> dict[str, Any]:
    done = {"completeTime": second_text(row.at)} if row.status == 6 else {}
    return {
        "id": row.id,
        "amount": plain(row.amount),
        "transactionFee": plain(row.fee),
        "coin": row.asset,
        "status": row.status,
        "address": row.address,
        "txId": row.tx_id,
        "applyTime": second_text(row.at),
        "network": row.network,
        "transferType": int(row.network == INTERNAL),
        "withdrawOrderId": "",
        "info": "",
        "confirmNo": 1,
        "walletType": 0,
        "txKey": "",
        **done,
    }


def api_restrictions(call: Call) -> Any:
    granted = PERMISSIONS | call.account.opened.permissions
    return granted | {
        "createTime": call.account.opened.created_at,
        "enableMargin": False,
        "enableVanillaOptions": False,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
        "enablePortfolioMarginTrading": False,
    }


def all_coins(call: Call) -> Any:
    balances = visible_balances(call)
    names = dict.fromkeys([*call.exchange.book.assets(), *balances])
    return [_coin_row(asset, balances.get(asset, Decimal(0))) for asset in names]


def _coin_row(asset: str, free: Decimal) -> dict[str, Any]:
    network = network_of(asset)
    return {
        "coin": asset,
        "depositAllEnable": True,
        "withdrawAllEnable": True,
        "name": coin_of(asset).name,
        "free": plain(free),
        "locked": "0",
        "freeze": "0",
        "withdrawing": "0",
        "ipoing": "0",
        "ipoable": "0",
        "storage": "0",
        "isLegalMoney": False,
        "trading": True,
        "networkList": [
            {
                "network": network,
                "coin": asset,
                "withdrawIntegerMultiple": "0.00000001",
                "isDefault": True,
                "depositEnable": True,
                "withdrawEnable": True,
                "depositDesc": "",
                "withdrawDesc": "",
                "specialTips": "",
                "specialWithdrawTips": "",
                "name": network,
                "resetAddressStatus": False,
                "addressRegex": "^.{1,128}$",
                "memoRegex": "",
                "withdrawFee": "0",
                "withdrawMin": "0.00000001",
                "withdrawMax": "9999999999",
                "withdrawInternalMin": "0.00000001",
                "depositDust": "0.00000001",
                "minConfirm": 1,
                "unLockConfirm": 0,
                "sameAddress": False,
                "withdrawTag": False,
                "estimatedArrivalTime": 1,
                "busy": False,
                "contractAddressUrl": "",
                "contractAddress": "",
            }
        ],
    }


def asset_details(call: Call) -> Any:
    wanted = call.params.text("asset")
    return {
        asset: {"minWithdrawAmount": "0.00000001", "depositStatus": True, "withdrawFee": 0, "withdrawStatus": True}
        for asset in call.exchange.book.assets()
        if wanted in (None, asset)
    }


def trade_fee(call: Call) -> Any:
    symbol = call.params.text("symbol")
    if symbol is not None and call.exchange.book.get(symbol) is None:
        raise invalid_symbol()
    names = [symbol] if symbol is not None else call.exchange.book.names()
    return [{"symbol": name, "makerCommission": "0.001", "takerCommission": "0.001"} for name in names]


def margin_pairs(call: Call) -> Any:
    """The pairs that may be traded on margin, for clients that read this list with the markets."""
    book = call.exchange.book
    listed = [one for name in book.names() if (one := book.get(name)) and one.raw.get("isMarginTradingAllowed")]
    return [
        {
            "base": one.base,
            "id": number,
            "isBuyAllowed": True,
            "isMarginTrade": True,
            "isSellAllowed": True,
            "quote": one.quote,
            "symbol": one.symbol,
        }
        for number, one in enumerate(listed, 1)
    ]


def isolated_pairs(call: Call) -> Any:
    """The same pairs, without the numbers that cross margin gives them."""
    return [{name: value for name, value in row.items() if name != "id"} for row in margin_pairs(call)]


ROUTES: Final = (
    Route("GET", "/sapi/v1/margin/allPairs", margin_pairs, fixed_weight(1), SAPI_IP, Access.KEY),
    Route("GET", "/sapi/v1/margin/isolated/allPairs", isolated_pairs, fixed_weight(10), SAPI_IP, Access.KEY),
    Route("GET", "/sapi/v1/system/status", system_status, fixed_weight(1), SAPI_IP),
    Route("GET", "/sapi/v1/capital/deposit/hisrec", deposits, fixed_weight(1), SAPI_IP, Access.READ),
    Route(
        "GET",
        "/sapi/v1/capital/withdraw/history",
        withdrawals,
        fixed_weight(18_000),
        SAPI_UID_SECOND,
        Access.READ,
    ),
    Route("GET", "/sapi/v1/account/apiRestrictions", api_restrictions, fixed_weight(1), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/capital/config/getall", all_coins, fixed_weight(10), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/asset/assetDetail", asset_details, fixed_weight(1), SAPI_IP, Access.READ),
    Route("GET", "/sapi/v1/asset/tradeFee", trade_fee, fixed_weight(1), SAPI_IP, Access.READ),
)
