"""The three services of docker-compose.yml, killed and started again in random orders: nothing is lost (part 7)."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import click

from backend.tests.process.composed import NO_NGINX, Machine, has_nginx
from backend.tests.process.contained import Containers, missing
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
@click.option("--images", is_flag=True, help="In containers of the images, which make images has built.")
@click.pass_context
def command(context: click.Context, count: int, seed: int, images: bool) -> None:
    """nginx, gunicorn and collector, killed and started in random orders: no write, order, or event is lost."""
    run = Run("services-images" if images else "services", seed, count, slice_size=A_SLICE)
    if images:
        if reason := missing():
            raise click.ClickException(f"Without containers there is nothing to kill: {reason}")
        context.exit(report(run, go(run, partial(_some, Containers)), front="containers of the images"))
    if not DASHBOARD.is_file():
        raise click.ClickException("The dashboard is not built, and nothing is well without it: run make start once")
    front = "nginx" if has_nginx() else NO_NGINX
    context.exit(report(run, go(run, partial(_some, Machine)), front=front))


def _some(home: Callable[[], Machine], dice: random.Random, orders: int) -> Tally:
    number = dice.randrange(10**9)
    with tempfile.TemporaryDirectory(prefix="soak-services-") as folder:
        try:
            tried = killed_in_orders(Path(folder), orders, number, home())
        except (AssertionError, NeverHappened) as broken:
            return Tally(failures=[f"seed {number}: {broken}"])
    return Tally(tried.counts, [f"seed {number}: {sentence}" for sentence in tried.failures])
