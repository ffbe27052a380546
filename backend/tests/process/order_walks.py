"""Runs of random plans by the program's own walk, journal and database, on an exchange in memory whose clock is ours.

The walk is ended at any call and taken up again from its journal, as a killed program does; hours pass in no time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from backend.core.errors import DomainError
from backend.core.model.rebalancing import Limits, PlannedOrder, RebalancingSettings, StoredPlan, body_hash
from backend.core.model.runs import NewRun
from backend.core.rebalancing.errors import PlanError
from backend.core.rebalancing.plan_body import inputs_body, plan_body
from backend.core.rebalancing.plan_facts import portfolio_of
from backend.core.rebalancing.planner import make_plan
from backend.core.trading_rights import TradingRights
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.run_journal import RunJournal
from backend.services.run_pace import Halted, RunPace
from backend.services.run_walk import RunWalk
from backend.tests.database_places import url_of
from backend.tests.empty_database import lay_database
from backend.tests.process.order_exchange import KilledError, MemoryExchange, Pair, Troubles
from backend.tests.process.order_judge import Journal, JournalReader, wrong_with
from backend.tests.unit.core.rebalancing.plan_judge import World
from backend.tests.unit.core.rebalancing.random_plans import inputs, world

ENVIRONMENT: Final = "simulator"
FEE_ASSET: Final = "FEECOIN"
# Offers of the random worlds stand far apart; what slippage allows is another promise than these.
WIDE: Final = Limits(max_slippage_percent=Decimal(100))
MOST_RESTARTS: Final = 400


class Waits:
    """Stands in for the event that ends a wait: time passes, and nobody ends the program unless `halted`."""

    def __init__(self, exchange: MemoryExchange) -> None:
        self.exchange = exchange
        self.halted = False

    def wait(self, seconds: float) -> bool:
        self.exchange.clock.wait(seconds)
        return self.halted

    def is_set(self) -> bool:
        return self.halted


@dataclass
class Bench:
    """A database with a lease, on which runs are made one after the other."""

    database: Path
    store: SqlStore
    epoch: int
    machine_ms: list[int]
    reader: JournalReader
    runs: Iterator[int] = field(default_factory=count)

    def now_ms(self) -> int:
        return self.machine_ms[0]

    def journal_of(self, run_id: int) -> Journal:
        return self.reader.read_run(run_id)


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """A new database, and the lease that all writes go under."""
    database, machine = folder / "portfolio.db", [1_800_000_000_000]
    engine = make_engine(url_of(lay_database(database)))
    epoch = SqlLease(engine, "harness", 10**12, lambda: machine[0]).acquire()
    assert epoch is not None
    reader = JournalReader(database)
    try:
        yield Bench(database, SqlStore(engine, lambda: machine[0]), epoch, machine, reader)
    finally:
        reader.close()
        engine.dispose()


@dataclass
class Walk:
    """One run: its plan, its exchange, and the walk that is taken up again until the run is over."""

    bench: Bench
    plan: StoredPlan
    exchange: MemoryExchange
    run_id: int
    rights: TradingRights
    waits: Waits
    kills: int = 0

    def go(self) -> Walk:
        """Walk to the end, again after each kill and each error that the program waits for."""
        for _ in range(MOST_RESTARTS):
            try:
                self.step()
            except KilledError:
                self.kills += 1
            except (DomainError, Halted):
                self.waits.halted = False
            if self.state not in ("queued", "running"):
                return self
            self.exchange.clock.wait(1)
        raise AssertionError(f"run {self.run_id} never ends: {self.journal()}")

    def step(self) -> None:
        """What one life of the program does for the run."""
        journal = RunJournal(self.bench.store, self.bench.epoch, self.run_id)
        pace = RunPace(self.waits)  # type: ignore[arg-type]  # all of an event that is used
        RunWalk(journal, self.plan, self.exchange, self.rights, pace, self.bench.now_ms).go()

    def journal(self) -> Journal:
        return self.bench.journal_of(self.run_id)

    @property
    def state(self) -> str:
        with self.bench.store.read() as unit:
            found = unit.runs.find(self.run_id)
        assert found is not None
        return found.state

    def wrong(self) -> list[str]:
        """What journal and exchange disagree on."""
        rows = [
            {
                "client_order_id": one.row.client_id,
                "order_id": one.row.order_id,
                "symbol": one.row.symbol,
                "side": one.row.side,
                "quantity": str(one.row.quantity),
                "quote_quantity": str(one.row.quote_ordered or 0),
                "executed": str(one.row.executed),
                "quote": str(one.row.executed_quote),
            }
            for one in self.exchange.placed
        ]
        return wrong_with(self.journal(), rows)


def case(seed: int, orders: int = 1) -> tuple[World, StoredPlan]:
    """A random world with a plan of at least so many orders, from this seed on; the world is the caller's own."""
    made, plan = _case(seed, orders)
    return deepcopy(made), plan


@lru_cache(maxsize=64)
def _case(seed: int, orders: int) -> tuple[World, StoredPlan]:
    for number in range(seed * 1000, seed * 1000 + 1000):
        made = world(number, 4 + number % 5)
        made.free = {asset: coins.quantize(Decimal("1e-8"), "ROUND_DOWN") for asset, coins in made.free.items()}
        given = inputs(made)
        try:
            plan = make_plan(given)
        except PlanError:
            continue
        if sum(len(line.route.hops) for line in plan.lines if line.route is not None) < orders:
            continue
        body: dict[str, Any] = inputs_body(given) | plan_body(given, plan, Decimal(1))
        body |= {"blocked": [], "reporting_currency": made.base}
        return made, StoredPlan(f"plan-{seed}", 0, ENVIRONMENT, 0, 10**15, body_hash(body), body)
    raise AssertionError(f"no plan with {orders} orders near {seed}")


def exchange_of(made: World, troubles: Troubles | None = None, first_id: int = 1000) -> MemoryExchange:
    """The world as an exchange; fees that are paid apart come out of a coin of which there is enough."""
    # Two pairs in three take an amount of money.
    pairs = {
        name: Pair({**entry, "quoteOrderQtyMarketAllowed": sum(map(ord, name)) % 3 > 0}, *made.book[name])
        for name, entry in made.entries.items()
    }
    held = {asset: coins for asset, coins in made.free.items() if coins}
    apart = FEE_ASSET if made.fee_apart else None
    return MemoryExchange(
        pairs, held | ({FEE_ASSET: Decimal(10**9)} if apart else {}), made.fee, apart, troubles, first_id
    )


def begun(
    on: Bench,
    plan: StoredPlan,
    exchange: MemoryExchange,
    limits: Limits = WIDE,
    file_there: Callable[[], bool] = lambda: False,
    account_name: str | None = None,
) -> Walk:
    """Write the run of a plan for an account of its own, or of a name; nothing is sent yet."""
    plan = replace(plan, plan_id=f"{plan.plan_id}-{next(on.runs)}")
    with on.store.write() as unit:
        name = account_name or plan.plan_id
        account = unit.accounts.ensure(ENVIRONMENT, name, name)
        unit.rebalancing_settings.replace(ENVIRONMENT, account.id, RebalancingSettings(dry_run=False, limits=limits))
        new = NewRun(
            account_id=account.id,
            environment=ENVIRONMENT,
            plan_id=plan.plan_id,
            plan_hash=plan.hash,
            dry_run=False,
            source="user",
            portfolio=portfolio_of(plan),
            created_ms=exchange.clock.now_ms,
            start=dict(exchange.balances),
        )
        run_id = unit.runs.create(new, plan.orders(), on.epoch)
    rights = TradingRights(on.store, ENVIRONMENT, "always", file_there, on.now_ms, own_time=True, tells_rights=False)
    return Walk(on, replace(plan, account_id=account.id), exchange, run_id, rights, Waits(exchange))


def killing(exchange: MemoryExchange, dice: random.Random, p: float, most: int) -> None:
    """End the process at calls that the dice choose, often right before and right after an order is taken."""
    left = [most]

    def on_call(name: str) -> None:
        weight = 4 if name in ("place", "placed") else 1
        if left[0] and dice.random() < p * weight:
            left[0] -= 1
            raise KilledError

    exchange.on_call = on_call


def spent_from(base: str, orders: list[PlannedOrder], walk: Walk) -> list[str]:
    """Whether purchases took more of the base asset than the plan gave them plus what sales missed: sentences."""
    journal = walk.journal()
    brought: dict[int, Decimal] = {}
    paid: dict[int, Decimal] = {}
    for fill in journal.fills:
        quote, fee = Decimal(fill["quote"]), Decimal(fill["commission"])
        entry = walk.exchange.pairs[fill["symbol"]].entry
        if fill["side"] == "SELL" and entry["quoteAsset"] == base:
            net = quote - (fee if fill["commission_asset"] == base else 0)
            brought[fill["n"]] = brought.get(fill["n"], Decimal(0)) + net
        if fill["side"] == "BUY" and entry["quoteAsset"] == base:
            paid[fill["n"]] = paid.get(fill["n"], Decimal(0)) + quote
    sales = [one for one in orders if one.action == "SELL" and one.hop == one.hops and one.taken == base]
    buys = [one for one in orders if one.action == "BUY" and one.hop == 1 and one.given == base and one.side == "BUY"]
    # What one sale brought more than planned, another one may have brought less.
    missing = max(sum((one.received - brought.get(one.n, Decimal(0)) for one in sales), Decimal(0)), Decimal(0))
    allowed = sum((one.spent for one in buys), Decimal(0)) - missing
    spent = sum((paid.get(one.n, Decimal(0)) for one in buys), Decimal(0))
    return [f"run {walk.run_id}: {spent:f} was spent of {allowed:f}"] if spent > max(allowed, Decimal(0)) else []
