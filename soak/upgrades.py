"""Upgrades killed at any step of them: the next start finishes, no row is another one, a backup is there before."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.process.upgrade_run import Upgrades
from backend.tests.schema_fixture import earlier, fixtures
from soak.harness import Run, Tally, go, report

KILLS: Final = 100
A_SLICE: Final = 20
# Schemas from before the first release: the fixture of it is taken back to them.
FROM: Final = ("0010", "0020", "0030", "0040", "0047")
AGAIN: Final = 0.3


@click.command("upgrades")
@click.option("--count", default=KILLS, show_default=True, help="How many upgrades, each killed once or twice.")
@click.option("--seed", default=1, show_default=True, help="The dice: from which schema, and at which step.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Upgrades killed at any step (S3): the next start finishes them, and every row is as without kills."""
    run = Run("upgrades", seed, count, slice_size=A_SLICE)
    context.exit(report(run, go(run, _some)))


def _some(dice: random.Random, cases: int) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-upgrades-") as name:
        folder, revision = Path(name), dice.choice(FROM)
        version = dice.choice(sorted(fixtures()))
        upgrades = Upgrades(earlier(fixtures()[version], revision, folder / "old.db"), folder)
        for number in range(cases):
            kills = 2 if dice.random() < AGAIN else 1
            steps = [dice.randint(1, upgrades.steps) for _ in range(kills)]
            tally.failures += [f"from {revision}, {one}" for one in upgrades.killed(f"{number} at {steps}", steps)]
            tally.counts["starts killed"] += kills
            tally.counts[f"from {revision}"] += 1
    return tally
