"""The collector's side of execution: takes up every run that is not over, each on a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import CredentialsRefusedError, DomainError, LeaseLostError
from backend.core.model.runs import PENDING, Run
from backend.services.job_run import JobRun
from backend.services.run_journal import RunJournal
from backend.services.run_pace import Halted, RunPace
from backend.services.run_start import RunStarter, StartOrder
from backend.services.run_walk import RunWalk
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.model.jobs import Job
    from backend.core.ports import Store
    from backend.core.trade_ports import TradingExchange
    from backend.core.trading_rights import TradingRights

log = structlog.get_logger(__name__)

LOOK_EVERY_S: Final = 1.0


class RunExecutor:
    """Threads of runs. Works only under the lease; a run whose thread failed is taken up again."""

    def __init__(
        self,
        store: Store,
        environment: str,
        trading: Callable[[str], TradingExchange],
        rights: TradingRights,
        starter: RunStarter,
        now_ms: Callable[[], int],
    ) -> None:
        """`trading(reference)` opens the account of a key; `now_ms`: this machine's clock."""
        self._store = store
        self._environment = environment
        self._trading = trading
        self._rights = rights
        self._starter = starter
        self._now_ms = now_ms
        self._epoch: int | None = None
        self._refresh_soon: Callable[[int], None] = lambda account_id: None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._told: dict[int, str] = {}
        self._worker = PeriodicWorker("runs", self._look, LOOK_EVERY_S)

    def start(self, refresh_soon: Callable[[int], None]) -> None:
        """Begin to look for runs; `refresh_soon(account)` is told when balances have changed."""
        self._refresh_soon = refresh_soon
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Work under this lease, or (None) under none."""
        changed = epoch != self._epoch
        self._epoch = epoch
        if changed and epoch is not None:
            self._worker.wake()

    def stop(self, timeout_s: float) -> bool:
        """Send nothing more and wait for what is under way; returns whether it ended in time.

        What did not end is in the journal, and the next start looks for it.
        """
        self._stopping.set()
        until_s = time.monotonic() + timeout_s
        ended = self._worker.stop(timeout_s)
        with self._lock:
            threads = list(self._threads.values())
        for thread in threads:
            thread.join(max(until_s - time.monotonic(), 0.0))
        return ended and not any(thread.is_alive() for thread in threads)

    def begin(self, job: Job, epoch: int) -> None:
        """Begin the run that a job asks for."""
        outcome = JobRun(job, self._store, epoch)
        outcome.expect([job.account_id or 0])

        def work() -> None:
            outcome.part(lambda: {"run_id": self._starter.start(StartOrder.of(job.payload), epoch)})
            self._worker.wake()

        self._thread(f"start-{job.id}", work)

    def _look(self) -> None:
        epoch = self._epoch
        if epoch is None or self._stopping.is_set():
            return
        with self._store.read() as unit:
            runs = unit.runs.unfinished(self._environment)
        for run in runs:
            self._thread(f"run-{run.id}", lambda run=run: self._work(run, epoch))  # type: ignore[misc]  # bound per run

    def _thread(self, name: str, work: Callable[[], None]) -> None:
        """Do something on a thread of its own, unless it is being done."""

        def guarded() -> None:
            try:
                work()
            except Exception as error:  # the thread is taken up again; its text may hold secrets
                log.error("run failed", thread=name, exc_info=error)
            finally:
                with self._lock:
                    del self._threads[name]

        with self._lock:
            if self._stopping.is_set() or name in self._threads:
                return
            thread = threading.Thread(target=guarded, name=name, daemon=True)
            self._threads[name] = thread
            thread.start()

    def _work(self, run: Run, epoch: int) -> None:
        with self._store.read() as unit:
            plan = unit.plans.find(run.plan_id)
            records = unit.accounts.records(run.environment)
        record = next((one for one in records if one.account.id == run.account_id), None)
        if plan is None or record is None:
            self._tell(run, "not-found", "The run has no plan or no account")
            return
        journal = RunJournal(self._store, epoch, run.id)
        try:
            trading = self._trading(record.reference)
        except CredentialsRefusedError as error:
            self._without_key(run, journal, error)
            return
        except DomainError as error:
            self._tell(run, error.code, str(error))
            return
        try:
            RunWalk(journal, plan, trading, self._rights, RunPace(self._stopping), self._now_ms).go()
        except (Halted, LeaseLostError):
            return
        except DomainError as error:
            self._tell(run, error.code, str(error))
            return
        self._refresh_soon(run.account_id)

    def _without_key(self, run: Run, journal: RunJournal, error: CredentialsRefusedError) -> None:
        """Wait for the key to come back; who stops the run meanwhile ends it, unless an order may be under way."""
        facts = journal.facts()
        if facts.run.stop_asked and not any(one.state in PENDING for one in facts.attempts):
            ended_ms = facts.run.created_ms + self._now_ms() - facts.run.created_machine_ms
            journal.end("stopped", "stopped", f"It was stopped by hand. {error}", ended_ms)
            return
        self._tell(run, error.code, str(error))

    def _tell(self, run: Run, code: str, detail: str) -> None:
        """Say once why a run waits."""
        if self._told.get(run.id) != code:
            self._told[run.id] = code
            log.warning("run waits", run=run.id, code=code, detail=detail)
