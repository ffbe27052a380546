"""The past that changes five years back, against reading the rows that it changes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, select

from backend.core.model import accounts
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.db.models import snapshots
from backend.db.unit_of_work import SqlStore
from backend.services.proofs import ProofLog
from backend.services.session_manager import Session
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.snapshot_builder import SnapshotBuilder
from bench.chart import FIVE_YEARS_OF_HOURS
from bench.fixture import ACCOUNT, ENVIRONMENT, HOLDINGS, HOUR_MS, LEASE_EPOCH, NEWEST_MS, make_database
from bench.history import SteadyMarket, machine_ms
from bench.report import Result

GOAL = 1.0
TURNS = 2
FIRST_MS = FIVE_YEARS_OF_HOURS.first_ms


class Account:
    """The account of the bench with everything that is computed of it, and ways to change its past."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = SqlStore(engine, machine_ms)
        # The other calls of the port are not made here.
        self._exchange = cast(Exchange, SteadyMarket())
        with self._store.write(LEASE_EPOCH) as unit:
            unit.ledger.add(ACCOUNT, [_deposit("first", asset, HOLDINGS[asset][0], FIRST_MS) for asset in HOLDINGS])
            unit.accounts.mark_dirty(ACCOUNT, FIRST_MS + HOUR_MS)
            self._flow = unit.cash_flows.all(ACCOUNT)[0]
        self.rebuilt_s()
        self.followed_s()

    def corrected_s(self, amount: int) -> float:
        """Another amount for the oldest flow that was entered; seconds until the rows are right."""
        with self._store.write(LEASE_EPOCH) as unit:
            unit.cash_flows.change(replace(self._flow, amount=Decimal(amount), status="pending"))
            unit.accounts.mark_dirty(ACCOUNT, self._flow.at_ms, flows_only=True)
        index = self._index()
        taken = self._timed(0)
        if self._index() == index:
            raise RuntimeError("the correction changed nothing")
        return taken

    def deposited_s(self, number: int) -> float:
        """A deposit of coins that is found late; seconds until the rows are right."""
        with self._store.write(LEASE_EPOCH) as unit:
            unit.ledger.add(ACCOUNT, [_deposit(f"late{number}", "BTC", "0.01", FIRST_MS + 2 * HOUR_MS)])
            unit.accounts.mark_dirty(ACCOUNT, FIRST_MS + 2 * HOUR_MS)
        return self.rebuilt_s()

    def rebuilt_s(self) -> float:
        """Seconds until all rows are made anew."""
        return self._timed(FIVE_YEARS_OF_HOURS.rows - 3)

    def followed_s(self) -> float:
        """Seconds until the benchmark's line and holding only have followed; the closings are made as well."""
        session = Session(accounts.Account(ACCOUNT, "Bench", ENVIRONMENT), self._exchange)
        keeper = ShadowKeeper(self._store, "USDT")
        started = time.perf_counter()
        while self._behind():
            keeper.update(session, LEASE_EPOCH)
        taken = time.perf_counter() - started
        with self._store.read() as unit:
            ledger = unit.ledger.all(ACCOUNT)
        valuation = Valuation.of(NEWEST_MS, ())
        ProofLog("USDT").close(self._store, self._exchange, LEASE_EPOCH, ACCOUNT, ledger, valuation)
        return taken

    def _behind(self) -> bool:
        with self._store.read() as unit:
            waits = unit.shadows.line_from_ms(ACCOUNT) is not None
            return waits or unit.shadows.hold_last_ms(ACCOUNT) != NEWEST_MS

    def _index(self) -> float:
        with self._store.read() as unit:
            row = unit.snapshots.last(ACCOUNT)
        return 0.0 if row is None else row.growth_index

    def _timed(self, least: int) -> float:
        with self._store.read() as unit:
            ledger = unit.ledger.all(ACCOUNT)
        builder = SnapshotBuilder(self._store, self._exchange, ACCOUNT, LEASE_EPOCH, "USDT", 3600)
        started = time.perf_counter()
        written = builder.update(ledger, None, NEWEST_MS)
        taken = time.perf_counter() - started
        if written < least or (not least and written):
            raise RuntimeError(f"{written} rows were made anew")
        return taken


def _deposit(name: str, asset: str, quantity: str, at_ms: int) -> LedgerEvent:
    return LedgerEvent("deposit", f"{name}{asset}", EventKind.DEPOSIT, at_ms, (Leg(asset, Decimal(quantity), "in"),))


def measure() -> list[Result]:
    """Return, by the time of one `fetchall` of all columns of the rows, what two changes of five years ago take.

    A flow that is corrected: until its rows are right, and then until the shadows beside them are. A deposit of coins
    that was not known: every row has another quantity. Each the best of some turns.
    """
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder:
        engine = make_database(Path(folder) / "repair.db", FIVE_YEARS_OF_HOURS)
        try:
            account = Account(engine)
            taken = [
                (account.corrected_s(150 + turn), account.followed_s(), account.deposited_s(turn), account.followed_s())
                for turn in range(TURNS)
            ]
            read = min(_read_s(engine) for _ in range(2 * TURNS))
        finally:
            engine.dispose()
    names = ("a flow corrected five years back", "the shadows behind that flow", "coins found five years late")
    return [
        Result(f"{name} / fetchall of its rows", best / read, GOAL, "x", _made_of(best, read))
        for name, best in zip(names, map(min, zip(*taken, strict=True)), strict=False)
    ]


def _made_of(taken: float, read: float) -> str:
    return f"{taken * 1000:.0f} ms against {read * 1000:.0f} ms, {FIVE_YEARS_OF_HOURS.rows} rows"


def _read_s(engine: Engine) -> float:
    with engine.connect() as connection:
        started = time.perf_counter()
        rows: Sequence[Any] = connection.execute(select(snapshots).where(snapshots.c.account_id == ACCOUNT)).fetchall()
        taken = time.perf_counter() - started
    if len(rows) < FIVE_YEARS_OF_HOURS.rows:
        raise RuntimeError(f"{len(rows)} rows are left")
    return taken
