"""A store, an exchange of two coins and a runner, for the tests of backtests in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

import numpy as np
import pytest

from backend.core.backtest_ports import StoredBacktest
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.market import Candle, CandleAsk, Symbol
from backend.core.model.trading_rules import LotRule, SymbolRules
from backend.core.rebalancing.backtest import follow
from backend.core.rebalancing.backtest_figures import BacktestFigures, figures
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Rule
from backend.core.rebalancing.backtest_request import BacktestRequest, checked
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services import backtest_work
from backend.services.backtest_work import BacktestWork
from backend.services.backtests import BacktestRunner

D = Decimal
START_MS = 1_704_067_200_000
HOURS = 72
RULES = (Rule("hold"), Rule("periodic", 6 * HOUR_MS), Rule("threshold", None, D("0.02")))


@dataclass
class Candles:
    """An exchange that knows the candles of two coins; some may be missing, and it may refuse to answer."""

    now_ms: int = START_MS + 1000 * DAY_MS
    missing: set[tuple[str, int]] = field(default_factory=set)
    failures: list[Exception | None] = field(default_factory=list)
    asked: list[CandleAsk] = field(default_factory=list)
    step: str = "0.0001"
    purposes: list[str] = field(default_factory=list)

    def set_purpose(self, purpose: Literal["live", "import"]) -> None:
        self.purposes.append(purpose)

    def server_time_ms(self) -> int:
        return self.now_ms

    def trading_rules(self) -> Sequence[SymbolRules]:
        lot = LotRule(D(self.step), D(9000), D(self.step))
        return [
            SymbolRules(
                Symbol(f"{coin}USDT", coin, "USDT", True),
                "TRADING",
                (),
                frozenset(),
                True,
                lot,
                None,
                None,
                None,
                None,
                None,
            )
            for coin in ("BTC", "ETH")
        ]

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        self.asked += asks
        return [self._answer(ask) for ask in asks]

    def _answer(self, ask: CandleAsk) -> Sequence[Candle]:
        step = {"1m": 60_000, "30m": HOUR_MS // 2, "1h": HOUR_MS}[ask.interval]
        assert ask.start_ms is not None
        opens = range(-(-ask.start_ms // step) * step, ask.end_ms, step)
        page = [Candle(at, at + step, self.close(ask.symbol, at + step)) for at in opens][:1000]
        return [candle for candle in page if (ask.symbol, candle.end_ms) not in self.missing]

    @staticmethod
    def close(symbol: str, at_ms: int) -> Decimal:
        """Up and down by a fifth, each in its own time."""
        hours = at_ms / HOUR_MS
        level, period = (40_000, 31) if symbol == "BTCUSDT" else (2_000, 17)
        return D(f"{level * (1 + 0.2 * np.sin(hours / period * 6.28)):.2f}")


@dataclass
class Desk:
    """A store, a lease, an exchange, and the runner over them."""

    store: SqlStore
    lease: SqlLease
    source: Candles
    runner: BacktestRunner

    def ask(self, request: BacktestRequest, environment: str = "demo") -> int:
        with self.store.write() as unit:
            return unit.backtests.add(environment, checked(request))

    def found(self, number: int) -> StoredBacktest:
        with self.store.read() as unit:
            stored = unit.backtests.find("demo", number)
        assert stored is not None
        return stored

    def results(self, number: int) -> dict[int, BacktestFigures]:
        with self.store.read() as unit:
            return dict(unit.backtests.results(number))

    def stopping_after(self, results: int) -> Callable[[int], None]:
        """Stops the runner once so many results are there."""

        def stop(done: int) -> None:
            if done == results:
                self.runner.stop()

        return stop

    def restarted(self) -> Desk:
        """As after a kill: nothing is remembered but what is in the database."""
        return replace(self, runner=runner_over(self.store, self.lease, self.source))


def runner_over(store: SqlStore, lease: SqlLease, source: Candles) -> BacktestRunner:
    runner = BacktestRunner(store, "demo", BacktestWork(store, "demo", lambda: source))
    runner.lead(lease.acquire())
    return runner


def request(**changes: Any) -> BacktestRequest:
    asked = BacktestRequest(
        base_asset="USDT",
        allocations={"BTC": D(50), "ETH": D(50)},
        rules=RULES,
        heat_map=False,
        from_ms=START_MS,
        to_ms=START_MS + HOURS * HOUR_MS,
        interval="1h",
        start_value=D(10_000),
        account_id=None,
        flows=(),
        fee_percent=D("0.1"),
        bnb_discount=False,
        spread_percent=D(0),
        min_trade=D(0),
        min_trade_percent=D("0.5"),
        max_turnover_percent=None,
    )
    return replace(asked, **changes)


class Here:
    """In place of the processes: computes here, remembers what was asked, and stops where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[list[int]] = []
        self.inputs: list[BacktestInputs] = []
        self.after: Callable[[int], None] = lambda done: None
        monkeypatch.setattr(backtest_work, "computed", self._computed)

    def _computed(
        self, inputs: BacktestInputs, asked: Sequence[tuple[int, Rule, int]], goes_on: Callable[[], bool]
    ) -> Iterator[tuple[int, BacktestFigures]]:
        self.inputs.append(inputs)
        self.asked.append([place for place, _, _ in asked])
        for done, (place, rule, points) in enumerate(asked):
            self.after(done)
            if not goes_on():
                return
            yield place, figures(inputs, follow(inputs, rule), points)
