"""BacktestRunner: does the backtests that were asked for, one after the other, behind everything else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

import structlog

from backend.core.backtest_ports import StoredBacktest
from backend.core.errors import DomainError, ExchangeLimitedError, ExchangeUnavailableError, LeaseLostError
from backend.core.model.amounts import total
from backend.core.ports import Store
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Flow
from backend.core.rebalancing.backtest_request import BacktestRequest
from backend.core.rebalancing.backtest_setup import BacktestError, Money, grid, prepared, traded_pairs
from backend.core.rebalancing.backtest_text import BacktestFacts
from backend.services.backtest_prices import BacktestPrices, CandleSource
from backend.services.backtest_workers import BacktestStoppedError, computed
from backend.services.job_run import INTERNAL
from backend.services.worker import PeriodicWorker

log = structlog.get_logger(__name__)

LOOK_EVERY_S: Final = 1.0
STOP_S: Final = 1.5
KEEP: Final = 50
MOST_ENDS: Final = 3
POINTS: Final = 400


class BacktestRunner:
    """A thread of the collector. What it finds is kept result by result, so that a restart goes on where it was."""

    def __init__(self, store: Store, environment: str, source: Callable[[], CandleSource]) -> None:
        """`source` opens the exchange's public side; it may raise `ExchangeError`."""
        self._store = store
        self._environment = environment
        self._open = source
        self._epoch: int | None = None
        self._ended = 0
        self._stopping = threading.Event()
        self._worker = PeriodicWorker("backtests", self.step, LOOK_EVERY_S)

    def start(self) -> None:
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Work under this lease; None: another collector does."""
        self._epoch = epoch

    def stop(self) -> bool:
        """End the thread, and the processes that compute for it."""
        self._stopping.set()
        return self._worker.stop(STOP_S)

    def step(self) -> None:
        """Go on with the oldest backtest that is not final, as far as it goes now."""
        epoch = self._epoch
        if epoch is None or self._stopping.is_set():
            return
        with self._store.read() as unit:
            found = unit.backtests.unfinished(self._environment)
        if found is None:
            return
        try:
            self._work(found, epoch)
        except LeaseLostError:
            log.info("backtest left to another collector")
        except (ExchangeLimitedError, ExchangeUnavailableError) as error:
            # Its budget is used up, or it is down: what is there stays, and the next step goes on.
            log.debug("backtest waits for the exchange", code=error.code)
        except BacktestStoppedError as error:
            # Killed with the program, or by a machine short of memory: once more, and then no more.
            self._ended += 1
            log.warning("a process that computes backtests ended", backtest=found.id, times=self._ended)
            if self._ended >= MOST_ENDS:
                self._ended = 0
                self._fail(found.id, epoch, error.code, str(error))
        except DomainError as error:
            self._fail(found.id, epoch, error.code, str(error))
        except Exception as error:  # one bad backtest must not hold up the others
            log.error("backtest failed", backtest=found.id, exc_info=error)
            self._fail(found.id, epoch, INTERNAL["code"], "The backtest failed; the log says why")

    def _fail(self, number: int, epoch: int, code: str, detail: str) -> None:
        with self._store.write(epoch) as unit:
            unit.backtests.move(number, "failed", code, detail)

    def _work(self, found: StoredBacktest, epoch: int) -> None:
        request = found.request
        ready = self._prepared(found, epoch)
        if ready is None:
            return
        inputs, facts = ready
        with self._store.write(epoch) as unit:
            unit.backtests.note_facts(found.id, facts)
            if not unit.backtests.move(found.id, "computing"):
                return
            there = unit.backtests.results(found.id)
        own = len(request.rules)
        asked = [
            (place, rule, POINTS if place < own else 0)
            for place, rule in enumerate(request.all_rules)
            if place not in there
        ]
        for place, figures in computed(inputs, asked, partial(self._goes_on, found.id, epoch)):
            self._ended = 0
            with self._store.write(epoch) as unit:
                unit.backtests.put(found.id, place, figures)
        with self._store.write(epoch) as unit:
            if len(unit.backtests.results(found.id)) == len(request.all_rules):
                unit.backtests.move(found.id, "done")
                unit.backtests.forget_old(self._environment, KEEP)

    def _goes_on(self, number: int, epoch: int) -> bool:
        """Whether to compute on: the program runs, the lease is ours, and nobody has called it off."""
        if self._stopping.is_set() or self._epoch != epoch:
            return False
        with self._store.read() as unit:
            found = unit.backtests.find(self._environment, number)
        return found is not None and not found.final

    def _prepared(self, found: StoredBacktest, epoch: int) -> tuple[BacktestInputs, BacktestFacts] | None:
        """Prices, rules and money; None where it was called off meanwhile."""
        request = found.request
        with self._store.write(epoch) as unit:
            if not unit.backtests.move(found.id, "prices"):
                return None
        source = self._open()
        source.set_purpose("import")
        rules_ms = source.server_time_ms()
        pairs = traded_pairs(request, {rule.symbol.name: rule for rule in source.trading_rules()})
        at_ms = grid(request, rules_ms)
        if len(at_ms) < 2:
            raise BacktestError("No two candles of that time have ended yet: take an earlier from")
        symbols = {coin: pair.symbol for coin, pair in pairs.items()}
        table = BacktestPrices(self._store, source, epoch).table(
            request, at_ms, symbols, partial(self._loaded, found.id, epoch)
        )
        if table is None:
            return None
        return prepared(request, table, pairs, partial(self._money, request), rules_ms)

    def _loaded(self, number: int, epoch: int, share: float) -> bool:
        with self._store.write(epoch) as unit:
            unit.backtests.note_loaded(number, share)
        return self._goes_on(number, epoch)

    def _money(self, request: BacktestRequest, start_ms: int, end_ms: int) -> Money:
        """What is put in, as asked, or as an account had it: its last value by then and what came in since."""
        if request.account_id is None:
            return Money(request.start_value or Decimal(0), request.flows)
        account = request.account_id
        with self._store.read() as unit:
            row = unit.snapshots.at_or_before(account, start_ms)
            if row is None:
                raise BacktestError("The account has no value at that time: take a later from, or say start_value_usd")
            flows = unit.cash_flows.between(account, row.at_ms, end_ms)
        unknown = next((flow for flow in flows if flow.amount is None), None)
        if unknown is not None:
            raise BacktestError("A deposit or withdrawal of that time has no known value: take a later from")
        known = [Flow(flow.at_ms, flow.amount) for flow in flows if flow.amount is not None]
        before = [flow.amount for flow in known if flow.at_ms <= start_ms]
        return Money(total([row.value, *before]), [flow for flow in known if flow.at_ms > start_ms])
