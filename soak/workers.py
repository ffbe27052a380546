"""Workers that are killed and frozen while they read accounts: nothing is lost or doubled against a quiet run."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import click

from backend.tests.process.harness import NeverHappened
from backend.tests.process.worker_run import struck_at_random
from soak.harness import Run, Tally, go, report

STRIKES: int = 100
STRIKES_A_RUN: int = 20


@click.command("workers")
@click.option(
    "--count",
    default=STRIKES,
    show_default=True,
    help="How many strikes, twenty to an installation: three kills, a freeze.",
)
@click.option("--accounts", default=12, show_default=True, help="How many accounts.")
@click.option("--workers", default=3, show_default=True, help="How many workers.")
@click.option("--seed", default=1, show_default=True, help="The dice: the histories, and where the kills fall.")
@click.pass_context
def command(context: click.Context, count: int, accounts: int, workers: int, seed: int) -> None:
    """Workers killed and frozen at random moments: ledger, flows and slots are those of a run that nobody disturbs."""

    def disturbed(dice: random.Random, strikes: int) -> Tally:
        tally = Tally()
        with tempfile.TemporaryDirectory(prefix="soak-workers-") as folder:
            try:
                tally.failures += struck_at_random(Path(folder), accounts, workers, strikes, dice.randrange(10**6))
            except NeverHappened as problem:
                tally.failures.append(str(problem))
        tally.counts["strikes"] += strikes
        return tally

    run = Run("workers", seed, count, slice_size=STRIKES_A_RUN)
    context.exit(report(run, go(run, disturbed), accounts=accounts, workers=workers))
