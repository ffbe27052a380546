"""Workers that are killed and frozen at random moments while they read accounts, and a run that nobody disturbs.

The judge compares rows of the time before both runs: what the disturbed one has in its ledger, its flows and its hourly
snapshots with their values must be what the other one has, each once. And every stored figure of it must follow from
its raw rows (`verify`).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from backend.scale_out import places
from backend.scale_out.hands import BEGUN, state_key
from backend.tests.database_places import NAME
from backend.tests.forks import run
from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, wait_for, wait_while_it_stirs
from backend.tests.redis_server import RedisServer
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import rows

# The exchange's clock goes on from here as the machine's does: one that stands still refuses whoever is slow.
START: Final = "2026-06-01T12:00:30Z"
START_MS: Final = 1_780_315_230_000
HOUR_MS: Final = 3_600_000
WITHIN_S: Final = 600.0
LOOK_S: Final = 0.5
# A kill falls somewhere in so many seconds of work; one strike of so many is no kill but a freeze.
LONGEST_S: Final = 4.0
FREEZES: Final = 4
HISTORY: Final[Mapping[str, int]] = {"days": 3, "trades": 12, "flows": 4}
EXCHANGE: Final = (sys.executable, "-m", "backend.exchange.simulator")
HAS_PLACE: Final = "worker began"
LOST: Final = "step handed out anew"
# So many characters of what a command said.
TOLD: Final = 2_000
JUDGED: Final[Mapping[str, str]] = {
    "ledger events": "SELECT a.name, e.source, e.external_id, e.kind, e.at, e.amount_in, e.amount_out, e.fee_amount"
    f" FROM ledger_events e JOIN accounts a ON a.id = e.account_id WHERE e.at <= {START_MS}",
    "flows": "SELECT a.name, f.timestamp, f.type, f.asset, f.quantity, f.source, f.external_id"
    f" FROM cash_flows f JOIN accounts a ON a.id = f.account_id WHERE f.timestamp <= {START_MS}",
    "slots": "SELECT a.name, s.timestamp, s.total_value_usd, s.cum_flows_usd, s.growth_index, s.benchmark_value_usd"
    " FROM snapshots s JOIN accounts a ON a.id = s.account_id"
    f" WHERE s.timestamp % {HOUR_MS} = 0 AND s.timestamp <= {START_MS}",
}
ENDED: Final = f"SELECT count(*) FROM snapshots WHERE timestamp = {START_MS // HOUR_MS * HOUR_MS}"
MEMBERS: Final = "SELECT count(*) FROM whole_members"
WAITING: Final = "SELECT count(*) FROM account_sync WHERE NOT import_complete OR dirty_from IS NOT NULL"


def settled(folder: Path, accounts: int) -> bool:
    """Whether every account, and all of them together, have their history and nothing waits to be computed."""
    members = accounts if accounts > 1 else 0
    wanted = {ENDED: accounts + bool(members), MEMBERS: members, WAITING: 0}
    return all(rows(folder / NAME, query) == [(count,)] for query, count in wanted.items())


def turns(folder: Path) -> int:
    """How many steps were handed out."""
    return int(rows(folder / NAME, "SELECT coalesce(sum(turn), 0) FROM account_turns")[0][0])


def places_taken(redis: RedisServer) -> int:
    """How many workers have a place."""
    return len(places.taken(redis.client))


def differences(disturbed: Path, quiet: Path) -> list[str]:
    """What the disturbed run lost or doubled."""
    found = []
    for name, query in JUDGED.items():
        have, want = Counter(rows(disturbed / NAME, query)), Counter(rows(quiet / NAME, query))
        if not want:
            found.append(f"{name}: nothing to compare")
        found += [f"{name}: lost {row}" for row in (want - have)]
        found += [f"{name}: doubled or invented {row}" for row in (have - want)]
    return found


class Crew:
    """An exchange with accounts, a Redis, a collector that hands its steps out, and workers."""

    def __init__(
        self,
        folder: Path,
        accounts: int,
        workers: int,
        exchange: SimulatorProcess,
        redis: RedisServer,
        first: str = "",
    ) -> None:
        """`first`: what collector and workers import before they begin."""
        self.folder = folder
        self.exchange = exchange
        self.redis = redis
        self.accounts = accounts
        self._first = first
        self.collector = Product(folder, self.settings(WORKERS="celery", REDIS_URL=redis.url), first=first)
        self.workers = [self._worker(number) for number in range(workers)]
        self.write_accounts(folder)

    def settings(self, **more: str) -> Mapping[str, str]:
        return {
            "BINANCE_SIMULATOR_URL": self.exchange.url,
            "BALANCE_UPDATE_INTERVAL": "2",
            "SNAPSHOT_INTERVAL": "3600",
            "LOG_LEVEL": "INFO",
            "WITHOUT_KEY": "true",
            **more,
        }

    def write_accounts(self, folder: Path) -> None:
        """The keys of the accounts, for a collector to take over."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "accounts.toml"
        file.touch(0o600)
        entries = [f'[[account]]\nname = "{key}"\napi_key = "{key}"\napi_secret = "{SECRET}"\n' for key in self.keys]
        file.write_text("\n".join(entries), "utf-8")

    @property
    def keys(self) -> Sequence[str]:
        return [f"key-{number}" for number in range(self.accounts)]

    def refreshed_by_workers(self) -> int:
        """Refreshes that stand in the logs of workers."""
        logs = [one.log.read_text("utf-8", "replace") for one in self.workers if one.log.exists()]
        return sum(text.count("Auto-refresh #") for text in logs)

    def until(self, probe: Callable[[], object], what: str) -> None:
        """Wait for something as long as the exchange is asked for more."""
        wait_while_it_stirs(probe, what, lambda: self.exchange.control("/sim/requests"))

    def wait_settled(self, folder: Path | None = None) -> None:
        self.until(lambda: settled(folder or self.folder, self.accounts), "every history is there")

    def end(self) -> None:
        """Stop what runs of collector and workers."""
        for one in (*self.workers, self.collector):
            if one.running:
                one.stop()

    def _worker(self, number: int) -> Product:
        worker = Product(
            self.folder, self.settings(WORKERS="celery", REDIS_URL=self.redis.url), ("worker",), first=self._first
        )
        worker.log = self.folder / f"worker-{number}.log"
        return worker


@contextlib.contextmanager
def crew(
    folder: Path,
    accounts: int,
    workers: int,
    seed: int,
    history: Mapping[str, int] = HISTORY,
    first: str = "",
    exchange_command: Sequence[str] = EXCHANGE,
) -> Iterator[Crew]:
    """All of it running, on an exchange with histories behind it; `first` as of `Crew`."""
    arguments = ["--seed", str(seed), "--start-time", START]
    with SimulatorProcess(folder / "exchange", arguments, exchange_command) as exchange, RedisServer() as redis:
        for number in range(accounts):
            key = f"key-{number}"
            exchange.open_account(key, SECRET, balances={"spot": {"USDT": "20000"}})
            exchange.control("/sim/history", {"api_key": key, "seed": seed + number, **history})
        found = Crew(folder / "disturbed", accounts, workers, exchange, redis, first)
        try:
            # First the workers: what the collector finds nobody for it does itself, and a first import takes long.
            for worker in found.workers:
                worker.launch()
            for worker in found.workers:
                wait_for(partial(_key_of_place, worker), "the worker has begun", WITHIN_S, LOOK_S)
            found.collector.start(WITHIN_S)
            yield found
        finally:
            found.end()


def struck_at_random(folder: Path, accounts: int, workers: int, strikes: int, seed: int) -> list[str]:
    """Kill and freeze workers, let them be started anew; what the judge found.

    The first strike is at all of them, while one has a step.
    """
    dice, pause = random.Random(seed), threading.Event()
    with crew(folder, accounts, workers, seed) as found:
        wait_for(partial(_under_way, found.redis), "a worker has a step", WITHIN_S)
        for worker in found.workers:
            worker.kill()
        start_the_dead(found.workers)
        for number in range(2, strikes + 1):
            victim = dice.choice(found.workers)
            # A start takes seconds, and a kill of what has not begun says little.
            place = wait_for(partial(_key_of_place, victim), "the worker has begun", WITHIN_S, LOOK_S)
            pause.wait(dice.uniform(0.0, LONGEST_S))
            if number % FREEZES:
                victim.kill()
            else:
                _freeze(victim, found.redis, place)
            start_the_dead(found.workers)
        found.wait_settled()
        before = found.refreshed_by_workers()
        found.until(lambda: found.refreshed_by_workers() > before, "workers go on")
        code, told, errors = run(("verify",), found.collector.environment)
        wrong = [f"verify: {told[-TOLD:]}{errors[-TOLD:]}"] if code else []
        if LOST not in found.collector.log.read_text("utf-8", "replace"):
            wrong.append("the strikes hit nothing: no step was lost")
        found.end()  # what is judged is written; further refreshes would only take the quiet run's time
        quiet = folder / "quiet"
        found.write_accounts(quiet)
        with Product(quiet, found.settings()):
            found.wait_settled(quiet)
        return wrong + differences(found.folder, quiet)


def _under_way(redis: RedisServer) -> bool:
    """Whether a worker is at a step."""
    return any(redis.client.get(key) == BEGUN for key in redis.client.scan_iter(state_key("*")))


def _key_of_place(worker: Product) -> str | None:
    """Where Redis keeps the place of a worker; None: it has none yet."""
    lines = worker.log.read_text("utf-8", "replace").splitlines() if worker.log.exists() else []
    began = next((line for line in lines if HAS_PLACE in line), None)
    return None if began is None else f"portfolio:worker:{json.loads(began)['place']}"


def _freeze(worker: Product, redis: RedisServer, place: str) -> None:
    """Stop a worker in the middle of what it does until its place is nobody's, and let it go on."""
    token = redis.client.get(place)
    os.kill(worker.pid, signal.SIGSTOP)
    wait_for(lambda: redis.client.get(place) != token, "its place is nobody's", WITHIN_S, LOOK_S)
    os.kill(worker.pid, signal.SIGCONT)


def start_the_dead(workers: Sequence[Product]) -> None:
    """Start those anew that do not run."""
    for one in workers:
        if not one.running:
            # What a log of before told is no sign of the one that begins.
            one.log.unlink()
            one.launch()
