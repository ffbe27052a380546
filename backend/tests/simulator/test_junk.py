"""Whatever a client sends to whatever path, it gets an answer of the exchange, never a broken connection."""

import hashlib
import hmac
import itertools
import random
from typing import Final
from urllib.parse import urlencode

import pytest

from backend.exchange.simulator.limits import Limits
from backend.exchange.simulator.messages import Request
from backend.exchange.simulator.rest.gate import ROUTES, RestGate
from backend.tests.simulator.world import KEY, SECRET, World

NAMES: Final = (
    *("symbol", "symbols", "side", "type", "quantity", "quoteOrderQty", "price", "timeInForce", "orderId", "fromId"),
    *(
        "startTime",
        "endTime",
        "beginTime",
        "startTimestamp",
        "endTimestamp",
        "limit",
        "current",
        "size",
        "page",
        "rows",
    ),
    *("asset", "amount", "coin", "transactionType", "interval", "timeZone", "fromEmail", "offset", "idList", "pair"),
)
GOOD: Final = {
    "symbol": "BTCUSDT",
    "type": "MAIN_FUNDING",
    "side": "BUY",
    "interval": "1d",
    "asset": "USDT",
    "quantity": "0.001",
    "price": "90000",
    "timeInForce": "GTC",
    "transactionType": "0",
}
HEADERS: Final = {"x-mbx-apikey": KEY}
CALLS_A_PATH: Final = 60
JUNK: Final = (
    "",
    "0",
    "-1",
    "9" * 19,
    "1e9",
    "NaN",
    "BTCUSDT",
    "[]",
    '["BTCUSDT"]',
    "ключ",
    "BUY",
    "LIMIT",
    "SPOT",
    "1",
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("junk"))
    world.open_account(
        balances={"spot": {"USDT": "1000", "BTC": "1"}, "usdm": {"USDT": "10"}},
        permissions={"permitsUniversalTransfer": True},
    )
    trade = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.0001", "market": "usdm"}
    world.control("/sim/trade", trade)
    return world


@pytest.mark.parametrize(("method", "path"), sorted(ROUTES), ids=" ".join)
def test_junk_is_answered(target: World, method: str, path: str) -> None:
    hours = itertools.count(step=3600.0)
    simulator = target.simulator
    gate = RestGate(simulator.exchange, Limits(lambda: next(hours)), simulator.resting)  # whose budgets never end
    dice = random.Random(f"{method} {path}")
    for _ in range(CALLS_A_PATH):
        sent = {name: dice.choice(JUNK) for name in dice.sample(NAMES, dice.randint(0, 3))}
        params = (GOOD if dice.random() < 0.8 else {}) | sent | {"timestamp": target.now}
        query = urlencode(params)
        signature = hmac.new(SECRET.encode(), query.encode(), hashlib.sha256).hexdigest()
        request = Request(method, path, f"{query}&signature={signature}".encode(), b"", HEADERS, "127.0.0.1")
        answer, _ = gate.answer(request)
        assert answer.status in (200, 400, 401, 429), (params, answer.body)
