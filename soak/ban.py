"""A ban of 120 s: nothing is sent inside it, whoever asks, and also when the program is killed and started again.

What was on its way when the ban began is how the program hears of it: those answers are counted apart. From then on the
exchange's log of requests must stand still until the ban is over.
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
import requests

from backend.tests.process.harness import Product, wait_for
from soak.harness import Run, Tally, report
from soak.installation import Installation, installed

ACCOUNTS: Final = 5
BAN_S: Final = 120.0
INTERVAL_S: Final = 5
# Calls that were on their way when the first was refused have come back by then.
ON_THEIR_WAY_S: Final = 2.0
ASK_EVERY_S: Final = 3.0
WAIT_S: Final = 300.0


def total(scene: Installation) -> int:
    """Requests that the exchange has answered."""
    return sum(int(row["count"]) for row in scene.requests())


def told(scene: Installation) -> int:
    """How often the exchange said that the address is banned."""
    return sum(int(row["status"].get("418", 0)) for row in scene.requests())


def ask_for_everything(product: Product) -> None:
    """What a user who wonders would do."""
    for method, path in (("POST", "/api/portfolio/refresh?force=true"), ("GET", "/api/portfolio/connection/test")):
        try:
            product.session.request(method, product.url + path, timeout=5)
        except requests.RequestException:
            continue


def one_ban(scene: Installation, product: Product, ban_s: float, restart: bool) -> tuple[Tally, int]:
    """One ban from its announcement to its end; also returns how many calls were on their way."""
    tally, pause = Tally(), threading.Event()
    before, ends = told(scene), time.monotonic() + ban_s
    scene.exchange.control("/sim/ban", {"for_s": ban_s})
    wait_for(lambda: told(scene) > before, "the program hears of the ban", WAIT_S)
    pause.wait(ON_THEIR_WAY_S)
    heard, inside = told(scene) - before, total(scene)
    asked, sent, looks = 0, 0, 0
    while time.monotonic() < ends - ASK_EVERY_S:
        ask_for_everything(product)
        asked += 1
        if restart and asked == 3:
            product.restart()
        pause.wait(ASK_EVERY_S)
        seen = total(scene) - inside
        if time.monotonic() < ends:  # on a slow machine a round may outlast the ban
            sent, looks = seen, looks + 1
    if not looks:
        tally.failures.append("nobody looked inside the ban")
    tally.counts["requests inside"] = sent
    tally.counts["times a user asked"] = asked
    if sent:
        tally.failures.append(f"{sent} requests were sent inside a ban")
    over_ms = time.time() * 1000 + 1000 * max(ends - time.monotonic(), 0.0)
    wait_for(
        lambda: all((state["refreshed_machine"] or 0) > over_ms for state in scene.states()),
        "every account is refreshed after the ban",
        WAIT_S,
    )
    tally.counts["bans"] = 1
    return tally, heard


def bans(seed: int, count: int, accounts: int, ban_s: float) -> tuple[Tally, int]:
    """So many bans, one after the other, the program being killed in every second one."""
    whole, on_their_way = Tally(), 0
    with tempfile.TemporaryDirectory(prefix="soak-ban-") as name, installed(Path(name), "--seed", str(seed)) as scene:
        opened = datetime.now(UTC) - timedelta(days=1)
        scene.open_accounts(accounts, random.Random(seed), opened.isoformat(timespec="seconds").replace("+00:00", "Z"))
        with scene.product(BALANCE_UPDATE_INTERVAL=str(INTERVAL_S)) as product:
            wait_for(lambda: scene.imported() == accounts, "every history is there", WAIT_S)
            for number in range(count):
                tally, heard = one_ban(scene, product, ban_s, restart=number % 2 == 1)
                whole.add(tally)
                on_their_way += heard
    return whole, on_their_way


@click.command("ban")
@click.option("--count", default=2, show_default=True, help="How many bans.")
@click.option("--seconds", default=BAN_S, show_default=True, help="How long each lasts.")
@click.option("--seed", default=1, show_default=True, help="The dice: what each account holds, and the market.")
@click.pass_context
def command(context: click.Context, count: int, seconds: float, seed: int) -> None:
    """Bans (D3): no request inside, also after a restart and when a user asks."""
    tally, on_their_way = bans(seed, count, ACCOUNTS, seconds)
    facts = {
        "accounts": ACCOUNTS,
        "each ban": f"{seconds:g} s",
        "told so (on their way then)": on_their_way,
        "requests inside": tally.counts.pop("requests inside", 0),
    }
    context.exit(report(Run("ban", seed, count), tally, **facts))
