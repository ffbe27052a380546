"""A backup of PostgreSQL is a SQLite database of one moment, with schema and values of the server; where it cannot be
made there is none, and words say why.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from backend.core.errors import BackupFailedError
from backend.db import sqlite_fill
from backend.db.backup_archive import check, manifest_of
from backend.db.backup_shelf import MAKING
from backend.db.copied_tables import copied
from backend.db.engine import make_engine
from backend.db.migrate import MIGRATIONS, newest_schema, schema_of
from backend.db.postgres_copy import PostgresCopy
from backend.db.take_over import TakeOver
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit
from backend.tests.database_places import lay_nothing, url_of
from backend.tests.empty_database import empty_database
from backend.tests.integration.db.backup_files import inside, no_file_over, query
from backend.tests.on_postgresql.conftest import NOW_MS
from backend.tests.on_postgresql.drill import backup_of, put, raw_rows, restored
from backend.tests.schema_fixture import earlier, fixtures, laid

ROUNDS: Final = 40
WITHIN_S: Final = 30.0
FIXTURE: Final = fixtures()[max(fixtures())]
# Before triggers counted the events of ledgers, numbers of flows were kept, and texts of imports were.
OLDER: Final = "0033"


@pytest.fixture
def everywhere(tmp_path: Path) -> Iterator[Engine]:
    """The database of the newest fixture, which has a row in every table, on the server."""
    source = laid(FIXTURE, tmp_path / "fixture.db")
    made = make_engine(url_of(lay_nothing(tmp_path / "everywhere.db")))
    TakeOver(made, source.parent, lambda: NOW_MS, lambda owner: True).take(f"sqlite:///{source}", force=True)
    yield made
    made.dispose()


def shape(database: Path) -> list[tuple[object, ...]]:
    """What there is and how it was made; a table's lines in any order, for a migration's constraints come in any."""
    about = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    return [
        (kind, name, sorted(line.strip(" \t,") for line in (sql or "").splitlines()))
        for kind, name, sql in query(database, about)
    ]


def test_every_value_is_as_sqlite_itself_keeps_it(everywhere: Engine, tmp_path: Path) -> None:
    file = backup_of(everywhere, tmp_path)
    manifest = check(file)
    assert (manifest.database, manifest.schema) == ("postgresql", newest_schema())
    database = inside(file, tmp_path / "out")
    source = raw_rows(tmp_path / "fixture.db")
    assert raw_rows(database) == source
    assert dict(manifest.rows) == {name: len(rows) for name, rows in source.items()}
    assert shape(database) == shape(tmp_path / "fixture.db")
    assert query(database, "PRAGMA foreign_key_check") == []
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_database_of_an_older_schema_is_copied_as_it_is(everywhere: Engine, tmp_path: Path) -> None:
    _take_back(everywhere, OLDER)
    file = backup_of(everywhere, tmp_path)
    assert check(file).schema == OLDER
    assert raw_rows(inside(file, tmp_path / "out")) == raw_rows(earlier(FIXTURE, OLDER, tmp_path / "earlier.db"))
    engine, done = restored(file, "postgresql", tmp_path)
    assert done.schema == schema_of(engine) == newest_schema()
    with engine.connect() as connection:
        counted = "SELECT account_id, count(*) FROM ledger_events WHERE NOT superseded GROUP BY account_id ORDER BY 1"
        kept = "SELECT account_id, events FROM ledger_counts WHERE events > 0 ORDER BY 1"
        assert connection.execute(text(kept)).all() == connection.execute(text(counted)).all() != []
    engine.dispose()


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
                unit.settings.set("word", str(number))
                unit.events.emit("balances", account)
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(WITHIN_S)
    file = backup_of(engine, tmp_path)
    ending.set()
    thread.join()
    rows = manifest_of(file).rows
    # One event is written with each row of the ledger, and the count and the word with both.
    assert rows["events"] == rows["ledger_events"] > 0
    database = inside(file, tmp_path / "out")
    assert query(database, "SELECT content FROM settings WHERE name = 'word'") == [(str(rows["events"]),)]
    assert query(database, "SELECT events FROM ledger_counts") == [(rows["events"],)]


def test_it_is_read_in_one_transaction_that_may_take_long(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):
        _said(engine, f"ALTER ROLE CURRENT_USER IN DATABASE \"{engine.url.database}\" SET {limit} = '1h'")
    engine.dispose()
    shown = (
        "transaction_read_only",
        "transaction_isolation",
        "idle_in_transaction_session_timeout",
        "statement_timeout",
    )
    found: list[object] = []

    def look(old: Connection, *others: Any) -> object:
        found.extend(old.execute(text(f"SHOW {name}")).scalar() for name in shown)
        return copied(old, *others)

    monkeypatch.setattr(sqlite_fill, "copied", look)
    backup_of(engine, tmp_path)
    assert found == ["on", "repeatable read", "0", "0"]


@pytest.mark.parametrize("size", [4096, 400_000])
def test_a_disk_that_fills_up_meanwhile_leaves_no_half_backup(engine: Engine, tmp_path: Path, size: int) -> None:
    with no_file_over(size), pytest.raises(BackupFailedError, match="full"):
        backup_of(engine, tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_server_that_is_away_is_told_in_words(engine: Engine, tmp_path: Path) -> None:
    wrong = make_engine(engine.url.set(query={"host": "/nowhere"}).render_as_string(hide_password=False))
    with pytest.raises(BackupFailedError, match=r"No backup was made\. .* cannot be reached: check that it runs"):
        backup_of(wrong, tmp_path)
    wrong.dispose()
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_connection_that_is_cut_meanwhile_leaves_no_backup(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(old: Connection, *others: Any) -> object:
        _end_all_others(engine)
        return copied(old, *others)

    monkeypatch.setattr(sqlite_fill, "copied", cut)
    with pytest.raises(BackupFailedError, match=r"No backup was made\. The database server cut the connection"):
        backup_of(engine, tmp_path)
    assert list((tmp_path / "backups").glob("[!.]*")) == []
    assert list((tmp_path / "backups").glob(f"{MAKING}*")) == []


def test_a_row_that_comes_out_otherwise_is_no_backup(
    store: SqlStore, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "before")

    def changed(old: Connection, new: Connection, *others: Any) -> object:
        new.execute(
            text(
                "CREATE TEMP TRIGGER other AFTER INSERT ON settings"
                " BEGIN UPDATE settings SET content = 'other' WHERE name = NEW.name; END"
            )
        )
        return copied(old, new, *others)

    monkeypatch.setattr(sqlite_fill, "copied", changed)
    with pytest.raises(BackupFailedError, match="Table settings did not come out as it went in"):
        backup_of(engine, tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []


def _said(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER TABLE settings ADD COLUMN mine TEXT", "Table settings has other columns than in its schema: mine"),
        ("DROP TABLE stored_charts", "has not all tables of its schema: stored_charts"),
        ("UPDATE alembic_version SET version_num = '9999'", "schema 9999, which this version does not know"),
        ("DROP TABLE alembic_version", "no database of this program"),
    ],
)
def test_what_is_not_of_its_schema_is_told_and_not_left_out(
    engine: Engine, tmp_path: Path, change: str, words: str
) -> None:
    _said(engine, change)
    with pytest.raises(BackupFailedError, match=words):
        backup_of(engine, tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []


def test_what_others_put_beside_it_stays_where_it_is(store: SqlStore, engine: Engine, tmp_path: Path) -> None:
    put(store, "before")
    _said(engine, "CREATE TABLE mine (id INTEGER)")
    assert "mine" not in manifest_of(backup_of(engine, tmp_path)).rows


def test_the_room_is_reckoned_by_what_is_copied(engine: Engine) -> None:
    copy = PostgresCopy(engine)
    empty = len(empty_database())
    assert empty < copy.size_bytes() < 3 * empty
    # What a restore has replaced lies in another schema.
    _said(engine, "ALTER SCHEMA public RENAME TO before_restore")
    _said(engine, "CREATE SCHEMA public")
    assert copy.size_bytes() == 0


def _take_back(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def _end_all_others(engine: Engine) -> None:
    query = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        assert connection.execute(query).scalar_one() > 0
