"""What an executor of market orders has to live with: several fills, reads that lag by the exchange's own clock."""

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.exchange.simulator.matching import Execution, split
from backend.tests.simulator.world import KEY, World

ORDER = "/api/v3/order"
SELL = {"symbol": "BTCUSDT", "side": "SELL", "type": "MARKET", "quantity": "0.1", "newClientOrderId": "mine"}


def funded(world: World) -> World:
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "BTC", "amount": "1"})
    return world


def trades(world: World) -> list[Any]:
    return list(world.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT").json())


def test_an_order_takes_one_offer_after_the_other_each_a_fill_of_its_own(world: World) -> None:
    funded(world).control("/sim/depth", {"BTCUSDT": ["0.03", "0.03", "0.5"]})
    order = world.signed("POST", ORDER, **SELL).json()
    assert (order["status"], order["executedQty"]) == ("FILLED", "0.10000000")
    assert [fill["qty"] for fill in order["fills"]] == ["0.03000000", "0.03000000", "0.04000000"]
    assert len({fill["tradeId"] for fill in order["fills"]}) == 3
    assert sum(Decimal(fill["commission"]) for fill in order["fills"]) == Decimal(5)
    assert world.free("USDT") == Decimal(4995)
    assert [row["qty"] for row in trades(world)] == ["0.03000000", "0.03000000", "0.04000000"]


def test_what_the_offers_do_not_hold_expires_and_survives_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path / "exchange")
    world.open_account(created_at="2026-01-01T00:00:00Z")
    funded(world).control("/sim/depth", {"BTCUSDT": ["0.03", "0.02"]})
    order = world.signed("POST", ORDER, **SELL).json()
    assert (order["status"], order["executedQty"], len(order["fills"])) == ("EXPIRED", "0.05000000", 2)
    world.close()
    again = World(tmp_path / "exchange")
    assert len(trades(again)) == 2
    assert again.signed("POST", ORDER, **SELL).json()["executedQty"] == "0.05000000"
    again.close()


THIN = [{"quantity": "0.04", "worse_percent": "0"}, {"quantity": "0.05", "worse_percent": "2"}, "9"]


def test_a_book_has_worse_prices_behind_the_best_where_control_made_them(world: World) -> None:
    thin = [*THIN[:2], {"quantity": "9", "worse_percent": "10"}]
    funded(world).control("/sim/depth", {"BTCUSDT": thin})
    book = world.get("/api/v3/depth", symbol="BTCUSDT", limit="2").json()
    assert book["bids"] == [["50000.00000000", "0.04000000"], ["49000.00000000", "0.05000000"]]
    assert book["asks"] == [["50000.00000000", "0.04000000"], ["51000.00000000", "0.05000000"]]
    order = world.signed("POST", ORDER, **SELL).json()
    assert (order["status"], order["executedQty"]) == ("FILLED", "0.10000000")
    assert [(fill["qty"], fill["price"]) for fill in order["fills"]] == [
        ("0.04000000", "50000.00000000"), ("0.05000000", "49000.00000000"), ("0.01000000", "45000.00000000"),
    ]  # fmt: skip
    assert order["cummulativeQuoteQty"] == "4900.00000000"
    assert sum(Decimal(fill["commission"]) for fill in order["fills"]) == Decimal("4.9")
    assert world.free("USDT") == Decimal("4895.1")


def test_an_amount_of_money_buys_through_the_prices_until_it_is_spent(world: World) -> None:
    funded(world).control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5000"})
    world.control("/sim/depth", {"BTCUSDT": [*THIN[:2], {"quantity": "9", "worse_percent": "10"}]})
    buy = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "newOrderRespType": "FULL", "quoteOrderQty": "3020"}
    order = world.signed("POST", ORDER, **buy).json()
    assert (order["status"], order["executedQty"]) == ("FILLED", "0.06000000")
    assert order["cummulativeQuoteQty"] == "3020.00000000"
    world.control("/sim/depth", {"BTCUSDT": THIN[:2]})
    assert world.signed("POST", ORDER, **buy | {"quoteOrderQty": "1980"}).json()["status"] == "FILLED"
    world.control("/sim/depth", {"BTCUSDT": ["0.0001", {"quantity": "0.0001", "worse_percent": "1"}]})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5000"})
    order = world.signed("POST", ORDER, **buy).json()
    assert (order["status"], order["executedQty"]) == ("EXPIRED", "0.00020000")


def test_a_bad_list_of_offers_is_refused(world: World) -> None:
    worst_first = [{"quantity": "1", "worse_percent": "1"}, "1"]
    strange = [{"quantity": "1"}], [{"quantity": "1", "worse_percent": "100"}], worst_first
    for bad in ([], ["free"], ["-1"], ["0.1", None], [["0.1"]], *strange):
        world.control("/sim/depth", {"BTCUSDT": bad}, status=400)


@pytest.mark.parametrize("offers", [[], ["5"], ["0.01"], ["0.00000001"] * 7, ["0.05", "0.05"], ["0.1"]])
def test_the_parts_of_an_execution_are_the_whole(offers: list[str]) -> None:
    price, quantity = Decimal("1234.56789"), Decimal("0.1")
    whole = Execution(price, quantity, Decimal("123.45678900"), Decimal("0.12345678"), "USDT", quantity)
    parts = split(whole, tuple(map(Decimal, offers)))
    for name in ("quantity", "quote_quantity", "commission"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert min(part.quantity for part in parts) > 0
    assert len(parts) <= max(len(offers), 1) + 1


@pytest.mark.parametrize(
    ("speed", "passed_s", "seen"), [(0, 59, False), (0, 61, True), (30, 1.9, False), (30, 2.1, True)]
)
def test_reads_lag_by_the_exchanges_clock_where_it_runs_fast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speed: int, passed_s: float, seen: bool
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    world = World(tmp_path / "exchange", speed=Decimal(speed))
    world.open_account(created_at="2026-01-01T00:00:00Z")
    funded(world)
    moment[0] += 100
    world.control("/sim/faults", {"kinds": [], "read_lag_s": 60})
    assert world.signed("POST", ORDER, **SELL).json()["status"] == "FILLED"
    moment[0] += passed_s
    found = world.signed("GET", ORDER, symbol="BTCUSDT", origClientOrderId="mine").json()
    assert (found.get("clientOrderId") == "mine") == seen
    assert bool(trades(world)) == seen
    assert (world.free("BTC") < 1) == seen
    world.close()
