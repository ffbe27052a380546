"""BacktestRunner: does the backtests that were asked for, one after the other, behind everything else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from backend.core.errors import (
    DatabaseUnavailableError,
    DomainError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    LeaseLostError,
)
from backend.services.backtest_workers import BacktestStoppedError
from backend.services.job_run import INTERNAL
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.backtest_ports import StoredBacktest
    from backend.core.ports import Store

log = structlog.get_logger(__name__)

LOOK_EVERY_S: Final = 1.0
STOP_S: Final = 1.5
MOST_ENDS: Final = 3


class Backtesting(Protocol):
    """Whoever does a backtest: this program (`BacktestWork`), or workers (`HandedBacktests`). As far as it goes while
    `go_on`; it raises as `BacktestWork.do`.
    """

    def do(self, found: StoredBacktest, epoch: int, go_on: Callable[[], bool]) -> None: ...


class BacktestRunner:
    """A thread of the collector."""

    def __init__(self, store: Store, environment: str, work: Backtesting) -> None:
        self._store = store
        self._environment = environment
        self._work = work
        self._epoch: int | None = None
        # How often in a row a process ended without a result between: of which backtest, and with how many results.
        self._ended = (0, 0, 0)
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
            self._work.do(found, epoch, partial(self._may_go_on, epoch))
        except LeaseLostError:
            log.info("backtest left to another collector")
        except (ExchangeLimitedError, ExchangeUnavailableError, DatabaseUnavailableError) as error:
            # A budget is used up, or one of them is down: what is there stays, and the next step goes on.
            log.debug("backtest waits", code=error.code)
        except BacktestStoppedError as error:
            # Killed with the program, or by a machine short of memory: once more, and then no more.
            if self._ends(found.id) >= MOST_ENDS:
                self._fail(found.id, epoch, error.code, str(error))
        except DomainError as error:
            self._fail(found.id, epoch, error.code, str(error))
        except Exception as error:  # one bad backtest must not hold up the others
            log.error("backtest failed", backtest=found.id, exc_info=error)
            self._fail(found.id, epoch, INTERNAL["code"], "The backtest failed; the log says why")

    def _ends(self, number: int) -> int:
        """How often a process has ended now since the newest result of a backtest."""
        with self._store.read() as unit:
            found = unit.backtests.find(self._environment, number)
        there = 0 if found is None else found.computed
        times = self._ended[2] + 1 if self._ended[:2] == (number, there) else 1
        self._ended = number, there, times
        log.warning("a process that computes backtests ended", backtest=number, times=times)
        return times

    def _fail(self, number: int, epoch: int, code: str, detail: str) -> None:
        with self._store.write(epoch) as unit:
            unit.backtests.move(number, "failed", code, detail)

    def _may_go_on(self, epoch: int) -> bool:
        """Whether it is this collector's still: the program runs, and the lease is ours."""
        return not self._stopping.is_set() and self._epoch == epoch
