"""Engines and transactions: SQLite by default, PostgreSQL by address.

A reading transaction sees one moment; a writing one (`execution_options(writing=True)`) takes the lock of all writers
at once, before it reads: what it decides by is what it changes, and events are told in the order of their ids.

SQLite: WAL, foreign keys on, a busy time-out, one connection per thread; the lock is BEGIN IMMEDIATE. PostgreSQL: the
lock is an advisory one, which the server takes back with the connection; `writing=ROWS` goes without it, for writers
that lock their own few rows and tell of no event (0034).
"""

from __future__ import annotations

import sqlite3
import sys
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url

from backend.core.model.amounts import MONEY, plain
from backend.db.log_damage import refuse_damaged_log
from backend.db.types import EXACT_SUM

BUSY_TIMEOUT_MS: Final = 15_000
# Web threads, refreshes of several accounts at once, and background loops meet here.
POOL_SIZE: Final = 20
# A writer of its own few rows.
ROWS: Final = "rows"
# The lock of all others: any number, the same for every process, of this database alone.
WRITER_LOCK: Final = 7_264_051_893
# A writer that sleeps in the middle of its transaction (a frozen machine) loses it, and the lock with it.
SLEEPING_WRITER_MS: Final = 20_000
LOCK: Final = (
    f"SELECT set_config('idle_in_transaction_session_timeout', '{SLEEPING_WRITER_MS}', true),"
    f" pg_advisory_xact_lock({WRITER_LOCK})"
)
CONNECT_WITHIN_S: Final = 10
# A server that is gone without a word is noticed after a minute.
ALIVE: Final = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# How many rows a statement changed is asked of insertions too ("was it there already?"): SQLAlchemy keeps that number
# of every statement only when it is told to, and says -1 where the driver answers an insertion with a row.
COUNTED: Final = {"preserve_rowcount": True}
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
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, durable, busy_ms)
    return _postgresql(parsed, durable, busy_ms)


def _sqlite(url: URL, durable: bool, busy_ms: int) -> Engine:
    module = sqlite_module()
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        module=module,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        # The one used last goes on: in turns, each of them would fill a cache of its own.
        pool_use_lifo=True,
        connect_args={"timeout": busy_ms / 1000},
        execution_options=COUNTED,
    )
    looked_at = False

    @event.listens_for(engine, "do_connect")
    def look_first(*_: object) -> None:
        nonlocal looked_at
        if not looked_at and url.database:
            refuse_damaged_log(Path(url.database))
            looked_at = True

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


def _postgresql(url: URL, durable: bool, busy_ms: int) -> Engine:
    # Imported where it is used: psycopg looks for its library then, which who runs SQLite need not have.
    from psycopg import IsolationLevel

    options = f"-c lock_timeout={busy_ms}" + ("" if durable else " -c synchronous_commit=off")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": CONNECT_WITHIN_S} | ALIVE,
        execution_options=COUNTED,
    )

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        level = IsolationLevel.READ_COMMITTED if writing else IsolationLevel.REPEATABLE_READ
        connection.connection.driver_connection.isolation_level = level
        if writing is True:
            connection.exec_driver_sql(LOCK)

    return engine
