"""A collector without its threads: real services, a real database file and the real simulator, stepped by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

import pytest
from sqlalchemy import Engine

from backend.bootstrap_sessions import session_manager
from backend.core.errors import ExchangeError
from backend.core.model.accounts import SyncState
from backend.core.model.holdings import CashFlow, LedgerEvent
from backend.core.model.instants import MINUTE_MS, to_ms
from backend.core.model.valuation import SnapshotRow, Valuation
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Exchange
from backend.core.trade_ports import ArmingRule
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.session_manager import Session, SessionManager
from backend.tests.database_places import copy_database, url_of
from backend.tests.empty_database import lay_database
from backend.tests.fakes import MemoryBudgets
from backend.tests.integration.services.run_stage import Stage, stages
from backend.tests.simulator.harness import SimulatorProcess

START: Final = "2026-06-01T12:00:30Z"
KEYS: Final = itertools.count(1)
EVERYTHING: Final = 10_000_000
RESTED_WEIGHT: Final = 1_000
OWED: Final = ("margin_borrowed", "margin_interest", "isolated_borrowed", "isolated_interest")
# Tests move the clock of an exchange that others use after them: dates in a test are close to its start.
FIRST_DAY_ENDS: Final = "2026-06-02T00:00:00"


@dataclass
class Machine:
    """This machine's clocks, moved by hand: wall in milliseconds, monotonic in seconds."""

    wall_ms: int = 1_800_000_000_000
    monotonic_s: float = 0.0

    def pass_s(self, seconds: float) -> None:
        self.wall_ms += int(seconds * 1000)
        self.monotonic_s += seconds


class Bourse:
    """One account on the simulator, and what an independent judge can say of it."""

    def __init__(self, simulator: SimulatorProcess, opened: str, balances: dict[str, str]) -> None:
        self.simulator = simulator
        self.key = f"key{next(KEYS)}"
        simulator.open_account(self.key, "secret", balances={"spot": balances}, created_at=opened)
        self._prices: dict[tuple[str, int], Decimal] = {}
        self._halted: set[str] = set()

    def set_status(self, symbol: str, status: str) -> None:
        """Halt or delist a symbol."""
        self._halted.add(symbol)
        self.simulator.control("/sim/symbols", {"symbol": symbol, "status": status})

    def break_answers(self, *kinds: str, p: float = 1.0, seed: int = 1, match: str = "") -> None:
        self.simulator.control("/sim/faults", {"p": p, "seed": seed, "kinds": kinds, "match": match})

    def calm_down(self) -> None:
        """No faults, every symbol trades."""
        self.simulator.session.delete(self.simulator.url + "/sim/faults", timeout=10)
        for symbol in self._halted:
            self.simulator.control("/sim/symbols", {"symbol": symbol, "status": "TRADING"})
        self._halted.clear()

    def now_ms(self) -> int:
        return ms_of(self.simulator.control("/sim/clock")["now"])

    def do(self, what: str, **fields: Any) -> Any:
        return self.simulator.control(f"/sim/{what}", {"api_key": self.key} | fields)

    def pass_s(self, seconds: int) -> None:
        self.simulator.control("/sim/clock", {"advance_s": str(seconds)})

    def ledger(self) -> list[dict[str, Any]]:
        """Every change of every wallet as the exchange booked it, what is owed as less; `at_ms` added."""
        rows = self.simulator.control(f"/sim/ledger?api_key={self.key}")
        for row in rows:
            row["at_ms"] = ms_of(row["at"])
            if row["wallet"] in OWED:
                row["change"] = str(-Decimal(row["change"]))
        return cast(list[dict[str, Any]], rows)

    def close(self, symbol: str, at_ms: int) -> Decimal:
        """Close of the last minute ended by an instant, as the exchange's candles tell it."""
        minute = at_ms // MINUTE_MS * MINUTE_MS
        if (symbol, minute) not in self._prices:
            answer = self.simulator.get(
                "/api/v3/klines", symbol=symbol, interval="1m", endTime=minute - MINUTE_MS, limit=1
            )
            self._prices[symbol, minute] = Decimal(answer.json()[0][4])
        return self._prices[symbol, minute]

    def price(self, asset: str, at_ms: int) -> Decimal:
        """Price in USDT; TRY and BRL by their inverse pairs."""
        if asset == "USDT":
            return Decimal(1)
        if asset in ("TRY", "BRL"):
            return 1 / self.close("USDT" + asset, at_ms)
        return self.close(asset + "USDT", at_ms)

    def held_before(self, at_ms: int) -> dict[str, Decimal]:
        held: dict[str, Decimal] = {}
        for row in self.ledger():
            if row["at_ms"] < at_ms:
                held[row["asset"]] = held.get(row["asset"], Decimal(0)) + Decimal(row["change"])
        return {asset: quantity for asset, quantity in held.items() if quantity}

    def value_before(self, at_ms: int) -> Decimal:
        return sum(
            (quantity * self.price(asset, at_ms) for asset, quantity in self.held_before(at_ms).items()), Decimal(0)
        )

    def flows(self) -> dict[int, Decimal]:
        """Net flow of each instant: quantity x price of that instant; network fees are costs."""
        found: dict[int, Decimal] = {}
        for row in self.ledger():
            if row["kind"] in ("deposit", "withdrawal"):
                amount = Decimal(row["change"]) * self.price(row["asset"], row["at_ms"])
                found[row["at_ms"]] = found.get(row["at_ms"], Decimal(0)) + amount
        return found

    def growth(self, until_ms: int) -> float:
        """1 + time-weighted return since the first flow, by the definition, in decimals."""
        growth, base = Decimal(1), Decimal(0)
        for at_ms, flow in sorted(self.flows().items()):
            if at_ms >= until_ms:
                break
            value = self.value_before(at_ms)
            growth *= value / base if base else 1
            base = value + flow
        return float(growth * self.value_before(until_ms) / base)


@dataclass
class Rig:
    """The services over one account and one database."""

    bourse: Bourse
    engine: Engine
    store: SqlStore
    sessions: SessionManager
    refresh: AutoRefresh
    lease: SqlLease
    machine: Machine
    tracker: PerformanceTracker
    portfolio: PortfolioView
    wrap: Callable[[Exchange], Any] = field(default=lambda exchange: exchange)

    def session(self) -> Session:
        epoch = self.lease.acquire()
        assert epoch is not None, "another owner holds the lease"
        (session,) = self.sessions.sessions(epoch)
        return Session(session.account, cast(Exchange, self.wrap(session.exchange)))

    def step(self, manual_snapshot: bool = False) -> Valuation:
        """One refresh, with everything that is done from time to time due."""
        self.machine.pass_s(61)
        session = self.session()
        return self.refresh.step(session, self.lease.acquire() or 0, manual_snapshot)

    def try_step(self) -> bool:
        with suppress(ExchangeError):
            self.step()
            return True
        return False

    @property
    def account(self) -> int:
        with self.store.read() as unit:
            return unit.accounts.in_environment("simulator")[0].id

    def events(self) -> Sequence[LedgerEvent]:
        with self.store.read() as unit:
            return unit.ledger.all(self.account)

    def flows(self) -> Sequence[CashFlow]:
        with self.store.read() as unit:
            return unit.cash_flows.all(self.account)

    def rows(self) -> list[SnapshotRow]:
        """All snapshots, oldest first."""
        with self.store.read() as unit:
            return list(unit.snapshots.page([self.account], None, None, EVERYTHING))[::-1]

    def sync(self) -> SyncState:
        with self.store.read() as unit:
            return unit.accounts.sync_state(self.account)

    def agree(self) -> None:
        """What is stored is what the exchange's own ledger and candles give."""
        rows = self.rows()
        last = rows[-1]
        quantities = {asset: holding.quantity for asset, holding in last.composition.items()}
        assert quantities == self.bourse.held_before(last.at_ms)
        assert last.value == self.bourse.value_before(last.at_ms)
        assert last.growth_index == pytest.approx(self.bourse.growth(last.at_ms), rel=1e-9)
        wanted = {at_ms: flow for at_ms, flow in self.bourse.flows().items() if at_ms <= last.at_ms}
        assert {row.at_ms: row.flow for row in rows if row.flow} == wanted


def ms_of(text: str) -> int:
    return to_ms(datetime.fromisoformat(text))


class Exchanges:
    """Running simulators. Each counts request weight by the minute as Binance does, so one alone would refuse us."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._running: list[SimulatorProcess] = []

    def rested(self) -> SimulatorProcess:
        """One with most of this minute's weight left, still in its first day; else another one is started."""
        for process in self._running:
            used = int(process.get("/api/v3/ping").headers["X-MBX-USED-WEIGHT-1M"])
            if used < RESTED_WEIGHT and process.control("/sim/clock")["now"] < FIRST_DAY_ENDS:
                return process
        process = SimulatorProcess(self._folder(), ["--start-time", START])
        process.start()
        self._running.append(process)
        return process

    def stop(self) -> None:
        for process in self._running:
            process.stop()
            process.session.close()


@pytest.fixture(scope="session")
def exchanges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchanges]:
    pool = Exchanges(lambda: tmp_path_factory.mktemp("exchange"))
    yield pool
    pool.stop()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_database(tmp_path_factory.mktemp("schema") / "portfolio.db")


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return copy_database(empty_database, tmp_path / "portfolio.db")


@pytest.fixture
def open_bourse(exchanges: Exchanges) -> Iterator[Callable[..., Bourse]]:
    """Open an account, `beside` another one on the same exchange; what a test does to the market is undone after it."""
    opened: list[Bourse] = []

    def opening(opened_at: str = "2026-05-25T10:00:00Z", beside: Bourse | None = None, **balances: str) -> Bourse:
        opened.append(Bourse(beside.simulator if beside else exchanges.rested(), opened_at, balances))
        return opened[-1]

    yield opening
    for bourse in opened:
        bourse.calm_down()


@pytest.fixture
def make_rig(database: Path, tmp_path: Path) -> Iterator[Callable[..., Rig]]:
    """Build the services over a database; several may share it, each with an engine and a lease of its own.

    Requests are counted in memory: rows, two transactions a request, have tests of their own.
    """
    engines = []
    budgets: dict[Path, MemoryBudgets] = {}

    def made(
        bourse: Bourse,
        *,
        file: Path = database,
        owner: str = "first",
        machine: Machine | None = None,
        reporting: str = "USDT",
        interval_s: int = 3600,
        timeout_s: float = 10.0,
    ) -> Rig:
        clock = machine or Machine()
        engine = make_engine(url_of(file))
        engines.append(engine)
        store = SqlStore(engine, lambda: clock.wall_ms)
        access = ExchangeAccess(
            ExchangeSettings(
                "simulator",
                [AccountKeys("simulator", bourse.key, "secret")],
                bourse.simulator.url,
                timeout_s,
                tmp_path,
                "calm",
            ),
            budgets.setdefault(file, MemoryBudgets()),
        )
        refresh = AutoRefresh(
            store, RefreshSettings(reporting, interval_s), lambda: clock.wall_ms, lambda: clock.monotonic_s
        )
        sessions = session_manager(store, access, "simulator")
        settings = ViewSettings("simulator", reporting, 30, interval_s, "UTC")
        portfolio = PortfolioView(store, settings, lambda: clock.wall_ms)
        return Rig(
            bourse=bourse,
            engine=engine,
            store=store,
            sessions=sessions,
            refresh=refresh,
            lease=SqlLease(engine, owner, 10_000_000, lambda: clock.wall_ms),
            machine=clock,
            tracker=PerformanceTracker(store, portfolio, settings, lambda: clock.wall_ms),
            portfolio=portfolio,
        )

    yield made
    for engine in engines:
        engine.dispose()


@pytest.fixture
def make_stage(tmp_path: Path) -> Iterator[Callable[[ArmingRule], Stage]]:
    with stages(tmp_path) as made:
        yield made


@pytest.fixture
def stage(make_stage: Callable[[ArmingRule], Stage]) -> Stage:
    return make_stage("always")
