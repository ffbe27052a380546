"""Streams cut again and again: no change of the account is lost, and the page agrees with the exchange within 5 s.

The program refreshes by itself once an hour only, so whatever shows came by a stream, or by the look that a new
subscription asks for. Changes fall before a cut, into the outage and after it. The judge is the exchange's own ledger.
"""

from __future__ import annotations

import contextlib
import random
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any, Final

import click

from backend.tests.process.harness import NeverHappened, Product, wait_for
from backend.tests.process.reference import movements, quantities
from backend.tests.simulator.harness import SimulatorProcess
from soak.harness import Run, Tally, go, report

FULL_COUNT: Final = 200
A_SLICE: Final = 50
KEY, SECRET = "key", "secret"
HOURLY: Final = "3600"
AGREES_WITHIN_S: Final = 5.0
# How long a disagreement is watched, to tell what is late from what is lost.
GIVEN_UP_AFTER_S: Final = 60.0
# The exchange lets an address connect 300 times in five minutes, and the program keeps below that.
APART_S: Final = 1.5
PLACES: Final = ("WS /ws-api", "WS /ws-api", "WS /stream")
COINS: Final = {"BTC": "0.001", "ETH": "0.01", "SOL": "0.2"}
FOREVER: Final = 10**15
Held = Mapping[str, Decimal]


class Browser:
    """An open page: it hears of changed balances by server-sent events."""

    def __init__(self, product: Product) -> None:
        self._answer = product.session.get(f"{product.url}/api/events", stream=True, timeout=3600)
        self._heard = threading.Condition()
        self._told = 0
        threading.Thread(target=self._listen, name="browser", daemon=True).start()

    def told(self) -> int:
        """How many changes of balances it has heard of."""
        return self._told

    def wait_for_more(self, told: int) -> bool:
        """Whether it hears of a further one while it is worth waiting."""
        with self._heard:
            return self._heard.wait_for(lambda: self._told > told, GIVEN_UP_AFTER_S)

    def _listen(self) -> None:
        topic = ""
        with contextlib.suppress(OSError):  # the program ends before its page is closed
            for line in self._answer.iter_lines(decode_unicode=True):
                if line.startswith("event: "):
                    topic = line
                # Newer prices alone are told as well.
                elif topic == "event: balances" and line.startswith("data: ") and '"prices"' not in line:
                    with self._heard:
                        self._told += 1
                        self._heard.notify_all()


class Scene:
    """A simulator, the program beside it, and an account whose owner is busy."""

    def __init__(self, exchange: SimulatorProcess, product: Product, dice: random.Random) -> None:
        self._exchange = exchange
        self._product = product
        self._browser = Browser(product)
        self._dice = dice
        self._pause = threading.Event()

    def undisturbed(self) -> float:
        """A change while both streams stand: seconds until an open page is told.

        Raises:
            NeverHappened: it never was.
        """
        told, begun = self._browser.told(), time.monotonic()
        self.change(1)
        if not self._browser.wait_for_more(told):
            raise NeverHappened("an open page hears of a change")
        took_s = time.monotonic() - begun
        wait_for(self.agrees, "the page agrees with the exchange", GIVEN_UP_AFTER_S, 0.02)
        return took_s

    def cut(self) -> tuple[str, float]:
        """One cut with changes around it: where it fell, and seconds from the last change until all agreed.

        Raises:
            NeverHappened: they never did.
        """
        where = self._dice.choice(PLACES)
        begun = time.monotonic()
        before = self.connections()
        self.change(self._dice.randrange(3))
        self._exchange.control("/sim/faults", {"kinds": ["stream_cut"], "p": 1, "match": where, "count": 1})
        wait_for(lambda: self.connections() < before, "the cut falls", GIVEN_UP_AFTER_S, 0.01)
        self.change(1 + self._dice.randrange(2))
        changed = time.monotonic()
        wait_for(self.agrees, "the page agrees with the exchange", GIVEN_UP_AFTER_S, 0.02)
        took_s = time.monotonic() - changed
        wait_for(lambda: self.connections() >= before, "the streams are back", GIVEN_UP_AFTER_S)
        self._pause.wait(max(0.0, APART_S - (time.monotonic() - begun)))
        return where, took_s

    def change(self, times: int) -> None:
        for _ in range(times):
            kind = self._dice.randrange(3)
            if kind == 0:
                self._do("/sim/deposit", asset="USDT", amount=str(self._dice.randint(1, 900)))
            elif kind == 1:
                self._do("/sim/withdraw", asset="USDT", amount=str(self._dice.randint(1, 90)), fee="1")
            else:
                coin = self._dice.choice(list(COINS))
                self._do("/sim/trade", symbol=f"{coin}USDT", side="BUY", quantity=COINS[coin])

    def agrees(self) -> bool:
        return self.shown() == self.true()

    def shown(self) -> Held:
        rows = self._product.get("/api/portfolio/balances")["balances"]
        return {row["asset"]: Decimal(row["total"]) for row in rows}

    def true(self) -> Held:
        ledger = movements(self._exchange.control(f"/sim/ledger?api_key={KEY}"))
        return quantities(ledger, FOREVER)

    def connections(self) -> int:
        return int(self._exchange.control("/sim/streams")["connections"])

    def settled(self) -> bool:
        """Whether every flow of the exchange is on record, nothing stands in for one, and no figure is marked."""
        flows = self._product.all_items("/api/performance/cashflows")
        booked = sorted(Decimal(flow["quantity"]) for flow in flows if flow["status"] == "exact")
        page = self._product.get("/api/portfolio/overview")
        return booked == sorted(self._true_flows()) and page["pnl_status"] == page["status"] == "exact"

    def reconnects(self) -> int:
        return int(self._product.get("/api/portfolio/overview")["sync"]["streams"]["reconnects"])

    def _true_flows(self) -> Sequence[Decimal]:
        ledger = movements(self._exchange.control(f"/sim/ledger?api_key={KEY}"))
        return [abs(move.change) for move in ledger if move.kind in ("deposit", "withdrawal")]

    def _do(self, path: str, **fields: Any) -> None:
        self._exchange.control(path, {"api_key": KEY, **fields})


@dataclass
class Times:
    """Seconds: from a change to the page that is told of it, and from the last change of a cut until all agreed."""

    told: list[float] = field(default_factory=list)
    agreed: list[float] = field(default_factory=list)

    def facts(self) -> dict[str, str]:
        """Median and slowest of both."""
        named = {"told": self.told, "agreed": self.agreed}
        return {
            f"{name}, median and slowest": f"{median(took):.2f} s, {max(took):.2f} s" if took else "remembered"
            for name, took in named.items()
        }


def cuts(dice: random.Random, count: int, times: Times) -> Tally:
    """So many cuts of one program's streams, each after a change that nothing disturbs."""
    tally = Tally()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-streams-")))
        exchange = stack.enter_context(SimulatorProcess(folder / "exchange", ["--seed", str(dice.randrange(1000))]))
        exchange.open_account(KEY, SECRET, balances={"spot": {"USDT": "100000", "BTC": "0.1"}})
        streams = exchange.control("/sim/streams")["url"]
        product = stack.enter_context(
            Product.on_simulator(
                folder / "data", exchange.url, KEY, SECRET,
                BINANCE_SIMULATOR_STREAM_URL=streams, BALANCE_UPDATE_INTERVAL=HOURLY,
            )
        )  # fmt: skip
        scene = Scene(exchange, product, dice)
        wait_for(lambda: scene.connections() == 2 and scene.agrees(), "the program is live", GIVEN_UP_AFTER_S)
        for number in range(count):
            try:
                told_s = scene.undisturbed()
                where, took_s = scene.cut()
            except NeverHappened as problem:
                tally.counts["lost"] += 1
                tally.failures.append(f"cut {number + 1}: {problem}: {scene.shown()} is not {scene.true()}")
                continue
            times.told.append(told_s)
            times.agreed.append(took_s)
            tally.counts[f"cut {where.removeprefix('WS ')}"] += 1
            tally.counts["told within 1 s"] += told_s < 1.0
            tally.counts["agreed within 1 s"] += took_s < 1.0
            if took_s > AGREES_WITHIN_S:
                tally.failures.append(f"cut {number + 1}: the page agreed after {took_s:.1f} s")
        try:
            wait_for(scene.settled, "every flow is booked once", GIVEN_UP_AFTER_S)
        except NeverHappened as problem:
            tally.failures.append(str(problem))
        tally.counts["reconnects"] += scene.reconnects()
    return tally


@click.command("streams")
@click.option("--count", default=FULL_COUNT, show_default=True, help="How many cuts.")
@click.option("--seed", default=1, show_default=True, help="The dice; the same seed gives the same cuts and changes.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Streams cut (S1-15): no change lost, the page agrees with the exchange within 5 s."""
    times = Times()
    run = Run("streams", seed, count, A_SLICE)
    tally = go(run, lambda dice, cases: cuts(dice, cases, times))
    context.exit(report(run, tally, **times.facts()))
