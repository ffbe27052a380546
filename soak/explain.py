"""Random accounts: does the product of a window's pieces give the figure that is shown, to its last digit?"""

from __future__ import annotations

import random
from typing import Final

import click

from backend.tests.unit.core.explain.ledgers import explained, product_percent, random_rows
from soak.harness import Run, Tally, go, report

LEDGERS: Final = 1_000
LONGEST: Final = 2_000
WINDOWS: Final = 5
# The largest move of an hour, in thousandths.
CALM: Final = 10
WILD: Final = 250


@click.command("explain")
@click.option("--count", default=LEDGERS, show_default=True, help="How many accounts.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Opened figures: the product of the pieces is the figure shown, for random accounts and windows."""
    run = Run("explain", seed, count, slice_size=100)
    context.exit(report(run, go(run, some)))


def some(dice: random.Random, cases: int) -> Tally:
    """So many accounts, some windows of each."""
    tally = Tally()
    for _ in range(cases):
        seed = dice.randrange(10**9)
        own = random.Random(seed)
        rows = random_rows(own, own.randint(3, LONGEST), own.choice((CALM, WILD)))
        tally.counts["accounts"] += 1
        for _ in range(WINDOWS):
            start, end = sorted(own.sample(range(len(rows)), 2))
            shown, pieces = explained(rows, start, end)
            if shown is None:
                tally.counts["windows without a figure"] += 1
                continue
            tally.counts["windows"] += 1
            tally.counts["pieces"] += len(pieces)
            tally.counts["with a piece for the last digit"] += pieces[-1].kind == "rounding"
            if product_percent(pieces) != shown or any(piece.kind == "not_explained" for piece in pieces):
                tally.failures.append(f"account {seed}, rows {start} to {end}: {shown} and {product_percent(pieces)}")
    return tally
