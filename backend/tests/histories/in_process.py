"""The whole way from the exchange's answers to the snapshots in one process: no sockets, and waiting costs no time.

The exchange is the simulator's application behind an adapter of the HTTP library: what is signed, sent and parsed are
the very bytes of a real call, under the real limits. The services are the product's own, over a database file.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from sqlalchemy import event

from backend.core.errors import RequestBudgetError
from backend.core.model.accounts import SyncState
from backend.core.model.holdings import CashFlow, LedgerEvent
from backend.core.model.keys import reference_of
from backend.core.model.valuation import SnapshotRow
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.clock import HostClock
from backend.exchange.binance.limits import WeightBudget
from backend.exchange.binance.market_book import MarketBook
from backend.exchange.binance.spot import BinanceSpot
from backend.exchange.factory import AccountId
from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.application import Simulator
from backend.exchange.simulator.clock import ClockReading, ExchangeClock
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.journal import Journal
from backend.exchange.simulator.market import Market
from backend.exchange.simulator.messages import Answer, Request
from backend.exchange.simulator.pins import PinTimeline
from backend.exchange.simulator.records import Record
from backend.exchange.simulator.scenarios import SCENARIOS
from backend.exchange.simulator.seeded import SeededPrices
from backend.exchange.simulator.symbols import SymbolBook, load_book
from backend.exchange.simulator.wire import DAY_MS, floor_to, iso
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.session_manager import SessionManager
from backend.tests.database_places import url_of
from backend.tests.fakes import MemoryBudgets
from backend.tests.process.reference import HOUR, MINUTE, milliseconds

KEY: Final = "history"
SECRET: Final = "secret-of-the-history"
# Nobody listens there.
URL: Final = "http://127.0.0.1:9"
ENDPOINTS: Final = Endpoints(f"{URL}/api", f"{URL}/sapi", f"{URL}/fapi", f"{URL}/dapi")
NOW: Final = milliseconds("2026-06-01T12:00:30")
MARKET_SEED: Final = 7
MARKETS_KEPT: Final = 4
# An import under real limits may need many minutes; this many are a day.
MOST_WAITS: Final = 1440
A_STEP_S: Final = 61.0
EVERYTHING: Final = 10_000_000


class Clock:
    """This machine's clock by hand, in seconds: request weights are counted by it, waiting moves it."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


class Patience(threading.Event):
    """Waits for nothing: the clock goes on instead."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.now_s += timeout or 0
        return self.is_set()


class _StandsStill(ExchangeClock):
    """The machine's clock goes on meanwhile: no request comes too late or too early."""

    @property
    def stretch(self) -> Decimal:
        return Decimal(10**6)


class _NoFile(Journal):
    """Nobody restarts this exchange."""

    def __init__(self) -> None:
        self.steps = []

    def append(self, records: Sequence[Record]) -> None:
        pass

    def close(self) -> None:
        pass


class _Kept:
    """Takes the answer; without faults the application calls nothing but `send`."""

    def __init__(self) -> None:
        self.answer = Answer(500, b"")

    def send(self, answer: Answer) -> None:
        self.answer = answer

    def send_part(self, answer: Answer) -> None:
        raise AssertionError("a fault, and none was asked for")

    def send_slowly(self, answer: Answer, over_s: float) -> None:
        self.send_part(answer)

    def hold(self) -> None:
        self.send_part(self.answer)

    def reset(self) -> None:
        self.send_part(self.answer)


class _Adapter(BaseAdapter):
    """Hands the bytes of a request to the application and back."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._simulator = simulator

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        found = urlsplit(request.url or "")
        body = request.body or b""
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        asked = Request(
            request.method or "GET",
            found.path,
            found.query.encode("latin-1"),
            body.encode("latin-1") if isinstance(body, str) else bytes(body),
            headers,
            "127.0.0.1",
        )
        answer = asking(self._simulator, asked)
        response = requests.Response()
        response.status_code, response.url, response.request = answer.status, request.url or "", request
        response._content = answer.body
        response.headers.update(answer.headers)
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        pass


def asking(simulator: Simulator, request: Request) -> Answer:
    """What the application answers."""
    kept = _Kept()
    simulator.handle(request, kept)
    return kept.answer


@dataclass(frozen=True)
class Course:
    """Which prices an exchange has: the same two give the same candles."""

    seed: int = MARKET_SEED
    scenario: str = "calm"


USUAL: Final = Course()


@lru_cache(maxsize=MARKETS_KEPT)
def _market(course: Course) -> tuple[SymbolBook, SeededPrices]:
    """Listing and prices of every exchange with this course: nobody changes them, what was computed once is kept."""
    book = load_book(None)
    return book, SeededPrices(course.seed, SCENARIOS[course.scenario], floor_to(NOW, DAY_MS), book.pair)


class OwnExchange:
    """A simulator whose clock stands still until it is set."""

    def __init__(self, folder: Path, clock: Clock, course: Course = USUAL) -> None:
        book, prices = _market(course)
        at = ClockReading(0, NOW, Decimal(0))
        exchange = Exchange(
            _NoFile(), book, Market(prices, PinTimeline()), _StandsStill(at, folder / "clock.json", not_before_ms=NOW)
        )
        self.simulator = Simulator(exchange)
        self.simulator.limits._machine_s = clock
        self.exchange = exchange

    @property
    def now(self) -> int:
        return self.exchange.clock.now()

    def set_clock(self, to_ms: int) -> None:
        self.control("clock", {"set": iso(to_ms)})

    def try_control(self, what: str, body: Mapping[str, Any]) -> bool:
        """Make something happen; False where the exchange says that it cannot have."""
        return self._post(what, body).status < 400

    def control(self, what: str, body: Mapping[str, Any]) -> Any:
        """Make something happen that must be possible."""
        answer = self._post(what, body)
        assert answer.status < 400, f"{what} {body}: {answer.body.decode()}"
        return json.loads(answer.body)

    def _post(self, what: str, body: Mapping[str, Any]) -> Answer:
        content = json.dumps(body).encode()
        return asking(self.simulator, Request("POST", f"/sim/{what}", b"", content, {}, "127.0.0.1"))

    def ledger(self, key: str = KEY) -> Any:
        """Every change of every wallet, oldest first."""
        asked = Request("GET", "/sim/ledger", f"api_key={key}".encode(), b"", {}, "127.0.0.1")
        return json.loads(asking(self.simulator, asked).body)

    def spendable(self, asset: str, wallet: str, at_ms: int, key: str = KEY) -> Decimal:
        """What may leave a wallet at an instant without anything that was told of later instants falling short."""
        position = self.exchange.accounts[key].positions.get((wallet, asset))
        return ZERO if position is None else position.lowest_from(at_ms)

    def klines(self, symbol: str, **how: Any) -> Any:
        query = "&".join(f"{name}={value}" for name, value in {"symbol": symbol, **how}.items())
        asked = Request("GET", "/api/v3/klines", query.encode(), b"", {}, "127.0.0.9")
        answer = asking(self.simulator, asked)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


class CandlePrices:
    """Prices at any instant from the exchange's candles: the close of the last minute ended."""

    def __init__(self, exchange: OwnExchange, clock: Clock) -> None:
        self._exchange, self._clock = exchange, clock
        self._hours: dict[str, dict[int, Decimal]] = {}
        self._known: dict[tuple[str, int], Decimal] = {}

    def of_coin(self, coin: str, at: int) -> Decimal:
        """Price in USDT, by the direct pair or the inverse one."""
        if coin == "USDT":
            return Decimal(1)
        if self._exchange.exchange.book.ever(f"{coin}USDT"):
            return self.close(f"{coin}USDT", at)
        return 1 / self.close(f"USDT{coin}", at)

    def untraded(self, coin: str, at: int) -> bool:
        """Nothing pauses here: the exchange has a candle for every minute."""
        return False

    def close(self, symbol: str, at: int) -> Decimal:
        if at % HOUR == 0:
            hours = self._hours.setdefault(symbol, {})
            if at not in hours:
                self._read_hours(symbol, at, hours)
            return hours[at]
        minute = at // MINUTE * MINUTE
        if (symbol, minute) not in self._known:
            (row,) = self._ask(symbol, interval="1m", endTime=minute - MINUTE, limit=1)
            self._known[symbol, minute] = Decimal(row[4])
        return self._known[symbol, minute]

    def _read_hours(self, symbol: str, at: int, hours: dict[int, Decimal]) -> None:
        for row in self._ask(symbol, interval="1h", startTime=at - HOUR, limit=1000):
            if row[0] + HOUR <= self._exchange.now:  # the running one is not there yet
                hours.setdefault(row[0] + HOUR, Decimal(row[4]))

    def _ask(self, symbol: str, **how: Any) -> Any:
        self._clock.now_s += 0.1  # the judge's own questions are weighed too
        return self._exchange.klines(symbol, **how)


@dataclass
class House:
    """The services over the account and one database."""

    store: SqlStore
    refresh: AutoRefresh
    sessions: SessionManager
    lease: SqlLease
    clock: Clock
    portfolio: PortfolioView
    tracker: PerformanceTracker
    database: Path
    dispose: Callable[[], None]

    def step(self) -> None:
        """One refresh with everything due that is done each minute; waits where the limits ask for it."""
        for _ in range(MOST_WAITS):
            self.clock.now_s += A_STEP_S
            epoch = self.lease.acquire()
            assert epoch is not None
            (session,) = self.sessions.sessions(epoch)
            try:
                self.refresh.step(session, epoch)
            except RequestBudgetError as full:
                self.clock.now_s += full.retry_after_s
            else:
                return
        raise AssertionError("an import without an end")

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

    def rows(self) -> Sequence[SnapshotRow]:
        """All snapshots, oldest first."""
        with self.store.read() as unit:
            return list(unit.snapshots.page([self.account], None, None, EVERYTHING))[::-1]

    def sync(self) -> SyncState:
        with self.store.read() as unit:
            return unit.accounts.sync_state(self.account)


def house(exchange: OwnExchange, clock: Clock, database: Path) -> House:
    """Build the services over a migrated database; `dispose` it in the end."""
    engine = make_engine(url_of(database), durable=False)

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA synchronous = OFF")  # nobody reads it after a power cut

    def now_ms() -> int:
        return int(clock.now_s * 1000)

    store = SqlStore(engine, now_ms)
    budgets: dict[str, WeightBudget] = {}
    rows = MemoryBudgets()

    def budget(host: str) -> WeightBudget:
        return budgets.setdefault(host, WeightBudget(host, rows, clock, clock))

    def connect(_reference: str) -> BinanceSpot:
        patience = Patience(clock)
        client = ApiClient(ENDPOINTS, KEY, SECRET, 10.0, budget, HostClock(False, monotonic=clock), False, patience)
        client._client.session.mount("http://", _Adapter(exchange.simulator))
        spot = BinanceSpot(client, MarketBook(clock))
        spot._wallets._monotonic_s = clock
        return spot

    refresh = AutoRefresh(store, RefreshSettings("USDT", HOUR // 1000), now_ms, clock)
    account = AccountId("simulator", "simulator", reference_of(KEY))
    settings = ViewSettings("simulator", "USDT", 30, HOUR // 1000, "UTC")
    portfolio = PortfolioView(store, settings, now_ms)
    return House(
        store=store,
        refresh=refresh,
        sessions=SessionManager(
            store, "simulator", lambda: [account], connect, lambda: URL, lambda one: connect(one.name)
        ),
        lease=SqlLease(engine, "history", 10_000_000_000, now_ms),
        clock=clock,
        portfolio=portfolio,
        tracker=PerformanceTracker(store, portfolio, settings, now_ms),
        database=database,
        dispose=engine.dispose,
    )
