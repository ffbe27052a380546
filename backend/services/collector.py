"""The collector: refreshes when due, does the jobs the web process asks for, and works only under the lease."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.errors import (
    CapabilityError,
    CredentialsRefusedError,
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    LeaseLostError,
    Remedy,
)
from backend.core.model.alerts import SEND_TEST
from backend.core.model.jobs import RECOMPUTE, Job
from backend.core.model.keys import CHECK_KEYS, LET_KEY_GO, LOOK_AT_KEY, NO_ACCOUNT
from backend.core.model.rebalancing import MAKE_PLAN
from backend.core.model.runs import EXECUTE_RUN
from backend.core.model.steps import StepAsk
from backend.services.account_steps import AccountSteps, OwnSteps
from backend.services.account_tasks import REFRESHES_AT_ONCE, AccountTasks
from backend.services.after_refresh import AfterRefresh
from backend.services.connection_test import connection_test
from backend.services.job_run import JobRun
from backend.services.price_check import PRICE_CHECK
from backend.services.recomputes import Recomputes
from backend.services.turns import next_turn_s
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.ports import Lease, Store
    from backend.services.alert_desk import AlertDesk
    from backend.services.auto_refresh import AutoRefresh
    from backend.services.backtests import BacktestRunner
    from backend.services.backup_keeper import BackupKeeper
    from backend.services.chart_keeper import ChartKeeper
    from backend.services.collector_sides import Beside, DemoControls, LiveSide, PlanDesk
    from backend.services.display_rates import DisplayRates
    from backend.services.event_publisher import EventPublisher
    from backend.services.execution_desk import ExecutionDesk
    from backend.services.key_looks import KeyLooks
    from backend.services.rank_key_looks import RankKeyLooks
    from backend.services.run_executor import RunExecutor
    from backend.services.score_keeper import ScoreKeeper
    from backend.services.session_manager import Session, SessionManager
    from backend.services.shadow_keeper import ShadowKeeper
    from backend.services.strategy_runner import StrategyRunner
    from backend.services.whole_keeper import WholeKeeper

log = structlog.get_logger(__name__)

TICK_S: Final = 0.1
LEASE_EVERY_S: Final = 4.0
HOUSEKEEPING_EVERY_S: Final = 3600.0
# After a failed refresh the next one comes sooner than the interval, but not in a hurry.
RETRY_S: Final = 5.0
STOP_S: Final = 1.5
# An order that waits for its answer has at most this long: the program is gone ten seconds after it was told to end.
STOP_RUNS_S: Final = 5.5
# Jobs that ask one account when none is named; all others ask every account.
# About a key, whether an account is read with it or not.
ABOUT_KEYS: Final = frozenset({LOOK_AT_KEY, CHECK_KEYS, LET_KEY_GO})
OF_ONE: Final = frozenset({"connection_test", "demo_action", PRICE_CHECK})


class Collector:
    """Threads that read the exchange. Any number may run; the one that holds the lease works."""

    def __init__(
        self,
        store: Store,
        lease: Lease,
        sessions: SessionManager,
        refresh: AutoRefresh,
        interval_s: float,
        demo: DemoControls | None,
        live: LiveSide | None = None,
        rates: DisplayRates | None = None,
        shadows: ShadowKeeper | None = None,
        charts: ChartKeeper | None = None,
        plans: PlanDesk | None = None,
        scores: ScoreKeeper | None = None,
        runs: RunExecutor | None = None,
        backtests: BacktestRunner | None = None,
        strategies: StrategyRunner | None = None,
        wholes: WholeKeeper | None = None,
        keys: KeyLooks | None = None,
        alerts: AlertDesk | None = None,
        rank_keys: RankKeyLooks | None = None,
        steps: AccountSteps | None = None,
        executions: ExecutionDesk | None = None,
        publisher: EventPublisher | None = None,
        backups: BackupKeeper | None = None,
        at_once: int = REFRESHES_AT_ONCE,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`steps`: who does the steps of accounts, where it is not this program itself; `at_once`: so many of them."""
        self._store = store
        self._lease = lease
        self._sessions = sessions
        self._interval_s = interval_s
        self._demo = demo
        self._live = live
        self._shadows = shadows
        own = OwnSteps(refresh, AfterRefresh(live, scores, rates, shadows, charts, wholes, alerts))
        self._steps: AccountSteps = own if steps is None else steps
        self._plans = plans
        self._runs = runs
        self._strategies = strategies
        self._keys = keys
        self._alerts = alerts
        self._executions = executions
        found: tuple[Beside | None, ...] = (backtests, alerts, rank_keys, executions, publisher, backups)
        self._beside = [one for one in found if one is not None]
        self._monotonic_s = monotonic_s
        self._asked: set[int] = set()
        self._watched: Sequence[Session] = ()
        self._asking = threading.Lock()
        self._epoch: int | None = None
        self._due_s: dict[int, float] = {}
        self._next_look_s = 0.0
        self._housekeeping_s = 0.0
        self._stopping = threading.Event()
        self._tasks = AccountTasks(at_once)
        self._recomputes = Recomputes(self._tasks)
        self._keeper = PeriodicWorker("lease", self._keep_lease, LEASE_EVERY_S)
        self._worker = PeriodicWorker("collector", self._tick, TICK_S)

    def start(self) -> None:
        self._steps.follow_with(self.refresh_soon)
        if self._executions is not None:
            self._executions.follow_with(self.refresh_soon)
        self._keeper.start()
        self._worker.start()
        if self._runs is not None:
            self._runs.start(self.refresh_soon)
        for one in self._beside:
            one.start()
        if self._live is not None:
            self._live.start(self.refresh_soon)
        log.info(f"Auto-refresh service started (interval: {self._interval_s:g}s)")

    def refresh_soon(self, account_id: int) -> None:
        """Refresh an account once the step under way is done; any thread may ask, any number of times."""
        with self._asking:
            self._asked.add(account_id)
        self._worker.wake()

    def stop_runs(self) -> bool:
        """Send no more orders, and wait for the answer of the one under way; before the exchange is stopped."""
        return self._runs is None or self._runs.stop(STOP_RUNS_S)

    def stop(self) -> bool:
        """End the loops and let the next collector in; returns whether they ended in time."""
        self._stopping.set()
        if self._live is not None:
            self._live.stop()
        # A step that is still computing is not waited for: what it has not committed, the next start makes good.
        ended = self._keeper.stop(STOP_S) & self._worker.stop(STOP_S) & self._tasks.stop(STOP_S)
        for one in self._beside:
            ended &= one.stop()
        if self._epoch is not None:
            try:
                self._lease.release()
            except DomainError:
                log.warning("lease not released: it expires by itself")
        return ended

    def _keep_lease(self) -> None:
        epoch = self._lease.acquire()
        if epoch != self._epoch:
            log.info("lease taken" if epoch is not None else "another collector works", epoch=epoch)
            if epoch is not None:
                with self._store.write(epoch) as unit:
                    unit.jobs.requeue_running()
        self._epoch = epoch
        if self._runs is not None:
            self._runs.lead(epoch)
        for one in self._beside:
            one.lead(epoch)
        if epoch is not None and not self._due_s:
            self._worker.wake()

    def _tick(self) -> None:
        epoch = self._epoch
        if epoch is None or self._stopping.is_set():
            return
        self._take_jobs(epoch)
        now = self._monotonic_s()
        with self._asking:
            asked = set(self._asked)
        if asked or now >= min(self._due_s.values(), default=self._next_look_s):
            self._next_look_s = now + RETRY_S
            self._start_refreshes(epoch, now, asked)
        if now >= self._housekeeping_s:
            self._housekeeping_s = now + HOUSEKEEPING_EVERY_S
            if self._alerts is not None:
                self._alerts.tidy(epoch)
            with self._store.write(epoch) as unit:
                unit.events.forget_old()
                unit.jobs.forget_old()
                unit.task_log.forget_old()

    def _start_refreshes(self, epoch: int, now: float, asked: set[int]) -> None:
        """Begin what is due or asked for; accounts that are at work have their turn after it."""
        try:
            sessions = self._sessions.sessions(epoch)
        except LeaseLostError:
            self._epoch = None
            return
        except ExchangeError as error:
            log.debug("accounts not opened", code=error.code)
            self._due_s = dict.fromkeys(self._due_s, now + RETRY_S)
            return
        # An account that was deleted is due no more.
        there = {one.account.id for one in sessions}
        self._due_s = {account: due for account, due in self._due_s.items() if account in there}
        with self._asking:
            self._asked &= there
        ready = [
            one
            for one in sessions
            if (one.account.id in asked or now >= self._due_s.get(one.account.id, 0.0))
            and not self._tasks.busy(one.account.id)
        ]
        if self._live is not None and (ready or sessions != self._watched):
            self._live.watch(sessions, epoch)
            self._watched = sessions
        if not ready:
            return
        with self._asking:
            self._asked -= {one.account.id for one in ready}
        positions = {one.account.id: position for position, one in enumerate(sessions)}
        for session in ready:
            account = session.account.id
            due = self._due_s.get(account, 0.0)
            if now >= due:
                self._due_s[account] = next_turn_s(positions[account], len(sessions), due, now, self._interval_s)
            self._tasks.put(account, partial(self._refresh_due, session, epoch))

    def _refresh_due(self, session: Session, epoch: int) -> None:
        if self._epoch != epoch:
            return
        account = session.account.id
        try:
            at_ms = self._step_one(session, epoch, for_user=False)
            if self._keys is not None:
                self._keys.daily(account, epoch)
            if self._strategies is not None:
                self._strategies.step(session, epoch, at_ms)
        except LeaseLostError:
            self._epoch = None
        except ExchangeLimitedError as error:
            # A budget that is used up, or a wait the exchange asked for: nothing is wrong with the account.
            self._again_in(account, max(error.retry_after_s, RETRY_S))
        except ExchangeError as error:
            log.debug("refresh failed", code=error.code)
            # Where only the user can help, asking again soon does not.
            self._again_in(account, self._interval_s if error.remedy is Remedy.ASK_THE_USER else RETRY_S)
        finally:
            self._worker.wake()

    def _again_in(self, account: int, seconds: float) -> None:
        again = self._monotonic_s() + seconds
        self._due_s[account] = min(self._due_s.get(account, again), again)

    def _step_one(self, session: Session, epoch: int, for_user: bool, manual_snapshot: bool = False) -> int:
        """Refresh one account; returns the instant of its value."""
        go_on = partial(self._may_go_on, session.account.id, epoch)
        try:
            done = self._steps.refresh(session, epoch, StepAsk("refresh", for_user, manual_snapshot), go_on)
        except LeaseLostError:
            raise
        except Exception:
            self._steps.failed(session.account, epoch)
            raise
        if done.more:
            self._catch_up_soon(session, epoch)
        return done.at_ms

    def _catch_up_soon(self, session: Session, epoch: int) -> None:
        """Let an account's past be made on before its next turn; what else waits for the account goes first."""
        self._tasks.put(session.account.id, partial(self._catch_up, session, epoch))

    def _catch_up(self, session: Session, epoch: int) -> None:
        go_on = partial(self._may_go_on, session.account.id, epoch)
        if not go_on():
            return
        try:
            if self._steps.catch_up(session, epoch, go_on):
                self._catch_up_soon(session, epoch)
        except LeaseLostError:
            self._epoch = None
        finally:
            self._worker.wake()

    def _may_go_on(self, account: int, epoch: int) -> bool:
        """Whether the step of an account may compute on: until its next turn, and while nobody waits for it."""
        if self._epoch != epoch or self._stopping.is_set() or self._tasks.wanted(account):
            return False
        with self._asking:
            asked = account in self._asked
        return not asked and self._monotonic_s() < self._due_s.get(account, 0.0)

    def _take_jobs(self, epoch: int) -> None:
        with self._store.read() as unit:
            waiting = unit.jobs.queued()
        for job_id in waiting:
            if self._stopping.is_set():
                return
            with self._store.write(epoch) as unit:
                job = unit.jobs.find(job_id) if unit.jobs.claim(job_id) else None
            if job is not None:
                self._begin(job, epoch)

    def _begin(self, job: Job, epoch: int) -> None:
        """Hand a job to the accounts it is about; a run to whoever sends orders."""
        if job.kind == EXECUTE_RUN and self._runs is not None:
            self._runs.begin(job, epoch)
            return
        if job.kind == SEND_TEST and self._alerts is not None:
            self._alerts.begin(job, epoch)
            return
        run = JobRun(job, self._store, epoch)
        if job.kind in ABOUT_KEYS and self._keys is not None:
            account = job.account_id or NO_ACCOUNT
            if job.kind == LET_KEY_GO:
                self.refresh_soon(account)  # which finds no key of it any more
            run.expect([account])
            self._tasks.put(account, partial(run.part, partial(self._keys.do, job, epoch)), for_user=True)
            return
        try:
            sessions = self._wanted(job, epoch)
        except DomainError as error:
            run.failed(error)
            return
        run.expect([session.account.id for session in sessions])
        for session in sessions:
            work = partial(self._do, job, session, epoch)
            if job.kind == RECOMPUTE:
                self._recomputes.put(session.account.id, epoch, run, work)
            else:
                self._tasks.put(session.account.id, partial(run.part, work), for_user=True)

    def _do(self, job: Job, session: Session, epoch: int) -> Mapping[str, Any]:
        told: dict[str, Any] = {}
        if job.kind == "connection_test":
            session.exchange.set_for_user(True)
            return connection_test(session)
        if job.kind == PRICE_CHECK and self._shadows is not None:
            session.exchange.set_for_user(True)
            return {"unpriced": self._shadows.unpriced(session, job.payload["coins"])}
        if job.kind == MAKE_PLAN:
            return self._plan(job, session, epoch)
        if job.kind == "demo_action" and self._demo is not None:
            told = {"detail": self._demo.act(job.payload)}
        # Beforehand: a rebuild that begins with it may go on until then.
        self._due_s[session.account.id] = self._monotonic_s() + self._interval_s
        at_ms = self._step_one(session, epoch, for_user=True, manual_snapshot=job.kind == "snapshot")
        return told or {"at_ms": at_ms}

    def _plan(self, job: Job, session: Session, epoch: int) -> Mapping[str, Any]:
        """Plan on balances that were read for it."""
        if self._plans is None:
            raise CapabilityError("Nobody makes plans here")
        return self._plans.make(session, epoch, job.payload, partial(self._step_one, session, epoch, for_user=True))

    def _wanted(self, job: Job, epoch: int) -> Sequence[Session]:
        """Whom a job is about.

        Raises:
            CredentialsRefusedError: the account has no keys here that can be used.
        """
        sessions = self._sessions.sessions(epoch)
        if job.account_id is not None:
            sessions = [one for one in sessions if one.account.id == job.account_id]
        if not sessions:
            raise CredentialsRefusedError("This account has no key that can be used")
        return sessions[:1] if job.kind in OF_ONE else sessions
