"""Restores: what is wrong is refused and changes nothing; what is right takes the place of what was there, kept."""

from __future__ import annotations

import json
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, insert, select, text

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.core.model.instants import HOUR_MS
from backend.db import migrate
from backend.db.backup_archive import manifest_of, pack
from backend.db.engine import sqlite_module
from backend.db.lease import SqlLease
from backend.db.migrate import newest_schema, upgrade
from backend.db.models import accounts
from backend.db.run_models import account_arming, runs
from backend.db.sign_in_models import sessions, users
from backend.db.sqlite_restore import SqliteRestore
from backend.db.unit_of_work import SqlStore
from backend.db.work_models import events, jobs, lease
from backend.tests.backup_damage import damaged
from backend.tests.integration.db.backup_files import (
    NOW_MS,
    begun,
    files,
    got,
    inside,
    made_by,
    no_file_over,
    opened,
    put,
    query,
    restorer,
)

CORRUPTIONS: Final = 200


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of the newest schema with a word in it."""
    yield from begun(tmp_path)


def test_a_damaged_file_is_refused_and_nothing_changes(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    engine.dispose()
    whole, before = file.read_bytes(), files(tmp_path)
    for seed in range(CORRUPTIONS):
        what, content = damaged(whole, random.Random(seed))
        file.write_bytes(content)
        with pytest.raises(BackupRefusedError, match=r"no backup of this program, or not whole|is damaged"):
            restorer(tmp_path).restore(file, force=False)
        assert files(tmp_path) == before | {f"backups/{file.name}": content}, what


def test_other_files_are_refused_in_words(engine: Engine, tmp_path: Path) -> None:
    empty, other, plain = tmp_path / "empty.zip", tmp_path / "other.zip", tmp_path / "portfolio.db"
    empty.write_bytes(b"")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", "{}")
    for file in (empty, other, plain):
        with pytest.raises(BackupRefusedError, match="is no backup of this program, or not whole: nothing was changed"):
            restorer(tmp_path).restore(file, force=False)
    assert got(engine) == "before"


def packed(engine: Engine, tmp_path: Path, **changes: Any) -> Path:
    """A backup whose manifest says something else, sealed as one of ours."""
    file = made_by(engine)
    target = tmp_path / "changed.zip"
    pack(inside(file, tmp_path / "out"), replace(manifest_of(file), **changes), target)
    return target


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"schema": "9999"}, "schema 9999, which this version does not know: it was made by a newer version"),
        ({"sha256": "0" * 64}, "is damaged"),
        ({"size_bytes": 4096}, "is damaged"),
        ({"rows": {"settings": 2}}, "has not the rows that it says"),
    ],
)
def test_what_does_not_fit_the_manifest_is_refused(
    engine: Engine, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    file = packed(engine, tmp_path, **changes)
    with pytest.raises(BackupRefusedError, match=words):
        restorer(tmp_path).restore(file, force=True)
    assert got(engine) == "before"
    assert not list(tmp_path.glob("portfolio.db.*"))


def test_a_file_of_a_newer_form_is_refused_as_such(engine: Engine, tmp_path: Path) -> None:
    manifest = asdict(manifest_of(made_by(engine))) | {"format": 2}
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as archive:
        archive.comment = b"sha256:" + b"0" * 64
        archive.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(BackupRefusedError, match="made by a newer version of the program: update it first"):
        manifest_of(newer)


def test_a_restore_keeps_what_was_there_and_writes_it_down(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    put(engine, "word", "after")
    engine.dispose()
    done = restorer(tmp_path).restore(file, force=False)
    assert (done.kept, done.made_ms, done.schema) == ("portfolio.db.before-restore", NOW_MS, newest_schema())
    assert query(tmp_path / "portfolio.db.before-restore", "SELECT content FROM settings") == [("after",)]
    assert got(engine) == "before"
    with SqlStore(engine, lambda: NOW_MS).read() as unit:
        (entry,) = unit.audit.after(None, 10)
    assert (entry.action, entry.subject) == ("backup.restore", file.name)
    assert manifest_of(file).sha256 in entry.details
    engine.dispose()
    assert restorer(tmp_path).restore(file, force=False).kept == "portfolio.db.before-restore-2"
    assert query(tmp_path / "portfolio.db.before-restore", "SELECT content FROM settings") == [("after",)]


def test_a_restore_into_nothing_makes_the_database(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    other = tmp_path / "other"
    assert restorer(other).restore(file, force=False).kept is None
    again = opened(other)
    assert got(again) == "before"
    again.dispose()


def test_a_damaged_database_is_replaced_and_kept_as_it_is(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    engine.dispose()
    wreck = random.Random(7).randbytes(9000)
    (tmp_path / "portfolio.db").write_bytes(wreck)
    restorer(tmp_path).restore(file, force=False)
    assert (tmp_path / "portfolio.db.before-restore").read_bytes() == wreck
    assert got(engine) == "before"


def test_what_waits_beside_the_old_database_never_reaches_the_new_one(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    engine.dispose()
    (tmp_path / "portfolio.db").write_bytes(b"not a database at all")
    for end in ("-wal", "-shm", "-journal"):
        (tmp_path / f"portfolio.db{end}").write_bytes(b"stale")
    restorer(tmp_path).restore(file, force=False)
    assert not any((tmp_path / f"portfolio.db{end}").exists() for end in ("-wal", "-shm", "-journal"))
    assert (tmp_path / "portfolio.db.before-restore-wal").read_bytes() == b"stale"
    assert got(engine) == "before"


def test_nothing_is_restored_under_a_collector_that_works(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    SqlLease(engine, "machine|4711|ab", 2 * HOUR_MS, lambda: NOW_MS).acquire()
    put(engine, "word", "after")
    engine.dispose()
    with pytest.raises(BackupRefusedError, match=r"The program is running \(machine 4711\): stop it first"):
        restorer(tmp_path).restore(file, force=False)
    assert got(engine) == "after"
    engine.dispose()
    gone = SqliteRestore(tmp_path / "portfolio.db", lambda: NOW_MS, lambda owner: owner.startswith("machine|4711"))
    gone.restore(file, force=False)
    assert got(engine) == "before"


def test_told_to_it_restores_under_a_running_program_which_keeps_the_old_one(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    SqlLease(engine, "machine|4711|ab", 2 * HOUR_MS, lambda: NOW_MS).acquire()
    with engine.connect() as running:
        assert running.execute(select(lease.c.epoch)).scalar() == 1
        put(engine, "word", "after")
        restorer(tmp_path).restore(file, force=True)
        put(engine, "word", "later")
    fresh = opened(tmp_path)
    assert got(fresh) == "before"
    fresh.dispose()
    engine.dispose()
    assert query(tmp_path / "portfolio.db.before-restore", "SELECT content FROM settings") == [("later",)]


@pytest.mark.skipif(sqlite_module() is sqlite3, reason="only a database in WAL mode tells that it is open")
def test_a_database_that_somebody_has_open_is_not_replaced(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    with engine.connect() as running:
        running.execute(text("SELECT 1 FROM settings")).all()
        with pytest.raises(BackupRefusedError, match=r"Another program has .* open: stop it first"):
            restorer(tmp_path).restore(file, force=False)
    assert got(engine) == "before"


def test_what_was_under_way_then_does_not_go_on(engine: Engine, tmp_path: Path) -> None:
    run = {
        "account_id": 1,
        "environment": "live",
        "plan_id": "a plan",
        "plan_hash": "hash",
        "dry_run": False,
        "source": "user",
        "state": "running",
        "portfolio": 1,
        "created": NOW_MS,
        "created_machine": NOW_MS,
    }
    session = {
        "user_id": 1,
        "digest": "digest",
        "created_machine": NOW_MS,
        "seen_machine": NOW_MS,
        "idle_ms": HOUR_MS,
        "expires_machine": NOW_MS + HOUR_MS,
        "confirmed_machine": NOW_MS,
        "address": "",
        "agent": "",
    }
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        unit.accounts.ensure("live", "main", "reference")
        connection = unit.connection
        assert connection.execute(select(accounts.c.id).where(accounts.c.id == 1)).scalar() == 1
        connection.execute(insert(runs).values(run))
        connection.execute(insert(account_arming).values(account_id=1, until_machine=NOW_MS + HOUR_MS))
        connection.execute(insert(users).values(id=1, name="admin", password_hash="", changed_machine=NOW_MS))
        connection.execute(insert(sessions).values(session))
        job = {"kind": "execute_run", "payload": "{}", "created_machine": NOW_MS}
        connection.execute(insert(jobs).values(job | {"state": "queued"}))
        connection.execute(insert(jobs).values(job | {"state": "done"}))
    SqlLease(engine, "machine|1|ab", 1, lambda: NOW_MS).acquire()
    file = made_by(engine)
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        for _ in range(40):
            unit.events.emit("balances", None)
        unit.connection.execute(lease.update().values(epoch=7))
        newest = unit.events.newest_id()
    engine.dispose()
    assert restorer(tmp_path).restore(file, force=False).runs_stopped == 1
    with engine.connect() as connection:
        assert connection.execute(select(runs.c.state, runs.c.stop_asked)).all() == [("running", True)]
        assert connection.execute(select(account_arming)).all() == []
        assert connection.execute(select(sessions)).all() == []
        assert connection.execute(select(jobs.c.state)).scalars().all() == ["done"]
        assert connection.execute(select(lease.c.epoch, lease.c.expires_machine)).all() == [(8, 0)]
        # Pages that are open wait for ids behind those they know.
        assert connection.execute(select(events.c.id).order_by(events.c.id.desc()).limit(1)).scalar_one() > newest


def test_an_older_database_is_restored_and_brought_up_to_date(tmp_path: Path) -> None:
    old = opened(tmp_path)
    before, newest = migrate.revisions()[-2:]
    with old.execution_options(writing=True).begin() as connection:
        migrate.upgrade_within(connection, before)
    file = made_by(old)
    assert manifest_of(file).schema == before
    upgrade(old)
    put(old, "word", "after")
    old.dispose()
    assert restorer(tmp_path).restore(file, force=False).schema == newest
    assert got(old) is None
    old.dispose()


@pytest.mark.parametrize("size", [0, 4096, 20_000, 400_000])
def test_a_restore_that_runs_out_of_disk_changes_nothing(engine: Engine, tmp_path: Path, size: int) -> None:
    file = made_by(engine)
    put(engine, "word", "after")
    engine.dispose()
    refused = (BackupFailedError, BackupRefusedError)
    with no_file_over(size), pytest.raises(refused, match=r"Nothing was (restored|changed)"):
        restorer(tmp_path).restore(file, force=False)
    assert not list(tmp_path.glob("portfolio.db.*"))
    assert got(engine) == "after"
