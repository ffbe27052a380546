"""A backup is put back on either engine, whichever it is of; what stood in its place stays beside it, and has it again
where anything fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.db import copied_tables
from backend.db.all_tables import metadata
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.models import accounts, cash_flows
from backend.db.postgres_restore import KEPT, SCRATCH
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit
from backend.tests.empty_database import empty_database
from backend.tests.on_postgresql.conftest import NOW_MS
from backend.tests.on_postgresql.drill import (
    BYTES,
    FLOAT,
    LONG,
    WORDS,
    backup_of,
    fill,
    flow,
    put,
    restore_of,
    restored,
    word,
)

HOUR_MS: Final = 3_600_000
# What a restore itself writes.
WRITTEN: Final = frozenset({"audit", "audit_head", "events", "lease"})


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An empty database of SQLite."""
    (tmp_path / "sqlite.db").write_bytes(empty_database())
    made = make_engine(f"sqlite:///{tmp_path / 'sqlite.db'}")
    yield made
    made.dispose()


@pytest.mark.parametrize(
    ("made_on", "back_on"), [("postgresql", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql")]
)
def test_a_backup_comes_back_on_either_engine_and_goes_on_there(
    made_on: str, back_on: str, engine: Engine, sqlite: Engine, tmp_path: Path
) -> None:
    source = sqlite if made_on == "sqlite" else engine
    account = fill(source)
    target, done = restored(backup_of(source, tmp_path), back_on, tmp_path)
    assert (target.dialect.name, done.made_ms, done.kept) == (back_on, NOW_MS, None)
    with source.connect() as before, target.connect() as after:
        for table in metadata.sorted_tables:
            query = select(table).order_by(*table.primary_key.columns)
            if table.name not in WRITTEN:
                assert after.execute(query).all() == before.execute(query).all(), table.name
        assert after.execute(text("SELECT content FROM settings WHERE name = 'word'")).scalar() == WORDS
        assert after.execute(select(cash_flows.c.amount_usd)).scalar() == LONG
        assert after.execute(text("SELECT content FROM stored_charts")).scalar() == BYTES
        assert after.execute(text("SELECT duration_ms FROM log_lines")).scalar() == FLOAT
    store = SqlStore(target, lambda: NOW_MS)
    with store.read() as unit:
        assert unit.ledger.count(account) == 2
    with store.write() as unit:
        unit.ledger.add(account, [deposit("BTC", "1", T0 + 2, "3")])
        # The number of the deleted flow is given to no other.
        added = unit.connection.execute(insert(cash_flows).values(flow(account, "new"))).inserted_primary_key
        unit.audit.record("settings.change", account_id=account)
    assert added is not None
    assert added[0] == 3
    with store.read() as unit:
        # Counted by triggers: as many as were copied, and one.
        assert unit.ledger.count(account) == 3
        changes = unit.connection.execute(text("SELECT flow_changes FROM account_sync")).scalar()
    assert changes == 4
    target.dispose()


def test_numbers_that_only_the_server_remembers_come_back_too(engine: Engine, tmp_path: Path) -> None:
    """Of a table in which SQLite would give the number of the newest deleted row once more."""
    with engine.begin() as connection:
        connection.execute(text("SELECT setval(pg_get_serial_sequence('runs', 'id'), 41)"))
    again, _ = restored(backup_of(engine, tmp_path), "postgresql", tmp_path)
    with again.begin() as connection:
        assert connection.execute(text("SELECT nextval(pg_get_serial_sequence('runs', 'id'))")).scalar() == 42
    again.dispose()


def test_what_was_lost_comes_back_and_what_was_there_stays(
    store: SqlStore, engine: Engine, database: Path, tmp_path: Path
) -> None:
    put(store, "before")
    file = backup_of(engine, tmp_path)
    put(store, "after")
    with store.read() as unit:
        told = unit.events.newest_id()
    engine.dispose()
    done = restore_of(database).restore(file, force=False)
    assert (done.kept, done.made_ms) == (f"the schema {KEPT}", NOW_MS)
    assert word(store) == "before"
    with store.write() as unit:
        # Pages that are open wait for greater ids.
        assert unit.events.emit("balances", None) > told
    with engine.connect() as connection:
        kept = connection.execute(text(f"SELECT content FROM {KEPT}.settings WHERE name = 'word'")).scalar()
    assert kept == "after"
    with store.read() as unit:
        (entry,) = unit.audit.after(None, 10)
    assert (entry.action, entry.subject) == ("backup.restore", file.name)
    engine.dispose()
    # Once more: what lies beside is never written over.
    assert restore_of(database).restore(file, force=False).kept == f"the schema {KEPT}_2"
    assert list(tmp_path.glob(f"{SCRATCH}*")) == []


def test_a_program_that_runs_is_not_restored_under(
    store: SqlStore, engine: Engine, database: Path, tmp_path: Path
) -> None:
    put(store, "before")
    file = backup_of(engine, tmp_path)
    lease = SqlLease(engine, "machine|4711|x", 2 * HOUR_MS, lambda: NOW_MS)
    epoch = lease.acquire()
    assert epoch == 1
    put(store, "after")
    with pytest.raises(BackupRefusedError, match="program is running"):
        restore_of(database).restore(file, force=False)
    assert word(store) == "after"
    engine.dispose()
    restore_of(database).restore(file, force=True)
    assert word(store) == "before"
    # Who slept through it finds its lease lost.
    assert (lease.acquire() or 0) > epoch


def test_a_damaged_backup_changes_nothing(store: SqlStore, engine: Engine, database: Path, tmp_path: Path) -> None:
    put(store, "before")
    file = backup_of(engine, tmp_path)
    put(store, "after")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(BackupRefusedError, match=r"Nothing was changed|no backup"):
        restore_of(database).restore(file, force=False)
    _stands_as_it_was(engine, store)


@pytest.mark.parametrize("failure", ["another row", "cut off"])
def test_where_reading_it_in_fails_the_old_tables_are_in_their_place(
    store: SqlStore, engine: Engine, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    put(store, "before")
    file = backup_of(engine, tmp_path)
    put(store, "after")
    engine.dispose()
    read_back = copied_tables._read_back

    def broken(new: Connection, table: Table, breathe: Callable[[], None]) -> Any:
        if failure == "another row":
            new.execute(accounts.delete() if table.name != "settings" else metadata.tables["settings"].delete())
        else:
            with engine.connect() as connection:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                connection.execute(text(f"{others} AND datname = current_database()"))
            engine.dispose()
        return read_back(new, table, breathe)

    monkeypatch.setattr(copied_tables, "_read_back", broken)
    with pytest.raises(BackupFailedError, match=r"Table settings did not come out|server cut the connection"):
        restore_of(database).restore(file, force=False)
    _stands_as_it_was(engine, store)
    assert list(tmp_path.glob(f"{SCRATCH}*")) == []


def test_a_row_that_postgresql_cannot_keep_is_told_and_changes_nothing(
    store: SqlStore, engine: Engine, sqlite: Engine, database: Path, tmp_path: Path
) -> None:
    put(store, "after")
    put(SqlStore(sqlite, lambda: NOW_MS), "a\0b")
    with pytest.raises(BackupFailedError, match="cannot keep a row of the backup: nothing was restored") as failure:
        restore_of(database).restore(backup_of(sqlite, tmp_path), force=False)
    assert "a\0b" not in str(failure.value)
    _stands_as_it_was(engine, store)


def _stands_as_it_was(engine: Engine, store: SqlStore) -> None:
    assert word(store) == "after"
    with engine.connect() as connection:
        assert KEPT not in inspect(connection).get_schema_names()
