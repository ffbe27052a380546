"""Three years of an account with every kind of movement imported under SIGKILLs, exact to the last digit.

One run is one account: 40 symbols, so many fills, real weights. The program starts with nothing, is killed again and
again in the middle of its import, is given the old exports by its command line meanwhile, and must end with a
certificate that agrees with the exchange's own ledger for every coin. Then all of it is imported anew from an exchange
that never tells of one fill, and the certificate must name it. The exchange's clock runs at the machine's pace, since
weights count by the machine's minute.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from backend.tests.process.history_run import Outcome, Scene, killed_again_and_again, one_left_out, staged
from backend.tests.process.long_account import DAYS, FULL
from soak.harness import Run, Tally, go, report

KILLS: Final = 20
# Questions for histories that are let through before a kill, at most: the import asks for more than twice as many as
# twenty kills let through.
A_KILL: Final = 24
WITHIN_S: Final = 2_400.0
Half = Callable[[Scene], Outcome]


@click.command("history")
@click.option("--count", default=KILLS, show_default=True, help="How many SIGKILLs.")
@click.option("--fills", default=FULL.fills, show_default=True, help="How many fills the account has, at least.")
@click.option("--seed", default=1, show_default=True, help="The dice: what happened, and where the kills fall.")
@click.pass_context
def command(context: click.Context, count: int, fills: int, seed: int) -> None:
    """A long history (A5, D9): 3 years, 40 symbols, 20 kills, exact for every coin."""
    tally, facts = Tally(), {"account": f"{len(FULL.symbols)} symbols, {DAYS} days"}
    halves: Mapping[str, Half] = {
        f"killed-{count}": lambda scene: killed_again_and_again(scene, count, seed, A_KILL, WITHIN_S),
        "one-less": lambda scene: one_left_out(scene, seed, WITHIN_S),
    }
    for name, half in halves.items():
        # Each half is remembered by itself, so that a run can go on with the second.
        run = Run(f"history-{fills}-{name}", seed, 1)
        tally.add(go(run, partial(_played, half, fills, seed, facts)))
    context.exit(report(Run("history", seed, count), tally, **facts))


def _played(half: Half, fills: int, seed: int, facts: dict[str, str], _: random.Random, __: int) -> Tally:
    """One half of the run on a stage of its own; what is told beside counts goes to `facts`."""
    with (
        tempfile.TemporaryDirectory(prefix="soak-history-") as folder,
        staged(Path(folder), replace(FULL, fills=fills), seed) as scene,
    ):
        outcome = half(scene)
        outcome.expect(scene.fills >= fills, True, f"{scene.fills:,} fills, wanted {fills:,}")
    facts |= outcome.facts
    return Tally(outcome.counts, outcome.failures)
