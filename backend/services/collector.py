"""The collector: refreshes when due, does the jobs the web process asks for, and works only under the lease."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, Final, Protocol

import structlog

from backend.core.errors import DomainError, ExchangeError, ExchangeLimitedError, LeaseLostError
from backend.core.model.instants import iso_ms
from backend.core.model.jobs import Job
from backend.core.ports import Lease, Store
from backend.services.auto_refresh import AutoRefresh
from backend.services.session_manager import Session, SessionManager
from backend.services.worker import PeriodicWorker

log = structlog.get_logger(__name__)

TICK_S: Final = 0.1
LEASE_EVERY_S: Final = 4.0
HOUSEKEEPING_EVERY_S: Final = 3600.0
# After a failed refresh the next one comes sooner than the interval, but not in a hurry.
RETRY_S: Final = 5.0
STOP_S: Final = 1.5


class DemoControls(Protocol):
    """What can be done to the demo's market and account."""

    def act(self, payload: Mapping[str, Any]) -> str: ...


class LiveSide(Protocol):
    """Whoever follows the accounts between two refreshes."""

    def start(self, refresh_soon: Callable[[int], None]) -> None: ...
    def stop(self) -> None: ...
    def watch(self, sessions: Sequence[Session], epoch: int) -> None: ...
    def refreshed(self, session: Session) -> None: ...


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
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._lease = lease
        self._sessions = sessions
        self._refresh = refresh
        self._interval_s = interval_s
        self._demo = demo
        self._live = live
        self._monotonic_s = monotonic_s
        self._asked: set[int] = set()
        self._asking = threading.Lock()
        self._epoch: int | None = None
        self._due_s = 0.0
        self._housekeeping_s = 0.0
        self._stopping = threading.Event()
        self._keeper = PeriodicWorker("lease", self._keep_lease, LEASE_EVERY_S)
        self._worker = PeriodicWorker("collector", self._tick, TICK_S)

    def start(self) -> None:
        self._keeper.start()
        self._worker.start()
        if self._live is not None:
            self._live.start(self.refresh_soon)
        log.info(f"Auto-refresh service started (interval: {self._interval_s:g}s)")

    def refresh_soon(self, account_id: int) -> None:
        """Refresh an account once the step under way is done; any thread may ask, any number of times."""
        with self._asking:
            self._asked.add(account_id)
        self._worker.wake()

    def stop(self) -> bool:
        """End both loops and let the next collector in; returns whether they ended in time."""
        self._stopping.set()
        if self._live is not None:
            self._live.stop()
        # A step that is still computing is not waited for: what it has not committed, the next start makes good.
        ended = self._keeper.stop(STOP_S) & self._worker.stop(STOP_S)
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
        if epoch is not None and self._due_s == 0.0:
            self._worker.wake()

    def _tick(self) -> None:
        epoch = self._epoch
        if epoch is None or self._stopping.is_set():
            return
        self._do_jobs(epoch)
        now = self._monotonic_s()
        with self._asking:
            asked, self._asked = self._asked, set()
        if now >= self._due_s:
            self._due_s = now + self._interval_s
            if not self._refresh_all(epoch):
                self._due_s = min(self._due_s, self._monotonic_s() + RETRY_S)
        elif asked and not self._refresh_all(epoch, asked):
            self._due_s = min(self._due_s, self._monotonic_s() + RETRY_S)
        if now >= self._housekeeping_s:
            self._housekeeping_s = now + HOUSEKEEPING_EVERY_S
            with self._store.write(epoch) as unit:
                unit.events.forget_old()
                unit.jobs.forget_old()

    def _refresh_all(self, epoch: int, only: Set[int] | None = None) -> bool:
        """Refresh every account, or those named; returns whether all went well."""
        try:
            sessions = self._sessions.sessions(epoch)
            if self._live is not None:
                self._live.watch(sessions, epoch)
            for session in sessions:
                if only is None or session.account.id in only:
                    self._step_one(session, epoch)
        except LeaseLostError:
            self._epoch = None
        except ExchangeLimitedError:
            # A budget that is used up, or a wait the exchange asked for: nothing is wrong with the account.
            return False
        except ExchangeError as error:
            log.debug("refresh failed", code=error.code)
            return False
        return True

    def _step_one(self, session: Session, epoch: int, manual_snapshot: bool = False) -> int:
        """Refresh one account; returns the instant of its value."""
        valuation = self._refresh.step(session, epoch, manual_snapshot)
        if self._live is not None:
            self._live.refreshed(session)
        return valuation.at_ms

    def _do_jobs(self, epoch: int) -> None:
        with self._store.read() as unit:
            waiting = unit.jobs.queued()
        for job_id in waiting:
            if self._stopping.is_set():
                return
            with self._store.write(epoch) as unit:
                job = unit.jobs.find(job_id) if unit.jobs.claim(job_id) else None
            if job is None:
                continue
            state, result = self._done(job, epoch)
            with self._store.write(epoch) as unit:
                unit.jobs.finish(job_id, state, result)

    def _done(self, job: Job, epoch: int) -> tuple[str, Mapping[str, Any]]:
        try:
            return "done", self._do(job, epoch)
        except DomainError as error:
            return "failed", {"code": error.code, "detail": str(error), "retry_after_s": _retry_after_s(error)}
        except Exception as error:  # one bad job must not stop the collector; its text may hold secrets
            log.error("job failed", kind=job.kind, exc_info=error)
            return "failed", {"code": "internal-error", "detail": "The job failed; the log says why"}

    def _do(self, job: Job, epoch: int) -> Mapping[str, Any]:
        if job.kind == "demo_action" and self._demo is not None:
            detail = self._demo.act(job.payload)
            self._step(job, epoch)
            return {"detail": detail}
        if job.kind == "connection_test":
            return connection_test(self._session(job, epoch))
        at_ms = self._step(job, epoch)
        return {"at_ms": at_ms}

    def _step(self, job: Job, epoch: int) -> int:
        at_ms = self._step_one(self._session(job, epoch), epoch, manual_snapshot=job.kind == "snapshot")
        self._due_s = self._monotonic_s() + self._interval_s
        return at_ms

    def _session(self, job: Job, epoch: int) -> Session:
        sessions = self._sessions.sessions(epoch)
        return next((one for one in sessions if one.account.id == job.account_id), sessions[0])


def connection_test(session: Session) -> dict[str, Any]:
    """Ask the exchange for its clock, the balances and the key's rights; says what failed in words."""
    exchange = session.exchange
    found: dict[str, Any] = {
        "ok": False,
        "environment": session.account.environment,
        "server_time": None,
        "clock_offset_ms": None,
        "latency_ms": None,
        "can_read": None,
        "can_trade": None,
        "can_withdraw": None,
        "ip_restricted": None,
        "code": None,
        "detail": "",
    }
    try:
        found["server_time"] = iso_ms(exchange.server_time_ms())
        found |= {"clock_offset_ms": exchange.clock_offset_ms, "latency_ms": exchange.latency_ms}
        exchange.balances()
        rights = exchange.permissions()
    except ExchangeError as error:
        refused = error.code == "credentials-refused"
        return found | {"can_read": False if refused else None, "code": error.code, "detail": str(error)}
    return found | {
        "ok": True,
        "can_read": True,
        "can_trade": rights.can_trade,
        "can_withdraw": rights.can_withdraw,
        "ip_restricted": rights.ip_restricted,
        "detail": "The key may withdraw: make one that cannot" if rights.can_withdraw else "The key works",
    }


def _retry_after_s(error: DomainError) -> float | None:
    return error.retry_after_s if isinstance(error, ExchangeLimitedError) else None
