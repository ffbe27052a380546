"""BacktestWork: one backtest, from its prices to its last result; what is there already stays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.model.amounts import total
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Flow
from backend.core.rebalancing.backtest_setup import BacktestError, Money, grid, prepared, traded_pairs
from backend.services.backtest_prices import BacktestPrices, CandleSource
from backend.services.backtest_workers import computed

if TYPE_CHECKING:
    from backend.core.backtest_ports import StoredBacktest
    from backend.core.ports import Store
    from backend.core.rebalancing.backtest_request import BacktestRequest
    from backend.core.rebalancing.backtest_text import BacktestFacts

log = structlog.get_logger(__name__)

KEEP: Final = 50
POINTS: Final = 400


class BacktestWork:
    """Done here, by processes of this program. What it finds is kept result by result, so that whoever does the rest
    goes on where it was.
    """

    def __init__(self, store: Store, environment: str, source: Callable[[], CandleSource]) -> None:
        """`source` opens the exchange's public side; it may raise `ExchangeError`."""
        self._store = store
        self._environment = environment
        self._open = source

    def do(self, found: StoredBacktest, epoch: int, go_on: Callable[[], bool]) -> None:
        """Do what is left of a backtest, unless it is called off; `go_on` is asked several times a second.

        Raises:
            LeaseLostError: somebody else does it now.
            ExchangeError: prices could not be read; those that were are kept.
            BacktestStoppedError: a process that computed ended.
            DomainError: it cannot be; says what to change.
        """
        request = found.request
        ready = self._prepared(found, epoch, go_on)
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
        for place, figures in computed(inputs, asked, partial(self._goes_on, found.id, go_on)):
            with self._store.write(epoch) as unit:
                unit.backtests.put(found.id, place, figures)
        with self._store.write(epoch) as unit:
            if len(unit.backtests.results(found.id)) == len(request.all_rules):
                unit.backtests.move(found.id, "done")
                unit.backtests.forget_old(self._environment, KEEP)
                log.info("backtest computed", backtest=found.id, rules=len(asked))

    def _goes_on(self, number: int, go_on: Callable[[], bool]) -> bool:
        """Whether to compute on: it is to be done here still, and nobody has called it off."""
        if not go_on():
            return False
        with self._store.read() as unit:
            found = unit.backtests.find(self._environment, number)
        return found is not None and not found.final

    def _prepared(
        self, found: StoredBacktest, epoch: int, go_on: Callable[[], bool]
    ) -> tuple[BacktestInputs, BacktestFacts] | None:
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
            request, at_ms, symbols, partial(self._loaded, found.id, epoch, go_on)
        )
        if table is None:
            return None
        return prepared(request, table, pairs, partial(self._money, request), rules_ms)

    def _loaded(self, number: int, epoch: int, go_on: Callable[[], bool], share: float) -> bool:
        with self._store.write(epoch) as unit:
            unit.backtests.note_loaded(number, share)
        return self._goes_on(number, go_on)

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
