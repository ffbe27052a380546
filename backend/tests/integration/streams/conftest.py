"""The streams against the real simulator: a listener that writes down what it hears, and a feed that hurries."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from backend.core.model.stream_events import BalancesChanged, MiniTicker, UserEvent
from backend.core.model.stream_state import StreamState
from backend.exchange.binance.limits import WeightBudget
from backend.exchange.binance.streams.live import BinanceLive, StreamHosts
from backend.exchange.binance.streams.pace import Pace
from backend.exchange.binance.streams.toll import Toll, Tolls
from backend.tests.fakes import MemoryBudgets
from backend.tests.simulator.harness import SimulatorProcess

KEYS: Final = itertools.count(1)
HURRIED: Final = Pace(open_s=5, quiet_s=0.4, answer_s=0.6, first_retry_s=0.05, longest_retry_s=0.4, refused_s=0.4)


class Login:
    """An account's right to be streamed, signed here by hand."""

    def __init__(self, key: str, secret: str) -> None:
        self.key, self.secret = key, secret

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        payload = f"apiKey={self.key}&timestamp={now_ms}"
        signature = hmac.new(self.secret.encode(), payload.encode(), hashlib.sha256).hexdigest()
        return {"apiKey": self.key, "timestamp": now_ms, "signature": signature}


class Ears:
    """A listener that keeps everything, and knows what an account holds by the word of the stream alone."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.quotes: dict[str, Decimal] = {}
        self.live: list[int] = []
        self.lost: list[int] = []
        self.prices_gone = 0
        self.events: list[tuple[int, UserEvent | None]] = []
        self.held: dict[tuple[int, str], Decimal] = {}

    def prices(self, tickers: Sequence[MiniTicker]) -> None:
        with self.changed:
            self.quotes.update({ticker.symbol: ticker.close for ticker in tickers})
            self.changed.notify_all()

    def prices_lost(self) -> None:
        with self.changed:
            self.prices_gone += 1
            self.changed.notify_all()

    def account_live(self, account_id: int) -> None:
        with self.changed:
            self.live.append(account_id)
            self.changed.notify_all()

    def account_event(self, account_id: int, event: UserEvent | None) -> None:
        with self.changed:
            self.events.append((account_id, event))
            if isinstance(event, BalancesChanged):
                self.held.update({(account_id, row.asset): row.free for row in event.balances})
            self.changed.notify_all()

    def account_lost(self, account_id: int) -> None:
        with self.changed:
            self.lost.append(account_id)
            self.changed.notify_all()

    def until(self, what: Callable[[], bool], within_s: float = 15.0) -> None:
        """Wait for something heard to be true."""
        with self.changed:
            assert self.changed.wait_for(what, within_s), f"not within {within_s:g} s"


class Hall:
    """A simulator with its streams, and what was connected to it."""

    def __init__(self, simulator: SimulatorProcess) -> None:
        self.simulator = simulator
        self.streams = simulator.control("/sim/streams")["url"]
        self.ears = Ears()
        self.budget = WeightBudget("simulator", MemoryBudgets())
        self.tolls = Tolls(Toll(lambda: self.budget), Toll(lambda: self.budget, "fapi"))
        self._feeds: list[BinanceLive] = []

    def account(self, **fields: object) -> Login:
        login = Login(f"key{next(KEYS)}", "secret")
        self.simulator.open_account(login.key, login.secret, **fields)
        return login

    def feed(self, pace: Pace = HURRIED, base: str | None = None) -> BinanceLive:
        hosts = StreamHosts.simulated(base or self.streams)
        made = BinanceLive(
            lambda: hosts,
            self.ears,
            lambda: None,
            lambda: time.time_ns() // 1_000_000,
            through_proxy=False,
            tolls=self.tolls,
            pace=pace,
        )
        self._feeds.append(made)
        return made

    def deposit(self, login: Login, amount: str, asset: str = "USDT") -> None:
        self.simulator.control("/sim/deposit", {"api_key": login.key, "asset": asset, "amount": amount})

    def faults(self, *kinds: str, **more: object) -> None:
        self.simulator.control("/sim/faults", {"kinds": kinds, "p": 1} | more)

    def calm(self) -> None:
        self.simulator.session.delete(self.simulator.url + "/sim/faults", timeout=10)

    def close(self) -> None:
        for feed in self._feeds:
            feed.stop()
        self.calm()


@pytest.fixture(scope="module")
def streaming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    arguments = ["--start-time", "2026-06-01T12:00:30Z"]
    folder: Path = tmp_path_factory.mktemp("streaming")
    with SimulatorProcess(folder, arguments) as process:
        yield process


@pytest.fixture
def hall(streaming: SimulatorProcess) -> Iterator[Hall]:
    made = Hall(streaming)
    yield made
    made.close()


def state_of(feed: BinanceLive, name: str) -> StreamState:
    return next(one for one in feed.states() if one.name == name)
