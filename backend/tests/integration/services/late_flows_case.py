"""Accounts with random ledgers and flows that change late, and whether two chains of rows are the same."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, inspect, text

from backend.core.flow_book import DECIDED, FlowBook, NewFlow
from backend.core.flows import ENTERED
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.accounts import Account
from backend.core.model.holdings import CashFlow, EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Exchange
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.session_manager import Session
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.snapshot_builder import SnapshotBuilder
from backend.tests.builders import T0, deposit, pair, trade, withdrawal
from backend.tests.database_places import url_of
from backend.tests.fakes import FakeExchange
from backend.verify.differences import same_money

D = Decimal
DAYS = 9
NOW = T0 + DAYS * DAY_MS
SETTINGS = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass
class Bench:
    """A store, and the exchange that all accounts in it live on."""

    store: SqlStore
    engine: Engine
    epoch: int
    exchange: FakeExchange
    book: FlowBook

    def account(self, name: str, events: Sequence[LedgerEvent]) -> int:
        with self.store.write() as unit:
            account = unit.accounts.ensure("simulator", name, name).id
            unit.ledger.add(account, events)
        return account

    def build(self, account: int, from_ms: int | None = None) -> int:
        """Bring the rows up to now; returns how many were written one by one."""
        with self.store.read() as unit:
            events = unit.ledger.all(account)
        builder = SnapshotBuilder(self.store, cast(Exchange, self.exchange), account, self.epoch, "USDT", 3600)
        return builder.update(events, from_ms, self.exchange.now_ms)

    def shadows(self, account: int) -> None:
        """Have the shadows follow."""
        session = Session(Account(account, "x", "simulator"), cast(Exchange, self.exchange))
        ShadowKeeper(self.store, "USDT").update(session, self.epoch)

    def rows(self, account: int) -> list[SnapshotRow]:
        with self.store.read() as unit:
            return list(unit.snapshots.page([account], None, None, 100_000))[::-1]

    def flows(self, account: int) -> list[CashFlow]:
        with self.store.read() as unit:
            return list(unit.cash_flows.page([account], 1_000, None, None, None))[::-1]

    def add(self, account: int, at_ms: int, amount: str, coin: tuple[str, str] | None = None) -> int:
        asset, quantity = coin or (None, None)
        new = NewFlow(at_ms, D(amount), "", asset, None if quantity is None else D(quantity))
        return self.book.add_cash_flow(new, account).flow.id or 0


@contextmanager
def bench_over(database: Path) -> Iterator[Bench]:
    """A bench over a migrated database; nobody traded ETH for half a day."""
    engine = make_engine(url_of(database))
    store = SqlStore(engine, lambda: 0)
    epoch = SqlLease(engine, "one", 10**12, lambda: 0).acquire()
    assert epoch is not None
    dice = random.Random(5)
    minutes = range(-180, DAYS * 1440 + 240, 15)
    # Nobody traded ETH on the third day: a gap that reaches over several slots.
    closes = {
        "BTCUSDT": {T0 + minute * MINUTE_MS: str(dice.randrange(40_000, 60_000)) for minute in minutes},
        "ETHUSDT": {
            T0 + minute * MINUTE_MS: str(dice.randrange(1_500, 2_500))
            for minute in minutes
            if not 2 * 1440 < minute < 2 * 1440 + 600
        },
    }
    exchange = FakeExchange(NOW, [pair("BTC", "USDT"), pair("ETH", "USDT")], closes)
    portfolio = PortfolioView(store, SETTINGS, lambda: NOW)
    yield Bench(store, engine, epoch, exchange, FlowBook(store, portfolio, SETTINGS, lambda: NOW))
    engine.dispose()


def ledger(dice: random.Random) -> list[LedgerEvent]:
    """Deposits, withdrawals, trades, a coin without a price, and changes that nothing explains."""
    events = [deposit("USDT", "20000", T0 + 1), deposit("BTC", "0.5", T0 + 1)]
    for number in range(14):
        at_ms = T0 + dice.randrange(1, DAYS * 24 * 60) * MINUTE_MS + dice.randrange(2) * 1_234
        kind = dice.randrange(6)
        if kind == 0:
            events.append(
                deposit(dice.choice(("USDT", "ETH", "LUNA")), str(dice.randrange(1, 900)), at_ms, f"d{number}")
            )
        elif kind == 1:
            events.append(withdrawal("USDT", str(dice.randrange(1, 300)), at_ms, f"w{number}", "1"))
        elif kind == 2:
            legs = (Leg("ETH", D(dice.randrange(1, 5)), "in"),)
            events.append(LedgerEvent(RECONCILIATION, f"u{number}", EventKind.UNEXPLAINED, at_ms, legs))
        else:
            events.append(trade("BUY", "BTC", "0.01", "USDT", "500", at_ms, number))
    return sorted(events, key=lambda event: (event.at_ms, event.source, event.external_id))


def change(bench: Bench, account: int, dice: random.Random) -> None:
    """One thing that a user does to cash flows; at an instant of its own, at a slot, or where another one is."""
    own = [flow for flow in bench.flows(account) if flow.source in ENTERED]
    open_ones = [flow for flow in bench.flows(account) if flow.source == RECONCILIATION]
    kind = dice.randrange(6)
    if kind == 0 and open_ones:
        decided = dice.choice(open_ones)
        bench.book.decide(decided.id or 0, dice.choice(tuple(DECIDED)))
    elif kind == 1 and own:
        bench.book.delete_cash_flow(dice.choice(own).id or 0)
    elif kind in (2, 3) and own:
        changed = dice.choice(own)
        changes: dict[str, Any] = {"amount": D(dice.randrange(1, 4_000))}
        if kind == 3:
            changes["at_ms"] = instant(dice)
        bench.book.change_cash_flow(changed.id or 0, changes)
    else:
        coin = dice.choice((None, None, ("BTC", "0.125"), ("DOGE", "7")))
        at_ms = dice.choice(bench.flows(account)).at_ms if kind == 4 else instant(dice)
        bench.add(account, max(at_ms, T0 + HOUR_MS), str(dice.choice((-1, 1)) * dice.randrange(1, 3_000)), coin)


def instant(dice: random.Random) -> int:
    slot = T0 + dice.randrange(2, DAYS * 24) * HOUR_MS
    return slot + dice.choice((0, 0, 61_000, 1_800_000, 3_599_999))


def differences(one: Sequence[SnapshotRow], other: Sequence[SnapshotRow]) -> list[str]:
    """Where two chains differ: money to the last digit but one of a quotient, statistics to twelve digits."""
    found = [] if [row.at_ms for row in one] == [row.at_ms for row in other] else ["instants"]
    for left, right in zip(one, other, strict=False):
        for each in fields(SnapshotRow):
            a, b = getattr(left, each.name), getattr(right, each.name)
            if each.name in ("id", "account_id"):
                continue
            same = a == b
            if isinstance(a, float) and isinstance(b, float):
                same = math.isclose(a, b, rel_tol=1e-12) or (math.isnan(a) and math.isnan(b))
            elif isinstance(a, Decimal) and isinstance(b, Decimal):
                same = same_money(a, b)
            elif each.name == "benchmark" and a is not None and b is not None:
                same = replace(a, units={}) == replace(b, units={}) and all(
                    same_money(a.units[coin], b.units[coin]) for coin in a.units
                )
            if not same:
                found.append(f"{left.at_ms} {each.name}: {a} {b}")
    return found


def columns(bench: Bench, account: int, table: str) -> list[tuple[Any, ...]]:
    """What is stored, oldest first; states hold units, which `differences` compares."""
    with bench.engine.connect() as connection:
        names = [column["name"] for column in inspect(connection).get_columns(table)]
        order = "day" if "day" in names else "timestamp"
        left_out = ("id", "account_id", "snapshot_id", "state", "benchmark_state")
        kept = ", ".join(f'"{name}"' for name in names if name not in left_out)
        query = f"SELECT {kept} FROM {table} WHERE account_id = {account} ORDER BY {order}"
        return [tuple(row) for row in connection.execute(text(query))]


def unlike(one: Sequence[tuple[Any, ...]], other: Sequence[tuple[Any, ...]]) -> list[tuple[object, object]]:
    """Values that differ by more than a step may lose."""
    assert len(one) == len(other)
    pairs = ((a, b) for left, right in zip(one, other, strict=True) for a, b in zip(left, right, strict=True))
    return [(a, b) for a, b in pairs if a != b and not _alike(a, b)]


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-11, abs_tol=1e-11)
    if isinstance(one, D) and isinstance(other, D):
        return same_money(one, other)
    if isinstance(one, str) and isinstance(other, str) and NUMBER.fullmatch(one) and NUMBER.fullmatch(other):
        return same_money(D(one), D(other))
    return False


def from_nothing(bench: Bench, account: int, name: str) -> int:
    """The same account with the same flows, computed at once."""
    with bench.store.read() as unit:
        events = unit.ledger.all(account)
        entered = [flow for flow in unit.cash_flows.all(account) if flow.source in ENTERED]
    other = bench.account(name, events)
    with bench.store.write() as unit:
        for flow in entered:
            unit.cash_flows.insert(replace(flow, id=None, account_id=other, status="pending", reason=None))
    bench.build(other, 0)
    return other
