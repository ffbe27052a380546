"""Work on many accounts at once: one task an account at a time, in order, on a few threads.

What a user asks for has threads of its own, so that long imports do not keep it waiting. The threads are daemons: a
call that hangs does not keep the program from ending.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic
from typing import Final

import structlog

log = structlog.get_logger(__name__)

Task = Callable[[], None]
# They wait for the network most of the time. Fewer, and what is dear at one account ages the data of those behind it.
REFRESHES_AT_ONCE: Final = 16
REQUESTS_AT_ONCE: Final = 4


class AccountTasks:
    """Queues of tasks by account. Thread-safe."""

    def __init__(self, refreshes_at_once: int = REFRESHES_AT_ONCE) -> None:
        self._refreshes = _Threads("refresh", refreshes_at_once)
        self._requests = _Threads("request", REQUESTS_AT_ONCE)
        self._lock = threading.Lock()
        self._waiting: dict[int, deque[tuple[Task, bool]]] = {}
        self._stopping = False

    def busy(self, account_id: int) -> bool:
        """Whether a task of the account runs or waits."""
        with self._lock:
            return account_id in self._waiting

    def wanted(self, account_id: int) -> bool:
        """Whether somebody waits for the task of an account that runs: another one of its own, or for a thread."""
        with self._lock:
            if self._waiting.get(account_id):
                return True
        return self._refreshes.crowded() or self._requests.crowded()

    def put(self, account_id: int, task: Task, for_user: bool = False) -> None:
        """Run a task once those of its account that came before are done."""
        with self._lock:
            if account_id in self._waiting:
                self._waiting[account_id].append((task, for_user))
                return
            self._waiting[account_id] = deque()
        self._start(account_id, task, for_user)

    def stop(self, timeout_s: float) -> bool:
        """Start nothing more and wait for what runs; returns False if something overran the timeout."""
        self._stopping = True
        until_s = monotonic() + timeout_s
        return self._refreshes.stop(until_s) & self._requests.stop(until_s)

    def _start(self, account_id: int, task: Task, for_user: bool) -> None:
        threads = self._requests if for_user else self._refreshes
        threads.submit(lambda: self._run(account_id, task))

    def _run(self, account_id: int, task: Task) -> None:
        with structlog.contextvars.bound_contextvars(account_id=account_id):
            try:
                if not self._stopping:
                    task()
            except Exception as error:  # the thread outlives one bad task; the task is logged
                log.error("task failed", exc_info=error)
        with self._lock:
            waiting = self._waiting[account_id]
            if not waiting:
                del self._waiting[account_id]
                return
            following = waiting.popleft()
        self._start(account_id, *following)


class _Threads:
    """Daemon threads, started as they are needed."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._lock = threading.Lock()

    def submit(self, task: Task) -> None:
        with self._lock:
            if self._idle > 0:
                self._idle -= 1
            elif len(self._threads) < self._most:
                thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
                thread.start()
                # Only now: whoever stops meanwhile waits for threads that have begun.
                self._threads.append(thread)
            self._tasks.put(task)

    def crowded(self) -> bool:
        """Whether tasks wait and no thread is free for them."""
        with self._lock:
            return len(self._threads) == self._most and self._idle == 0 and not self._tasks.empty()

    def stop(self, until_s: float) -> bool:
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(max(until_s - monotonic(), 0.0))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            with self._lock:
                # Where tasks wait there is no idle thread to be counted: this one takes the next.
                self._idle += 1 if self._tasks.empty() else 0
