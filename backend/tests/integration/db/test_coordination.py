"""What processes agree on through the database: the lease, jobs, events, idempotent writes."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine

from backend.core.errors import DomainError, IdempotencyMismatchError, LeaseLostError
from backend.core.model.accounts import Account
from backend.core.request_ports import Remembered
from backend.db.idempotency import SqlIdempotency
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.tests.integration.db.conftest import MachineClock

LEASE_MS = 10_000
LONGEST_MS = 135_000


def lease(engine: Engine, owner: str, clock: MachineClock, dead: tuple[str, ...] = ()) -> SqlLease:
    return SqlLease(engine, owner, LEASE_MS, clock, lambda name: name in dead)


def test_one_of_two_owners_works(engine: Engine, clock: MachineClock) -> None:
    assert lease(engine, "a", clock).acquire() == 1
    assert lease(engine, "b", clock).acquire() is None


def test_the_holder_renews_and_keeps_its_epoch(engine: Engine, clock: MachineClock) -> None:
    first = lease(engine, "a", clock)
    for _ in range(5):
        assert first.acquire() == 1
        clock.now += LEASE_MS - 1
        assert lease(engine, "b", clock).acquire() is None


def test_an_expired_lease_passes_with_a_higher_epoch_and_does_not_come_back(
    engine: Engine, clock: MachineClock
) -> None:
    first, second = lease(engine, "a", clock), lease(engine, "b", clock)
    first.acquire()
    clock.now += LEASE_MS + 1
    assert second.acquire() == 2
    # The first wakes up from a long sleep.
    assert first.acquire() is None


def test_a_released_lease_is_free_at_once_and_raises_the_epoch_even_for_its_old_owner(
    engine: Engine, clock: MachineClock
) -> None:
    first = lease(engine, "a", clock)
    first.acquire()
    first.release()
    assert lease(engine, "b", clock).acquire() == 2
    lease(engine, "b", clock).release()
    assert first.acquire() == 3


def test_releasing_what_another_holds_changes_nothing(engine: Engine, clock: MachineClock) -> None:
    first = lease(engine, "a", clock)
    first.acquire()
    lease(engine, "b", clock).release()
    assert lease(engine, "b", clock).acquire() is None
    assert first.acquire() == 1


def test_the_lease_of_a_dead_process_need_not_be_waited_out(engine: Engine, clock: MachineClock) -> None:
    lease(engine, "killed", clock).acquire()
    assert lease(engine, "b", clock, dead=("killed",)).acquire() == 2


def test_writes_under_a_lost_lease_are_refused(engine: Engine, clock: MachineClock, store: SqlStore) -> None:
    epoch = lease(engine, "a", clock).acquire()
    lease(engine, "b", clock, dead=("a",)).acquire()
    with pytest.raises(LeaseLostError), store.write(epoch):
        pytest.fail("the lease is another's")


def test_many_that_ask_at_once_get_one_holder(engine: Engine, clock: MachineClock) -> None:
    barrier = threading.Barrier(4)
    epochs: list[int | None] = []

    def ask(owner: str) -> None:
        barrier.wait()
        epochs.append(lease(engine, owner, clock).acquire())

    threads = [threading.Thread(target=ask, args=(f"owner{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(epoch for epoch in epochs if epoch is not None) == [1]


def test_a_job_is_claimed_once_whoever_asks(store: SqlStore) -> None:
    with store.write() as unit:
        jobs = [unit.jobs.submit("refresh", None, {"number": number}) for number in range(30)]
    barrier = threading.Barrier(2)
    claimed: list[int] = []

    def claim_all() -> None:
        barrier.wait()
        for job_id in jobs:
            with store.write() as unit:
                if unit.jobs.claim(job_id):
                    claimed.append(job_id)

    threads = [threading.Thread(target=claim_all) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == jobs


def test_a_job_goes_from_queued_to_done_and_a_dead_collectors_job_begins_anew(
    store: SqlStore, clock: MachineClock
) -> None:
    with store.write() as unit:
        job_id = unit.jobs.submit("snapshot", 7, {"a": 1})
        assert unit.jobs.queued() == [job_id]
        assert unit.jobs.claim(job_id)
        assert unit.jobs.queued() == []
        unit.jobs.requeue_running()
        assert unit.jobs.claim(job_id)
        unit.jobs.finish(job_id, "failed", {"code": "x"})
        unit.jobs.requeue_running()
        job = unit.jobs.find(job_id)
        assert unit.jobs.last_created_ms("snapshot") == clock.now
        assert unit.jobs.last_created_ms("refresh") is None
    assert job is not None
    assert (job.state, job.account_id, job.payload, job.result) == ("failed", 7, {"a": 1}, {"code": "x"})


def test_finished_jobs_and_old_events_are_forgotten_and_open_jobs_are_not(store: SqlStore, clock: MachineClock) -> None:
    with store.write() as unit:
        done, waiting = unit.jobs.submit("refresh", None, {}), unit.jobs.submit("refresh", None, {})
        unit.jobs.claim(done)
        unit.jobs.finish(done, "done", {})
        unit.events.emit("balances", None)
    clock.now += 25 * 3_600_000
    with store.write() as unit:
        newest = unit.events.emit("sync", None)
        unit.jobs.forget_old()
        unit.events.forget_old()
        assert (unit.jobs.find(done), unit.jobs.queued()) == (None, [waiting])
        assert [event[0] for event in unit.events.after(0, 10)] == [newest]
        # An id is never used again: it is the revision of the data.
        assert unit.jobs.submit("refresh", None, {}) > waiting


def test_events_come_in_the_order_they_were_committed(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        ids = [unit.events.emit("snapshot", account.id, {"rows": number}) for number in range(5)]
    with store.read() as unit:
        found = unit.events.after(ids[1], 2)
        assert found == [(ids[2], "snapshot", account.id, {"rows": 2}), (ids[3], "snapshot", account.id, {"rows": 3})]
        assert unit.events.newest_id() == ids[-1]


def test_an_event_of_work_taken_back_is_never_seen_and_its_number_shows_no_gap(store: SqlStore) -> None:
    def taken_back() -> None:
        with store.write() as unit:
            unit.events.emit("balances", None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        taken_back()
    with store.write() as unit:
        first = unit.events.emit("balances", None)
        assert [event[0] for event in unit.events.after(0, 10)] == [first]


@pytest.fixture
def memory(engine: Engine, clock: MachineClock) -> SqlIdempotency:
    return SqlIdempotency(engine, clock, LONGEST_MS)


def test_a_repeated_key_gets_the_first_answer(memory: SqlIdempotency) -> None:
    assert isinstance(memory.recall("k", "POST /flows", "hash"), str)
    memory.remember("k", "POST /flows", "hash", 201, b'{"id":1}')
    assert memory.recall("k", "POST /flows", "hash") == Remembered(201, b'{"id":1}')


def test_a_key_with_another_body_is_refused(memory: SqlIdempotency) -> None:
    memory.recall("k", "POST /flows", "hash")
    with pytest.raises(IdempotencyMismatchError):
        memory.recall("k", "POST /flows", "other")


def test_a_key_counts_for_one_path(memory: SqlIdempotency) -> None:
    memory.recall("k", "POST /flows", "hash")
    assert isinstance(memory.recall("k", "POST /snapshots", "other"), str)


def test_while_the_first_request_runs_the_second_waits(memory: SqlIdempotency) -> None:
    memory.recall("k", "POST /flows", "hash")
    with pytest.raises(DomainError, match="still running"):
        memory.recall("k", "POST /flows", "hash")


def test_a_write_that_was_refused_frees_its_key_for_another_one(memory: SqlIdempotency) -> None:
    first = memory.recall("k", "POST /flows", "hash")
    memory.forget("k", "POST /flows")
    assert memory.recall("k", "POST /flows", "other") != first


def test_a_write_whose_outcome_nobody_knows_is_gone_on_with_by_the_same_key(memory: SqlIdempotency) -> None:
    first = memory.recall("k", "POST /convert", "hash")
    memory.release("k", "POST /convert")
    with pytest.raises(IdempotencyMismatchError):
        memory.recall("k", "POST /convert", "other")
    assert memory.recall("k", "POST /convert", "hash") == first
    with pytest.raises(DomainError, match="still running"):
        memory.recall("k", "POST /convert", "hash")


def test_a_key_is_held_for_as_long_as_its_work_may_go_on(memory: SqlIdempotency, clock: MachineClock) -> None:
    first = memory.recall("k", "POST /convert", "hash")
    clock.now += LONGEST_MS - 1
    with pytest.raises(DomainError, match="still running"):
        memory.recall("k", "POST /convert", "hash")
    clock.now += 1
    # Its process died: what it began is found under the same token.
    assert memory.recall("k", "POST /convert", "hash") == first


def test_answers_are_forgotten_after_a_day(memory: SqlIdempotency, clock: MachineClock) -> None:
    memory.recall("k", "POST /flows", "hash")
    memory.remember("k", "POST /flows", "hash", 201, b"{}")
    clock.now += 24 * 3_600_000 + 1
    assert isinstance(memory.recall("k", "POST /flows", "other"), str)


def test_of_many_with_one_key_at_once_one_acts(memory: SqlIdempotency) -> None:
    barrier = threading.Barrier(4)
    acted: list[bool] = []

    def ask() -> None:
        barrier.wait()
        try:
            acted.append(isinstance(memory.recall("k", "POST /flows", "hash"), str))
        except DomainError:
            acted.append(False)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(acted) == [False, False, False, True]
