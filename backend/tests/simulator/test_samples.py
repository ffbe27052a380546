"""Answers have the fields and types of the recorded and documented samples of the real exchange."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.simulator.harness import ROOT
from backend.tests.simulator.world import KEY, World

SAMPLES: Final = ROOT.parent / "shared" / "binance" / "responses"
SYMBOL: Final = {"symbol": "BTCUSDT"}
ORDER: Final = SYMBOL | {"side": "BUY", "type": "MARKET", "quoteOrderQty": "100"}
CASES: Final[list[tuple[str, str, str, dict[str, str], set[str]]]] = [
    ("docs/get_api_v3_account.json", "GET", "/api/v3/account", {}, set()),
    ("docs/get_api_v3_myTrades.json", "GET", "/api/v3/myTrades", SYMBOL, set()),
    ("docs/get_api_v3_avgPrice.json", "GET", "/api/v3/avgPrice", SYMBOL, set()),
    ("docs/post_api_v3_order.json", "POST", "/api/v3/order", ORDER, set()),
    ("docs/get_sapi_v1_capital_deposit_hisrec.json", "GET", "/sapi/v1/capital/deposit/hisrec", {}, set()),
    ("docs/get_sapi_v1_capital_withdraw_history.json", "GET", "/sapi/v1/capital/withdraw/history", {}, set()),
    ("docs/get_sapi_v1_account_apiRestrictions.json", "GET", "/sapi/v1/account/apiRestrictions", {}, set()),
    ("docs/get_sapi_v1_system_status.json", "GET", "/sapi/v1/system/status", {}, set()),
    ("docs/get_sapi_v1_asset_tradeFee.json", "GET", "/sapi/v1/asset/tradeFee", SYMBOL, set()),
    ("docs/get_sapi_v1_capital_config_getall.json", "GET", "/sapi/v1/capital/config/getall", {}, {"denomination"}),
    ("docs/get_sapi_v1_margin_allPairs.json", "GET", "/sapi/v1/margin/allPairs", {}, {"delistTime"}),
    ("binance-net/spot-GetTicker.json", "GET", "/api/v3/ticker/24hr", SYMBOL, set()),
    ("binance-net/spot-GetBookPrice.json", "GET", "/api/v3/ticker/bookTicker", SYMBOL, set()),
    ("binance-net/spot-GetKlines.json", "GET", "/api/v3/klines", SYMBOL | {"interval": "1w", "limit": "2"}, set()),
]
PUBLIC: Final = ("/api/v3/avgPrice", "/api/v3/ticker", "/api/v3/klines", "/sapi/v1/system")


def differences(sample: Any, answer: Any, optional: set[str], where: str = "") -> list[str]:
    """What the answer lacks or has in another type than the sample; lists are compared by their first element."""
    if type(sample) is not type(answer):
        return [f"{where}: {type(answer).__name__} instead of {type(sample).__name__}"]
    if isinstance(sample, dict):
        lacking = [f"{where}.{name} is missing" for name in sample if name not in answer and name not in optional]
        shared = [name for name in sample if name in answer]
        return lacking + [
            text for name in shared for text in differences(sample[name], answer[name], optional, f"{where}.{name}")
        ]
    if isinstance(sample, list) and sample:
        return differences(sample[0], answer[0], optional, f"{where}[0]") if answer else [f"{where} is empty"]
    return []


@pytest.fixture
def busy(world: World) -> World:
    """An account with a deposit, a withdrawal and a trade."""
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    world.control("/sim/withdraw", {"api_key": KEY, "asset": "USDT", "amount": "10", "fee": "1"})
    world.signed("POST", "/api/v3/order", **ORDER)
    return world


@pytest.mark.parametrize(("file", "method", "path", "params", "optional"), CASES, ids=[case[2] for case in CASES])
def test_an_answer_looks_like_the_real_one(
    busy: World, file: str, method: str, path: str, params: dict[str, str], optional: set[str]
) -> None:
    sample_file: Path = SAMPLES / file
    if not sample_file.is_file():
        pytest.skip("the folder ../shared/binance is absent")
    answer = busy.get(path, **params) if path.startswith(PUBLIC) else busy.signed(method, path, **params)
    assert answer.status == 200, answer.answer.body
    assert differences(json.loads(sample_file.read_text("utf-8")), answer.json(), optional) == []
