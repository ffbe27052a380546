"""What runs in the background: the loop, the event feed, the jobs between web process and collector."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from backend.core.errors import ExchangeLimitedError, ExchangeUnavailableError, NotFoundError, TooManyRequestsError
from backend.core.performance.benchmark_plan import PLAN_SETTING, BenchmarkPlan, decode_plan, encode_plan
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.collector import Collector
from backend.services.event_feed import CATCH_UP, KEPT, MOST_STREAMS, EventFeed
from backend.services.job_queue import JobQueue
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.worker import PeriodicWorker
from backend.tests.database_places import url_of
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.tests.process.harness import wait_for

LONG_S = 300.0


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    engine = make_engine(url_of(database))
    yield SqlStore(engine, lambda: 1_800_000_000_000)
    engine.dispose()


def emit(store: SqlStore, *topics: str) -> list[int]:
    with store.write() as unit:
        return [unit.events.emit(topic, 1, {"n": number}) for number, topic in enumerate(topics)]


def test_a_loop_outlives_a_bad_step_and_stops_at_once() -> None:
    again = threading.Event()
    steps: list[int] = []

    def step() -> None:
        steps.append(1)
        if len(steps) == 1:
            worker.wake()
            raise ZeroDivisionError
        again.set()

    worker = PeriodicWorker("test", step, interval_s=3600)
    worker.start()
    assert again.wait(LONG_S)
    started = time.monotonic()
    assert worker.stop()
    assert time.monotonic() - started < 5


def test_a_loop_that_never_started_stops_too() -> None:
    assert PeriodicWorker("test", lambda: None, 1).stop()


def test_a_step_that_overruns_is_told() -> None:
    held, running = threading.Event(), threading.Event()

    def step() -> None:
        running.set()
        held.wait(LONG_S)

    worker = PeriodicWorker("test", step, 1)
    worker.start()
    assert running.wait(LONG_S)
    assert not worker.stop(timeout_s=0.05)
    held.set()
    assert worker.stop()


def test_events_are_handed_on_in_order_once_to_every_reader(store: SqlStore) -> None:
    old = emit(store, "balances")
    feed = EventFeed(store)
    assert feed.revision == old[-1]
    new = emit(store, "snapshot", "cashflow")
    assert feed.catch_up() == new[-1]
    found = feed.after(old[-1], 0)
    assert found is not None
    assert [(entry[0], entry[1]) for entry in found] == [(new[0], "snapshot"), (new[1], "cashflow")]
    assert json.loads(found[1][2]) == {"id": new[1], "account": 1, "detail": {"n": 1}}
    assert feed.after(new[-1], 0) == []


def test_a_reader_that_was_away_gets_what_it_missed(store: SqlStore) -> None:
    first = emit(store, *["balances"] * 5)[0]
    feed = EventFeed(store)
    found = feed.after(first, 0)
    assert found is not None
    assert [entry[0] for entry in found] == [first + 1, first + 2, first + 3, first + 4]


def test_the_feed_keeps_a_bounded_number_of_events_and_catches_up_in_steps(store: SqlStore) -> None:
    feed = EventFeed(store)
    ids = emit(store, *["balances"] * (KEPT + CATCH_UP + 10))
    while feed.catch_up() < ids[-1]:
        pass
    newest = feed.after(ids[-3], 0)
    assert newest is not None
    assert [entry[0] for entry in newest] == ids[-2:]
    from_start = feed.after(0, 0)
    assert from_start is not None
    assert [entry[0] for entry in from_start] == ids[:CATCH_UP]


def test_a_waiting_reader_wakes_when_something_happens_and_ends_when_the_feed_does(store: SqlStore) -> None:
    feed = EventFeed(store)
    answers: list[Any] = []

    def read() -> None:
        answers.append(feed.after(0, LONG_S))
        answers.append(feed.after(feed.revision, LONG_S))

    reader = threading.Thread(target=read)
    reader.start()
    feed.start()
    emit(store, "balances")
    deadline = time.monotonic() + LONG_S
    while not answers and time.monotonic() < deadline:
        feed.catch_up()
    feed.stop()
    reader.join(LONG_S)
    assert not reader.is_alive()
    assert len(answers[0]) == 1
    assert answers[1] is None


def test_places_for_streams_are_counted(store: SqlStore) -> None:
    feed = EventFeed(store)
    assert all(feed.subscribe() for _ in range(MOST_STREAMS))
    assert not feed.subscribe()
    feed.unsubscribe()
    assert feed.subscribe()


def finish(store: SqlStore, job_id: int, state: str, **result: Any) -> None:
    with store.write() as unit:
        unit.jobs.claim(job_id)
        unit.jobs.finish(job_id, state, result)


def test_a_job_that_is_not_done_in_time_goes_on(store: SqlStore) -> None:
    queue = JobQueue(store, lambda: 0)
    job_id = queue.submit("refresh", None, {})
    with pytest.raises(ExchangeUnavailableError, match="goes on"):
        queue.wait(job_id, 0.0)
    assert not queue.try_wait(job_id, 0.0)
    finish(store, job_id, "done", at_ms=5)
    assert queue.wait(job_id, 0.0).result == {"at_ms": 5}


def test_a_failed_job_raises_what_the_collector_met(store: SqlStore) -> None:
    queue = JobQueue(store, lambda: 0)
    limited, missing, odd = (queue.submit("refresh", None, {}) for _ in range(3))
    finish(store, limited, "failed", code="exchange-limited", detail="wait", retry_after_s=7.5)
    finish(store, missing, "failed", code="not-found", detail="none")
    finish(store, odd, "failed", code="something-new", detail="odd")
    with pytest.raises(ExchangeLimitedError) as failure:
        queue.wait(limited, 0.0)
    assert failure.value.retry_after_s == 7.5
    with pytest.raises(NotFoundError, match="none"):
        queue.wait(missing, 0.0)
    with pytest.raises(ExchangeUnavailableError, match="odd"):
        queue.wait(odd, 0.0)


def test_the_same_kind_of_job_is_refused_a_moment_later(store: SqlStore) -> None:
    now = 1_800_000_000_000
    queue = JobQueue(store, lambda: now)
    queue.throttle("refresh", 10.0)
    queue.submit("refresh", None, {})
    now += 4_000
    with pytest.raises(TooManyRequestsError) as refusal:
        queue.throttle("refresh", 10.0)
    assert refusal.value.retry_after_s == pytest.approx(6.0)
    queue.throttle("snapshot", 10.0)
    now += 6_000
    queue.throttle("refresh", 10.0)


def collector(rig: Rig, owner: str = "collector", shadows: ShadowKeeper | None = None) -> Collector:
    lease = SqlLease(rig.engine, owner, 60_000, lambda: rig.machine.wall_ms)
    return Collector(rig.store, lease, rig.sessions, rig.refresh, interval_s=3600.0, demo=None, shadows=shadows)


def test_the_collector_does_the_jobs_it_is_asked_for_and_says_what_failed(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    queue = JobQueue(rig.store, lambda: rig.machine.wall_ms)
    running = collector(rig)
    running.start()
    try:
        test = queue.wait(queue.submit("connection_test", None, {}), LONG_S).result
        assert (test["ok"], test["can_read"], test["environment"]) == (True, True, "simulator")
        made = queue.wait(queue.submit("snapshot", None, {}), LONG_S).result
        assert rig.rows()[-1].at_ms == made["at_ms"]
        bourse.break_answers("http_500", match="/api/v3/account")
        with pytest.raises(ExchangeUnavailableError):
            queue.wait(queue.submit("refresh", None, {}), LONG_S)
        failed = queue.wait(queue.submit("connection_test", None, {}), LONG_S).result
        assert (failed["ok"], failed["code"]) == (False, "exchange-unavailable")
        bourse.calm_down()
        queue.wait(queue.submit("refresh", None, {}), LONG_S)
    finally:
        assert running.stop()
    # The lease is free at once for the next one.
    assert SqlLease(rig.engine, "next", 60_000, lambda: rig.machine.wall_ms).acquire() == 2


def test_a_long_past_is_made_on_at_once_although_the_interval_is_long(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    rig = make_rig(open_bourse(USDT="1000", BTC="0.1"))
    queue = JobQueue(rig.store, lambda: rig.machine.wall_ms)
    # Each look at this clock is a minute later: a step makes one piece of it and leaves the rest.
    seconds = count(step=60)
    running = collector(rig, shadows=ShadowKeeper(rig.store, "USDT", lambda: float(next(seconds))))
    running.start()
    try:
        queue.wait(queue.submit("refresh", None, {}), LONG_S)
        plan = BenchmarkPlan({"BTC": Decimal("0.6"), "ETH": Decimal("0.4")})
        with rig.store.write() as unit:
            unit.settings.set(PLAN_SETTING, encode_plan(plan))
        queue.wait(queue.submit("recompute", None, {}), LONG_S)

        def followed() -> bool:
            with rig.store.read() as unit:
                return decode_plan(unit.shadows.plan(rig.account)) == plan

        wait_for(followed, "the rows follow the new benchmark", LONG_S)
    finally:
        assert running.stop()


def test_a_hint_refreshes_at_once_although_the_interval_is_long(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    running = collector(rig)
    running.start()
    try:
        wait_for(lambda: usdt(rig) == 1000, "the first refresh", LONG_S)
        bourse.do("deposit", asset="USDT", amount="250")
        running.refresh_soon(rig.account)
        wait_for(lambda: usdt(rig) == 1250, "the refresh after the hint", LONG_S)
    finally:
        running.stop()


def usdt(rig: Rig) -> Decimal | None:
    with rig.store.read() as unit:
        accounts = unit.accounts.in_environment("simulator")
        shown = unit.balances.latest(accounts[0].id) if accounts else None
    return None if shown is None else next(line.balance.total for line in shown.lines if line.balance.asset == "USDT")


def test_a_refused_key_is_told_in_words_and_never_shown(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    bourse.key += "-that-nobody-knows-and-that-is-long-enough-to-look-like-a-key"
    rig = make_rig(bourse)
    queue = JobQueue(rig.store, lambda: rig.machine.wall_ms)
    running = collector(rig)
    running.start()
    try:
        found = queue.wait(queue.submit("connection_test", None, {}), LONG_S).result
        # The refresh goes its own way beside the job, and may be told a moment later.
        wait_for(lambda: rig.sync().failures, "the refresh has failed too", LONG_S)
    finally:
        running.stop()
    assert (found["ok"], found["can_read"], found["code"]) == (False, False, "credentials-refused")
    with rig.store.read() as unit:
        state = unit.accounts.sync_state(rig.account)
        told = [json.dumps(event) for event in unit.events.after(0, 1000)]
    assert state.error_code == "credentials-refused"
    assert not any(bourse.key in text for text in (found["detail"], state.error or "", *told))
