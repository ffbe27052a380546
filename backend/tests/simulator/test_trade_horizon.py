"""Spot trades are told for ever, or for as many days as the command line says."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.tests.simulator.harness import SimulatorProcess


@pytest.mark.parametrize(("option", "told"), [((), ["0.001", "0.002"]), (("--trades-told-days", "730"), ["0.002"])])
def test_trades_older_than_the_option_says_are_not_told(
    tmp_path: Path, option: Sequence[str], told: Sequence[str]
) -> None:
    with SimulatorProcess(tmp_path, ["--start-time", "2026-06-01T12:00:00Z", *option]) as exchange:
        exchange.open_account(balances={"spot": {"USDT": "1000"}}, created_at="2024-01-01T00:00:00Z")
        for at, quantity in (("2024-05-31T12:00:00Z", "0.001"), ("2024-06-01T13:00:00Z", "0.002")):
            trade = {"api_key": "key", "symbol": "BTCUSDT", "side": "BUY", "quantity": quantity, "at": at}
            exchange.control("/sim/trade", trade)
        found = exchange.signed("GET", "/api/v3/myTrades", "key", "secret", symbol="BTCUSDT", fromId=0).json()
        assert [fill["qty"].rstrip("0") for fill in found] == told
        assert len({row["ref"] for row in exchange.control("/sim/ledger?api_key=key") if row["kind"] == "trade"}) == 2
