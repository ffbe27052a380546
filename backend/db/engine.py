"""Engines and transactions: SQLite by default, PostgreSQL by address.

SQLite: WAL, foreign keys on, a busy time-out, one connection per thread. A writing transaction takes the lock at
once (BEGIN IMMEDIATE): a read that turns into a write half-way could otherwise fail after work was done.
"""

from __future__ import annotations

import sqlite3
import sys
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from backend.core.model.amounts import MONEY, plain
from backend.db.types import EXACT_SUM

BUSY_TIMEOUT_MS: Final = 15_000
# Web threads, refreshes of several accounts at once, and background loops meet here.
POOL_SIZE: Final = 20
# Of each connection. The system keeps the file in memory, too, once for all of them.
CACHE_KIB: Final = 4_000
# SQLite before 3.51.3 can lose a committed WAL frame; there the rollback journal is used.
SAFE_WAL: Final = (3, 51, 3)


# Sums of deposits are the same in all rows between two flows.
@lru_cache(maxsize=256)
def _exact_sum(one: str, other: str) -> str:
    return plain(MONEY.add(Decimal(one), Decimal(other)))


def sqlite_module() -> ModuleType:
    """pysqlite3, which brings a current SQLite, where it has a wheel; else Python's own."""
    if sys.platform == "linux":
        try:
            from pysqlite3 import dbapi2
        except ImportError:
            return sqlite3
        return dbapi2  # type: ignore[no-any-return]  # pysqlite3 ships no types
    return sqlite3


def make_engine(url: str, durable: bool = True, busy_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine for `sqlite:///...` or `postgresql://...`.

    Not `durable`: a commit outlives the death of the program, but need not outlive a power cut: it waits for no disk.
    `busy_ms`: how long a writer waits for others before it gives up.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        options = "" if durable else "-c synchronous_commit=off"
        if busy_ms != BUSY_TIMEOUT_MS:
            options += f" -c lock_timeout={busy_ms}"
        address = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            address, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_pre_ping=True, connect_args={"options": options}
        )
    module = sqlite_module()
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        module=module,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        # The one used last goes on: in turns, each of them would fill a cache of its own.
        pool_use_lifo=True,
        connect_args={"timeout": busy_ms / 1000},
    )
    journal = "WAL" if module.sqlite_version_info >= SAFE_WAL else "DELETE"

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_ms}")
        cursor.execute(f"PRAGMA journal_mode = {journal}")
        cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.close()
        connection.create_function(EXACT_SUM, 2, _exact_sum, deterministic=True)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
