"""Random accounts: do the rows of an opened figure give the figure that is shown, to its last digit?"""

from __future__ import annotations

import random
from typing import Final

import click

from backend.core.explain.day_shares import BY_DAYS
from backend.tests.unit.core.explain.ledgers import explained, product_percent, random_rows
from backend.tests.unit.core.explain.returns import opened, random_returns
from soak.harness import Run, Tally, go, report

LEDGERS: Final = 1_000
LONGEST: Final = 2_000
WINDOWS: Final = 5
# The largest move of an hour, in thousandths.
CALM: Final = 10
WILD: Final = 250
FEWEST_DAYS: Final = 30
MOST_DAYS: Final = 1_000


@click.command("explain")
@click.option("--count", default=LEDGERS, show_default=True, help="How many accounts.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Opened figures: the rows give the figure shown, for returns of random windows and risk of random accounts."""
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
        _risk(own, seed, tally)
    return tally


def _risk(dice: random.Random, seed: int, tally: Tally) -> None:
    """Risk figures of as many days as a month, up to those of several years."""
    own, benchmark, rf = random_returns(dice, dice.randint(FEWEST_DAYS, MOST_DAYS))
    for name in BY_DAYS:
        found = opened(name, own, benchmark, rf)
        if found is None:
            tally.counts["risk figures that are not defined"] += 1
            continue
        tally.counts["risk figures"] += 1
        tally.counts["days"] += len(found.kinds)
        tally.counts["with a row for the last digit"] += found.kinds[-1] == "rounding"
        if found.told != found.shown or "not_explained" in found.kinds:
            tally.failures.append(f"account {seed}, {name}: {found.shown} and {found.told}")
