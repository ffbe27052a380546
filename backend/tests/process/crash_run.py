"""A program that is killed at random moments while its account lives on; the exchange's own ledger is the judge."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, wait_for
from backend.tests.process.reference import movements, quantities
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import asked, looked_into, unsound

KEY: Final = "key"
# Ten minutes of the exchange a second: a slot every half second, so that kills land among writes.
SPEED, SLOT_S = 600, 300
LOTS: Final = {"BTC": "0.001", "ETH": "0.01", "BNB": "0.05", "SOL": "0.2", "ADA": "40"}
KINDS: Final = ("deposit", "withdrawal", "trade")
FLOWS: Final = KINDS[:2]
ENTERED: Final = ("manual", "csv")
CAUGHT_UP_S: Final = 60.0
FOREVER: Final = 10**15
# Of what differs.
LONGEST_WORDS: Final = 400


@dataclass
class Trader:
    """What the account's owner does while the program is being killed: seeded deposits, withdrawals and trades."""

    exchange: SimulatorProcess
    dice: random.Random
    key: str = KEY

    def act(self) -> None:
        coin = self.dice.choice(list(LOTS))
        match self.dice.randrange(4):
            case 0:
                # Credited late: snapshots that stand already must be computed anew, also by the next start.
                now = datetime.fromisoformat(self.exchange.control("/sim/clock")["now"])
                at = now - timedelta(minutes=self.dice.randint(10, 180))
                self._do("/sim/deposit", asset=coin, amount=f"0.{self.dice.randint(1, 900):03}", at=at.isoformat())
            case 1:
                self._do("/sim/deposit", asset="USDT", amount=str(self.dice.randint(1, 500)))
            case 2:
                self._do("/sim/withdraw", asset="USDT", amount=str(self.dice.randint(5, 100)), fee="1")
            case _:
                self._do("/sim/trade", symbol=f"{coin}USDT", side="BUY", quantity=LOTS[coin])

    def _do(self, path: str, **fields: str) -> None:
        self.exchange.control(path, {"api_key": self.key, **fields})


def killed_at_random(folder: Path, kills: int, seed: int) -> None:
    """Kill it so many times, then let it catch up and hold what it stored against the exchange's ledger."""
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", str(SPEED)]
    with SimulatorProcess(folder / "exchange", arguments) as exchange:
        exchange.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}}, created_at="2026-06-01T06:00:00Z")
        ledger = _lived_through(exchange, folder / "data", kills, random.Random(seed))
    slots = judge(folder / "data" / "portfolio.db", ledger)
    assert slots > 2 * kills


def _lived_through(exchange: SimulatorProcess, data: Path, kills: int, dice: random.Random) -> list[Any]:
    trader = Trader(exchange, dice)
    moments = threading.Event()
    product = Product.on_simulator(data, exchange.url, KEY, SECRET, SNAPSHOT_INTERVAL=str(SLOT_S))
    for kill in range(kills):
        for _ in range(dice.randint(1, 4)):
            trader.act()
        if kill % 4 == 3:
            # In the middle of a start: migrating, taking the lease, reading for the first time.
            product.launch()
            moments.wait(dice.uniform(0.2, 1.5))
        else:
            product.start()
            assert product.get("/api/portfolio/overview")["environment"] == "simulator"
            trader.act()
            moments.wait(dice.uniform(0.0, 1.2))
        product.kill()
    exchange.control("/sim/clock", {"speed": 0})
    with product:
        ledger: list[Any] = exchange.control(f"/sim/ledger?api_key={KEY}")
        wait_for(lambda: caught_up(product, ledger), "the program has read all of it", CAUGHT_UP_S)
        overview = product.get("/api/portfolio/overview")
        assert overview["sync"]["error"] is None
        assert overview["pnl_status"] == "exact"
        assert product.get("/api/performance/twr/0")["status"] == "exact"
        assert product.stop() == 0
    return ledger


def caught_up(product: Product, ledger: list[Any]) -> bool:
    """Whether every balance of the exchange is shown, with nothing left to compute."""
    held = {row["asset"]: Decimal(row["total"]) for row in product.get("/api/portfolio/balances")["balances"]}
    attention = product.get("/api/portfolio/overview")["attention"]
    return held == quantities(movements(ledger), FOREVER) and not attention


def same(what: str, found: object, wanted: object) -> None:
    """Raise an `AssertionError` that says what differs, also where nobody rewrites asserts."""
    if found != wanted:
        raise AssertionError(f"{what}: {str(found)[:LONGEST_WORDS]} instead of {str(wanted)[:LONGEST_WORDS]}")


def judge(database: Path, ledger: list[Any], account: int = 1, accounts: int = 1) -> int:
    """Compare the rows of an account, one of so many, with the exchange's own ledger; returns how many slots it has.

    What somebody entered by hand or from a file is left out.
    """
    with looked_into(database) as connection:
        same("the database", unsound(connection), [])

        def rows(columns: str, table: str, rest: str = "") -> list[Any]:
            return asked(connection, f"SELECT {columns} FROM {table} WHERE account_id = {account} {rest}")

        slots = [row[0] for row in rows("timestamp", "snapshots", "AND kind = 'slot' ORDER BY 1")]
        instants = [row[0] for row in rows("timestamp", "snapshots")]
        flows = rows("timestamp, asset, quantity, source", "cash_flows", f"AND source NOT IN {ENTERED}")
        booked = Counter(row[0] for row in rows("source", "ledger_events"))
        ((known,),) = asked(connection, "SELECT count(*) FROM accounts WHERE id > 0")
    same("accounts", known, accounts)
    same("instants with two snapshots", [at for at, times in Counter(instants).items() if times > 1], [])
    wanted_slots = range(slots[0], slots[-1] + 1, SLOT_S * 1000)
    same("slots that are missing, or none", sorted(set(slots) ^ set(wanted_slots)), [])
    moves = movements(ledger)
    wanted = Counter((move.at // 1000, move.asset, move.change) for move in moves if move.kind in FLOWS)
    found = Counter((at // 1000, asset, Decimal(quantity)) for at, asset, quantity, _ in flows)
    same("flows that are missing", wanted - found, Counter())
    same("flows that never were", found - wanted, Counter())
    same("sources of flows", {source for *_, source in flows} - {"deposit", "withdrawal"}, set())
    same("unexplained changes", booked["reconciliation"], 0)
    # One event for each number that the exchange gave out: none twice, none missing.
    given = {(row["kind"], row["ref"]) for row in ledger}
    numbers = {kind: sum(1 for one, _ in given if one == kind) for kind in KINDS}
    same("events by kind", {kind: booked[kind] for kind in KINDS}, numbers)
    return len(slots)
