"""A SQLite database into an empty PostgreSQL one: every row, or none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text, update

from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.db import copied_tables, models, take_over
from backend.db.all_tables import metadata
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.migrate import newest_schema, schema_of
from backend.db.postgres_fill import fill_postgresql
from backend.db.take_over import SCRATCH, TakeOver
from backend.db.unit_of_work import SqlStore
from backend.file_locks import hold
from backend.tests.builders import T0, deposit
from backend.tests.database_places import lay_nothing, url_of
from backend.tests.empty_database import empty_database
from backend.tests.on_postgresql.conftest import NOW_MS

Taking = Callable[[Engine], TakeOver]


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A database with an account, events, a flow that was deleted, and decimals beyond any float."""
    file = tmp_path / "old.db"
    file.write_bytes(empty_database())
    url = f"sqlite:///{file}"
    engine = make_engine(url)
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        account = unit.accounts.ensure("simulator", "né à l'été", "reference").id
        unit.ledger.add(account, [deposit("BTC", "0.123456789012345678", T0), deposit("ETH", "7", T0 + 1, "2")])
        unit.settings.set("word", "before")
        unit.audit.record("settings.change", account_id=account)
        flow = {"type": "DEPOSIT", "amount_usd": Decimal("0.1"), "source": "manual", "status": "exact"}
        for name in ("kept", "gone"):
            row = {"account_id": account, "timestamp": T0, "external_id": name, **flow}
            unit.connection.execute(insert(models.cash_flows).values(row))
        unit.connection.execute(text("DELETE FROM cash_flows WHERE external_id = 'gone'"))
    engine.dispose()
    return url


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(url_of(lay_nothing(tmp_path / "new.db")))
    yield made
    made.dispose()


@pytest.fixture
def taking(tmp_path: Path) -> Iterator[Taking]:
    """Takes over by way of a folder of the test, in which nothing is left, however it ends."""
    folder = tmp_path / "data"
    yield lambda target: TakeOver(target, folder, lambda: NOW_MS, lambda owner: False)
    assert list(folder.glob("**/*")) == []


def is_empty(target: Engine) -> bool:
    return schema_of(target) is None and inspect(target).get_table_names() == []


def test_every_row_is_the_same_and_new_ones_are_numbered_behind_all(
    source: str, target: Engine, taking: Taking
) -> None:
    taken = {one.name: one.rows for one in taking(target).take(source, force=False)}
    assert set(taken) == set(metadata.tables)
    assert (taken["accounts"], taken["ledger_events"], taken["cash_flows"], taken["audit"]) == (1, 2, 1, 1)
    old = make_engine(source)
    with old.connect() as before, target.connect() as after:
        for table in metadata.sorted_tables:
            query = select(table).order_by(*table.primary_key.columns)
            assert after.execute(query).all() == before.execute(query).all(), table.name
    old.dispose()
    assert schema_of(target) == newest_schema()
    with SqlStore(target, lambda: NOW_MS).write() as unit:
        account = unit.accounts.in_environment("simulator")[0].id
        # What triggers count was copied and not counted once more, and is counted on.
        assert unit.ledger.count(account) == 2
        unit.ledger.add(account, [deposit("BTC", "1", T0 + 2, "3")])
        assert unit.ledger.count(account) == 3
        values = {"account_id": account, "timestamp": T0, "external_id": "new", "type": "DEPOSIT"}
        values |= {"amount_usd": Decimal(1), "source": "manual", "status": "exact"}
        added = unit.connection.execute(insert(models.cash_flows).values(values)).inserted_primary_key
        # The number of the deleted flow is given to no other.
        assert added is not None
        assert added[0] == 3
        unit.audit.record("settings.change", account_id=account)


def test_a_database_with_anything_in_it_is_refused(source: str, target: Engine, taking: Taking) -> None:
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id INTEGER)"))
    with pytest.raises(BackupRefusedError, match="not empty"):
        taking(target).take(source, force=False)


def test_while_the_program_runs_on_it_it_is_refused(source: str, target: Engine, taking: Taking) -> None:
    engine = make_engine(source)
    assert SqlLease(engine, "machine|4711|x", 10_000, lambda: NOW_MS).acquire() == 1
    engine.dispose()
    with pytest.raises(BackupRefusedError, match="program is running"):
        taking(target).take(source, force=False)
    assert is_empty(target)
    assert taking(target).take(source, force=True)


def test_a_row_that_comes_out_otherwise_undoes_everything(
    source: str, target: Engine, taking: Taking, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_back = copied_tables._read_back

    def changed_before(new: Connection, table: Table, breathe: Callable[[], None]) -> object:
        if table is models.accounts:
            new.execute(update(models.accounts).values(name="another"))
        return read_back(new, table, breathe)

    monkeypatch.setattr(copied_tables, "_read_back", changed_before)
    with pytest.raises(BackupFailedError, match="Table accounts did not come out as it went in"):
        taking(target).take(source, force=False)
    assert is_empty(target)


def test_what_postgresql_cannot_keep_is_told_and_nothing_stays(source: str, target: Engine, taking: Taking) -> None:
    engine = make_engine(source)
    with SqlStore(engine, lambda: NOW_MS).write() as unit:
        unit.settings.set("nul", "a\0b")
    engine.dispose()
    with pytest.raises(BackupFailedError, match="cannot keep a row") as failure:
        taking(target).take(source, force=False)
    assert "a\0b" not in str(failure.value)
    assert is_empty(target)


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://localhost/other"])
def test_what_is_no_sqlite_database_is_refused(url: str, target: Engine, taking: Taking) -> None:
    with pytest.raises(BackupRefusedError):
        taking(target).take(url, force=False)
    assert is_empty(target)


def test_the_copy_lies_in_the_folder_of_the_data_and_what_a_killed_one_left_is_cleared_away(
    source: str, target: Engine, taking: Taking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in memory, as /tmp is in containers, has no room for it."""
    left = tmp_path / "data" / SCRATCH
    left.mkdir(parents=True)
    for name in ("lock", "portfolio.db", "portfolio.db-wal"):
        (left / name).write_bytes(b"half")
    seen: list[int] = []

    def looked_at(old: Connection, new: Connection) -> object:
        seen.append((left / "portfolio.db").stat().st_size)
        return fill_postgresql(old, new)

    monkeypatch.setattr(take_over, "fill_postgresql", looked_at)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert taking(target).take(source, force=False)
    assert seen[0] > len(b"half")


def test_two_at_once_do_not_share_a_copy(source: str, target: Engine, taking: Taking, tmp_path: Path) -> None:
    with (
        hold(tmp_path / "data" / SCRATCH / "lock"),
        pytest.raises(BackupRefusedError, match="copies a database already"),
    ):
        taking(target).take(source, force=False)
    assert is_empty(target)
    assert taking(target).take(source, force=False)
