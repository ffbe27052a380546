"""Accounts a minute by 1, 2 and 4 workers, on an exchange of this machine that sets no limit (`unlimited`).

The histories are read in once, by all workers; then some end, and fewer go on. On PostgreSQL where this machine has
its programs, for workers are meant for it; else on SQLite.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

from backend.tests.postgresql import GIVEN, RUN, NoServerError, running_server
from backend.tests.process.harness import wait_for
from backend.tests.process.worker_run import Crew, crew, places_taken, settled
from bench.report import Result

ACCOUNTS = 1_000
WORKERS = (1, 2, 4)
WITHIN_S = 7_200.0
LOOK_S = 1.0
# So many refreshes of each account are counted, after one that is not.
ROUNDS = 3
# Less than this is no growth.
GROWTH = 1.15
# Of each account before the run: an hour that ended is wanted, and no more.
HISTORY = {"days": 1, "trades": 2, "flows": 1}
UNLIMITED = "bench.unlimited"


def measure(accounts: int = ACCOUNTS) -> list[Result]:
    """A line for each number of workers: its seconds for a thousand refreshes, beside those of one worker."""
    with _database() as kind, tempfile.TemporaryDirectory(prefix="bench-scale-") as folder:
        exchange = (sys.executable, "-m", UNLIMITED)
        begun = time.monotonic()
        with crew(Path(folder), accounts, max(WORKERS), 1, HISTORY, UNLIMITED, exchange) as found:
            wait_for(partial(settled, found.folder, accounts), "every history is there", WITHIN_S, LOOK_S)
            print(f"histories of {accounts} accounts read in {time.monotonic() - begun:.0f} s, {kind}", flush=True)
            rates = {workers: _per_minute(found, workers) for workers in reversed(WORKERS)}
    grows = [two for one, two in pairwise(WORKERS) if rates[two] >= rates[one] * GROWTH]
    end = f"grows until {max(grows)} workers" if grows else "does not grow beyond one worker here"
    return [
        Result(
            f"a refresh by {workers} workers / by one",
            rates[WORKERS[0]] / rates[workers],
            1.0 if workers == 1 else 1 / workers / 0.7,
            "x",
            f"{rates[workers]:,.0f} accounts a minute, {accounts} accounts, {kind}; {end}",
        )
        for workers in WORKERS
    ]


def _per_minute(found: Crew, workers: int) -> float:
    for worker in found.workers[workers:]:
        if worker.running:
            worker.stop()
    wait_for(lambda: places_taken(found.redis) == workers, "so many workers", WITHIN_S, LOOK_S)
    # Accounts that came from another worker are read anew first.
    _refreshes(found, found.accounts)
    begun = time.monotonic()
    done = _refreshes(found, ROUNDS * found.accounts)
    return done / (time.monotonic() - begun) * 60


def _refreshes(found: Crew, wanted: int) -> int:
    """Wait for so many; returns how many there were."""
    before = found.refreshed_by_workers()
    wait_for(lambda: found.refreshed_by_workers() >= before + wanted, "refreshes", WITHIN_S, LOOK_S)
    return found.refreshed_by_workers() - before


@contextmanager
def _database() -> Iterator[str]:
    try:
        with running_server() as server:
            os.environ[RUN] = str(os.getpid())
            os.environ[GIVEN] = server.address.render_as_string(hide_password=False)
            try:
                yield "PostgreSQL"
            finally:
                del os.environ[GIVEN]
    except NoServerError:
        yield "SQLite"
