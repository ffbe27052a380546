"""Accounts a minute by 1, 2 and 4 workers, on a simulator of this machine."""

from __future__ import annotations

import tempfile
import time
from itertools import pairwise
from pathlib import Path

from backend.tests.process.harness import wait_for
from backend.tests.process.worker_run import crew, rows
from bench.report import Result

ACCOUNTS = 1_000
WORKERS = (1, 2, 4)
WITHIN_S = 3_600.0
LOOK_S = 0.5
# So many refreshes of each account are counted.
ROUNDS = 3
# Less than this is no growth.
GROWTH = 1.15


def measure(accounts: int = ACCOUNTS) -> list[Result]:
    """A line for each number of workers: its seconds for a thousand refreshes, beside those of one worker."""
    found = {workers: _per_minute(accounts, workers) for workers in WORKERS}
    grows = [two for one, two in pairwise(WORKERS) if found[two] >= found[one] * GROWTH]
    end = f"grows until {max(grows)} workers" if grows else "does not grow beyond one worker here"
    return [
        Result(
            f"a refresh by {workers} workers / by one",
            found[WORKERS[0]] / found[workers],
            1.0 if workers == 1 else 1 / workers / 0.7,
            "x",
            f"{found[workers]:,.0f} accounts a minute, {accounts} accounts; {end}",
        )
        for workers in WORKERS
    ]


def _per_minute(accounts: int, workers: int) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="bench-scale-") as folder,
        crew(Path(folder), accounts, workers, 1) as found,
    ):
        wait_for(lambda: _refreshed(found.folder) >= accounts, "every account was read", WITHIN_S, LOOK_S)
        found.wait_settled()
        done, begun = found.refreshed_by_workers(), time.monotonic()
        wait_for(lambda: found.refreshed_by_workers() >= done + ROUNDS * accounts, "refreshes", WITHIN_S, LOOK_S)
        return (found.refreshed_by_workers() - done) / (time.monotonic() - begun) * 60


def _refreshed(folder: Path) -> int:
    query = "SELECT count(*) FROM account_sync WHERE account_id > 0 AND refreshed_machine IS NOT NULL"
    return int(rows(folder, query)[0][0])
