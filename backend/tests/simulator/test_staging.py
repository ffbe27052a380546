"""What scenarios have in store: it comes at its hour, ends, is the same after a restart, and yields to control."""

from decimal import Decimal
from pathlib import Path

from backend.tests.simulator.world import World

HOUR = 3600


def price(world: World, symbol: str) -> Decimal:
    return Decimal(world.get("/api/v3/ticker/price", symbol=symbol).json()["price"])


def later(world: World, seconds: int) -> None:
    world.control("/sim/clock", {"advance_s": seconds})


def test_a_flash_crash_falls_in_minutes_and_is_over_within_the_hour(tmp_path: Path) -> None:
    world, calm = World(tmp_path / "a", scenario="flash_crash"), World(tmp_path / "b")
    later(world, 2 * HOUR)
    before = price(world, "BTCUSDT")
    later(world, 600)
    assert price(world, "BTCUSDT") / before < Decimal("0.62")
    assert price(world, "USDCUSDT") > Decimal("0.99")
    later(world, 3600)
    later(calm, 2 * HOUR + 600 + 3600)
    assert price(world, "BTCUSDT") == price(calm, "BTCUSDT")
    world.close()
    calm.close()


def test_a_stablecoin_loses_its_peg_and_what_is_quoted_in_it_rises(tmp_path: Path) -> None:
    world = World(tmp_path, scenario="depeg")
    cross = price(world, "BTCUSDC")
    later(world, 7 * HOUR)
    assert price(world, "USDCUSDT") < Decimal("0.89")
    assert price(world, "BTCUSDC") > cross
    world.close()
    again = World(tmp_path, scenario="depeg")
    assert price(again, "USDCUSDT") < Decimal("0.89")
    later(again, 80 * HOUR)
    assert price(again, "USDCUSDT") > Decimal("0.99")
    again.close()


def test_a_coin_is_delisted_after_a_day(tmp_path: Path) -> None:
    world = World(tmp_path, scenario="delisting")
    before = price(world, "SANDUSDT")
    later(world, 23 * HOUR + 60)
    assert price(world, "SANDUSDT") < before / 5
    later(world, HOUR)
    assert world.get("/api/v3/ticker/price", symbol="SANDUSDT").error[0] == -1121
    assert world.get("/api/v3/exchangeInfo", symbol="SANDUSDT").error[0] == -1121
    world.close()


def test_once_control_pins_a_price_the_scenario_leaves_that_symbol_alone(tmp_path: Path) -> None:
    world = World(tmp_path, scenario="flash_crash")
    world.control("/sim/prices", {"BTCUSDT": "50000"})
    later(world, 2 * HOUR + 600)
    assert price(world, "BTCUSDT") == 50000
    world.close()
    again = World(tmp_path, scenario="flash_crash")
    assert price(again, "BTCUSDT") == 50000
    again.close()
