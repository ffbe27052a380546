"""Changes of the past that come faster than they are computed: one step takes in all that wait, none is left out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from random import Random
from typing import Final

import pytest

from backend.core.flow_book import NewFlow
from backend.core.model.accounts import Account
from backend.core.model.instants import MINUTE_MS
from backend.core.model.jobs import RECOMPUTE
from backend.core.model.steps import StepAsk, StepDone
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore, SqlUnitOfWork
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.collector import Collector
from backend.services.job_queue import JobQueue
from backend.services.session_manager import Session
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of
from backend.tests.process.harness import wait_for

LONG_S: Final = 300.0
LOOK_S: Final = 0.2
LEASE_MS: Final = 10_000_000
FIRST_MS: Final = ms_of("2026-05-31T11:10:00Z")
SEEDS: Final = range(4)
FLOWS: Final = 8
# The first collector lives for less transactions than it has jobs to begin and to end, each further one for so many
# more at most.
LIVES: Final = 12


class HeldSteps:
    """Steps that read nothing: the first one waits until it is let go."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()
        self.asked: list[bool] = []

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        """Nothing follows."""

    def refresh(self, session: Session, epoch: int, ask: StepAsk, go_on: Callable[[], bool]) -> StepDone:
        self.asked.append(ask.for_user)
        self.entered.set()
        assert self.open.wait(LONG_S)
        return StepDone(len(self.asked), more=False)

    def catch_up(self, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        return False

    def failed(self, account: Account, epoch: int) -> None:
        """Nobody is told."""


@pytest.fixture
def rig(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Rig:
    made = make_rig(open_bourse("2026-05-31T10:00:00Z", USDT="1000", BTC="0.1"))
    made.step()
    return made


def test_forty_changes_keep_nobody_waiting_for_more_than_one_step(rig: Rig) -> None:
    steps = HeldSteps()
    lease = SqlLease(rig.engine, "collector", LEASE_MS, lambda: rig.machine.wall_ms, lambda owner: True)
    running = Collector(rig.store, lease, rig.sessions, rig.refresh, 3600.0, demo=None, steps=steps)
    queue = JobQueue(rig.store, lambda: rig.machine.wall_ms)
    running.start()
    try:
        assert steps.entered.wait(LONG_S)
        # Of the account, or of all as those of another benchmark are.
        asked = [queue.submit(RECOMPUTE, rig.account if number % 4 else None, {}) for number in range(40)]
        last = queue.submit("snapshot", rig.account, {})
        # They are taken in order: once this one is, those before it wait for their turn.
        wait_for(lambda: last not in queued(rig.store), "all of them are taken", LONG_S)
        steps.open.set()
        results = [queue.wait(job, LONG_S).result for job in asked]
        assert queue.wait(last, LONG_S).result == {"at_ms": 3}
    finally:
        steps.open.set()
        assert running.stop()
    assert results == [{"at_ms": 2}] * 40
    assert steps.asked == [False, True, True]


def queued(store: SqlStore) -> list[int]:
    with store.read() as unit:
        return unit.jobs.queued()


class Killed(Exception):
    """The process is no more."""


class MortalStore(SqlStore):
    """A process' store: after so many transactions the process is dead, and writes nothing more."""

    def __init__(self, rig: Rig, lives: int) -> None:
        super().__init__(rig.engine, lambda: rig.machine.wall_ms)
        self._lives = lives
        self._counting = threading.Lock()
        self.dead = threading.Event()

    @contextmanager
    def write(self, epoch: int | None = None) -> Iterator[SqlUnitOfWork]:
        with self._counting:
            self._lives -= 1
            if self._lives < 0:
                self.dead.set()
        with super().write(epoch) as unit:
            yield unit
            if self.dead.is_set():
                # All that is not committed is gone with it.
                raise Killed


@dataclass
class Killings:
    """Collectors one after the other, each dead after a while; the next one takes over at once."""

    rig: Rig
    random: Random
    dead: set[str] = field(default_factory=set)
    stopped: list[Collector] = field(default_factory=list)

    def run(self, over: Callable[[], bool]) -> int:
        """Go on until it is over; how many died."""
        while True:
            owner = f"collector {len(self.stopped)}"
            store = MortalStore(self.rig, self.random.randrange(LIVES * (len(self.stopped) + 1)))
            refresh = AutoRefresh(store, RefreshSettings("USDT", 3600), lambda: self.rig.machine.wall_ms)
            lease = SqlLease(self.rig.engine, owner, LEASE_MS, lambda: self.rig.machine.wall_ms, self.dead.__contains__)
            running = Collector(store, lease, self.rig.sessions, refresh, 3600.0, demo=None)
            self.stopped.append(running)
            running.start()
            try:
                wait_for(partial(self._ended, store, over), "a death, or the end", LONG_S, LOOK_S)
            finally:
                running.stop()
            if over():
                return len(self.dead)
            self.dead.add(owner)

    def _ended(self, store: MortalStore, over: Callable[[], bool]) -> bool:
        return store.dead.is_set() or over()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_change_is_in_the_figures_wherever_collectors_are_killed(rig: Rig, seed: int) -> None:
    random = Random(seed)
    minutes = random.sample(range(1440), FLOWS)
    rig.lease.release()
    entered: list[tuple[int, int]] = []
    entering = threading.Semaphore(2)

    def enter(minute: int) -> None:
        """What a web process does: the change, then the job, each for itself."""
        with entering:
            flow = NewFlow(FIRST_MS + minute * MINUTE_MS, Decimal(minute + 1), "cash", None, None)
            made = rig.tracker.add_cash_flow(flow, None).flow
            job = JobQueue(rig.store, lambda: rig.machine.wall_ms).submit(
                RECOMPUTE, rig.account, {"from_ms": made.at_ms}
            )
            assert made.id is not None
            entered.append((job, made.id))

    threads = [threading.Thread(target=enter, args=(minute,)) for minute in minutes]

    def over() -> bool:
        """Whether all is told to be done. Whatever is, is in the figures, or they are marked from before it on."""
        said = list(entered)
        with rig.store.read() as unit:
            jobs = {job: unit.jobs.find(job) for job, _ in said}
            flows = {flow.id: flow for flow in unit.cash_flows.all(rig.account)}
            dirty_ms = unit.accounts.sync_state(rig.account).dirty_from_ms
        ended = [flows[flow] for job, flow in said if (found := jobs[job]) is not None and found.state == "done"]
        late = [one for one in ended if one.status == "pending" and (dirty_ms is None or dirty_ms > one.at_ms)]
        assert not late, "a job has ended whose change is in no figure"
        return len(ended) == FLOWS and dirty_ms is None

    for thread in threads:
        thread.start()
    killed = Killings(rig, random).run(over)
    for thread in threads:
        thread.join(LONG_S)
    assert killed > 0, "nobody was killed"
    assert not queued(rig.store)
    counted = {row.at_ms: row.flow for row in rig.rows()}
    for minute in minutes:
        assert counted[FIRST_MS + minute * MINUTE_MS] == minute + 1
