"""The program is killed while it writes; what it had answered for is in its database afterwards, and the file is sound.

Writers ask for all kinds of writes by the API and note each answer the moment it is there. The judge reads a copy of
the files that the kill left behind, by Python's own SQLite, before the program is started again.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import requests
from sqlalchemy import Connection

from backend.tests.leaks import SECRET
from backend.tests.postgresql import given_server
from backend.tests.process.crash_run import KEY, SLOT_S, SPEED, Trader
from backend.tests.process.harness import Product, wait_for
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import asked, looked_into, unsound

NAME: Final = "portfolio.db"
# So many are waited for before a kill.
ANSWERS: Final = (1, 3)
PATIENCE_S: Final = 120.0
# By kind of write: where what was answered for must be found.
FOUND: Final = {
    "address": "SELECT address FROM own_addresses",
    "flow": "SELECT description FROM cash_flows",
    "import": "SELECT description FROM cash_flows",
    "refresh": "SELECT CAST(id AS TEXT) FROM jobs",
}


@dataclass
class Answered:
    """What was answered for, by kind; of the settings, the last one and what may stand after it."""

    names: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in FOUND})
    settings: tuple[int, int] = (0, 0)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def slower(self) -> int:
        """How many that have the past computed anew."""
        return len(self.names["flow"]) + len(self.names["import"])


class Writers:
    """Threads that write by the API until they are told to end.

    Args:
        url: where the program, or what stands in front of it, answers.
        account: whose flows they enter; may be left out where there is one account.
        look: is shown every answer.
        pause_s: the longest rest of each between two writes.
    """

    def __init__(
        self,
        url: str,
        answered: Answered,
        numbers: Iterator[int],
        dice: random.Random,
        *,
        account: int | None = None,
        look: Callable[[requests.Response], None] = lambda answer: None,
        pause_s: float = 0.02,
    ) -> None:
        self._url = url
        self._answered = answered
        self._numbers = numbers
        self._account = account
        self._look = look
        self._pause_s = pause_s
        self._stop = threading.Event()
        works: list[Callable[[requests.Session, str], None]] = [self._flow, self._address, self._mixed]
        seeds = [dice.randrange(10**9) for _ in works]
        self._threads = [
            threading.Thread(target=self._work, args=one, daemon=True) for one in zip(works, seeds, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """No write is under way any more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, write: Callable[[requests.Session, str], None], seed: int) -> None:
        dice = random.Random(seed)
        with requests.Session() as session:
            session.trust_env = False
            while not self._stop.wait(dice.uniform(0.0, self._pause_s)):
                try:
                    write(session, f"written-{next(self._numbers)}")
                except requests.RequestException:
                    self._stop.wait(0.05)

    def _send(self, session: requests.Session, method: str, path: str, body: Any = None) -> Any:
        """The answer; None when it was refused."""
        answer = session.request(method, self._url + path, json=body, timeout=60)
        self._look(answer)
        if not answer.ok:
            self._answered.refused[f"{method} {path.split('?')[0]}: {answer.status_code}"] += 1
            return None
        return answer.json()

    def _flow(self, session: requests.Session, name: str) -> None:
        body: dict[str, Any] = {"timestamp": "2026-06-01T11:00:00Z", "type": "DEPOSIT", "amount_usd": "1.5"}
        body |= {"description": name, "account": self._account}
        if self._send(session, "POST", "/api/performance/cashflows", body) is not None:
            self._answered.names["flow"].add(name)

    def _address(self, session: requests.Session, name: str) -> None:
        if self._send(session, "POST", "/api/addresses", {"address": f"0x{name}"}) is not None:
            self._answered.names["address"].add(f"0x{name}")

    def _mixed(self, session: requests.Session, name: str) -> None:
        """Settings, an import, a refresh: one after the other."""
        done, _ = self._answered.settings
        self._answered.settings = (done, done + 1)
        rule = {"minimum_usd": str(done + 1), "unpriced": False, "assets": []}
        if self._send(session, "PUT", "/api/settings", {"hidden_coins": rule}) is not None:
            self._answered.settings = (done + 1, done + 1)
        # Before the exchange's clock began: lines of the future are refused. Two of one instant and amount are one.
        amount = f"2.{name.rpartition('-')[2]:0>9}"
        content = f"Date,Type,Amount,Note\r\n2026-06-01 11:10,deposit,{amount},{name}\r\n"
        sent: dict[str, Any] = {"name": f"{name}.csv", "content": content, "account": self._account}
        sent["answers"] = {"time_zone": "UTC"}
        preview = self._send(session, "POST", "/api/imports", sent)
        if preview is not None and self._send(session, "POST", f"/api/imports/{preview['import_id']}/commit"):
            self._answered.names["import"].add(name)
        job = self._send(session, "POST", "/api/portfolio/refresh")
        if job is not None and job.get("job_id"):
            self._answered.names["refresh"].add(str(job["job_id"]))


def gone(connection: Connection, answered: Answered) -> list[str]:
    """What a database does not hold of what was answered for, and whether it is sound."""
    wrong = [f"the database is not sound: {words}" for words in unsound(connection)[:3]]
    for kind, statement in FOUND.items():
        there = {row[0] for row in asked(connection, statement)}
        if lost := answered.names[kind] - there:
            wrong.append(f"{len(lost)} of kind {kind} were answered for and are gone: {sorted(lost)[:3]}")
    ((hidden,),) = asked(
        connection, "SELECT coalesce(max(CAST(content AS text)), '') FROM settings WHERE name = 'hidden_coins'"
    )
    least, most = answered.settings
    if least and not any(f'"{number}"' in hidden for number in range(least, most + 1)):
        wrong.append(f"the settings are {hidden!r}, answered for was {least}")
    return wrong


def missing(data: Path, scratch: Path, answered: Answered) -> list[str]:
    """What the files that a kill left behind do not hold of what was answered for; or what the server does not."""
    if given_server() is not None:
        with looked_into(data / NAME) as connection:
            return gone(connection, answered)
    scratch.mkdir()
    for end in ("", "-wal", "-journal"):
        if (file := data / f"{NAME}{end}").exists():
            shutil.copy(file, scratch)
    # The log beside it is read into it.
    with closing(sqlite3.connect(scratch / NAME)) as opened:
        opened.execute("SELECT 1 FROM sqlite_master")
    with looked_into(scratch / NAME) as connection:
        wrong = gone(connection, answered)
    shutil.rmtree(scratch)
    return wrong


def _wait_for_answers(answered: Answered, more: int) -> None:
    """Until so many of the slower writes were answered for: the quicker ones come in between."""
    least = answered.slower + more
    wait_for(lambda: answered.slower >= least, "writes are answered", PATIENCE_S)


def killed_while_writing(folder: Path, kills: int, seed: int) -> tuple[Answered, list[str]]:
    """Kill it so many times; what was answered for in all, and what was missing after any of them."""
    dice, answered, numbers, wrong = random.Random(seed), Answered(), count(1), list[str]()
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", str(SPEED)]
    with SimulatorProcess(folder / "exchange", arguments) as exchange:
        exchange.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}}, created_at="2026-06-01T06:00:00Z")
        trader, data = Trader(exchange, dice), folder / "data"
        product = Product.on_simulator(data, exchange.url, KEY, SECRET, SNAPSHOT_INTERVAL=str(SLOT_S))
        for kill in range(kills):
            product.start()
            writers = Writers(product.url, answered, numbers, dice)
            trader.act()
            _wait_for_answers(answered, dice.randint(*ANSWERS))
            threading.Event().wait(dice.uniform(0.0, 0.5))
            product.kill()
            writers.end()
            wrong += [f"kill {kill}: {sentence}" for sentence in missing(data, folder / "left", answered)]
        with product:
            product.get("/api/portfolio/overview")
            assert product.stop() == 0
    return answered, wrong
