"""The three services are killed and started again in random orders while somebody writes, trades and looks on.

The exchange is a process of its own and outlives every kill; its ledger, and what was answered for, are the judges.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any, Final

import requests

from backend.tests.database_places import settings_of
from backend.tests.leaks import SECRET
from backend.tests.process.answered_run import Answered, Writers, gone
from backend.tests.process.composed import Composed, Machine
from backend.tests.process.crash_run import FOREVER, SLOT_S, Trader, judge
from backend.tests.process.harness import NeverHappened, wait_for
from backend.tests.process.open_page import OpenPage
from backend.tests.process.order_api import Tried, sent
from backend.tests.process.order_judge import moment, wrong_with
from backend.tests.process.order_run import IN_ORDER, LONGEST_AIM_S
from backend.tests.process.order_scene import (
    BALANCES,
    LATENCY_MS,
    LOOK_EVERY_S,
    PATIENCE_S,
    TARGETS,
    OrderScene,
    lay_accounts,
    pin_prices,
)
from backend.tests.process.reference import movements, quantities
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import looked_into, rows

# Orders are sent for the one; the owner of the other trades by hand all the time, which would stop runs of the first.
ORDERS, BUSY = "orders", "busy"
ACCOUNTS: Final = (ORDERS, BUSY)
SPEED: Final = 60
READY_EVERY_S: Final = 0.2
# Between two strikes; several fall into one start.
LONGEST_PAUSE_S: Final = 1.5
# Of each writer: the machine has to compute what they enter, one after the other.
WRITER_RESTS_S: Final = 2.0
POLITELY: Final = 0.25
READY_WITHIN_S: Final = (1, 2, 5, 10, 20, 60)
PROBLEM: Final = frozenset({"type", "title", "status", "detail", "code"})
UNSETTLED: Final = ("recomputing", "unreconciled")


def strikes(dice: random.Random, names: Sequence[str]) -> list[str]:
    """Each service ends and begins again, in a random order: `backend-` and later `backend+`, others in between."""
    order = [name for name in names for _ in range(2)]
    dice.shuffle(order)
    down: set[str] = set()
    found = []
    for name in order:
        found.append(f"{name}{'+' if name in down else '-'}")
        down.add(name)
    return found


def refused_wrongly(answer: requests.Response) -> bool:
    """Whether it failed otherwise than the contract says: 503, in the form of every error."""
    if answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return False
    is_problem = answer.headers.get("Content-Type", "").startswith("application/problem+json")
    return (
        answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE or not is_problem or bool(PROBLEM - answer.json().keys())
    )


@dataclass
class Services:
    """The services on one folder beside an exchange, a page that is open, and what was answered for."""

    scene: OrderScene
    parts: Mapping[str, Composed]
    trader: Trader
    dice: random.Random
    tried: Tried = field(default_factory=Tried)
    answered: Answered = field(default_factory=Answered)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    # When each was started that is not ready yet, and which epoch of the lease had gone before.
    begun_s: dict[str, float] = field(default_factory=dict)
    epoch: int = 0
    # Of orders, the one under way.
    run: int = 0

    def __post_init__(self) -> None:
        self.page = OpenPage(self.scene.web.url, self.look)

    # -- what is seen on the way ------------------------------------------------------------------------------------

    def look(self, answer: requests.Response) -> None:
        """An answer that somebody was given."""
        if refused_wrongly(answer):
            what = f"{answer.request.method} {answer.request.path_url}: {answer.status_code}"
            self.tried.failures.append(f"{what} {answer.text[:200]!r}")
        elif answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.tried.counts[f"refused as {answer.json()['code']}"] += 1

    def ready(self, name: str) -> bool:
        """Whether it works; of a collector: whether it leads."""
        return self.scene.epoch() > self.epoch if name == "collector" else self.parts[name].well()

    def rest(self, seconds: float) -> None:
        """So long; meanwhile is told who has got ready."""
        pause, until = threading.Event(), time.monotonic() + seconds
        while True:
            for name in [one for one in self.begun_s if self.ready(one)]:
                took_s = time.monotonic() - self.begun_s.pop(name)
                within = next((bound for bound in READY_WITHIN_S if took_s <= bound), None)
                self.tried.counts[f"{name} ready " + (f"within {within} s" if within else "later")] += 1
            if time.monotonic() >= until:
                return
            pause.wait(READY_EVERY_S)

    def all_ready(self) -> bool:
        self.rest(0.0)
        return not self.begun_s

    # -- strikes ----------------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        if name == "collector":
            self.epoch = self.scene.epoch()
        self.begun_s[name] = time.monotonic()
        self.parts[name].launch()

    def end(self, name: str) -> None:
        politely = self.dice.random() < POLITELY
        if name == "collector":
            self._aim()
        self.begun_s.pop(name, None)
        if not politely:
            self.parts[name].kill()
            self.tried.counts[f"{name} killed"] += 1
        else:
            by_itself = self.parts[name].end()
            self.tried.counts[f"{name} asked to end" + ("" if by_itself else ", killed in the end")] += 1
        if name == "collector":
            self.tried.counts[f"collector ended at {moment(self.scene.journal().of_run(self.run))}"] += 1

    def _aim(self) -> None:
        """Wait a while for an order that is under way."""
        pause, until = threading.Event(), time.monotonic() + LONGEST_AIM_S
        while time.monotonic() < until:
            if moment(self.scene.journal().of_run(self.run)) in (*IN_ORDER, "after the end"):
                break
            pause.wait(LOOK_EVERY_S)
        pause.wait(self.dice.uniform(0.0, LATENCY_MS / 1000))

    def strike(self, one: str) -> None:
        name, what = one[:-1], one[-1]
        self.start(name) if what == "+" else self.end(name)
        if self.dice.random() < 0.5:
            self.trader.act()
        if what == "-" and name == "backend" and "frontend" in self.parts and self.parts["frontend"].well():
            self._front_alone()

    def _front_alone(self) -> None:
        """The dashboard is there without the backend, and its questions are answered in the form of every error."""
        page = self.scene.web.request("GET", "/")
        asked = self.scene.web.request("GET", "/health")
        self.look(asked)
        if not page.ok or b'<div id="app">' not in page.content:
            self.tried.failures.append(f"without the backend the page is {page.status_code}")
        if asked.status_code != HTTPStatus.SERVICE_UNAVAILABLE or asked.json()["code"] != "backend-away":
            self.tried.failures.append(f"without the backend /health is {asked.status_code} {asked.text[:200]!r}")
        self.tried.counts["times nginx was asked without a backend"] += 1

    # -- a round ----------------------------------------------------------------------------------------------------

    def round(self, number: int) -> None:
        """Orders and writes begin, all services end and begin again in some order, all goes on, and all is judged."""
        plan = strikes(self.dice, list(self.parts))
        try:
            self._dry_run(number)
            (run,) = self.scene.begin([ORDERS], 0, TARGETS[number % 2], kinds=())
            self.run = run
            writers = self._writers()
            try:
                self._wait_for_writes("address")
                for one in plan:
                    self.strike(one)
                    self.rest(self.dice.uniform(0.0, LONGEST_PAUSE_S))
                wait_for(self.all_ready, "all services are ready", PATIENCE_S, READY_EVERY_S)
                self._wait_for_writes(*self.answered.names)
                self.scene.finish([run])
            finally:
                writers.end()
            self._settle()
            wrong = self._wrong(run)
        except (AssertionError, NeverHappened) as broken:
            wrong = [str(broken)]
        self.tried.counts["orders of kills and starts"] += 1
        self.tried.failures += [f"{' '.join(plan)}: {sentence}" for sentence in wrong]

    def _writers(self) -> Writers:
        return Writers(
            self.scene.web.url, self.answered, self.numbers, self.dice,
            account=self.scene.ids[ORDERS], look=self.look, pause_s=WRITER_RESTS_S,
        )  # fmt: skip

    def _wait_for_writes(self, *kinds: str) -> None:
        """Until a further one of each kind was answered for."""
        before = {kind: len(self.answered.names[kind]) for kind in kinds}
        wait_for(
            lambda: all(len(self.answered.names[kind]) > number for kind, number in before.items()),
            "writes are answered",
            PATIENCE_S,
        )

    def _dry_run(self, number: int) -> None:
        """A plan is walked through without an order."""
        self.scene.exchange.control("/sim/clock", {"speed": 1})
        plan, before = self.scene.plan(ORDERS, allocations=TARGETS[number % 2]), sent(self.scene)
        body = {"plan_id": plan["plan_id"], "hash": plan["hash"], "confirmation": ORDERS, "dry_run": True}
        self.scene.web.post("/api/rebalancing/execute", body)
        assert sent(self.scene) == before, "a dry run posted an order"
        self.tried.counts["dry runs"] += 1

    def _settle(self) -> None:
        """The exchange's clock stands still until all that was asked is done and all that happened is told."""
        self.scene.exchange.control("/sim/clock", {"speed": 0})
        wait_for(
            lambda: not self._asked("SELECT id FROM jobs WHERE finished_machine IS NULL"), "all is done", PATIENCE_S
        )
        for name in ACCOUNTS:
            wait_for(lambda name=name: self._caught_up(name), f"all of {name} is read", PATIENCE_S, 0.2)  # type: ignore[misc]  # bound now
        wait_for(lambda: self.scene.web.get("/health")["status"] == "ok", "health is good", PATIENCE_S, 0.2)

    def _asked(self, query: str) -> list[Any]:
        return rows(self.scene.database, query)

    def _caught_up(self, name: str) -> bool:
        shown = self.scene.web.get("/api/portfolio/balances", account=self.scene.ids[name])["balances"]
        held = {row["asset"]: Decimal(row["total"]) for row in shown}
        kinds = {item["kind"] for item in self.scene.web.get("/api/portfolio/overview")["attention"]}
        return held == quantities(movements(self.scene.ledger(name)), FOREVER) and not kinds & set(UNSETTLED)

    # -- the judge --------------------------------------------------------------------------------------------------

    def _wrong(self, run: int) -> list[str]:
        """Everything that is not as it was answered, sent or told."""
        journal = self.scene.journal().of_account(self.scene.ids[ORDERS]).meant()
        orders = self.scene.orders(ORDERS)
        wrong = wrong_with(journal, orders)
        mine = journal.of_run(run)
        wrong += [f"run {run} ended {row['state']}: {row['detail']}" for row in mine.runs if row["state"] != "complete"]
        wrong += [f"leg {leg['n']} is {leg['state']}" for leg in mine.legs if leg["state"] != "FILLED"]
        with looked_into(self.scene.database) as connection:
            wrong += gone(connection, self.answered)
        wrong += self._unheard([row[0] for row in self._asked("SELECT id FROM events ORDER BY id")])
        for name in ACCOUNTS:
            try:
                judge(self.scene.database, self.scene.ledger(name), self.scene.ids[name], len(ACCOUNTS))
            except AssertionError as difference:
                wrong.append(f"{name} is stored otherwise than it happened: {difference}")
        self.tried.counts["runs of orders"] += 1
        self.tried.counts["orders judged"] = len(orders)
        return wrong

    def _unheard(self, told: Sequence[int]) -> list[str]:
        """What the open page was not told, or not in its order, of all events up to now."""
        wait_for(lambda: (self.page.last or 0) >= told[-1], "the open page hears of the newest event", PATIENCE_S)
        wanted = [one for one in told if one > (self.page.began_at or 0)]
        heard = [one for one in self.page.heard if one <= told[-1]]
        return [] if heard == wanted else [f"the page was told {len(heard)} events of {len(wanted)}: {heard[-9:]}"]

    def finish(self) -> Tried:
        """What came of all rounds."""
        self.page.close()
        self.tried.failures += self.page.wrong
        self.tried.counts.update(self.page.counts)
        self.tried.counts["events heard"] += len(self.page.heard)
        self.tried.counts["settings answered for"] += self.answered.settings[0]
        for kind, names in self.answered.names.items():
            self.tried.counts[f"{kind}: answered for"] += len(names)
        return self.tried


@contextmanager
def services(folder: Path, dice: random.Random, home: Machine) -> Iterator[Services]:
    """Start everything and wait until both accounts are known; without nginx where it cannot be had."""
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", "1"]
    with SimulatorProcess(folder / "exchange", arguments) as exchange, ExitStack() as ended:
        pin_prices(exchange)
        for name in ACCOUNTS:
            exchange.open_account(name, SECRET, balances={"spot": dict(BALANCES)}, created_at="2026-05-31T00:00:00Z")
        data = folder / "data"
        data.mkdir()
        lay_accounts(data / "accounts.toml", ACCOUNTS)
        given = {
            # The collector alone is shown it.
            "ACCOUNTS_FILE": home.shown(data / "accounts.toml"),
            "BALANCE_UPDATE_INTERVAL": "2",
            "SNAPSHOT_INTERVAL": str(SLOT_S),
            "EXCHANGE_TIMEOUT": "5",
        } | settings_of(data)
        ended.callback(home.close)
        backend, collector = (home.program(name, data, given, exchange.url) for name in ("backend", "collector"))
        parts: dict[str, Composed] = {"backend": backend, "collector": collector}
        if home.has_front():
            parts = {"frontend": home.front(folder / "front", backend.port), **parts}
        for part in parts.values():
            ended.callback(lambda one=part: one.kill() if one.running else None)  # type: ignore[misc]  # bound now
            part.launch()
        for part in parts.values():
            wait_for(lambda one=part: one.name == "collector" or one.well(), f"{part.name} is well", PATIENCE_S)  # type: ignore[misc]  # bound now
        web = parts.get("frontend", backend)
        wait_for(lambda: len(web.get("/api/accounts")["items"]) == len(ACCOUNTS), "both accounts are known", PATIENCE_S)
        scene = OrderScene(exchange, data, web, collector, list(ACCOUNTS), SPEED)
        ended.callback(scene.close)
        scene.set_up()
        made = Services(scene, parts, Trader(exchange, dice, BUSY), dice)
        ended.callback(made.page.close)
        yield made


def killed_in_orders(folder: Path, rounds: int, seed: int, home: Machine) -> Tried:
    """So many orders of kills and starts on one data folder."""
    dice = random.Random(seed)
    with services(folder, dice, home) as made:
        for number in range(rounds):
            made.round(number)
        return made.finish()
