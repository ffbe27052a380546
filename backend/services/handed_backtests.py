"""Backtests handed to workers. The collector stays the one that says which is next, and keeps what became of it.

As with steps (`handed_steps`): one that nobody does any more goes out anew, as another turn, and goes on with the
results that are there; what the first worker may still write is refused. Where there is nobody, it is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import structlog

from backend.core.errors import DomainError
from backend.core.model.steps import BacktestHandOut, failure_written, raise_failure
from backend.core.worker_ports import HandOutLost, Hands, NoWorkers, TurnStore
from backend.services.backtest_workers import BacktestStoppedError
from backend.services.handed_steps import TRIES

if TYPE_CHECKING:
    from backend.core.backtest_ports import StoredBacktest
    from backend.services.backtest_work import BacktestWork

log = structlog.get_logger(__name__)


class TurnedBacktests:
    """Backtests done within a turn of theirs. `store`: what `work` writes with."""

    def __init__(self, store: TurnStore, environment: str, work: BacktestWork) -> None:
        self._store = store
        self._environment = environment
        self._work = work

    def do(self, step: BacktestHandOut, go_on: Callable[[], bool]) -> None:
        """Do what is left of a backtest; raises as `BacktestWork.do`."""
        with self._store.read() as unit:
            found = unit.backtests.find(self._environment, step.number)
        if found is None or found.final:
            return
        with self._store.turn(step.number, step.turn):
            self._work.do(found, step.epoch, go_on)

    def told(self, step: BacktestHandOut, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        """Do it for a collector that waits; raises nothing: what went wrong is part of what is told."""
        try:
            self.do(step, go_on)
        except DomainError as error:
            return failure_written(error)
        except Exception as error:  # its text may hold anything: it stays in this log
            log.error("backtest failed", backtest=step.number, exc_info=error)
            return failure_written(error)
        return {}


class HandedBacktests:
    """The collector's side; `here` does what no worker does."""

    def __init__(self, hands: Hands, store: TurnStore, here: TurnedBacktests) -> None:
        self._hands = hands
        self._store = store
        self._here = here

    def do(self, found: StoredBacktest, epoch: int, go_on: Callable[[], bool]) -> None:
        """Have a backtest done as far as it goes; raises as `BacktestWork.do`."""
        for _ in range(TRIES):
            step = BacktestHandOut(found.id, epoch, self._store.next_turn(found.id, epoch))
            try:
                _read(self._hands.do(step, go_on))
            except HandOutLost:
                log.warning("backtest handed out anew", backtest=found.id, turn=step.turn)
                continue
            except NoWorkers:
                break
            return
        # Another turn: somebody may have got the last one after all.
        self._here.do(BacktestHandOut(found.id, epoch, self._store.next_turn(found.id, epoch)), go_on)


def _read(told: Mapping[str, Any]) -> None:
    if told.get("code") == BacktestStoppedError.code:
        raise BacktestStoppedError(str(told.get("detail", "")))
    raise_failure(told)
