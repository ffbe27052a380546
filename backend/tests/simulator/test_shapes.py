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
DOC: Final = ROOT / "docs" / "simulator.md"
ROW: Final = re.compile(r"^\| `([A-Z, ]+) (/[^`]+)` \| ([^|]+) \|$", re.MULTILINE)


def not_served() -> dict[tuple[str, str], str]:
    """The paths that docs/simulator.md lists as not served, each with its reason."""
    _, _, table = DOC.read_text("utf-8").partition("## Not served")
    rows = ROW.findall(table)
    return {(method, path): reason.strip() for methods, path, reason in rows for method in methods.split(", ")}


NOT_SERVED: Final = not_served()
NEVER_SHOWN: Final = {("DELETE", "/fapi/v1/order"): "futures orders fill at once, so that none can be cancelled"}
BTC: Final = {"symbol": "BTCUSDT"}
LIMIT: Final = BTC | {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "price": "40000", "quantity": "0.001"}
MARKET: Final = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.001"}
REDUCE: Final = MARKET | {"side": "SELL"}
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
    "POST /fapi/v1/order": REDUCE,
    "GET /fapi/v1/order": BTC | {"origClientOrderId": "contract"},
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
    "POST /sapi/v1/margin/borrow-repay": {"type": "BORROW", "asset": "USDT", "amount": "1"},
    "POST /sapi/v1/sub-account/universalTransfer": {"toEmail": "sub@example.test", "asset": "USDT", "amount": "1"}
    | {"fromAccountType": "SPOT", "toAccountType": "SPOT"},
    "GET /sapi/v4/sub-account/assets": {"email": "sub@example.test"},
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
OF_TRAILING_STOPS: Final = {"activatePrice", "priceRate"}
OF_OTHER_ACCOUNTS: Final = {
    *("marginLevel", "totalLiabilityOfBtc", "totalNetAssetOfBtc", "userAssets", "assets", "position"),
}
# What a sample may have beyond ours, or in another type, by its file: the samples differ among themselves.
TOLERATED: Final[dict[str, set[str]]] = {
    "delete_api_v3_order": OF_OTHER_ORDERS,
    "get_fapi_v1_order": OF_TRAILING_STOPS,
    "usdfutures-GetOrder": OF_TRAILING_STOPS,
    "usdfutures-PlaceOrder": OF_TRAILING_STOPS,
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
    rights = dict.fromkeys(("permitsUniversalTransfer", "enableInternalTransfer", "enableFutures"), True)
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


def shown(full: World, method: str, path: str) -> Any:
    """What the call answers, after whatever must happen for it to have something to show."""
    if (method, path) == ("GET", "/fapi/v1/order"):
        full.signed("POST", path, newClientOrderId="contract", **REDUCE)
    if path in ("/api/v3/order", "/api/v3/openOrders") and method != "POST":
        full.signed("POST", "/api/v3/order", newClientOrderId="resting", **LIMIT)
    params = PARAMS.get(f"{method} {path}", {})
    route = ROUTES[method, path]
    answer = full.get(path, **params) if route.access.value == "public" else full.signed(method, path, **params)
    assert answer.status == 200, answer.answer.body
    return answer.json()


@pytest.mark.parametrize(("method", "path", "file"), cases())
def test_a_sample_and_our_answer_have_the_same_fields_and_types(full: World, method: str, path: str, file: str) -> None:
    reason = (NOT_SERVED | NEVER_SHOWN).get((method, path))
    if reason:
        pytest.skip(f"not served: {reason}")
    answer = shown(full, method, path)
    found = differences(json.loads((FOLDER / file).read_text("utf-8")), answer)
    assert [text for text in found if field_of(text) not in TOLERATED.get(Path(file).stem, set())] == []


# Fields of ours that no sample has: newer than the copies, or left out of them.
NEWER: Final[dict[str, set[str]]] = {
    "POST /api/v3/order": {"origQuoteOrderQty"},
    "POST /api/v3/order/test": {"specialCommissionForOrder"},
    "GET /fapi/v1/exchangeInfo": {"futuresType"},
    "GET /fapi/v2/account": {"breakEvenPrice"},
}
NAMED_BY_COIN: Final = "GET /sapi/v1/asset/assetDetail"  # its fields are the coins
BARE: Final = "GET /api/v3/exchangeInfo"  # its sample has neither symbols nor limits


def fields_in(value: Any) -> set[str]:
    """The name of every field, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(fields_in, value.values()))
    return set().union(*map(fields_in, value)) if isinstance(value, list) else set()


def test_no_answer_has_a_field_that_no_sample_of_it_has(full: World) -> None:
    known: dict[str, set[str]] = {}
    for method, path, file in (case.values for case in cases() if not case.marks):
        if (str(method), str(path)) not in NOT_SERVED | NEVER_SHOWN:
            sample = json.loads((FOLDER / str(file)).read_text("utf-8"))
            known.setdefault(f"{method} {path}", set()).update(fields_in(sample))
    if not known:
        pytest.skip("the folder ../shared/binance is absent")
    made_up = {}
    for call, fields in known.items():
        if call not in (NAMED_BY_COIN, BARE):
            method, path = call.split()
            made_up[call] = fields_in(shown(full, method, path)) - fields - NEWER.get(call, set())
    assert {call: fields for call, fields in made_up.items() if fields} == {}


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


TICKED: Final = re.compile(r"^\| (GET|POST|PUT|DELETE|POST/PUT/DELETE) (/[^|]+) \|", re.MULTILINE)
SENTENCE: Final = re.compile(r"^[^|\n]*(GET|POST|PUT|DELETE) (/[a-z]+/v\d/[A-Za-z/]+)", re.MULTILINE)
BRACES: Final = re.compile(r"\{([a-zA-Z,]+)\}")


def notes_section_4() -> str:
    notes = FOLDER / "API-NOTES.md"
    if not notes.is_file():
        pytest.skip("the folder ../shared/binance is absent")
    return notes.read_text("utf-8").partition("\n## 4. ")[2].partition("\n## 5. ")[0]


def unfolded(path: str) -> list[str]:
    """`a/{b,c}` as its alternatives."""
    found = BRACES.search(path)
    if found is None:
        return [path]
    return [one for word in found[1].split(",") for one in unfolded(path[: found.start()] + word + path[found.end() :])]


def named_calls(section: str) -> set[tuple[str, str]]:
    """Every call that the tables and sentences of the section name; `/time` after `/api/v3/ping` is `/api/v3/time`."""
    calls = set(SENTENCE.findall(section))
    for methods, cell in TICKED.findall(section):
        bare = re.sub(r"\([^)]*\)", "", cell)
        folded = re.sub(BRACES, lambda found: found[0].replace(",", "+"), bare)
        paths = [part.strip().replace("+", ",") for part in re.split(r"[,;]", folded)]
        family, version = re.match(r"(/[a-z]+)(/v\d)", paths[0]).groups()  # type: ignore[union-attr]  # rows begin so
        for path in paths:
            whole = path if path.startswith(family) else family + ("" if path.startswith("/v") else version) + path
            calls |= {(method, one) for method in methods.split("/") for one in unfolded(whole)}
    return calls


def test_every_call_that_the_notes_name_is_answered_or_listed_with_its_reason(full: World) -> None:
    named = named_calls(notes_section_4())
    assert len(named) > 70
    answered = {one for one in named if full.send(*one).status not in (404, 405)}
    assert named - answered == named & set(NOT_SERVED)


def test_what_is_listed_as_not_served_is_not_served() -> None:
    assert NOT_SERVED
    assert all(len(reason) > 10 for reason in NOT_SERVED.values())
    assert not set(ROUTES) & set(NOT_SERVED)
