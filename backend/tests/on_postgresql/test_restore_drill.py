"""A backup of PostgreSQL, made while others write, comes back as it was; what stood in its place stays beside it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.db.backup_archive import manifest_of
from backend.db.backup_shelf import FolderShelf
from backend.db.lease import SqlLease
from backend.db.postgres_copy import PostgresCopy
from backend.db.postgres_restore import KEPT, PostgresRestore
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit
from backend.tests.database_places import url_of
from backend.tests.on_postgresql.conftest import NOW_MS

HOUR_MS = 3_600_000
ROUNDS = 40


def backup_of(engine: Engine, folder: Path) -> Path:
    shelf = FolderShelf(folder / "backups", PostgresCopy(engine), lambda: NOW_MS)
    return shelf.folder / shelf.make("manual").name


def restore_of(database: Path) -> PostgresRestore:
    return PostgresRestore(url_of(database), lambda: NOW_MS + HOUR_MS, lambda owner: False)


def word(store: SqlStore) -> str | None:
    with store.read() as unit:
        return unit.settings.get("word")


def put(store: SqlStore, content: str) -> None:
    with store.write() as unit:
        unit.settings.set("word", content)
        unit.events.emit("settings", None)


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
    assert (done.kept, done.made_ms) == (KEPT, NOW_MS)
    assert word(store) == "before"
    with store.write() as unit:
        # Pages that are open wait for greater ids.
        assert unit.events.emit("balances", None) > told
    with engine.connect() as connection:
        kept = connection.execute(text(f"SELECT content FROM {KEPT}.settings WHERE name = 'word'")).scalar()
    assert kept == "after"
    engine.dispose()
    # Once more: what lies beside is never written over.
    assert restore_of(database).restore(file, force=False).kept == f"{KEPT}_2"


def test_a_backup_under_writes_is_of_one_moment(store: SqlStore, engine: Engine, tmp_path: Path) -> None:
    with store.write() as unit:
        account = unit.accounts.ensure("simulator", "test", "reference").id
    begun, ending = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not ending.is_set() or number < ROUNDS:
            number += 1
            with store.write() as unit:
                unit.ledger.add(account, [deposit("BTC", "1", T0 + number, f"1{number}")])
                unit.events.emit("balances", account)
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(30)
    file = backup_of(engine, tmp_path)
    ending.set()
    thread.join()
    rows = manifest_of(file).rows
    # One event is written with each row of the ledger.
    assert rows["events"] == rows["ledger_events"] > 0


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
    assert word(store) == "after"
    with engine.connect() as connection:
        assert KEPT not in inspect(connection).get_schema_names()


def test_where_reading_it_in_fails_the_old_tables_are_in_their_place_again(
    store: SqlStore, engine: Engine, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "before")
    file = backup_of(engine, tmp_path)
    put(store, "after")
    engine.dispose()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("pg_restore") is None
    with pytest.raises(BackupFailedError, match="pg_restore is missing"):
        restore_of(database).restore(file, force=False)
    assert word(store) == "after"
