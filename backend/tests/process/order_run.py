"""Runs of orders by the real program, killed again and again on an exchange that loses answers.

The collector is a process of its own beside the web server, so that it alone is killed. The judge is the exchange's
ledger (`order_judge.py`); what "as uninterrupted" means is said by an account that is left in peace.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.process.harness import NeverHappened, wait_for
from backend.tests.process.order_judge import Journal, balances, lowest, moment, wrong_with
from backend.tests.process.order_scene import (
    LATENCY_MS,
    LOOK_EVERY_S,
    LOST,
    ORDER_PATHS,
    PATIENCE_S,
    RUN_OVER,
    TARGETS,
    OrderScene,
    P,
    order_scene,
    pin_prices,
)
from backend.tests.simulator.harness import ROOT, SimulatorProcess


@dataclass
class Outcome:
    """What a run of the harness went through."""

    kills: int = 0
    rounds: int = 0
    runs: int = 0
    orders: int = 0
    attempts: int = 0
    # Where each kill found the run that it was meant for.
    landed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def in_an_order(self) -> float:
        """Part of the kills that landed between SENDING and the end of an order."""
        inside = sum(count for name, count in self.landed.items() if name in IN_ORDER)
        return inside / max(self.kills, 1)


IN_ORDER: Final = ("SENDING", "UNKNOWN", "OPEN", "PARTIAL")
# A kill that waited too short would land anywhere: a slow machine needs seconds for a start alone.
LONGEST_AIM_S: Final = 20.0
# After so many a round is let end: what is left are orders that are being looked for.
KILLS_A_ROUND: Final = 25


@dataclass
class Killer:
    """Ends the collector at steps of the journal and at random moments, and starts it again."""

    scene: OrderScene
    dice: random.Random
    outcome: Outcome
    in_a_row: int = 1
    epoch: int = 0
    seen: set[tuple[Any, ...]] = field(default_factory=set)

    def kill_during(self, runs: Sequence[int], kills: int) -> None:
        """So many kills while the runs are under way; fewer where they end before."""
        for _ in range(kills):
            aimed = self._reach_a_moment(runs)
            if aimed is None:
                return
            self._kill(aimed)
            for _ in range(self.in_a_row - 1):
                # In the middle of a start, or of what it takes up again.
                threading.Event().wait(self.dice.uniform(0.1, 2.5))
                self._kill(self._in_an_order(runs, aimed))

    def _in_an_order(self, runs: Sequence[int], otherwise: int) -> int:
        """A run that has an order under way, waited for a while, or until all runs have ended."""
        until = time.monotonic() + LONGEST_AIM_S
        while time.monotonic() < until:
            journal = self.scene.journal()
            there = [row["run_id"] for row in journal.attempts if row["state"] in IN_ORDER]
            if reached := [run for run in there if run in runs]:
                return int(self.dice.choice(reached))
            if not self._left(runs, journal):
                break
            threading.Event().wait(LOOK_EVERY_S)
        return otherwise

    def _reach_a_moment(self, runs: Sequence[int]) -> int | None:
        """Wait until a run is in a state that the dice choose, or for a random while; None: all runs have ended."""
        aim = self.dice.choice(("SENDING", "SENDING", "SENDING", "SENDING", "UNKNOWN", "UNKNOWN", "a moment"))
        pause = threading.Event()
        if aim == "a moment":
            pause.wait(self.dice.uniform(0.2, 2.0))
        else:
            wait_for(lambda: self.scene.epoch() > self.epoch, "the collector leads", PATIENCE_S)
        until = time.monotonic() + LONGEST_AIM_S
        while True:
            journal = self.scene.journal()
            left = self._left(runs, journal)
            if not left:
                return None
            if aim == "a moment" or time.monotonic() > until:
                return self.dice.choice(left)
            # One that a former kill left behind is no step of this life of the collector.
            there = [row["run_id"] for row in journal.attempts if row["state"] == aim and _step(row) not in self.seen]
            reached = [run for run in there if run in left]
            if reached:
                # On its way, just arrived, or its answer on the way back.
                pause.wait(self.dice.uniform(0, 1.5) * LATENCY_MS / 1000)
                return int(self.dice.choice(reached))
            pause.wait(LOOK_EVERY_S)

    @staticmethod
    def _left(runs: Sequence[int], journal: Journal) -> list[int]:
        """The runs that have not ended."""
        states = journal.state_of_runs()
        return [run for run in runs if states[run] not in RUN_OVER]

    def _kill(self, aimed: int) -> None:
        self.epoch = self.scene.epoch()
        self.scene.collector.kill()
        journal = self.scene.journal()
        self.seen = {_step(row) for row in journal.attempts}
        self.outcome.kills += 1
        self.outcome.landed[moment(journal.of_run(aimed))] += 1
        self.scene.collector.launch()


def _step(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["client_order_id"], row["state"]


def judged(scene: OrderScene, name: str, run: int, wanted: Mapping[str, Decimal]) -> list[str]:
    """What is wrong with one account's run: ledger, journal, its end, and what is left beside what should be."""
    whole, orders, ledger = scene.journal().of_account(scene.ids[name]), scene.orders(name), scene.ledger(name)
    wrong = wrong_with(whole, orders)
    journal = whole.of_run(run)
    (row,) = journal.runs
    if row["state"] != "complete":
        wrong.append(f"the run ended {row['state']}: {row['reason']} {row['detail']}")
    wrong += [f"leg {leg['n']} is {leg['state']}: {leg['error']}" for leg in journal.legs if leg["state"] != "FILLED"]
    left = balances(ledger)
    if left != wanted:
        wrong.append(f"{_text(left)} is left, not {_text(wanted)}")
    if lowest(ledger) < 0:
        wrong.append(f"a balance was {lowest(ledger)}")
    return [f"{name}, run {run}: {sentence}" for sentence in wrong]


def _text(held: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{amount:f} {asset}" for asset, amount in sorted(held.items()))


def kills(
    folder: Path,
    seed: int,
    count: int,
    *,
    in_a_row: int = 1,
    at_once: int = 6,
    kinds: Sequence[str] = LOST,
    forked: bool = True,
    say: Callable[[str], None] = lambda words: None,
) -> Outcome:
    """Kill the collector so many times while runs are under way, and judge every run.

    Each round every account is brought to other targets than before, the first of them in peace.

    Args:
        in_a_row: kills that follow one another at once, each counted.
        at_once: runs under way at a time.
    """
    dice, outcome = random.Random(seed), Outcome()
    with order_scene(folder, 1 + at_once, forked=forked) as scene:
        quiet, *tried = scene.names
        while outcome.kills < count:
            targets = TARGETS[outcome.rounds % len(TARGETS)]
            wanted = uninterrupted(scene, quiet, targets)
            runs = scene.begin(tried, dice.randrange(10**6), targets, kinds)
            Killer(scene, dice, outcome, in_a_row).kill_during(
                runs, -(-min(KILLS_A_ROUND, count - outcome.kills) // in_a_row)
            )
            scene.finish(runs)
            for name, run in zip(tried, runs, strict=True):
                outcome.wrong += judged(scene, name, run, wanted)
                outcome.runs += 1
                outcome.attempts += len(scene.journal().of_run(run).attempts)
            outcome.orders = sum(len(scene.orders(name)) for name in tried)
            outcome.rounds += 1
            say(f"{outcome.kills} kills, {outcome.orders} orders, {len(outcome.wrong)} wrong")
    return outcome


def uninterrupted(scene: OrderScene, name: str, targets: Mapping[str, float]) -> dict[str, Decimal]:
    """What an account holds after a run that nothing disturbs."""
    (run,) = scene.begin([name], 0, targets, ())
    scene.finish([run])
    wanted = balances(scene.ledger(name))
    wrong = judged(scene, name, run, wanted)
    assert wrong == [], wrong
    return wanted


# -- the naive client ---------------------------------------------------------------------------------------------


def naive_doubles(folder: Path, seed: int, orders: int, kills_: int) -> tuple[int, int]:
    """A client that sends again on silence, under the same faults and kills: orders it meant, and orders it made."""
    dice = random.Random(seed)
    with SimulatorProcess(folder / "exchange", ["--start-time", "2026-06-01T12:00:30Z"]) as exchange:
        pin_prices(exchange)
        exchange.open_account("naive", "secret", balances={"spot": {"BTC": "10"}}, created_at="2026-05-31T00:00:00Z")
        body = {"p": P, "seed": seed, "kinds": list(LOST), "match": ORDER_PATHS, "latency_ms": LATENCY_MS}
        exchange.control("/sim/faults", body)
        meant = [
            {"symbol": "BTCUSDT", "side": "SELL", "type": "MARKET", "quantity": "0.01", "newClientOrderId": f"naive{n}"}
            for n in range(orders)
        ]
        state = folder / "naive.json"
        command = [sys.executable, "-m", "backend.tests.process.order_naive", exchange.url, "naive", "secret"]
        command += [str(state), json.dumps(meant)]

        def made() -> list[str]:
            return [row["client_order_id"] for row in exchange.control("/sim/orders?api_key=naive")]

        for _ in range(kills_):
            more = len(made()) + dice.randint(1, 2)
            with subprocess.Popen(command, cwd=ROOT) as client:
                with suppress(NeverHappened):
                    wait_for(lambda: client.poll() is not None or len(made()) >= more, "it sends", 10, LOOK_EVERY_S)  # noqa: B023 - asked at once
                client.kill()
        subprocess.run(command, cwd=ROOT, timeout=PATIENCE_S, check=True)
        found = made()
    return len(set(found)), len(found)
