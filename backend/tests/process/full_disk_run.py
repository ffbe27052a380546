"""The disk is full in the middle of a run of orders: nothing is sent that the journal does not name, and it goes on.

The exchange is the one in memory, whose ledger is the judge; the walk, journal and database are the program's own.
The whole program beside it: writes are refused in clear words, pages go on, and what was answered for is there.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Final

from backend.core.errors import DatabaseUnavailableError, DomainError
from backend.core.model.rebalancing import Limits
from backend.services.run_pace import Halted
from backend.tests.leaks import SECRET
from backend.tests.process.crash_run import KEY
from backend.tests.process.full_disk import Disk, Limit, small_disk
from backend.tests.process.harness import Product, wait_for
from backend.tests.process.order_promises import Found
from backend.tests.process.order_walks import MOST_RESTARTS, WIDE, Bench, Walk, begun, case, exchange_of
from backend.tests.simulator.harness import SimulatorProcess

ORDERS: Final = 3
CALLS: Final = 40
MOST_LEFT: Final = 12_000
REFUSALS: Final = 4
MOST_WRITES: Final = 2_000
PATIENCE_S: Final = 120.0
PAGES: Final = (
    "/api/portfolio/overview",
    "/api/portfolio/balances",
    "/api/performance/cashflows",
    "/api/performance/stats",
    "/api/performance/twr-history?days=30&points=100",
    "/api/addresses",
    "/api/rebalancing/runs",
)
CLEAR: Final = ("The disk is full", "The disk cannot be written or read: it is full")


def full_in_mid_run(on: Bench, seed: int, disk: Disk, limits: Limits = WIDE) -> Found:
    """One random plan; the disk is full from a call that the dice choose, until some writes were refused."""
    found, dice = Found(), random.Random(f"full disk {seed}")
    made, plan = case(seed, ORDERS)
    exchange = exchange_of(made)
    walk = begun(on, plan, exchange, limits)
    left = [dice.randrange(1, CALLS)]

    def on_call(name: str) -> None:
        del name
        left[0] -= 1
        if left[0] == 0:
            disk.fill(dice.randrange(MOST_LEFT))
            found.counts["disks filled"] += 1

    exchange.on_call = on_call
    refused = 0
    try:
        for _ in range(MOST_RESTARTS):
            try:
                walk.step()
            except DatabaseUnavailableError as error:
                refused += 1
                if not str(error).startswith(CLEAR):
                    found.failures.append(f"seed {seed}: it says {error}")
                found.failures += _unnamed(walk, seed)
                if refused == REFUSALS:
                    disk.free()
            except (DomainError, Halted):
                walk.waits.halted = False
            if walk.state not in ("queued", "running"):
                break
            exchange.clock.wait(1)
    finally:
        disk.free()
    found.counts["writes refused"] += refused
    found.counts["runs with a refused write"] += refused > 0
    found.judge(seed, walk, list(plan.orders()))
    return found


def _unnamed(walk: Walk, seed: int) -> list[str]:
    """Orders at the exchange that no row of the journal names, while the disk is full; the journal can be read."""
    journal = walk.journal()
    named = {attempt["client_order_id"] for attempt in journal.attempts}
    return [
        f"seed {seed}: order {one.row.client_id} has no row in the journal"
        for one in walk.exchange.placed
        if one.row.client_id not in named
    ]


def written_on_a_full_disk(folder: Path, times: int, seed: int, megabytes: int = 0) -> Found:
    """The real program on a disk that fills up again and again, asked for writes and pages meanwhile.

    `megabytes`: of a small file system that is mounted for it; 0: the files of the program may not grow.
    """
    dice, found, answered = random.Random(f"written {seed}"), Found(), set[str]()
    with ExitStack() as left:
        data = folder / "data"
        small = left.enter_context(small_disk(data, megabytes)) if megabytes else None
        exchange = left.enter_context(SimulatorProcess(folder / "exchange", ["--start-time", "2026-06-01T12:00:30Z"]))
        exchange.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}}, created_at="2026-06-01T06:00:00Z")
        product = left.enter_context(Product.on_simulator(data, exchange.url, KEY, SECRET))
        wait_for(lambda: product.get("/api/portfolio/overview")["total_value_usd"], "first figures", PATIENCE_S)
        disk: Disk = small or Limit(data, product.pid)
        for number in range(times):
            disk.fill(dice.randrange(MOST_LEFT))
            words = _until_refused(product, f"0xaddress-{number}", answered)
            found.counts["writes refused"] += 1
            if not words.startswith(CLEAR):
                found.failures.append(f"fill {number}: it says {words!r}")
            for path in PAGES:
                if (answer := product.request("GET", path)).status_code != 200:
                    found.failures.append(f"fill {number}: {path} answers {answer.status_code} {answer.text[:200]}")
            disk.free()
            _goes_on(product, f"0xaddress-{number}-after", answered)
        product.stop()
        with closing(sqlite3.connect(data / "portfolio.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall()
            kept = {address for (address,) in connection.execute("SELECT address FROM own_addresses")}
        found.counts["writes answered for"] += len(answered)
        if missing := answered - kept:
            found.failures.append(f"answered for and gone: {sorted(missing)[:3]}")
        if sound != [("ok",)]:
            found.failures.append(f"the file is not sound afterwards: {sound[:3]}")
    return found


def _until_refused(product: Product, name: str, answered: set[str]) -> str:
    """Write until it is refused; what the refusal says."""
    for number in count():
        assert number < MOST_WRITES, "nothing is ever refused"
        address = f"{name}-{number}"
        answer = product.request("POST", "/api/addresses", json={"address": address, "label": "x" * 60})
        if not answer.ok:
            return (
                f"{answer.json().get('detail')}" if answer.status_code == 503 else f"{answer.status_code} {answer.text}"
            )
        answered.add(address)
    raise AssertionError


def _goes_on(product: Product, address: str, answered: set[str]) -> None:
    """With room again a write is taken."""

    def taken() -> bool:
        return product.request("POST", "/api/addresses", json={"address": address}).status_code in (201, 409)

    wait_for(taken, "writes go on", PATIENCE_S)
    answered.add(address)
