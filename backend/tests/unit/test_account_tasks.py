"""Tasks of many accounts: one an account at a time and in order, users not behind imports, stops without waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable

from backend.services.account_tasks import REFRESHES_AT_ONCE, AccountTasks

LONG_S = 20.0


class Gate:
    """A task that waits to be let through."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.entered.set()
        assert self.open.wait(LONG_S)


def noting(notes: list[int], number: int, done: threading.Event | None = None) -> Callable[[], None]:
    def note() -> None:
        notes.append(number)
        if done is not None:
            done.set()

    return note


def test_tasks_of_one_account_run_one_after_the_other_in_order() -> None:
    tasks, gate, notes, done = AccountTasks(), Gate(), list[int](), threading.Event()
    tasks.put(1, gate)
    assert gate.entered.wait(LONG_S)
    for number in range(5):
        tasks.put(1, noting(notes, number, done if number == 4 else None), for_user=number % 2 == 0)
    assert (notes, tasks.busy(1), tasks.busy(2)) == ([], True, False)
    gate.open.set()
    assert done.wait(LONG_S)
    assert notes == [0, 1, 2, 3, 4]
    assert tasks.stop(LONG_S)
    assert not tasks.busy(1)


def test_accounts_are_worked_on_side_by_side() -> None:
    tasks, gates = AccountTasks(), [Gate() for _ in range(REFRESHES_AT_ONCE)]
    for account, gate in enumerate(gates):
        tasks.put(account, gate)
    assert all(gate.entered.wait(LONG_S) for gate in gates)
    for gate in gates:
        gate.open.set()
    assert tasks.stop(LONG_S)


def test_a_user_does_not_wait_behind_long_imports_of_other_accounts() -> None:
    tasks, gates = AccountTasks(), [Gate() for _ in range(REFRESHES_AT_ONCE)]
    for account, gate in enumerate(gates):
        tasks.put(account, gate)
    done = threading.Event()
    tasks.put(99, done.set, for_user=True)
    assert done.wait(LONG_S)
    for gate in gates:
        gate.open.set()
    assert tasks.stop(LONG_S)


def test_more_accounts_than_threads_all_have_their_turn() -> None:
    tasks, notes, done = AccountTasks(), list[int](), threading.Barrier(2)
    lock = threading.Lock()

    def count(account: int) -> None:
        with lock:
            notes.append(account)
            last = len(notes) == 200
        if last:
            done.wait(LONG_S)

    for account in range(200):
        tasks.put(account, lambda account=account: count(account))  # type: ignore[misc]  # bound per account
    done.wait(LONG_S)
    assert sorted(notes) == list(range(200))
    assert tasks.stop(LONG_S)


def test_a_task_that_fails_stops_neither_its_account_nor_its_thread() -> None:
    tasks, done = AccountTasks(), threading.Event()

    def fail() -> None:
        raise ZeroDivisionError

    for _ in range(2 * REFRESHES_AT_ONCE):
        tasks.put(1, fail)
    tasks.put(1, done.set)
    assert done.wait(LONG_S)
    assert tasks.stop(LONG_S)


def test_a_task_that_hangs_is_not_waited_for_and_nothing_more_begins() -> None:
    tasks, gate, notes = AccountTasks(), Gate(), list[int]()
    tasks.put(1, gate)
    assert gate.entered.wait(LONG_S)
    tasks.put(1, noting(notes, 1))
    assert not tasks.stop(0.05)
    gate.open.set()
    assert tasks.stop(LONG_S)
    assert notes == []


def test_a_task_is_waited_for_by_its_account_and_by_whoever_finds_no_thread() -> None:
    tasks, gates = AccountTasks(), [Gate() for _ in range(REFRESHES_AT_ONCE)]
    for account, gate in enumerate(gates):
        tasks.put(account, gate)
    assert all(gate.entered.wait(LONG_S) for gate in gates)
    assert not any(tasks.wanted(account) for account in range(REFRESHES_AT_ONCE))
    tasks.put(0, noting([], 0), for_user=True)
    assert (tasks.wanted(0), tasks.wanted(1)) == (True, False)
    tasks.put(REFRESHES_AT_ONCE, noting([], 0))
    assert tasks.wanted(1), "an account waits for a thread"
    for gate in gates:
        gate.open.set()
    assert tasks.stop(LONG_S)
