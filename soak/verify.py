"""Made-up histories with one row changed: `verify` must name what the row stands behind, and nothing else."""

from __future__ import annotations

import logging
import random
import tempfile
from pathlib import Path
from typing import Final

import click
import structlog

from backend.tests.histories.judge import empty_database, played
from backend.tests.histories.maker import made
from backend.tests.histories.mutations import bench, wrong_after
from backend.verify.run import verify
from soak.harness import Run, Tally, go, report

MUTATIONS: Final = 200
# So many changes to copies of one history.
A_HISTORY: Final = 25
SHOWN: Final = 3


@click.command("verify")
@click.option("--count", default=MUTATIONS, show_default=True, help="How many changed rows.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Changed rows: verify finds nothing in untouched histories, and of a changed one its figures alone."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("verify", seed, count, slice_size=A_HISTORY)
    context.exit(report(run, go(run, some)))


def some(dice: random.Random, cases: int) -> Tally:
    """One history and so many changes, each to a copy of its own."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-verify-") as place:
        folder = Path(place)
        database = empty_database(folder)
        name = f"soak {dice.randrange(10**9)}"
        script = made(name, folder, held_positions=dice.random() < 0.5)
        with played(script, folder / "played", database) as one, bench(one, folder / "bench") as account:
            untouched = verify(one.home.store, "simulator", "USDT", None, lambda _line: None)
            tally.counts["histories"] += 1
            tally.counts["figures compared"] += sum(untouched.compared.values())
            if untouched.found:
                tally.failures.append(f"{name}, untouched: {untouched.differences[:SHOWN]}")
            for _ in range(cases):
                what, wrong, named = wrong_after(account, random.Random(dice.randrange(10**9)))
                tally.counts["changed rows"] += 1
                tally.counts["figures named"] += named
                if wrong:
                    tally.failures.append(f"{name}, {what}: {wrong[:SHOWN]} of {len(wrong)}")
    return tally
