"""The promises about orders (O1 to O12) at their full counts; docs/evidence/orders.md has what came of them."""

from __future__ import annotations

import logging
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import click
import structlog

from backend.core.rebalancing.errors import PlanError
from backend.core.rebalancing.planner import make_plan
from backend.tests.process import order_api, order_markets, order_promises, order_run
from backend.tests.process.order_promises import LAGS_S, Found
from backend.tests.process.order_scene import LOST, STOPPING, TARGETS, order_scene
from backend.tests.process.order_walks import Bench, bench
from backend.tests.unit.core.rebalancing.plan_judge import judge
from backend.tests.unit.core.rebalancing.random_plans import inputs, orders_of, world
from soak.harness import Run, Tally, go, report

ACCOUNTS: Final = 3
SIGTERM_S: Final = 10.0
# At least three kills in four have to meet an order between SENDING and its end.
IN_ORDER: Final = 0.75


@dataclass(frozen=True)
class Promise:
    """What is done so many times, `slice_size` at a time with a folder and dice of their own."""

    count: int
    slice_size: int
    work: Callable[[Path, random.Random, int], Tally]


def walked(promise: Callable[[Bench, int], Found], folder: Path, dice: random.Random, cases: int) -> Tally:
    """Runs of random plans on an exchange in memory."""
    with bench(folder) as on:
        found = order_promises.repeated(promise, on, dice.randrange(10**6), cases)
    return Tally(found.counts, found.failures)


def lagged(lag_s: int, folder: Path, dice: random.Random, cases: int) -> Tally:
    """The same until so many legs were walked while reads lag."""
    with bench(folder) as on:
        found = order_promises.legs_at_lag(on, dice.randrange(10**6), cases, lag_s)
    return Tally(found.counts, found.failures)


def killed(in_a_row: int, folder: Path, dice: random.Random, cases: int) -> Tally:
    """The real program, killed while it sends orders; where one kill follows another, begun from the command line."""
    kinds, forked = (*LOST, *STOPPING), in_a_row == 1
    outcome = order_run.kills(folder, dice.randrange(10**6), cases, in_a_row=in_a_row, kinds=kinds, forked=forked)
    failures = list(outcome.wrong)
    if outcome.in_an_order < IN_ORDER:
        failures.append(f"only {outcome.in_an_order:.0%} of the kills met an order")
    counts = {"kills": outcome.kills, "runs": outcome.runs, "orders": outcome.orders, "attempts": outcome.attempts}
    histogram = {f"killed at {name}": count for name, count in outcome.landed.items()}
    return Tally(Counter(counts | histogram), failures)


def naive(folder: Path, dice: random.Random, cases: int) -> Tally:
    """A client that sends again on silence has to double orders under the same faults and kills."""
    meant, made = order_run.naive_doubles(folder, dice.randrange(10**6), cases, 10)
    failures = [] if made > meant else [f"{made} orders for {meant} that were meant: this harness would see nothing"]
    return Tally(Counter({"orders meant": meant, "orders made": made}), failures)


def failing_starts(folder: Path, dice: random.Random, cases: int) -> Tally:
    """Starts that cannot read the balances, with a run under way."""
    with order_scene(folder, 1, forked=False) as scene:
        tried = order_api.starts_with_failing_reads(scene, scene.names[0], TARGETS[0], dice.randrange(10**6), cases)
    return Tally(tried.counts, tried.failures)


def dry(folder: Path, dice: random.Random, cases: int) -> Tally:
    """Sequences of API calls that are all dry runs; the exchange counts orders that were posted."""
    tried = order_api.Tried()
    with order_scene(folder, ACCOUNTS, 1) as scene:
        for _ in range(cases):
            tried.add(order_api.dry_sequence(scene, dice.randrange(10**6)))
        posted = order_api.sent(scene)
    tried.counts["orders posted"] += posted
    return Tally(tried.counts, tried.failures + ([f"{posted} orders were posted in dry runs"] if posted else []))


def clicks(folder: Path, dice: random.Random, cases: int) -> Tally:
    """Plans executed twice, edited, in two tabs, too late; conversions whose answers were lost."""
    tried = order_api.Tried()
    with order_scene(folder, 1, 1) as scene:
        first = dice.randrange(10**6)
        for number in range(cases):
            tried.add(order_api.clicked(scene, scene.names[0], first + number))
            tried.add(order_api.converted(scene, scene.names[0], first + number))
    return Tally(tried.counts, tried.failures)


def politely(folder: Path, dice: random.Random, cases: int) -> Tally:
    """SIGTERM while orders are sent."""
    tried = order_api.Tried()
    with order_scene(folder, ACCOUNTS, forked=False) as scene:
        rounds = 0
        while tried.counts["ends"] < cases:
            left, targets = min(8, cases - tried.counts["ends"]), TARGETS[rounds % 2]
            tried.add(order_api.ended_politely(scene, scene.names, dice.randrange(10**6), targets, left, SIGTERM_S))
            rounds += 1
    return Tally(tried.counts, tried.failures)


def plans(folder: Path, dice: random.Random, cases: int) -> Tally:
    """Random plans on random markets: filters, purse, half the drift, no worse drift."""
    tally, first = Tally(), dice.randrange(10**6)
    for seed in range(first, first + cases):
        made = world(seed, 3 + seed % 7)
        try:
            orders = orders_of(make_plan(inputs(made)))
        except PlanError as impossible:
            tally.counts[f"no plan: {impossible.code}"] += 1
            continue
        tally.counts["plans with orders" if orders else "plans without orders"] += 1
        tally.counts["orders"] += len(orders)
        if orders:
            tally.failures += [f"plan {seed}: {sentence}" for sentence in judge(made, orders).wrong]
    return tally


PROMISES: Final[dict[str, Promise]] = {
    "plans": Promise(100_000, 10_000, plans),
    "o1": Promise(200, 50, partial(killed, 1)),
    "o1-three": Promise(60, 30, partial(killed, 3)),
    "o1-naive": Promise(200, 200, naive),
    "o2": Promise(50, 25, failing_starts),
    **{f"o3-{lag_s}s": Promise(100, 50, partial(lagged, lag_s)) for lag_s in LAGS_S},
    "o4": Promise(10_000, 1_000, partial(walked, order_promises.fills_once)),
    "o5": Promise(100, 25, partial(walked, order_promises.network_down)),
    "o6": Promise(1_000, 100, partial(walked, order_promises.sells_first)),
    "o6-moving": Promise(1_000, 100, partial(walked, order_markets.sells_first_while_prices_move)),
    "o7-stand": Promise(1_000, 100, partial(walked, order_promises.filters_stand)),
    "o7-change": Promise(200, 50, partial(walked, order_promises.filters_change)),
    "o8": Promise(1_000, 100, dry),
    "o9": Promise(100, 25, clicks),
    "o10-limits": Promise(500, 100, partial(walked, order_promises.over_limits)),
    "o10-moving": Promise(500, 100, partial(walked, order_markets.over_limits_while_prices_move)),
    "o10-switch": Promise(200, 100, partial(walked, order_promises.switch_thrown)),
    "o11": Promise(100, 50, partial(walked, order_promises.foreign_move)),
    "o11-income": Promise(100, 50, partial(walked, order_promises.income_comes)),
    "o12": Promise(100, 25, politely),
}


def sliced(promise: Promise, dice: random.Random, cases: int) -> Tally:
    """One slice, in a folder that is gone afterwards; a harness that breaks is a failure with its words."""
    with tempfile.TemporaryDirectory(prefix="soak-orders-") as folder:
        try:
            return promise.work(Path(folder), dice, cases)
        except AssertionError as broken:
            return Tally(Counter(), [str(broken)])


@click.command("orders")
@click.argument("names", nargs=-1, type=click.Choice(list(PROMISES)))
@click.option("--count", type=int, help="How many, instead of the full count.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, names: tuple[str, ...], count: int | None, seed: int) -> None:
    """Orders (O1 to O12): killed, lagged, cut off, limited; the exchange's ledger is the judge. All, or those named."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    worst = 0
    for name in names or PROMISES:
        promise = PROMISES[name]
        run = Run(f"orders-{name}", seed, count or promise.count, promise.slice_size)
        worst = max(worst, report(run, go(run, partial(sliced, promise))))
    context.exit(worst)
