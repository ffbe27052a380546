"""What every client must see, from what the stage was told and from the exchange's own ledger."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.listing import own_listing
from backend.tests.simulator.conformance.record import plain
from backend.tests.simulator.conformance.stage import (
    CONTRACT_TRADES,
    DEPOSITS,
    REWARDS,
    SUBSCRIPTIONS,
    TRADES,
    TRANSFERS,
    WITHDRAWALS,
    Stage,
)

SYMBOLS: Final = len(own_listing()) + 1  # and the forbidden one


def wallets(stage: Stage) -> dict[str, dict[str, str]]:
    """Every wallet as the ledger has it; zeros are left out."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in stage.simulator.control("/sim/ledger?api_key=key"):
        sums[entry["wallet"]][entry["asset"]] += Decimal(entry["change"])
    return {wallet: {asset: plain(sum_) for asset, sum_ in held.items() if sum_} for wallet, held in sums.items()}


def expected(stage: Stage, *, spot_only: bool = False) -> dict[str, Any]:
    """Observations by name; to be asked before a tour changes the balances.

    Args:
        spot_only: what the official SDK sees, which knows the typed calls of spot and its WebSocket API alone.
    """
    held = wallets(stage)
    spot = MARKET | _account(held) | TRADED | ORDERS | _named(SPOT_REFUSALS)
    if spot_only:
        return spot | SDK | {"ws: spot": spot["spot"]}
    return spot | OTHERS | _wallets(held) | HISTORIES | MARGIN | _futures(held) | _named(OTHER_REFUSALS)


MARKET: Final[dict[str, Any]] = {
    "ping": {},
    "the clocks agree": True,
    "symbols": SYMBOLS,
    "weight limit": 6000,
    "BTCUSDT": ["BTC", "USDT", "TRADING"],
    "filters": [one["filterType"] for one in own_listing()[0]["filters"]],
    "price": "50000",
    "two prices": {"BTCUSDT": "50000", "ETHUSDT": "2500"},
    "all prices": SYMBOLS,
    "bid and ask": ["2500", "2500"],
    "all books": SYMBOLS,
    "day": ["50000", "50000", "0"],
    "a small ticker has no change": True,
    "average": "50000",
    "hours": [24, True],
    "the last hour runs": True,
    "minutes over three pages": [2500, [60_000]],
    "no day begins at that instant": 0,
}
OTHERS: Final[dict[str, Any]] = {"system": 0, "transfer": True}


def _account(held: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "spot": held["spot"] | {f"LD{asset}": amount for asset, amount in held["earn_flexible"].items()},
        "account": [True, "SPOT", ["SPOT"]],
        "commission rates": ["0.001", "0.001"],
        "zeros are left out": True,
        "one balance": held["spot"]["DOGE"],
        "commission": ["0.001", "BNB"],
        "rsa key": True,
        "ed25519 key": True,
    }


def _wallets(held: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "trade fee": ["0.001"],
        "rights": [True, True, False],
        "account status": "Normal",
        "vip level": 0,
        "coins have networks": True,
        "funding": held["funding"],
        "one spot coin and its worth": [["BTC", True]],
        "wallet totals": [10, held["funding"]["USDT"]],
        "flexible earn": held["earn_flexible"],
        "locked earn": held["earn_locked"],
        "earn in USDT": held["earn_flexible"]["USDT"],
        "margin debt": [held["margin_borrowed"]["USDT"], "0", held["margin"]["BTC"]],
        "isolated": [["ETHUSDT", held["isolated_margin"]["ETH"]]],
        "staked ether": "0.4",
        "staked solana": "0",
    }


TRADED: Final[dict[str, Any]] = {
    "trades by id": [TRADES, True],
    "trades by day": True,
    "a trade": ["2500", "0.01", "25"],
    "all orders": TRADES,
    "newest trades": True,
}
# As the exchange's pages list them; of a loan they are the sample's.
LOAN_FIELDS: Final = sorted(
    ("type", "isolatedSymbol", "amount", "asset", "interest", "principal", "status", "timestamp", "txId")
)
INTEREST_FIELDS: Final = sorted(
    (
        "txId",
        "interestAccuredTime",
        "asset",
        "rawAsset",
        "principal",
        "interest",
        "interestRate",
        "type",
        "isolatedSymbol",
    )
)
MARGIN_TRADE_FIELDS: Final = sorted(
    (
        *("commission", "commissionAsset", "id", "isBestMatch", "isBuyer", "isMaker", "orderId", "price", "qty"),
        *("symbol", "isIsolated", "time"),
    )
)
MARGIN: Final[dict[str, Any]] = {
    "margin order": ["FILLED", "0.01", "500", False],
    "isolated order": ["FILLED", "0.1", "250", True],
    "margin trades": [["0.01", "50000", "0.5"], False, MARGIN_TRADE_FIELDS],
    "isolated trades": [["0.1", "2500", "0.25"], True, MARGIN_TRADE_FIELDS],
    "margin trades of another wallet": [0, 0],
    "refused: margin balance": "-2010 Account has insufficient balance for requested action.",
    "refused: window of margin trades": "-1127 More than 24 hours between startTime and endTime.",
}
HISTORIES: Final[dict[str, Any]] = {
    "deposits": [plain(one) for one in DEPOSITS],
    "deposit pages": [10, 10, 5, 0],
    "one deposit": [DEPOSITS[0], 1],
    "withdrawals": [plain(one) for one in WITHDRAWALS],
    "withdrawal fee": "0.01",
    "transfers": TRANSFERS,
    "transfers in all": len(TRANSFERS),
    "dividends": REWARDS,
    "dividends by default": 20,
    "subscriptions": SUBSCRIPTIONS,
    "redemptions": ["2"],
    "loans": ["100"],
    "interest": ["0.5"],
    "isolated loans": [["50"], ["ETHUSDT"], LOAN_FIELDS],
    "isolated interest": [["0.25"], ["ETHUSDT"], INTEREST_FIELDS],
    "isolated loans of another pair": [],
    "staked": [["ETH", "0.5", "BETH", "0.5", "SUCCESS"]],
    "redeemed": [["BETH", "0.1", "ETH", "0.1", "SUCCESS"]],
    "to sub-accounts": ["1", "2", "3"],
    "from the master": ["1", "2", "3"],
    "sub-accounts": 1,
    "converts": [["10", "20"], True],
    "the rest of the converts": [["30"], False],
    "dust": [2, "0.00784"],  # 20 DOGE at 0.2 are 4 USDT, at 500 for a BNB, less 2 %
    "fiat": [["100", "Successful"], ["200", "Failed"]],
    "card": ["50", "0.001"],
    "pay": ["3"],
    "p2p": ["20"],
    "snapshots": [200, 7],
}


def _futures(held: dict[str, dict[str, str]]) -> dict[str, Any]:
    size = plain(Decimal("0.01") * CONTRACT_TRADES)
    return {
        "futures wallet": held["usdm"],
        "futures balance": held["usdm"]["USDT"],
        "position": ["BTCUSDT", size, "50000", "50000", "0"],
        "mark price": "50000",
        "futures price": "50000",
        "contracts": True,
        "futures hours": 5,
        "one-way": False,
        "single-asset": False,
        "contract trades": ["0.01"] * CONTRACT_TRADES,
        "income": {"TRANSFER": len(TRANSFERS) + 1, "COMMISSION": CONTRACT_TRADES},  # the opening balance is a transfer
        "income adds up to the wallet": held["usdm"]["USDT"],
        "coin wallet": held["coinm"],
        "coin position": [["BTCUSD_PERP", "1"]],
        "coin balance": held["coinm"]["BTC"],
        "a closed listen key is not given again": True,
    }


ORDERS: Final[dict[str, Any]] = {
    "test order": {},
    "test order with rates": "0.001",
    "market buy": ["FILLED", "0.01", "500"],
    "fee": ["BNB", "0.00075"],  # 0.075 % of 500 USDT at 500 USDT for a BNB
    "found by its own id": True,
    "its trades": True,
    "buy for an amount": ["FILLED", "100", False],
    "acknowledged only": True,
    "limit buy": ["NEW", "GTC", "40000"],
    "locked": "80",
    "open orders": True,
    "cancelled": ["CANCELED", "cancel-1"],
    "cancelled together": ["41000", "42000"],
    "taken at once at the better price": ["FILLED", "50000"],
    "fill or kill": ["EXPIRED", "0"],
    "maker order": "NEW",
    "filled as the price came": "FILLED",
    "thin book": ["EXPIRED", "0.01", "0.005"],
    "order counts": [100, 200_000],
}

PYTHON_BINANCE: Final[dict[str, Any]] = {
    "intervals": True,
    "asset details": True,
    "sent from spot to spot": ["1", "2", "3"],
    "coin income": True,
    "coin mark price": "50000",
}
UNIFIED: Final[dict[str, Any]] = {  # as ccxt shows it, after the orders
    "wrapped": [0, 0],
    "unified: kinds of markets": ["spot", "swap"],
    "unified: ticker": 50_000.0,
    "unified: status": "ok",
    "unified: wallets": [
        78.0,
        589.5,
        True,
    ],  # 5 more in funding; in margin 90 left of a loan, and coins sold for 500 less the fee
    "unified: inverse": True,  # what its own call of the exchange told, which is held against the ledger
    "unified: order": ["closed", 0.05, "buy"],
    "unified: order for an amount": True,
    "unified: trades": True,
    "unified: open": True,
    "unified: cancelled": "canceled",
    "unified: transfers": [len(TRANSFERS) + 1, 13.0],
    "unified: positions": [["BTC/USDT:USDT", 0.06, "long"]],
    "unified: funding rate": "50000",
    "unified: deposits": len(DEPOSITS),
    "unified: withdrawals": [len(WITHDRAWALS), 0.01],
}

SDK: Final[dict[str, Any]] = {  # further observations of the official SDK, whose models check every answer
    "answers that do not fit the declared types": [],
    "weight told": True,
    "all days": SYMBOLS,
    "execution rules": [["BTCUSDT", []], ["ETHUSDT", []]],
    "candles to draw": True,
    "book": [["50000", "90000000000"], ["50000", "90000000000"]],
    "own filters": MARKET["filters"],
    "trades of an order": True,
    "orders from one on": True,
    "orders by day": TRADES,
    "empty lists": [[], [], [], [], []],
    "ws: ping": {},
    "ws: price": "50000",
    "ws: weight told": True,
    "ws: hours": 5,
    "ws: book": ["50000", "90000000000"],
    "ws: open orders": [],
    "ws: refused": "-2010 Account has insufficient balance for requested action.",
    "ws: order": ["FILLED", "0.01"],
    "ws: heard": ["ExecutionReport", "ExecutionReport", "OutboundAccountPosition"],
    "ws: the order heard of": True,
    "ws: found": "FILLED",
    "ws: trades": ["0.01"],
    "ws: subscriptions": 1,
    "ws: logged on": "ed25519",
    "ws: unsigned after it": True,
    "ws: logged out": None,
    "stream: small": "MiniTickerResponse",
    "stream: book": "BookTickerResponse",
    "stream: candle": "KlineResponseK",
    "stream: all": "AllMiniTickerResponse",
}


def _lacks(name: str) -> str:
    return f"-1102 Mandatory parameter '{name}' was not sent, was empty/null, or malformed."


def _span(days: int, names: tuple[str, str] = ("startTime", "endTime")) -> str:
    return f"-1127 The interval between {names[0]} and {names[1]} must be less than {days} days."


NO_ID: Final = "-1102 Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"
DAY: Final = "-1127 More than 24 hours between startTime and endTime."
KEY: Final = "-2015 Invalid API-key, IP, or permissions for action."
DECIMALS: Final = r"legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'."
UNREAD: Final = "-1104 Not all sent parameters were read; read '{}' parameter(s) but was sent '{}'."
MALFORMED: Final = {  # not -1103: unknown parameters are -1104
    "exponent": f"-1100 Illegal characters found in parameter 'quantity'; {DECIMALS}",
    "no quantity": _lacks("quantity"),
    "empty parameter": "-1105 Parameter 'fromId' was empty.",
    "price of a market order": "-1106 Parameter 'price' sent when not required.",
    "too many decimals": "-1111 Parameter 'quantity' has too much precision.",
    "time in force": "-1115 Invalid timeInForce.",
    "order type": "-1116 Invalid orderType.",
    "side": "-1117 Invalid side.",
    "interval": "-1120 Invalid interval.",
    "unknown symbol": "-1121 Invalid symbol.",
    "unknown status": "-1122 Invalid symbolStatus.",
    "other status": "-1220 Symbol's status does not match the requested symbolStatus.",
    "combination": "-1128 Combination of optional parameters invalid.",
    "receive window": "-1131 recvWindow must be less than 60000.",
    "reference price": "-2043 This symbol doesn't have a reference price.",
    "sql": "HTTP 403",
}
WINDOWS: Final = {"window of trades": DAY, "window of orders": DAY}
REFUSED_ORDERS: Final = {
    **{name: f"-1013 Filter failure: {name}" for name in ("LOT_SIZE", "NOTIONAL", "PRICE_FILTER")},
    "PERCENT_PRICE_BY_SIDE": "-1013 Filter failure: PERCENT_PRICE_BY_SIDE",
    "filter of a test order": "-1013 Filter failure: LOT_SIZE",
    "balance": "-2010 Account has insufficient balance for requested action.",
    "maker would take": "-2010 Order would immediately match and take.",
    "cancel unknown": "-2011 Unknown order sent.",
    "cancel without id": NO_ID,
    "order unknown": "-2013 Order does not exist.",
    "duplicate": "-2010 Duplicate order sent.",
    "market closed": "-2010 Market is closed.",
    "delisted": "-1121 Invalid symbol.",
    "not permitted": "-2010 This symbol is not permitted for this account.",
}
KEYS: Final = {
    "late": "-1021 Timestamp for this request is outside of the recvWindow.",
    "early": "-1021 Timestamp for this request was 1000ms ahead of the server's time.",
    "signature": "-1022 Signature for this request is not valid.",
    "malformed key": "-2014 API-key format invalid.",
    **dict.fromkeys(("unknown key", "revoked key", "address", "may not trade"), KEY),
}
SERVER: Final = {
    "path unknown": "HTTP 404",
    "500": "-1000 An unknown error occurred while processing the request.",
    "502": "HTTP 502",
    "503": "-1000 Unknown error, please check your request or try again later.",
    "overloaded": "-1008 Server is currently overloaded with other requests. Please try again in a few minutes.",
    "disconnected": "-1001 Internal error; unable to process your request. Please try again.",
    "unexpected answer": "-1006 An unexpected response was received from the message bus. Execution status unknown.",
    "back end timed out": "-1007 Timeout waiting for response from backend server. Send status unknown; "
    "execution status unknown.",
    "403": "HTTP 403",
    "slow down": "-1003 Too much request weight used; please slow down.",
    "banned for a while": "-1003 Way too much request weight used; IP banned until then.",
    "line dropped": "ConnectionError",
    "no answer in time": "ReadTimeout",
    "maintenance": "-1016 This service is no longer available.",
}
LIMITS: Final = {
    "unfilled orders": "-1015 Too many new orders; current limit is 100 orders per 10 SECOND.",
    "budget of the address": "-1003 Too much request weight used; current limit is 6000 request weight per 1 MINUTE.",
    "banned for going on": "-1003 Way too much request weight used; IP banned until then. "
    "Please use WebSocket Streams for live updates to avoid bans.",
}
SPOT_REFUSALS: Final = MALFORMED | WINDOWS | REFUSED_ORDERS | KEYS | SERVER | LIMITS
OTHER_REFUSALS: Final = {
    "doubled parameter": "-1101 Duplicate values for parameter 'symbol'.",
    "no symbol": _lacks("symbol"),
    "unknown parameter": UNREAD.format(3, 4),
    "transfer type": "-1130 Data sent for parameter 'type' is not valid.",
    "window of deposits": _span(90),
    "window of withdrawals": _span(90),
    "window of converts": _span(30),
    "window of dividends": _span(180),
    "window of sub-accounts": _span(7),
    "window of earn": _span(30),
    "window of contract trades": _span(7),
    "window of p2p": _span(30, ("startTimestamp", "endTimestamp")),
    "converts without bounds": _lacks("startTime"),
    "may not transfer": KEY,
    "sub-account as master": "-1002 You are not authorized to execute this request.",
    "transfer beyond balance": "-5002 You have insufficient balance.",
    "archived": "-2026 Order was canceled or expired with no executed qty over 90 days ago and has been archived.",
    "retired path": "HTTP 410",
    "budget of the account": "-1003 Too much request weight used; current limit is 180000 request weight per 1 MINUTE.",
}


def _named(texts: dict[str, str]) -> dict[str, str]:
    return {f"refused: {name}": text for name, text in texts.items()}
