"""A coin changes its name: balances, symbols and prices follow; nothing is lost, also after a restart."""

from decimal import Decimal
from pathlib import Path

from backend.tests.simulator.world import KEY, World

RENAME = {"from": "SAND", "to": "DUNE"}


def price(world: World, symbol: str) -> str:
    return str(world.get("/api/v3/ticker/price", symbol=symbol).json()["price"])


def holder(folder: Path) -> World:
    world = World(folder)
    world.open_account(balances={"spot": {"SAND": "100", "USDT": "1000"}, "funding": {"SAND": "5"}})
    return world


def test_balances_of_every_wallet_get_the_new_name(tmp_path: Path) -> None:
    world = holder(tmp_path)
    world.control("/sim/rename", RENAME)
    assert (world.free("SAND"), world.free("DUNE")) == (Decimal(0), Decimal(100))
    (row,) = world.signed("POST", "/sapi/v1/asset/get-funding-asset").json()
    assert (row["asset"], row["free"]) == ("DUNE", "5")
    rows = world.signed("GET", "/sapi/v1/asset/assetDividend").json()["rows"]
    assert {(row["asset"], row["amount"], row["direction"]) for row in rows} == {
        ("SAND", "100.00000000", -1),
        ("DUNE", "100.00000000", 1),
    }
    world.close()


def test_the_new_symbol_trades_at_the_price_of_the_old_one_that_is_gone(tmp_path: Path) -> None:
    world = holder(tmp_path)
    before = price(world, "SANDUSDT")
    world.control("/sim/rename", RENAME)
    assert price(world, "DUNEUSDT") == before
    assert world.get("/api/v3/ticker/price", symbol="SANDUSDT").error[0] == -1121
    order = {"symbol": "DUNEUSDT", "side": "SELL", "type": "MARKET", "quantity": "50"}
    assert world.signed("POST", "/api/v3/order", **order).json()["status"] == "FILLED"
    world.close()


def test_open_orders_of_the_old_symbol_are_cancelled(tmp_path: Path) -> None:
    world = holder(tmp_path)
    world.control("/sim/prices", {"SANDUSDT": "0.5"})
    body = {
        "symbol": "SANDUSDT",
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "price": "0.4",
        "quantity": "50",
    }
    assert world.signed("POST", "/api/v3/order", **body).json()["status"] == "NEW"
    world.control("/sim/rename", RENAME)
    assert world.signed("GET", "/api/v3/openOrders").json() == []
    assert world.free("USDT") == 1000
    world.close()


def test_it_is_the_same_after_a_restart_and_may_happen_again(tmp_path: Path) -> None:
    world = holder(tmp_path)
    world.control("/sim/rename", RENAME)
    before = (price(world, "DUNEUSDT"), world.control(f"/sim/ledger?api_key={KEY}"))
    world.close()
    again = World(tmp_path)
    assert (price(again, "DUNEUSDT"), again.control(f"/sim/ledger?api_key={KEY}")) == before
    again.control("/sim/rename", {"from": "DUNE", "to": "BEACH"})
    assert price(again, "BEACHUSDT") == before[0]
    assert again.free("BEACH") == 100
    again.close()


def test_only_a_listed_coin_can_be_renamed(world: World) -> None:
    for body in ({"from": "NOPE", "to": "DUNE"}, {"from": "SAND", "to": "SAND"}):
        assert "no listed coin" in world.control("/sim/rename", body, status=400)["error"]
