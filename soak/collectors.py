"""Four collectors on one database, frozen and killed: no stale write, no slot twice, soon taken over (D6, D7)."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.process.collectors_run import lived
from backend.tests.process.harness import NeverHappened
from soak.harness import Run, Tally, go, report

STRIKES: Final = 100
A_SLICE: Final = 10


@click.command("collectors")
@click.option("--count", default=STRIKES, show_default=True, help="How many freezes, and as many kills.")
@click.option("--seed", default=1, show_default=True, help="The dice: what happens, and where freezes and kills fall.")
@click.option("--lease-ms", default=0, show_default=True, help="A shorter lease than the program's own.")
@click.pass_context
def command(context: click.Context, count: int, seed: int, lease_ms: int) -> None:
    """Four collectors, frozen for longer than the lease and killed (D6, D7): one writes at each moment."""
    name = f"collectors-{lease_ms}" if lease_ms else "collectors"

    def some(dice: random.Random, cases: int) -> Tally:
        tally, number = Tally(), dice.randrange(10**9)
        with tempfile.TemporaryDirectory(prefix="soak-collectors-") as folder:
            try:
                found = lived(Path(folder), cases, cases, number, lease_ms)
            except (AssertionError, NeverHappened) as difference:
                tally.failures.append(f"seed {number}: {difference}")
                return tally
        tally.counts.update(found.counts)
        tally.counts[f"slices taken over within {int(found.slowest_s) + 1} s"] += 1
        tally.failures += [f"seed {number}: {sentence}" for sentence in found.failures]
        return tally

    run = Run(name, seed, count, slice_size=A_SLICE)
    context.exit(report(run, go(run, some)))
