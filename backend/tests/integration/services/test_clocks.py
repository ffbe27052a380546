"""Clocks (D4): skew of a minute, jumps on both sides, nights when clocks change, a leap day."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.core.model.instants import HOUR_MS
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.clock import HostClock
from backend.exchange.binance.limits import WeightBudget
from backend.exchange.binance.market_book import MarketBook
from backend.exchange.binance.spot import BinanceSpot
from backend.tests.fakes import MemoryBudgets
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.tests.simulator.harness import SimulatorProcess

KEY, SECRET = "key", "secret"


@dataclass
class OffClock:
    """A wall clock that is wrong."""

    off_s: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.off_s


def refused_stamps(simulator: SimulatorProcess) -> int:
    """How often the exchange refused a signed read: every one of these tests signs with good keys."""
    rows = simulator.control("/sim/requests")["requests"]
    return sum(row["status"].get("400", 0) for row in rows if row["path"] == "/api/v3/account")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(tmp_path / "exchange", ["--start-time", "2026-06-01T12:00:30Z"]) as simulator:
        simulator.open_account(KEY, SECRET, balances={"spot": {"BTC": "1"}})
        yield simulator


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> OffClock:
    """This machine's wall clock, as the library that signs sees it."""
    wall = OffClock()

    class Time:
        """The module `time` with another clock on the wall."""

        def __getattr__(self, name: str) -> object:
            return wall if name == "time" else getattr(time, name)

    monkeypatch.setattr(sys.modules["binance.base_client"], "time", Time())
    monkeypatch.setattr(sys.modules["binance.client"], "time", Time())
    return wall


def account(exchange: SimulatorProcess, wall: OffClock) -> BinanceSpot:
    """The account as a real host's: its clock goes at the pace of this machine's steady counter."""
    rows = MemoryBudgets()
    url = exchange.url
    client = ApiClient(
        Endpoints(f"{url}/api", f"{url}/sapi"),
        KEY,
        SECRET,
        10.0,
        lambda host: WeightBudget(host, rows),
        HostClock(True, wall),
        through_proxy=False,
        stopping=threading.Event(),
    )
    return BinanceSpot(client, MarketBook())


def exchange_ms(exchange: SimulatorProcess) -> int:
    return int(exchange.get("/api/v3/time").json()["serverTime"])


@pytest.mark.parametrize("skew_s", [-60, -30, -2, 2, 30, 60])
def test_a_machine_that_is_wrong_reads_right_and_is_never_refused(
    exchange: SimulatorProcess, machine: OffClock, skew_s: float
) -> None:
    # The exchange's own clock stands in another year: this machine is wrong by that and the skew.
    machine.off_s = exchange_ms(exchange) / 1000 - time.time() + skew_s
    spot = account(exchange, machine)
    for _ in range(5):
        before = exchange_ms(exchange)
        passed = spot.server_time_ms()
        assert {one.asset: one.total for one in spot.balances()} == {"BTC": 1}
        assert before - 1_000 <= passed <= exchange_ms(exchange)
    assert refused_stamps(exchange) == 0
    assert spot.clock_offset_ms == pytest.approx(-skew_s * 1000, abs=500)


@pytest.mark.parametrize("jump_s", [-3_600, -60, 60, 3_600])
def test_setting_the_machines_clock_in_mid_run_is_not_even_noticed(
    exchange: SimulatorProcess, machine: OffClock, jump_s: float
) -> None:
    spot = account(exchange, machine)
    spot.balances()
    machine.off_s += jump_s
    spot.balances()
    assert refused_stamps(exchange) == 0


def test_when_the_exchanges_clock_jumps_one_refusal_is_enough(exchange: SimulatorProcess, machine: OffClock) -> None:
    spot = account(exchange, machine)
    spot.balances()
    exchange.control("/sim/clock", {"advance_s": "45"})
    assert [one.total for one in spot.balances()] == [1]
    assert refused_stamps(exchange) == 1
    spot.balances()
    assert refused_stamps(exchange) == 1


@pytest.fixture
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own time zone changes its clocks."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_paris")
@pytest.mark.parametrize(
    "start",
    ["2026-03-28T21:59:40Z", "2025-10-25T21:59:40Z", "2024-02-28T21:59:40Z", "2024-02-29T21:59:40Z"],
    ids=["clocks go forward", "clocks go back", "before a leap day", "after a leap day"],
)
def test_each_hour_of_such_a_night_has_its_slot_once(start: str, tmp_path: Path, make_rig: Callable[..., Rig]) -> None:
    with SimulatorProcess(tmp_path / "exchange", ["--start-time", start]) as simulator:
        bourse = Bourse(simulator, start, {"USDT": "1000", "BTC": "0.1"})
        rig = make_rig(bourse)
        rig.step()
        began = bourse.now_ms()
        for _ in range(9):
            bourse.pass_s(3_001)
            rig.step()
        slots = [row.at_ms for row in rig.rows() if row.at_ms % HOUR_MS == 0]
        first = (began // HOUR_MS + 1) * HOUR_MS
        assert slots == list(range(first, bourse.now_ms(), HOUR_MS))
        assert len(slots) == 8
        assert rig.tracker.statistics(None).missing == 0
        rig.agree()
