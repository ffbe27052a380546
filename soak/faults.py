"""Every fifth answer of the exchange broken, for thousands of requests and several seeds: no wrong figure is shown.

One case is one seed: an account in four wallets, deposits and moves between the wallets all the time. The judge is the
exchange's ledger and a second program that reads the account afterwards, without faults.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.process.fault_run import run_with_faults
from soak.harness import Run, Tally, go, report

SEEDS: Final = 10
REQUESTS: Final = 10_000
# So long a request may take on the average before the run is given up.
GIVE_UP_S: Final = 0.4


@click.command("faults")
@click.option("--count", default=SEEDS, show_default=True, help="How many seeds.")
@click.option("--requests", default=REQUESTS, show_default=True, help="Requests to the exchange for each of them.")
@click.option("--seed", default=1, show_default=True)
def command(count: int, requests: int, seed: int) -> None:
    """Faults at p = 0.2: no 5xx of ours, no traceback, nothing wrong shown as exact."""
    run = Run(f"faults-{requests}", seed, count, slice_size=1)
    report(run, go(run, lambda dice, _: one_seed(dice, requests)))


def one_seed(dice: random.Random, requests: int) -> Tally:
    """One run on dice of its own; what it breaks is told with its seed."""
    seed, tally = dice.randrange(10**6), Tally()
    with tempfile.TemporaryDirectory(prefix="soak-faults-") as folder:
        try:
            outcome = run_with_faults(Path(folder), requests, seed, requests * GIVE_UP_S)
        except AssertionError as broken:
            tally.failures.append(f"seed {seed}: {broken}")
            return tally
    tally.counts.update(
        {
            "seeds": 1,
            "requests seen by the exchange": outcome.requests,
            "answers called exact and compared": outcome.exact,
            "deposits": outcome.deposits,
        }
    )
    return tally
