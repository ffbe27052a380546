"""A program that is killed at random moments while its account lives on."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import click

from backend.tests.process.crash_run import killed_at_random
from soak.harness import Run, Tally, go, report

KILLS_A_LIFE = 20


@click.command("crash")
@click.option("--count", default=KILLS_A_LIFE, show_default=True, help="How many SIGKILLs, twenty to an account.")
@click.option("--seed", default=1, show_default=True, help="The dice: what happens, and where the kills fall.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Kills at random moments: nothing is repeated, nothing is lost."""
    run = Run("crash", seed, count, slice_size=KILLS_A_LIFE)
    context.exit(report(run, go(run, _lived)))


def _lived(dice: random.Random, kills: int) -> Tally:
    tally = Tally()
    seed = dice.randrange(10**9)
    with tempfile.TemporaryDirectory(prefix="soak-crash-") as folder:
        try:
            killed_at_random(Path(folder), kills, seed)
        except AssertionError as difference:
            tally.failures.append(f"seed {seed}: {difference}")
        else:
            tally.counts["kills"] += kills
    return tally
