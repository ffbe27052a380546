"""A day of ten busy accounts: what a minute takes of the request budget at most.

The exchange's clock runs 60 times as fast as the machine's: each hour's snapshot comes every minute, and a day's trades
and deposits in 24 minutes, while weights are counted by the machine's minute. So each minute takes at least as much as
it would on a day of real length.
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

from backend.tests.process.harness import wait_for
from soak.harness import Run, Tally, report
from soak.installation import API_LIMIT, COINS, Installation, installed

ACCOUNTS: Final = 10
INTERVAL_S: Final = 30
SPEED: Final = 60
HOURS: Final = 24
MOST_OF_BUDGET: Final = 0.25
IMPORT_S: Final = 900.0
# Something happens on one of the accounts this often: about 145 trades, deposits and withdrawals in the day.
BUSY_EVERY_S: Final = 10.0


def happen(scene: Installation, dice: random.Random) -> str:
    """A trade, a deposit or a withdrawal of one of the accounts."""
    key, coin = dice.choice(scene.keys), dice.choice(sorted(COINS))
    kind = dice.choices(("trade", "deposit", "withdraw"), (8, 1, 1))[0]
    if kind == "trade":
        body = {"symbol": f"{coin}USDT", "side": "BUY", "quantity": {"BTC": "0.0005"}.get(coin, "0.05")}
    else:
        body = {"asset": "USDT", "amount": "5"} | ({"fee": "0.5"} if kind == "withdraw" else {})
    if kind == "trade" and coin == "ADA":
        body["quantity"] = "5"
    answer = scene.exchange.session.post(f"{scene.exchange.url}/sim/{kind}", json={"api_key": key} | body, timeout=60)
    # An account that has run out of money does nothing.
    return kind if answer.ok else "refused"


def day(seed: int, accounts: int, hours: int) -> tuple[Tally, dict[str, str]]:
    """So many hours of the exchange's clock once the histories are there."""
    dice, tally, pause = random.Random(seed), Tally(), threading.Event()
    folder = tempfile.TemporaryDirectory(prefix="soak-day-")
    with folder as name, installed(Path(name), "--seed", str(seed)) as scene:
        opened = datetime.now(UTC) - timedelta(days=30)
        scene.open_accounts(accounts, dice, opened.isoformat(timespec="seconds").replace("+00:00", "Z"))
        with scene.product(BALANCE_UPDATE_INTERVAL=str(INTERVAL_S)):
            wait_for(lambda: scene.imported() == accounts, "every history is there", IMPORT_S)
            pause.wait(2 * INTERVAL_S)
            scene.exchange.control("/sim/clock", {"speed": str(SPEED)})
            since, until = datetime.now(UTC), time.monotonic() + hours * 3_600 / SPEED + 60
            while time.monotonic() < until:
                tally.counts[happen(scene, dice)] += 1
                pause.wait(BUSY_EVERY_S)
            weights, refused = scene.weights(since), scene.refusals()
            failures = sum(state["failures"] for state in scene.states())
            unexplained = sum(state["unreconciled"] != "[]" for state in scene.states())
    peak = max(weights.values())
    tally.counts["minutes of the machine"] = len(weights)
    if refused:
        tally.failures.append(f"{refused} requests were refused for their number")
    if peak >= MOST_OF_BUDGET * API_LIMIT:
        tally.failures.append(f"a minute took {peak} of {API_LIMIT}: {dict(weights)}")
    if failures:
        tally.failures.append(f"{failures} accounts were failing at the end")
    return tally, {
        "accounts": str(accounts),
        "period": f"{INTERVAL_S} s",
        "simulated": f"{hours} h at {SPEED} times the pace",
        "requests refused (429, 418)": str(refused),
        "peak weight of a minute": f"{peak:,} of {API_LIMIT:,} ({peak / API_LIMIT:.1%})",
        "mean weight of a minute": f"{sum(weights.values()) / len(weights):,.0f}",
        "accounts unexplained at the end": str(unexplained),
    }


@click.command("day")
@click.option("--accounts", default=ACCOUNTS, show_default=True, help="How many accounts.")
@click.option("--count", default=HOURS, show_default=True, help="How many hours of the exchange's clock.")
@click.option("--seed", default=1, show_default=True, help="The dice: what happens, and the market.")
@click.pass_context
def command(context: click.Context, accounts: int, count: int, seed: int) -> None:
    """A day of ten accounts (D3): the peak minute under 25 % of the budget."""
    tally, facts = day(seed, accounts, count)
    context.exit(report(Run("day", seed, count), tally, **facts))
