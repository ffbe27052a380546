"""Three years of an account with every kind of movement imported under SIGKILLs, exact to the last digit.

One run is one account: 40 symbols, so many fills, real weights. The program starts with nothing, is killed again and
again in the middle of its import, is given the old exports by its command line meanwhile, and must end with a
certificate that agrees with the exchange's own ledger for every coin. Then all of it is imported anew from an exchange
that never tells of one fill, and the certificate must name it. The exchange's clock runs at the machine's pace, since
weights count by the machine's minute.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from backend.tests.process.history_run import killed_again_and_again, one_left_out, staged
from backend.tests.process.long_account import DAYS, FULL
from soak.harness import Run, Tally, report

KILLS: Final = 20
# Questions for histories that are let through before a kill, at most: about 450 are asked in all.
A_KILL: Final = 24
IMPORT_S: Final = 2_400.0
NAMED_S: Final = 2_400.0


@click.command("history")
@click.option("--count", default=KILLS, show_default=True, help="How many SIGKILLs.")
@click.option("--fills", default=FULL.fills, show_default=True, help="How many fills the account has, at least.")
@click.option("--seed", default=1, show_default=True, help="The dice: what happened, and where the kills fall.")
@click.pass_context
def command(context: click.Context, count: int, fills: int, seed: int) -> None:
    """A long history (part of S1-11): 3 years, 40 symbols, killed 20 times: exact for every coin."""
    run, tally = Run("history", seed, count), Tally()
    facts: dict[str, object] = {"account": f"{len(FULL.symbols)} symbols, {DAYS} days"}
    with tempfile.TemporaryDirectory(prefix="soak-history-") as folder:
        begun = time.monotonic()
        with staged(Path(folder), replace(FULL, fills=fills), seed) as scene:
            facts["staged in"] = f"{time.monotonic() - begun:.0f} s"
            if scene.fills < fills:
                tally.failures.append(f"the account has {scene.fills:,} fills only")
            for outcome in (
                killed_again_and_again(scene, count, seed, A_KILL, IMPORT_S),
                one_left_out(scene, seed, NAMED_S),
            ):
                tally.add(Tally(outcome.counts, outcome.failures))
                facts |= outcome.facts
    context.exit(report(run, tally, **facts))
