"""The three services of docker-compose.yml, killed and started again in random orders: nothing is lost (part 7)."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Final

import click

from backend.tests.process.composed import NO_NGINX, has_nginx
from backend.tests.process.harness import NeverHappened
from backend.tests.process.services_run import killed_in_orders
from soak.harness import ROOT, Run, Tally, go, report

ORDERS: Final = 20
A_SLICE: Final = 5
DASHBOARD: Final = ROOT / "frontend" / "dist" / "index.html"


@click.command("services")
@click.option(
    "--count", default=ORDERS, show_default=True, help="How many orders of kills and starts, five to a folder."
)
@click.option("--seed", default=1, show_default=True, help="The dice: the orders, and what happens meanwhile.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """nginx, gunicorn and collector, killed and started in random orders: no write, order, or event is lost."""
    if not DASHBOARD.is_file():
        raise click.ClickException("The dashboard is not built, and nothing is well without it: run make start once")
    front = "nginx" if has_nginx() else NO_NGINX
    context.exit(report(run := Run("services", seed, count, slice_size=A_SLICE), go(run, _some), front=front))


def _some(dice: random.Random, orders: int) -> Tally:
    number = dice.randrange(10**9)
    with tempfile.TemporaryDirectory(prefix="soak-services-") as folder:
        try:
            tried = killed_in_orders(Path(folder), orders, number)
        except (AssertionError, NeverHappened) as broken:
            return Tally(failures=[f"seed {number}: {broken}"])
    return Tally(tried.counts, [f"seed {number}: {sentence}" for sentence in tried.failures])
