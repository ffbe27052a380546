"""Recomputes that wait for their turn: one step an account does what all of them ask for.

What changed is in the database before anybody asks, and the step reads it when it begins: whoever asks until then
finds his change in what it makes. Each job stays one of its own, which ends after that step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.services.account_tasks import AccountTasks
    from backend.services.job_run import JobRun

Work = Callable[[], Mapping[str, Any]]


@dataclass(slots=True)
class _Turn:
    """`work`: that of who came last, with the account's newest key."""

    runs: list[JobRun]
    work: Work


class Recomputes:
    """Turns that have not begun, by account and epoch of the lease. Thread-safe."""

    def __init__(self, tasks: AccountTasks) -> None:
        self._tasks = tasks
        self._turns: dict[tuple[int, int], _Turn] = {}
        self._lock = threading.Lock()

    def put(self, account_id: int, epoch: int, run: JobRun, work: Work) -> None:
        """Do a job's part in the turn of its account that waits, or else in one that waits from now on.

        A turn of an older epoch writes nothing: it takes nobody in.
        """
        with self._lock:
            turn = self._turns.get((account_id, epoch))
            if turn is not None:
                turn.runs.append(run)
                turn.work = work
                return
            self._turns[account_id, epoch] = _Turn([run], work)
        self._tasks.put(account_id, partial(self._begin, account_id, epoch), for_user=True)

    def _begin(self, account_id: int, epoch: int) -> None:
        with self._lock:
            turn = self._turns.pop((account_id, epoch))
        outcome = turn.runs[0].outcome(turn.work)
        # One that cannot be told its end keeps none of the others from theirs.
        with ExitStack() as told:
            for run in reversed(turn.runs):
                told.callback(run.take, outcome)
