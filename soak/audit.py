"""Each of 1,000 rows of the audit trail edited, deleted and exchanged with another, one at a time (S5)."""

from __future__ import annotations

import random
from typing import Final

import click

from backend.tests.unit.core.test_audit_chain import ROWS, misplaced
from soak.harness import Run, Tally, go, report

A_SLICE: Final = 100


@click.command("audit")
@click.option("--count", default=ROWS, show_default=True, help="How many rows, each spoiled in three ways.")
@click.option("--seed", default=1, show_default=True, help="The dice: which column, and exchanged with which row.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Rows of the audit trail edited, deleted, exchanged (S5): each found, in its place, and no other named."""
    left = iter(range(count))

    def spoil(dice: random.Random, cases: int) -> Tally:
        tally = Tally()
        for place in [next(left) % ROWS for _ in range(cases)]:
            tally.failures += misplaced(place, dice)
            tally.counts.update({"edited": 1, "deleted": 1, "exchanged": 1})
        return tally

    run = Run("audit", seed, count, slice_size=A_SLICE)
    context.exit(report(run, go(run, spoil, state=None)))
