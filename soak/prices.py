"""Histories played on the recorded prices, every figure against a second reckoning."""

from __future__ import annotations

import random
import tempfile
from functools import partial
from pathlib import Path

import click

from backend.tests.process.price_run import agrees_on_recorded_prices
from backend.tests.process.scripts import (
    ACROSS_GAPS,
    ALL_SOLD_AGAIN,
    BY_THE_MINUTE,
    EVERYTHING_LIVE,
    LEFT_AND_RETURNED,
    TWO_YEARS,
)
from backend.tests.process.stage import History
from soak.harness import Run, Tally, go, report

HISTORIES = (ACROSS_GAPS, BY_THE_MINUTE, LEFT_AND_RETURNED, ALL_SOLD_AGAIN, TWO_YEARS, EVERYTHING_LIVE)


@click.command("prices")
@click.pass_context
def command(context: click.Context) -> None:
    """Histories on recorded prices (../shared/market-data): every figure agrees with candles and ledger."""
    tally = Tally()
    for history in HISTORIES:
        tally.add(go(Run(f"prices-{history.name}", 0, 1), partial(_played, history)))
    context.exit(report(Run("prices", 0, len(HISTORIES)), tally))


def _played(history: History, _: random.Random, __: int) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-prices-") as folder:
        try:
            agreed = agrees_on_recorded_prices(history, Path(folder))
        except AssertionError as difference:
            tally.failures.append(f"{history.name}: {difference}")
        else:
            tally.counts["histories"] += 1
            tally.counts["rows"] += len(agreed.rows)
    return tally
