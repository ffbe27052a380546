"""Folders of real data beside the checkout, and a simulator per module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.tests.simulator.harness import ROOT, SimulatorProcess
from backend.tests.simulator.world import World

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def market_data() -> Path:
    """The folder of real candles; the test is skipped where it is absent."""
    folder = SHARED / "market-data"
    if not folder.is_dir():
        pytest.skip("the folder ../shared/market-data is absent")
    return folder


@pytest.fixture(scope="session")
def exchange_info_file() -> Path:
    """A real exchangeInfo answer; the test is skipped where it is absent."""
    file = SHARED / "binance" / "exchange-info" / "spot-mainnet-2023-04-10.json.gz"
    if not file.is_file():
        pytest.skip("the folder ../shared/binance is absent")
    return file


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """A running simulator with one funded account, key `key`, secret `secret`."""
    arguments = ["--start-time", "2026-06-01T12:00:30Z"]
    with SimulatorProcess(tmp_path_factory.mktemp("simulator"), arguments) as process:
        process.open_account(
            balances={"spot": {"USDT": "50000", "BTC": "0.5", "BNB": "2"}}, created_at="2026-01-01T00:00:00Z"
        )
        yield process


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A simulator in memory, its clock standing at 2026-06-01 12:00:30 UTC, with an empty account."""
    made = World(tmp_path / "simulator")
    made.open_account(created_at="2026-01-01T00:00:00Z")
    yield made
    made.close()
