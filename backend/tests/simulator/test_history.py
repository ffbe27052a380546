"""A made-up past is plausible, repeatable, and as true to filters and balances as a real one."""

import itertools
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.exchange.simulator.wire import parse_iso
from backend.tests.simulator.world import KEY, NOON, World

WISH = {"api_key": KEY, "days": 800, "seed": 3, "trades": 150, "flows": 24}


def past(folder: Path, **changed: Any) -> tuple[World, Any]:
    world = World(folder)
    world.open_account()
    world.control("/sim/history", WISH | changed)
    return world, world.control(f"/sim/ledger?api_key={KEY}")


def test_it_is_repeatable_by_its_seed(tmp_path: Path) -> None:
    (first, one), (second, two), (third, three) = (
        past(tmp_path / name, seed=seed) for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )
    assert one == two
    assert one != three
    for world in (first, second, third):
        world.close()


def test_it_begins_with_a_sizeable_deposit_and_spreads_over_the_range(tmp_path: Path) -> None:
    world, rows = past(tmp_path)
    first = rows[0]
    assert (first["kind"], first["asset"]) == ("deposit", "USDT")
    assert Decimal(first["change"]) >= 8000
    assert parse_iso(first["at"]) == int((NOON - timedelta(days=800)).timestamp() * 1000)
    instants = sorted({parse_iso(row["at"]) or 0 for row in rows})
    assert max(b - a for a, b in itertools.pairwise(instants)) < 60 * 86_400_000
    world.close()


def test_no_balance_is_ever_negative_and_everything_adds_up(tmp_path: Path) -> None:
    world, rows = past(tmp_path)
    assert min(Decimal(row["balance"]) for row in rows) >= 0
    for asset in {row["asset"] for row in rows}:
        assert world.free(asset) == sum(Decimal(row["change"]) for row in rows if row["asset"] == asset)
    world.close()


def test_it_has_the_flows_and_trades_that_were_asked_for(tmp_path: Path) -> None:
    world, rows = past(tmp_path)
    kinds = [row["kind"] for row in rows]
    withdrawals = kinds.count("withdrawal")
    assert 2 <= withdrawals <= 4
    assert kinds.count("deposit") + withdrawals == 24
    orders = world.control(f"/sim/orders?api_key={KEY}")
    assert len(orders) == 150
    assert {order["side"] for order in orders} == {"BUY", "SELL"}
    assert len({order["symbol"] for order in orders}) == 10
    deposits = [row for row in rows if row["kind"] == "deposit"]
    assert sum(row["asset"] == "USDT" for row in deposits) > len(deposits) / 2
    world.close()


def test_only_the_symbols_asked_for_are_traded(tmp_path: Path) -> None:
    world, _ = past(tmp_path, symbols=["ETHUSDT", "ETHBTC"], trades=30)
    orders = world.control(f"/sim/orders?api_key={KEY}")
    assert {order["symbol"] for order in orders} <= {"ETHUSDT", "ETHBTC"}
    world.close()


@pytest.mark.parametrize("flows", [1, 3])
def test_a_small_wish_is_granted_too(tmp_path: Path, flows: int) -> None:
    world, rows = past(tmp_path, days=1, flows=flows, trades=2)
    assert [row["kind"] for row in rows].count("deposit") == flows
    world.close()
