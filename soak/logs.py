"""Logs of killed programs (S4): what a kill leaves is whole, and what a failing disk has turned there is refused."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.killed_logs import logs_judged
from soak.harness import Run, Tally, go, report

LOGS: Final = 60
EACH: Final = 60
A_SLICE: Final = 10


@click.command("logs")
@click.option("--count", default=LOGS, show_default=True, help=f"How many logs; of each {EACH} kills and {EACH} bits.")
@click.option("--seed", default=1, show_default=True, help="The dice: what is written, when it ends, what turns.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Logs of killed programs (S4): none is refused for a kill, and none is used with commits left out."""
    context.exit(report(run := Run("logs", seed, count, slice_size=A_SLICE), go(run, _logs)))


def _logs(dice: random.Random, cases: int) -> Tally:
    tally = Tally()
    for _ in range(cases):
        with tempfile.TemporaryDirectory(prefix="soak-logs-") as folder:
            found = logs_judged(Path(folder), dice, EACH)
        tally.counts += found.counts
        tally.failures += found.failures
    return tally
