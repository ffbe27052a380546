"""Staking: what became its token, what came back, and what is still on its way."""

from decimal import Decimal
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

HISTORY = "/sapi/v1/eth-staking/eth/history/"


@pytest.fixture
def staker(world: World) -> World:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "ETH", "amount": "10", "at": "2026-01-02T00:00:00Z"})
    return world


def swap(world: World, kind: str, given: tuple[str, str], got: tuple[str, str], **more: str) -> str:
    both = {"from_asset": given[0], "from_amount": given[1], "to_asset": got[0], "to_amount": got[1]}
    return str(world.control("/sim/event", {"api_key": KEY, "kind": kind} | both | more)["id"])


def rows(world: World, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.signed("GET", path).json()["rows"]
    return found


def test_staked_ether_is_held_as_its_token_and_told_with_its_rate(staker: World) -> None:
    swap(staker, "stake", ("ETH", "4"), ("WBETH", "3.2"))
    assert (staker.free("ETH"), staker.free("WBETH")) == (Decimal(6), Decimal("3.2"))
    (row,) = rows(staker, HISTORY + "stakingHistory")
    assert (row["asset"], row["distributeAsset"], row["conversionRatio"]) == ("ETH", "WBETH", "1.25000000")
    assert rows(staker, HISTORY + "redemptionHistory") == []
    assert rows(staker, "/sapi/v1/sol-staking/sol/history/stakingHistory") == []


def test_a_redemption_takes_the_tokens_at_once_and_brings_the_coins_when_it_is_settled(staker: World) -> None:
    swap(staker, "stake", ("ETH", "4"), ("WBETH", "3.2"))
    number = swap(staker, "unstake", ("WBETH", "1"), ("ETH", "1.3"), status="PENDING")
    assert (staker.free("WBETH"), staker.free("ETH")) == (Decimal("2.2"), Decimal(6))
    assert [row["status"] for row in rows(staker, HISTORY + "redemptionHistory")] == ["PENDING"]
    staker.control("/sim/settle", {"api_key": KEY, "id": number, "status": "SUCCESS"})
    assert (staker.free("WBETH"), staker.free("ETH")) == (Decimal("2.2"), Decimal("7.3"))
    (row,) = rows(staker, HISTORY + "redemptionHistory")
    assert (row["status"], row["arrivalTime"] >= row["time"]) == ("SUCCESS", True)


def test_a_redemption_that_fails_gives_the_tokens_back(staker: World) -> None:
    swap(staker, "stake", ("ETH", "4"), ("WBETH", "3.2"))
    number = swap(staker, "unstake", ("WBETH", "1"), ("ETH", "1.3"), status="PENDING")
    staker.control("/sim/settle", {"api_key": KEY, "id": number, "status": "FAILED"})
    assert (staker.free("WBETH"), staker.free("ETH")) == (Decimal("3.2"), Decimal(6))


def test_wrapped_tokens_are_told_apart_from_staked_ones(staker: World) -> None:
    swap(staker, "stake", ("ETH", "4"), ("BETH", "4"))
    swap(staker, "wrap", ("BETH", "2"), ("WBETH", "1.6"))
    swap(staker, "unwrap", ("WBETH", "0.4"), ("BETH", "0.5"))
    for path, given in (("wrapHistory", "BETH"), ("unwrapHistory", "WBETH")):
        (row,) = rows(staker, f"/sapi/v1/eth-staking/wbeth/history/{path}")
        assert (row["fromAsset"], row["exchangeRate"]) == (given, "1.25000000")
