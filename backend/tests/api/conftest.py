"""One installation for all on an account with a past; tests that write leave its cash flows as they found them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import logs
from backend.tests.api.contract import Api
from backend.tests.api.installation import NOON, Installation, open_history, simulator_settings
from backend.tests.simulator.harness import SimulatorProcess

logs.configure("CRITICAL")


@pytest.fixture(scope="session")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """A simulator with the account that `installation` reads."""
    with SimulatorProcess(tmp_path_factory.mktemp("exchange"), ["--start-time", NOON]) as process:
        open_history(process)
        yield process


@pytest.fixture(scope="session")
def installation(exchange: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product on that account, its history read."""
    folder = tmp_path_factory.mktemp("data")
    with Installation(simulator_settings(exchange.url, folder), folder) as running:
        running.settled()
        yield running


@pytest.fixture(scope="session")
def api(installation: Installation) -> Api:
    return installation.api


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """The product before its collector has done anything: an empty database and nobody who works."""
    settings = simulator_settings("http://127.0.0.1:9", tmp_path)
    with Installation(settings, tmp_path, collecting=False) as running:
        yield running
