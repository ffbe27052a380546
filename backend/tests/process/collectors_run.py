"""Several collectors on one database, frozen for longer than the lease and killed; one of them works at each moment.

The judge is the database itself: triggers write down who wrote each row and who held the lease then, in the very
transaction, and when the lease passed. What is stored in the end is held against the exchange's own ledger.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from backend.tests.forks import run
from backend.tests.leaks import SECRET
from backend.tests.postgresql import given_server
from backend.tests.process.crash_run import KEY, SLOT_S, SPEED, Trader, caught_up, judge
from backend.tests.process.harness import NeverHappened, Product, wait_for
from backend.tests.process.tree import stands_still
from backend.tests.process.witnesses import NOT_THE_HOLDER, STALE, dismiss_witnesses, place_witnesses
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import rows

COLLECTORS: Final = 4
FIRST: Final = "backend.tests.process.witness"
TAKEN_OVER_S: Final = 30.0
# On a machine where much else runs, what took longer is told as such, and not as something that never came.
PATIENCE_S: Final = 180.0
# The program's own, and what no write of it takes.
LEASE_MS: Final = 15_000
LONGEST_WRITE_S: Final = 3.0
ENOUGH_ROWS: Final = 100
# Each that starts says in which environment it is.
AT_START: Final = frozenset({"settings", "events"})


@dataclass
class Found:
    """What happened, and what of it broke the promise."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


@dataclass
class Collectors:
    """Some collectors of one folder. `lease_ms`: shorter than the program's own; 0: as it is."""

    exchange: SimulatorProcess
    folder: Path
    dice: random.Random
    lease_ms: int = 0
    blind: bool = False
    running: list[Product] = field(default_factory=list)
    found: Found = field(default_factory=Found)

    @property
    def database(self) -> Path:
        return self.folder / "portfolio.db"

    def one(self, number: int) -> Product:
        """A collector, begun; every second one believes itself on a machine of its own, where nobody sees it die."""
        machine = "shared" if number % 2 else f"machine-{number}"
        product = Product(self.folder, self._settings(machine), ("collector",), first=FIRST)
        product.launch()
        return product

    def _settings(self, machine: str) -> dict[str, str]:
        account = {"BINANCE_API_KEY": KEY, "BINANCE_API_SECRET": SECRET, "BINANCE_SIMULATOR_URL": self.exchange.url}
        pace = {"BALANCE_UPDATE_INTERVAL": "1", "SNAPSHOT_INTERVAL": str(SLOT_S), "LOG_LEVEL": "INFO"}
        told = {"OWN_MACHINE": machine, "LEASE_MS": str(self.lease_ms), "BLIND": str(int(self.blind))}
        return account | pace | told

    def begin(self) -> None:
        """A new database with its witnesses, and all collectors at once."""
        empty = Product(self.folder, self._settings("nobody"))
        code, _, errors = run(("migrate",), empty.environment)
        assert code == 0, errors
        place_witnesses(self.database)
        self.running = [self.one(number) for number in range(COLLECTORS)]
        wait_for(lambda: self.epoch() > 0, "one of them works", PATIENCE_S)

    def asked(self, statement: str) -> list[Any]:
        return rows(self.database, statement)

    def epoch(self) -> int:
        return int(self.asked("SELECT coalesce(max(epoch), 0) FROM lease")[0][0])

    def holder(self) -> tuple[int, int]:
        """The place in `running` of the one that works at this moment, and its epoch."""
        ((owner, epoch),) = self.asked("SELECT owner, epoch FROM lease")
        pid = int(str(owner).split("|")[1])
        return next(place for place, one in enumerate(self.running) if one.pid == pid), int(epoch)

    def freeze(self) -> None:
        """Stop the one that works in the middle of what it does, until another works, and let it go on.

        One that is stopped inside a write keeps SQLite's lock, and nobody else can begin one, not to take over either:
        it goes on after longer than its lease, and nothing may have been written meanwhile. A server takes its lock
        away.
        """
        self._wait(1.5)
        (place, before), at_ms = self.holder(), time.time() * 1000
        self._signal(place, signal.SIGSTOP)
        # On a machine at work a thread that is inside the kernel takes its lock yet, and stops on its way out.
        wait_for(lambda: stands_still(self.running[place].pid), "it stands still", PATIENCE_S)
        if self._writable():
            self._passed(before, at_ms, "frozen")
        else:
            threading.Event().wait((self.lease_ms or LEASE_MS) / 1000 + 1)
            self.found.counts["frozen inside a write"] += 1
        self._signal(place, signal.SIGCONT)
        self._wait(1.0)

    def kill(self) -> None:
        """Kill the one that works, and begin another in its place."""
        self._wait(1.5)
        (place, before), at_ms = self.holder(), time.time() * 1000
        self.running[place].kill()
        self._passed(before, at_ms, "killed")
        self.running[place] = self.one(self.dice.randrange(100))

    def _passed(self, before: int, at_ms: float, what: str) -> None:
        """Wait for another one to take over from what was struck at an instant."""
        wait_for(lambda: self.epoch() > before, "another one takes over", PATIENCE_S)
        ((taken_ms,),) = self.asked(f"SELECT min(at_ms) FROM reigns WHERE epoch > {before}")
        seconds = (taken_ms - at_ms) / 1000
        self.found.counts[what] += 1
        self.found.slowest_s = max(self.found.slowest_s, seconds)
        if seconds >= TAKEN_OVER_S:
            self.found.failures.append(f"{what}: another one worked {seconds:.1f} s later")

    def _signal(self, place: int, number: int) -> None:
        os.kill(self.running[place].pid, number)

    def _writable(self) -> bool:
        """Whether anybody will be able to write while it is stopped: others write for moments only."""
        if given_server() is not None:
            return True
        try:
            with closing(sqlite3.connect(self.database, timeout=LONGEST_WRITE_S, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        return True

    def _wait(self, most_s: float) -> None:
        """A part of so many seconds."""
        threading.Event().wait(self.dice.uniform(0.0, most_s))

    def rows_seen(self) -> int:
        return int(self.asked("SELECT coalesce(sum(rows), 0) FROM witness")[0][0])

    def stale(self) -> int:
        """How many rows were written by one that had lost the lease, as far as the triggers have seen."""
        pairs = self.asked(NOT_THE_HOLDER)
        return sum(int(self.asked(STALE.format(place=place, writer=writer))[0][0]) for place, writer, _ in pairs)

    def end(self) -> None:
        """Stop them all, and count what the triggers saw."""
        for one in self.running:
            if one.running:
                one.stop()
            else:
                self.found.failures.append("a collector ended by itself")
        for place, writer, written in self.asked(NOT_THE_HOLDER):
            stale = int(self.asked(STALE.format(place=place, writer=writer))[0][0])
            self.found.counts["stale rows"] += stale
            if stale:
                self.found.failures.append(f"{stale} rows of {place} were written by one that had lost the lease")
            if written > stale and place not in AT_START:
                self.found.failures.append(f"{written - stale} rows of {place} were written by one that never worked")
        self.found.counts["rows seen"] += self.rows_seen()
        self.found.counts["times the lease passed"] += self.asked("SELECT count(*) FROM reigns")[0][0]
        refused = self.running[0].log.read_text("utf-8", "replace").count("another collector works")
        self.found.counts["collectors told that another works"] += refused
        dismiss_witnesses(self.database)


def lived(folder: Path, freezes: int, kills: int, seed: int, lease_ms: int = 0, blind: bool = False) -> Found:
    """So many freezes and kills in any order; then one program catches up, and all of it is judged.

    `blind`: none of them looks at the lease; it ends as soon as that was seen, since not every freeze meets a write.
    """
    dice = random.Random(seed)
    strikes = ["freeze"] * freezes + ["kill"] * kills
    dice.shuffle(strikes)
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", str(SPEED)]
    with SimulatorProcess(folder / "exchange", arguments) as exchange:
        exchange.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}}, created_at="2026-06-01T06:00:00Z")
        trader = Trader(exchange, dice)
        several = Collectors(exchange, folder / "data", dice, lease_ms, blind)
        try:
            several.begin()
            for strike in strikes:
                for _ in range(dice.randint(1, 3)):
                    trader.act()
                several.freeze() if strike == "freeze" else several.kill()
                if blind and several.stale():
                    break
            if not blind:
                # A machine where much else runs takes longer until something can be said.
                wait_for(lambda: several.rows_seen() > ENOUGH_ROWS, "the triggers see rows", PATIENCE_S)
            several.end()
        finally:
            for one in several.running:
                if one.running:
                    one.kill()
        if not blind:
            several.found.counts["slots"] += _settled(exchange, several)
    return several.found


def _settled(exchange: SimulatorProcess, several: Collectors) -> int:
    exchange.control("/sim/clock", {"speed": 0})
    product = Product.on_simulator(several.folder, exchange.url, KEY, SECRET, SNAPSHOT_INTERVAL=str(SLOT_S))
    with product:
        ledger: list[Any] = exchange.control(f"/sim/ledger?api_key={KEY}")
        try:
            wait_for(lambda: caught_up(product, ledger), "the program has read all of it", PATIENCE_S)
        except NeverHappened as late:
            attention = product.get("/api/portfolio/overview")["attention"]
            several.found.failures.append(f"{late}: {attention}")
        product.stop()
    try:
        return judge(several.database, ledger)
    except (AssertionError, NeverHappened) as difference:
        several.found.failures.append(f"stored otherwise than it happened: {difference}")
        return 0
