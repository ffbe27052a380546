"""Transactions: whole or not at all, the write lock at once, and plain words when the database cannot."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.core.errors import DatabaseUnavailableError, LeaseLostError, NotFoundError
from backend.core.model.accounts import Account
from backend.db.engine import make_engine, sqlite_module
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit
from backend.tests.database_places import url_of
from backend.tests.integration.db.conftest import MachineClock


class _CutOffError(Exception):
    """Stands for a crash in the middle of the work."""


def test_work_that_fails_half_way_leaves_nothing_behind(store: SqlStore, account: Account) -> None:
    def cut_off() -> None:
        with store.write() as unit:
            unit.ledger.add(account.id, [deposit("BTC", "1", T0)])
            unit.ledger.set_cursor(account.id, "deposit", "until", T0)
            unit.events.emit("balances", account.id)
            raise _CutOffError

    with pytest.raises(_CutOffError):
        cut_off()
    with store.read() as unit:
        assert unit.ledger.all(account.id) == []
        assert unit.ledger.cursor(account.id, "deposit", "until") is None
        assert unit.events.newest_id() == 0


@pytest.mark.of_sqlite(reason="the lock of a file; on_postgresql/test_connections.py has the server's")
def test_a_write_takes_the_lock_before_it_reads(store: SqlStore, database: Path) -> None:
    # The same library: locks of one process are invisible to a second copy of SQLite in it.
    module = sqlite_module()
    other = module.connect(database, timeout=0)
    with store.write():
        with pytest.raises(module.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        # Reads go on beside it.
        assert other.execute("SELECT count(*) FROM accounts").fetchone() == (0,)
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_reader_sees_one_moment_while_another_writes(store: SqlStore, account: Account) -> None:
    with store.read() as before:
        assert before.ledger.all(account.id) == []
        with store.write() as unit:
            unit.ledger.add(account.id, [deposit("BTC", "1", T0)])
        assert before.ledger.all(account.id) == []
    with store.read() as after:
        assert len(after.ledger.all(account.id)) == 1


def test_writers_wait_for_each_other_and_none_is_lost(store: SqlStore, account: Account) -> None:
    def write_many(start: int) -> None:
        for number in range(start, start + 25):
            with store.write() as unit:
                unit.ledger.add(account.id, [deposit("BTC", "1", T0 + number, f"1{number}")])

    threads = [threading.Thread(target=write_many, args=(start,)) for start in (0, 1000, 2000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as unit:
        assert len(unit.ledger.all(account.id)) == 75


def test_the_epoch_is_checked_in_the_very_transaction(store: SqlStore, engine: Engine, clock: MachineClock) -> None:
    first, second = (SqlLease(engine, owner, 10_000, clock) for owner in ("a", "b"))
    epoch = first.acquire()
    assert epoch == 1
    with store.write(epoch) as unit:
        unit.events.emit("balances", None)
    clock.now += 10_001
    assert second.acquire() == 2
    with pytest.raises(LeaseLostError), store.write(epoch) as unit:
        unit.events.emit("balances", None)
    with store.read() as unit:
        assert unit.events.newest_id() == 1


def test_a_missing_row_is_a_typed_error(store: SqlStore) -> None:
    with store.read() as unit, pytest.raises(NotFoundError):
        unit.accounts.sync_state(4711)


def quick(database: Path) -> SqlStore:
    """A store that does not wait for a lock."""
    engine = make_engine(url_of(database))
    with engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 0"))
    return SqlStore(engine, lambda: 0)


@pytest.mark.of_sqlite(reason="the lock of a file; on_postgresql/test_connections.py has the server's")
def test_the_lease_counts_from_when_the_database_was_had(engine: Engine, database: Path, clock: MachineClock) -> None:
    """Whoever waited for the lock would else take a lease that has passed already, or hold on to one."""
    module = sqlite_module()
    asked: list[str] = []

    def now_ms() -> int:
        other = module.connect(database, timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except module.OperationalError as locked:
            asked.append(str(locked))
        finally:
            other.close()
        return clock()

    assert SqlLease(engine, "one", 60_000, now_ms).acquire() == 1
    assert asked == ["database is locked"]


@pytest.mark.of_sqlite(reason="the lock of a file; on_postgresql/test_connections.py has the server's")
def test_a_locked_database_says_so(database: Path) -> None:
    other = sqlite_module().connect(database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError, match="locked by another program"), quick(database).write():
        pytest.fail("the lock is another's")
    other.close()


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_a_full_disk_says_so(store: SqlStore, engine: Engine) -> None:
    def fill() -> None:
        with store.write() as unit:
            # SQLite's own limit stands in for the disk: it answers with the very same error.
            pages = unit.connection.execute(text("PRAGMA page_count")).scalar()
            unit.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            for number in range(5_000):
                unit.events.emit("balances", None, {"filler": "x" * 1000, "number": number})

    with pytest.raises(DatabaseUnavailableError, match="disk is full"):
        fill()
    engine.dispose()
    with store.read() as unit:
        assert unit.events.newest_id() == 0


@pytest.mark.of_sqlite(reason="about the file of a database")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_says_so(database: Path) -> None:
    folder = database.parent
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    database.chmod(stat.S_IRUSR)
    try:
        store = SqlStore(make_engine(url_of(database)), lambda: 0)
        with pytest.raises(DatabaseUnavailableError, match=r"read-only|cannot be opened"), store.write() as unit:
            unit.events.emit("balances", None)
    finally:
        folder.chmod(stat.S_IRWXU)


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_a_database_opened_read_only_says_so(store: SqlStore) -> None:
    def write() -> None:
        with store.write() as unit:
            unit.connection.execute(text("PRAGMA query_only = ON"))
            unit.events.emit("balances", None)

    with pytest.raises(DatabaseUnavailableError, match="read-only"):
        write()


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.db"
    file.write_bytes(b"this is no database, whatever its name says" * 100)
    with (
        pytest.raises(DatabaseUnavailableError) as failure,
        SqlStore(make_engine(url_of(file)), lambda: 0).read() as unit,
    ):
        unit.events.newest_id()
    assert "portfolio.db" not in str(failure.value)


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_a_damaged_page_says_so(database: Path, store: SqlStore, engine: Engine, account: Account) -> None:
    with store.write() as unit:
        for number in range(300):
            unit.ledger.add(account.id, [deposit("BTC", "1", T0 + number, f"1{number}")])
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    content = bytearray(database.read_bytes())
    for start in range(8_192, len(content), 4_096):
        content[start : start + 64] = b"\xff" * 64
    database.write_bytes(content)
    with pytest.raises(DatabaseUnavailableError), store.read() as unit:
        unit.ledger.all(account.id)
