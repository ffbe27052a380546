"""Many accounts on one key's worth of budget: 140 at a 60 s period against an exchange that answers in 100 ms.

The judge of weights and refusals is the exchange's own log of requests; the age of the data is what the program itself
would tell of each account at any moment.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from backend.tests.process.harness import NeverHappened, wait_for
from soak.harness import Run, Tally, report
from soak.installation import API_LIMIT, installed

ACCOUNTS: Final = 140
PERIOD_S: Final = 60
PERIODS: Final = 10
LATENCY_MS: Final = 100
MOST_PERIODS_OLD: Final = 1.1
MOST_OF_BUDGET: Final = 0.5
IMPORT_S: Final = 1_800.0
LOOK_EVERY_S: Final = 0.5


def watched(seed: int, accounts: int, period_s: int, periods: int, latency_ms: int) -> tuple[Tally, dict[str, str]]:
    """Run the program on so many accounts for so many periods once their histories are there."""
    dice, tally, pause = random.Random(seed), Tally(), threading.Event()
    folder = tempfile.TemporaryDirectory(prefix="soak-accounts-")
    with folder as name, installed(Path(name), "--seed", str(seed)) as scene:
        opened = datetime.now(UTC) - timedelta(days=2)
        scene.open_accounts(accounts, dice, opened.isoformat(timespec="seconds").replace("+00:00", "Z"))
        scene.exchange.control("/sim/faults", {"kinds": [], "p": 0, "latency_ms": latency_ms})
        with scene.product(BALANCE_UPDATE_INTERVAL=str(period_s)) as product:
            begun = time.monotonic()
            try:
                wait_for(lambda: scene.imported() == accounts, "every history is there", IMPORT_S, LOOK_EVERY_S)
            except NeverHappened as problem:
                tally.failures.append(f"{problem}: {scene.imported()} of {accounts}; {product.log_tail()}")
                return tally, {}
            imported_s = time.monotonic() - begun
            # What waited for an import has its turn, and a full minute of the exchange begins.
            wait_for(
                lambda: scene.oldest_s() < MOST_PERIODS_OLD * period_s,
                "every account is fresh",
                5.0 * period_s,
                LOOK_EVERY_S,
            )
            pause.wait(period_s)
            since = datetime.now(UTC)
            until = time.monotonic() + periods * period_s + 60
            ages: list[float] = []
            while time.monotonic() < until:
                ages.append(scene.oldest_s())
                pause.wait(LOOK_EVERY_S)
            now = datetime.now(UTC)
            weights = {
                minute: weight
                for minute, weight in scene.weights(since).items()
                if datetime.fromisoformat(minute) + timedelta(minutes=1) <= now
            }
            refused, failures = scene.refusals(), sum(state["failures"] for state in scene.states())
    tally.counts["looks at the age"] = len(ages)
    tally.counts["full minutes"] = len(weights)
    peak, oldest = max(weights.values()), max(ages)
    if refused:
        tally.failures.append(f"{refused} requests were refused for their number")
    if peak >= MOST_OF_BUDGET * API_LIMIT:
        tally.failures.append(f"a minute took {peak} of {API_LIMIT}: {weights}")
    if oldest > MOST_PERIODS_OLD * period_s:
        tally.failures.append(f"data were {oldest:.1f} s old at a period of {period_s} s")
    if failures:
        tally.failures.append(f"{failures} refreshes failed")
    return tally, {
        "accounts": str(accounts),
        "period": f"{period_s} s, answers in {latency_ms} ms",
        "histories read in": f"{imported_s:.0f} s",
        "requests refused (429, 418)": str(refused),
        "peak weight of a minute": f"{peak:,} of {API_LIMIT:,} ({peak / API_LIMIT:.1%})",
        "mean weight of a minute": f"{sum(weights.values()) / len(weights):,.0f}",
        "oldest data": f"{oldest:.1f} s ({oldest / period_s:.2f} periods)",
        "median of the oldest": f"{sorted(ages)[len(ages) // 2]:.1f} s",
    }


@click.command("accounts")
@click.option("--accounts", default=ACCOUNTS, show_default=True, help="How many accounts.")
@click.option("--period", default=PERIOD_S, show_default=True, help="Seconds between two refreshes of each.")
@click.option("--count", default=PERIODS, show_default=True, help="How many periods are watched.")
@click.option("--seed", default=1, show_default=True, help="The dice: what each account holds, and the market.")
@click.pass_context
def command(context: click.Context, accounts: int, period: int, count: int, seed: int) -> None:
    """Many accounts (D3): no 429, under half of the budget, data at most 1.1 periods old."""
    tally, facts = watched(seed, accounts, period, count, LATENCY_MS)
    context.exit(report(Run("accounts", seed, count), tally, **facts))
