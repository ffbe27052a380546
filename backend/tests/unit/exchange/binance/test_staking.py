"""Staking: a coin goes on as its token and back, with its lots; what is on its way is asked for again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.holdings import EventKind, LedgerEvent
from backend.exchange.binance.client import Endpoints
from backend.exchange.binance.staking import staking_paths

AT = 1_780_000_000_000
STAKED = {
    "time": AT, "asset": "ETH", "amount": "21.5", "distributeAsset": "WBETH", "distributeAmount": "20.25",
    "conversionRatio": "1.0617284", "status": "SUCCESS",
}  # fmt: skip
REDEEMED = STAKED | {
    "asset": "BNSOL", "distributeAsset": "SOL", "arrivalTime": AT + 86_400_000, "exchangeRate": "1.06",
}  # fmt: skip
WRAPPED = {
    "time": AT, "fromAsset": "BETH", "fromAmount": "2", "toAsset": "WBETH", "toAmount": "1.9", "exchangeRate": "1.05",
    "status": "SUCCESS",
}  # fmt: skip


def told(name: str, row: dict[str, Any]) -> LedgerEvent:
    here = Endpoints("http://x/api", "http://x/sapi")
    path = next(one for one in staking_paths(here) if one.source.name == name)
    (event,) = path.read({"rows": [row], "total": 1}).events
    return event


@pytest.mark.parametrize(
    ("name", "row", "legs", "late_ms"),
    [
        ("eth_staking", STAKED, [("WBETH", "20.25"), ("ETH", "-21.5")], 0),
        ("sol_redemption", REDEEMED, [("SOL", "20.25"), ("BNSOL", "-21.5")], 86_400_000),
        ("beth_wrap", WRAPPED, [("WBETH", "1.9"), ("BETH", "-2")], 0),
    ],
)
def test_a_coin_goes_on_as_its_token_and_is_there_when_it_arrives(
    name: str, row: dict[str, Any], legs: list[tuple[str, str]], late_ms: int
) -> None:
    event = told(name, row)
    assert (event.source, event.kind, event.at_ms) == (name, EventKind.RENAME, AT + late_ms)
    assert [(leg.asset, leg.amount) for leg in event.legs] == [(asset, Decimal(amount)) for asset, amount in legs]
    assert event.flow_legs() == ()


@pytest.mark.parametrize(("status", "settled"), [("PENDING", False), ("FAILED", True)])
def test_what_is_on_its_way_or_failed_moved_nothing(status: str, settled: bool) -> None:
    event = told("sol_redemption", REDEEMED | {"status": status})
    assert (event.legs, event.at_ms, event.settled) == ((), AT, settled)
    # The same row, whatever the exchange says of it later.
    assert event.external_id == told("sol_redemption", REDEEMED | {"distributeAmount": "20.3"}).external_id


def test_each_history_asks_only_for_differences_of_its_own_coins() -> None:
    here = Endpoints("http://x/api", "http://x/sapi")
    coins = {one.source.name: one.source.assets or frozenset() for one in staking_paths(here)}
    assert {name for name, those in coins.items() if "SOL" in those} == {"sol_staking", "sol_redemption"}
    assert all("WBETH" in coins[name] for name in ("eth_staking", "eth_redemption", "beth_wrap", "beth_unwrap"))
    assert staking_paths(Endpoints("http://x/api")) == ()
