"""Sub-accounts: the master's list and its view of moves between accounts, and a sub-account's own view."""

from typing import Any, Final

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Impossible
from backend.exchange.simulator.limits import SAPI_IP, SAPI_UID
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.movements import SUB_TRANSFER, sub_transfer
from backend.exchange.simulator.records import SPOT, Movement
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.windows import page, window
from backend.exchange.simulator.wire import plain

ACCOUNT_TYPES: Final = {
    "spot": "SPOT",
    "usdm": "USDT_FUTURE",
    "coinm": "COIN_FUTURE",
    "margin": "MARGIN",
    "isolated_margin": "ISOLATED_MARGIN",
}
WALLETS: Final = {word: wallet for wallet, word in ACCOUNT_TYPES.items()}
NO_MASTER: Final = (-1002, "You are not authorized to execute this request.")
UNIVERSAL_DAYS: Final = 7
HISTORY_DAYS: Final = 100
OWN_DAYS: Final = 30
INWARD, OUTWARD = 1, 2


def _account_type(wallet: str) -> str:
    return ACCOUNT_TYPES.get(wallet, wallet.upper())


def _family(call: Call) -> list[Movement]:
    """Every move between the accounts of the master, once each. Raises ExchangeError -1002 for a sub-account."""
    mine = call.account.opened
    if mine.master:
        raise ExchangeError(*NO_MASTER)
    found: dict[str, Movement] = {}
    for account in call.exchange.accounts.values():
        if mine.api_key in (account.opened.api_key, account.opened.master):
            found |= {one.id: one for one in account.movements.get(SUB_TRANSFER, ())}
    return sorted(found.values(), key=lambda one: (one.at, one.id))


def _chosen(call: Call, *, days: int) -> list[Movement]:
    source, target = call.params.text("fromEmail"), call.params.text("toEmail")
    if source is not None and target is not None:
        raise ExchangeError(-1128, "Combination of optional parameters invalid.")
    if source is None and target is None:
        source = call.account.opened.email
    start, end = window(call, days)
    return [
        one
        for one in _family(call)
        if start <= one.at <= end and source in (None, one.details["from"]) and target in (None, one.details["to"])
    ]


def universal_transfers(call: Call) -> Any:
    """Without an address: what the master itself sent."""
    moves = _chosen(call, days=UNIVERSAL_DAYS)
    rows = [
        {
            "tranId": int(one.id),
            "fromEmail": one.details["from"],
            "toEmail": one.details["to"],
            "asset": one.details["asset"],
            "amount": one.details["amount"],
            "createTimeStamp": one.at,
            "fromAccountType": _account_type(one.details["from_wallet"]),
            "toAccountType": _account_type(one.details["to_wallet"]),
            "status": "SUCCESS",
            "clientTranId": "",
        }
        for one in page(call, moves, names=("page", "limit"), default=500, largest=500)
    ]
    return {"result": rows, "totalCount": len(moves)}


def transfer_history(call: Call) -> Any:
    """Moves from spot to spot; without an address what the master itself sent."""
    moves = [
        one
        for one in _chosen(call, days=HISTORY_DAYS)
        if one.details["from_wallet"] == one.details["to_wallet"] == "spot"
    ]
    return [
        {
            "from": one.details["from"],
            "to": one.details["to"],
            "asset": one.details["asset"],
            "qty": one.details["amount"],
            "status": "SUCCESS",
            "tranId": int(one.id),
            "time": one.at,
        }
        for one in page(call, moves, names=("page", "limit"), default=500, largest=500)
    ]


def own_transfers(call: Call) -> Any:
    """A sub-account's own moves; without `type` only what went out."""
    start, end = window(call, OWN_DAYS)
    asset, kind = call.params.text("asset"), call.params.integer("type") or OUTWARD
    email, limit = call.account.opened.email, call.params.limit(500, 1000)
    side, other = ("to", "from") if kind == INWARD else ("from", "to")
    rows = [
        one
        for one in call.account.movements.get(SUB_TRANSFER, ())
        if start <= one.at <= end and one.details[side] == email and asset in (None, one.details["asset"])
    ]
    master = call.exchange.account(call.account.opened.master)
    masters = master.opened.email if master else ""
    return [
        {
            "counterParty": "master" if one.details[other] == masters else "subAccount",
            "email": one.details[other],
            "type": kind,
            "asset": one.details["asset"],
            "qty": one.details["amount"],
            "fromAccountType": _account_type(one.details["from_wallet"]),
            "toAccountType": _account_type(one.details["to_wallet"]),
            "status": "SUCCESS",
            "tranId": int(one.id),
            "time": one.at,
        }
        for one in list(reversed(rows))[:limit]
    ]


def sub_accounts(call: Call) -> Any:
    children = [
        one.opened
        for one in call.exchange.accounts.values()
        if one.opened.master and one.opened.master == call.account.opened.api_key
    ]
    wanted = call.params.text("email")
    rows = [
        {
            "subUserId": child.uid,
            "email": child.email,
            "remark": child.name,
            "isFreeze": False,
            "createTime": child.created_at,
            "isManagedSubAccount": False,
            "isAssetManagementSubAccount": False,
        }
        for child in children
        if wanted in (None, child.email)
    ]
    return {"subAccounts": page(call, list(reversed(rows)), names=("page", "limit"), default=1, largest=200)}


def _member(call: Call, name: str) -> Account:
    """The account of the master's family with the address that the parameter holds; the master's own by default."""
    mine = call.account.opened
    if mine.master:
        raise ExchangeError(*NO_MASTER)
    email = call.params.text(name) or mine.email
    for one in call.exchange.accounts.values():
        if one.opened.email == email and mine.api_key in (one.opened.api_key, one.opened.master):
            return one
    raise ExchangeError(-9000, "The email does not belong to this master account or its sub-accounts.")


def new_transfer(call: Call) -> Any:
    """Move a coin between two accounts of the family."""
    ends = _member(call, "fromEmail"), _member(call, "toEmail")
    words = (call.params.choice(name, list(WALLETS)) for name in ("fromAccountType", "toAccountType"))
    source, target = (WALLETS[word] for word in words)
    asset, amount = call.params.needed("asset"), call.params.decimal("amount")
    if amount is None:
        raise mandatory("amount")
    exchange = call.exchange
    try:
        pair = sub_transfer(exchange, ends, (source, target), exchange.clock.now(), asset, amount)
    except Impossible as problem:
        raise ExchangeError(-9000, str(problem)) from problem
    exchange.commit(pair)
    return {"tranId": int(pair[0].id), "clientTranId": call.params.text("clientTranId") or ""}


def assets_of(call: Call) -> Any:
    """The spot balances of a sub-account, for its master."""
    call.params.needed("email")
    account = _member(call, "email")
    rows = []
    for asset, amount in account.held(SPOT).items():
        locked = account.locked(asset)
        free = plain(amount - locked)
        rows.append({"freeze": "0", "withdrawing": "0", "asset": asset, "free": free, "locked": plain(locked)})
    return {"balances": rows}


ROUTES: Final = (
    *(
        Route("GET", f"/sapi/v1/sub-account/{path}", handler, fixed_weight(1), SAPI_IP, Access.READ)
        for path, handler in (
            ("list", sub_accounts),
            ("universalTransfer", universal_transfers),
            ("sub/transfer/history", transfer_history),
            ("transfer/subUserHistory", own_transfers),
        )
    ),
    Route(
        "POST",
        "/sapi/v1/sub-account/universalTransfer",
        new_transfer,
        fixed_weight(360),
        SAPI_UID,
        Access.BETWEEN_ACCOUNTS,
    ),
    Route("GET", "/sapi/v4/sub-account/assets", assets_of, fixed_weight(60), SAPI_UID, Access.READ),
)
