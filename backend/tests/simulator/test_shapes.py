"""Every sample of the real exchange beside ours: the same field names and JSON types; and what is not served, why."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from backend.exchange.simulator.rest.gate import ROUTES
from backend.tests.simulator.harness import ROOT
from backend.tests.simulator.test_streams import API, opened, said, subscribe
from backend.tests.simulator.world import KEY, World

FOLDER: Final = ROOT.parent / "shared" / "binance"
NO_FUTURES_ORDERS: Final = "futures are traded by control alone"
NOT_SERVED: Final = {
    ("POST", "/fapi/v1/order"): NO_FUTURES_ORDERS,
    ("GET", "/fapi/v1/order"): NO_FUTURES_ORDERS,
    ("DELETE", "/fapi/v1/order"): NO_FUTURES_ORDERS,
    ("POST", "/fapi/v1/algoOrder"): NO_FUTURES_ORDERS,
    ("POST", "/fapi/v1/multiAssetsMargin"): "single-asset mode only",
    ("POST", "/fapi/v1/positionSide/dual"): "one-way positions only",
    ("POST", "/sapi/v1/margin/borrow-repay"): "loans are made by control",
    ("POST", "/sapi/v1/margin/isolated/account"): "isolated pairs need not be opened",
    ("DELETE", "/sapi/v1/margin/isolated/account"): "isolated pairs need not be opened",
    ("POST", "/sapi/v1/sub-account/universalTransfer"): "moves between accounts are made by control",
    ("GET", "/sapi/v4/sub-account/assets"): "a sub-account is read with its own key",
}
SECTION_4: Final = """
GET /api/v3/ping /api/v3/time /api/v3/exchangeInfo /api/v3/ticker/price /api/v3/ticker/bookTicker /api/v3/ticker/24hr
GET /api/v3/avgPrice /api/v3/klines /api/v3/executionRules /api/v3/referencePrice
GET /api/v3/account /api/v3/account/commission /sapi/v1/asset/tradeFee /api/v3/order /api/v3/openOrders
GET /api/v3/allOrders /api/v3/myTrades /api/v3/rateLimit/order /api/v3/myFilters
POST /api/v3/order /api/v3/order/test
DELETE /api/v3/order
GET /sapi/v1/capital/deposit/hisrec /sapi/v1/capital/withdraw/history /sapi/v1/asset/transfer
GET /sapi/v1/sub-account/universalTransfer /sapi/v1/sub-account/sub/transfer/history
GET /sapi/v1/sub-account/transfer/subUserHistory /sapi/v1/fiat/orders /sapi/v1/fiat/payments
GET /sapi/v1/convert/tradeFlow /sapi/v1/asset/dribblet /sapi/v1/asset/assetDividend
GET /sapi/v1/account/apiRestrictions /sapi/v1/system/status /sapi/v1/account/status /sapi/v1/account/info
POST /sapi/v3/asset/getUserAsset /sapi/v1/asset/get-funding-asset
GET /sapi/v1/asset/wallet/balance /sapi/v1/accountSnapshot /sapi/v1/simple-earn/flexible/position
GET /sapi/v1/simple-earn/locked/position /sapi/v1/simple-earn/account
GET /sapi/v1/simple-earn/flexible/history/subscriptionRecord /sapi/v1/simple-earn/locked/history/subscriptionRecord
GET /sapi/v1/simple-earn/flexible/history/redemptionRecord /sapi/v1/simple-earn/locked/history/redemptionRecord
GET /sapi/v1/simple-earn/flexible/history/rewardsRecord /sapi/v1/simple-earn/locked/history/rewardsRecord
GET /sapi/v2/eth-staking/account /sapi/v1/sol-staking/account /sapi/v1/onchain-yields/locked/position
GET /sapi/v1/rwusd/account /sapi/v1/bfusd/account /sapi/v1/margin/account /sapi/v1/margin/isolated/account
GET /sapi/v1/capital/config/getall /sapi/v1/c2c/orderMatch/listUserOrderHistory
GET /fapi/v3/account /fapi/v2/account /fapi/v3/balance /fapi/v3/positionRisk /fapi/v1/symbolConfig /fapi/v1/income
GET /fapi/v1/userTrades /fapi/v1/exchangeInfo /fapi/v1/premiumIndex /fapi/v1/ticker/price /fapi/v1/assetIndex
POST /fapi/v1/listenKey /fapi/v1/algoOrder
PUT /fapi/v1/listenKey
DELETE /fapi/v1/listenKey
GET /dapi/v1/account /dapi/v1/balance /dapi/v1/positionRisk /dapi/v1/income /dapi/v1/userTrades
"""
BTC: Final = {"symbol": "BTCUSDT"}
LIMIT: Final = BTC | {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "price": "40000", "quantity": "0.001"}
MARKET: Final = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.001"}
CLIENT: Final = {"origClientOrderId": "resting"}
PARAMS: Final[dict[str, dict[str, Any]]] = {
    "GET /api/v3/avgPrice": BTC,
    "GET /api/v3/myTrades": BTC,
    "GET /api/v3/klines": BTC | {"interval": "1d", "limit": 2},
    "GET /api/v3/ticker/price": BTC,
    "GET /api/v3/ticker/24hr": BTC,
    "GET /api/v3/ticker/bookTicker": BTC,
    "GET /api/v3/order": BTC | CLIENT,
    "DELETE /api/v3/order": BTC | CLIENT,
    "DELETE /api/v3/openOrders": BTC,
    "POST /api/v3/order": MARKET,
    "POST /api/v3/order/test": MARKET | {"computeCommissionRates": "true"},
    "GET /dapi/v1/userTrades": {"symbol": "BTCUSD_PERP"},
    "GET /fapi/v1/premiumIndex": BTC,
    "GET /fapi/v1/ticker/price": BTC,
    "GET /fapi/v2/ticker/price": BTC,
    "GET /fapi/v1/userTrades": BTC,
    "GET /fapi/v1/klines": BTC | {"interval": "1d", "limit": 2},
    "GET /fapi/v2/positionRisk": BTC,
    "GET /sapi/v1/accountSnapshot": {"type": "SPOT"},
    "GET /sapi/v1/asset/transfer": {"type": "MAIN_UMFUTURE"},
    "POST /sapi/v1/asset/transfer": {"type": "MAIN_FUNDING", "asset": "USDT", "amount": "1"},
    "GET /sapi/v1/fiat/orders": {"transactionType": "0"},
    "GET /sapi/v1/margin/borrow-repay": {"type": "BORROW"},
}


def cases() -> list[Any]:
    """One case for each REST sample; one that skips where the samples are absent."""
    index = FOLDER / "index.json"
    if not index.is_file():
        return [pytest.param("", "", "", marks=pytest.mark.skip(reason="the folder ../shared/binance is absent"))]
    rows = [row for row in json.loads(index.read_text("utf-8")) if row.get("path")]
    found = [(row["method"], row["path"], row["file"]) for row in rows if row["file"].endswith(".json")]
    return [
        pytest.param(method, path, file, id=f"{method} {path} {Path(file).stem}")
        for method, path, file in found
        if path.startswith("/") and file.startswith(("responses/docs", "responses/binance-net"))
    ]


OF_OTHER_ORDERS: Final = {
    *("icebergQty", "stopPrice", "preventedMatchId", "preventedQuantity", "strategyId", "strategyType"),
    *("trailingDelta", "trailingTime", "usedSor", "workingFloor", "pegPriceType", "pegOffsetType"),
    *("pegOffsetValue", "peggedPrice", "expiryReason"),
}
OF_OTHER_ACCOUNTS: Final = {
    *("marginLevel", "totalLiabilityOfBtc", "totalNetAssetOfBtc", "userAssets", "assets", "position"),
}
# What a sample may have beyond ours, or in another type, by its file: the samples differ among themselves.
TOLERATED: Final[dict[str, set[str]]] = {
    "delete_api_v3_order": OF_OTHER_ORDERS,
    "get_api_v3_openOrders": OF_OTHER_ORDERS,
    "get_api_v3_order": OF_OTHER_ORDERS,
    "get_sapi_v1_accountSnapshot": OF_OTHER_ACCOUNTS,  # merges the three account types
    "get_sapi_v1_capital_config_getall": {"denomination"},  # of coins counted in thousands
    "get_sapi_v1_margin_allPairs": {"delistTime"},  # of pairs about to leave
    "get_sapi_v1_simple-earn_flexible_position": {"0-5BTC", "5-10BTC"},  # steps of one product
    "general-GetFlexibleProductPositions": {"0-5BTC", "5-10BTC"},
    "spot-GetMarginAccountInfo": {"totalCollateralValueInUSDT", "transferEnabled"},  # older names
    "get_sapi_v1_asset_assetDetail": {"CTR", "SKY"},  # coins by name
    "spot-GetAssetDetails": {"CTR", "SKY"},
    "spot-GetExecutionRules": {"rules"},  # no symbol here has any
    "usdfutures-GetIncomeHistory": {"tranId", "tradeId"},  # text here, number there
    "usdfutures-GetPositions": {"leverage", "maxNotionalValue", "marginType", "isAutoAddMargin"},  # of version 2
    "usdfutures-GetExchangeInfo": {"autoAssetExchange", "underlyingSubType"},
    "get_fapi_v1_exchangeInfo": {  # merges the filters into one, and has an empty text for a list
        *("exchangeFilters", "underlyingSubType", "maxQty", "minQty", "stepSize", "limit", "notional"),
        *("multiplierUp", "multiplierDown", "multiplierDecimal"),
    },
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An account to which everything has happened."""
    world = World(tmp_path_factory.mktemp("full"))
    wallets = {
        "spot": {"USDT": "50000", "BTC": "1", "WBETH": "1", "BNSOL": "1", "XRP": "10"},
        "funding": {"USDT": "10"},
        "earn_flexible": {"USDT": "10"},
        "earn_locked": {"BNB": "1"},
        "margin": {"BTC": "0.1"},
        "isolated_margin": {"ETH": "1"},
        "usdm": {"USDT": "1000"},
        "coinm": {"BTC": "1"},
    }
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    rights = {"permitsUniversalTransfer": True}
    world.open_account(balances=wallets, created_at="2026-01-01T00:00:00Z", permissions=rights)
    world.open_account(api_key="sub", name="sub", master=KEY)
    mine = {"api_key": KEY, "asset": "USDT", "amount": "5"}
    for path, more in (
        ("/sim/deposit", {}),
        ("/sim/withdraw", {"fee": "1"}),
        ("/sim/transfer", {"from": "spot", "to": "usdm"}),
        ("/sim/transfer", {"from": "spot", "to": "earn_flexible"}),
        ("/sim/transfer", {"from": "spot", "to": "earn_locked"}),
        ("/sim/reward", {"kind": "Airdrop"}),
        ("/sim/reward", {"kind": "REALTIME", "wallet": "earn_flexible"}),
        ("/sim/event", {"kind": "borrow"}),
        ("/sim/event", {"kind": "fiat_deposit", "asset": None, "fiat": "EUR"}),
        ("/sim/event", {"kind": "sub_transfer", "to_key": "sub"}),
    ):
        body = {name: value for name, value in (mine | more).items() if value is not None}
        world.control(path, body)
    for symbol, market in (("BTCUSDT", "usdm"), ("BTCUSD_PERP", "coinm")):
        trade = {"api_key": KEY, "symbol": symbol, "market": market, "side": "BUY", "quantity": "1"}
        world.control("/sim/trade", trade)
    world.signed("POST", "/api/v3/order", **MARKET)
    yield world
    world.close()


@pytest.mark.parametrize(("method", "path", "file"), cases())
def test_a_sample_and_our_answer_have_the_same_fields_and_types(full: World, method: str, path: str, file: str) -> None:
    if (method, path) in NOT_SERVED:
        pytest.skip(f"not served: {NOT_SERVED[method, path]}")
    if path in ("/api/v3/order", "/api/v3/openOrders") and method != "POST":
        full.signed("POST", "/api/v3/order", newClientOrderId="resting", **LIMIT)
    params = PARAMS.get(f"{method} {path}", {})
    route = ROUTES[method, path]
    answer = full.get(path, **params) if route.access.value == "public" else full.signed(method, path, **params)
    assert answer.status == 200, answer.answer.body
    found = differences(json.loads((FOLDER / file).read_text("utf-8")), answer.json())
    assert [text for text in found if field_of(text) not in TOLERATED.get(Path(file).stem, set())] == []


def differences(sample: Any, answer: Any, where: str = "") -> list[str]:
    """What the answer lacks or has in another type than the sample; lists are compared by their first element."""
    if type(sample) is not type(answer):
        return [f"{where}: {type(answer).__name__} instead of {type(sample).__name__}"]
    if isinstance(sample, dict):
        lacking = [f"{where}.{name} is missing" for name in sample if name not in answer]
        shared = [name for name in sample if name in answer]
        return lacking + [
            text for name in shared for text in differences(sample[name], answer[name], f"{where}.{name}")
        ]
    if isinstance(sample, list) and sample:
        return differences(sample[0], answer[0], f"{where}[0]") if answer else [f"{where} is empty"]
    return []


def field_of(difference: str) -> str:
    """The name of the field that a difference speaks of."""
    return re.split(r"[: ]", difference)[0].rsplit(".", 1)[-1].split("[")[0]


EVENTS: Final = ("balanceUpdate", "eventStreamTerminated", "executionReport", "outboundAccountPosition")


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_the_user_stream_looks_like_the_real_one(full: World, event: str) -> None:
    sample = FOLDER / "ws" / f"docs-spot-{event}.json"
    if not sample.is_file():
        pytest.skip("the folder ../shared/binance is absent")
    session = opened(full, API)
    assert subscribe(full, session)["status"] == 200
    full.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5"})
    full.signed("POST", "/api/v3/order", **MARKET)
    session.receive(json.dumps({"id": 2, "method": "userDataStream.unsubscribe"}))
    heard = [one for one in said(session) if one.get("event", {}).get("e") == event]
    assert differences(json.loads(sample.read_text("utf-8")), heard[0]) == []


def test_every_call_that_the_notes_name_is_served_or_listed_with_its_reason() -> None:
    named = {(line.split()[0], path) for line in SECTION_4.strip().splitlines() for path in line.split()[1:]}
    assert named - set(ROUTES) <= set(NOT_SERVED)
    assert not set(ROUTES) & set(NOT_SERVED)
