"""A flow that is corrected five years back, against reading the rows that it changes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, select

from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.market import Candle
from backend.core.ports import Exchange
from backend.db.models import snapshots
from backend.db.unit_of_work import SqlStore
from backend.services.snapshot_builder import SnapshotBuilder
from bench.chart import FIVE_YEARS_OF_HOURS
from bench.fixture import ACCOUNT, HOLDINGS, HOUR_MS, LEASE_EPOCH, NEWEST_MS, make_database
from bench.history import SteadyExchange, machine_ms
from bench.report import Result

GOAL = 1.0
TURNS = 2


class SteadyMarket(SteadyExchange):
    """Has candles of every hour as well."""

    def candles(self, symbol: str, interval: str, start_ms: int, end_ms: int) -> Sequence[Candle]:
        price = Decimal(HOLDINGS[symbol.removesuffix("USDT")][1])
        first = -(-start_ms // HOUR_MS)
        return [Candle(n * HOUR_MS, (n + 1) * HOUR_MS, price) for n in range(first, end_ms // HOUR_MS)][:1000]


def measure() -> list[Result]:
    """Return the time of the repair by that of one `fetchall` of all columns of its rows, the best of some turns."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder:
        engine = make_database(Path(folder) / "repair.db", FIVE_YEARS_OF_HOURS)
        try:
            # The first time reads the prices, which stay.
            repaired = min([_repair_s(engine) for _ in range(TURNS + 1)][1:])
            read = min(_read_s(engine) for _ in range(TURNS + 1))
        finally:
            engine.dispose()
    detail = f"{repaired * 1000:.0f} ms against {read * 1000:.0f} ms, {FIVE_YEARS_OF_HOURS.rows} rows"
    return [Result("a flow five years back / fetchall of its rows", repaired / read, GOAL, "x", detail)]


def _repair_s(engine: Engine) -> float:
    store = SqlStore(engine, machine_ms)
    first_ms = FIVE_YEARS_OF_HOURS.first_ms
    with store.write(LEASE_EPOCH) as unit:
        unit.accounts.mark_dirty(ACCOUNT, first_ms + HOUR_MS)
        if not unit.ledger.count(ACCOUNT):
            unit.ledger.add(
                ACCOUNT,
                [
                    LedgerEvent("deposit", asset, EventKind.DEPOSIT, first_ms, (Leg(asset, Decimal(quantity), "in"),))
                    for asset, (quantity, _) in HOLDINGS.items()
                ],
            )
        ledger = unit.ledger.all(ACCOUNT)
    # The other calls of the port are not made here.
    builder = SnapshotBuilder(store, cast(Exchange, SteadyMarket()), ACCOUNT, LEASE_EPOCH, "USDT", 3600)
    started = time.perf_counter()
    written = builder.update(ledger, None, NEWEST_MS)
    taken = time.perf_counter() - started
    if written < FIVE_YEARS_OF_HOURS.rows - 1:
        raise RuntimeError(f"only {written} rows were made anew")
    return taken


def _read_s(engine: Engine) -> float:
    with engine.connect() as connection:
        started = time.perf_counter()
        rows: Sequence[Any] = connection.execute(select(snapshots).where(snapshots.c.account_id == ACCOUNT)).fetchall()
        taken = time.perf_counter() - started
    if len(rows) < FIVE_YEARS_OF_HOURS.rows:
        raise RuntimeError(f"{len(rows)} rows are left")
    return taken
