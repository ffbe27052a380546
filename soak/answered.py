"""Two hundred kills of a program that writes: what it answered for is there, and the file is sound (S1)."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.process.answered_run import killed_while_writing
from soak.harness import Run, Tally, go, report

KILLS: Final = 200
A_SLICE: Final = 20


@click.command("answered")
@click.option("--count", default=KILLS, show_default=True, help="How many SIGKILLs, twenty to an account.")
@click.option("--seed", default=1, show_default=True, help="The dice: what is written, and where the kills fall.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Kills while it writes (S1): every row whose write was answered with 2xx is there, and the file is sound."""
    context.exit(report(run := Run("answered", seed, count, slice_size=A_SLICE), go(run, _some)))


def _some(dice: random.Random, kills: int) -> Tally:
    tally, number = Tally(), dice.randrange(10**9)
    with tempfile.TemporaryDirectory(prefix="soak-answered-") as folder:
        try:
            answered, wrong = killed_while_writing(Path(folder), kills, number)
        except AssertionError as difference:
            tally.failures.append(f"seed {number}: {difference}")
            return tally
    tally.counts["kills"] += kills
    tally.counts["settings answered for"] += answered.settings[0]
    for kind, names in answered.names.items():
        tally.counts[f"{kind}: answered for"] += len(names)
    for what, times in answered.refused.items():
        tally.counts[f"refused {what}"] += times
    tally.failures += [f"seed {number}: {sentence}" for sentence in wrong]
    return tally
