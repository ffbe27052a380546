"""Filters that change while somebody trades: shown, held against orders, kept over a restart."""

from pathlib import Path
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

ORDER = "/api/v3/order"
BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.01234"}


@pytest.fixture
def funded(world: World) -> World:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000"})
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    return world


def change(world: World, filters: Any, *, status: int | None = None) -> Any:
    return world.control("/sim/filters", {"symbol": "BTCUSDT", "filters": filters}, status=status)


def shown(world: World) -> dict[str, Any]:
    (entry,) = world.get("/api/v3/exchangeInfo", symbol="BTCUSDT").json()["symbols"]
    return {one["filterType"]: one for one in entry["filters"]}


def test_an_order_that_was_fit_is_refused_by_the_new_step(funded: World) -> None:
    assert funded.signed("POST", ORDER, **BUY).status == 200
    assert shown(funded)["LOT_SIZE"]["stepSize"] == "0.00001000"
    change(funded, {"LOT_SIZE": {"stepSize": "0.001"}})
    assert shown(funded)["LOT_SIZE"] | {"stepSize": "0.001"} == shown(funded)["LOT_SIZE"]
    assert funded.signed("POST", ORDER, **BUY).error == (-1013, "Filter failure: LOT_SIZE")
    assert funded.signed("POST", ORDER, **(BUY | {"quantity": "0.012"})).status == 200


def test_a_filter_can_come_and_go(funded: World) -> None:
    small = BUY | {"quantity": "0.00002"}
    assert funded.signed("POST", ORDER, **small).error[1] == "Filter failure: NOTIONAL"
    old = {"minNotional": "500", "applyToMarket": True, "avgPriceMins": 5}
    change(funded, {"NOTIONAL": None, "MIN_NOTIONAL": old})
    assert funded.signed("POST", ORDER, **small).error[1] == "Filter failure: MIN_NOTIONAL"
    change(funded, {"MIN_NOTIONAL": None})
    assert funded.signed("POST", ORDER, **small).status == 200
    assert not {"NOTIONAL", "MIN_NOTIONAL"} & shown(funded).keys()


def test_new_filters_change_no_price_of_the_past_and_outlive_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    path = {"symbol": "ETHUSDT", "interval": "1h", "limit": 5}
    before = world.get("/api/v3/klines", **path).json()
    world.control("/sim/filters", {"symbol": "ETHUSDT", "filters": {"PRICE_FILTER": {"tickSize": "10"}}})
    world.close()
    again = World(tmp_path)
    (entry,) = again.get("/api/v3/exchangeInfo", symbol="ETHUSDT").json()["symbols"]
    assert entry["filters"][0]["tickSize"] == "10"
    assert again.get("/api/v3/klines", **path).json() == before
    again.close()


@pytest.mark.parametrize(
    "filters",
    [
        None,
        [],
        {"LOT_SIZE": 5},
        {"LOT_SIZE": {"stepSize": "much"}},
        {"LOT_SIZE": {"stepSize": "NaN"}},
        {"PRICE_FILTER": {"tickSize": -1}},
        {"LOT_SIZE": {"minQty": None}},
    ],
)
def test_what_is_no_filter_is_said_and_changes_nothing(funded: World, filters: Any) -> None:
    before = shown(funded)
    assert "filters" in change(funded, filters, status=400)["error"]
    assert shown(funded) == before


def test_an_unknown_symbol_is_said(world: World) -> None:
    answer = world.control("/sim/filters", {"symbol": "NOPE", "filters": {}}, status=400)
    assert answer["error"] == "unknown symbol: NOPE"
