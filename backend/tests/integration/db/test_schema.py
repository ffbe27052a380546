"""The schema: migrations and tables say the same, and what must be unique is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, UniqueConstraint, delete, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.accounts import Account
from backend.core.performance.snapshot_chain import Grid, extend
from backend.db import models
from backend.db.all_tables import metadata
from backend.db.engine import SAFE_WAL, make_engine, sqlite_module
from backend.db.migrate import MIGRATIONS, newest_schema, revisions, upgrade
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit, point
from backend.tests.database_places import lay_nothing, url_of

HOURLY = Grid(3_600_000)
AT_ONCE = 3


def test_databases_that_are_made_at_the_same_time_are_each_whole(tmp_path: Path) -> None:
    """As the copies of two backups on PostgreSQL are."""
    ready = threading.Barrier(AT_ONCE)

    def made(number: int) -> tuple[str | None, str]:
        copy = make_engine(f"sqlite:///{tmp_path}/copy-{number}.db")
        ready.wait()
        try:
            return upgrade(copy)
        finally:
            copy.dispose()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert list(threads.map(made, range(AT_ONCE))) == [(None, newest_schema())] * AT_ONCE


def test_migrations_from_nothing_to_the_newest_give_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
        if engine.dialect.name == "postgresql":
            # Snapshots lie in months: what hangs on one refers to its instant, too (on_postgresql/test_months.py).
            hung = {(one[0], one[1].name) for one in differences}
            names = ("fk_closings_snapshot_id", "fk_hold_rows_snapshot_id")
            assert hung == {(change, name) for change in ("add_fk", "remove_fk") for name in names}
        else:
            assert differences == []
        found = inspect(connection)
        for table in metadata.tables.values():
            unique = {tuple(one["column_names"]) for one in found.get_unique_constraints(table.name)}
            wanted = {
                tuple(column.name for column in one.columns)
                for one in table.constraints
                if isinstance(one, UniqueConstraint)
            }
            assert unique == wanted, table.name


def test_an_upgrade_of_the_newest_schema_changes_nothing(tmp_path: Path) -> None:
    engine = make_engine(url_of(lay_nothing(tmp_path / "new/portfolio.db")))
    before, head = upgrade(engine)
    assert before is None
    assert upgrade(engine) == (head, head)
    engine.dispose()


def test_the_scripts_of_upgrades_are_known_by_their_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert sorted(revisions()) == sorted(script.revision for script in scripts.walk_revisions())
    assert newest_schema() == scripts.get_current_head()
    head = scripts.get_revision("head")
    assert head is not None
    assert head.down_revision == revisions()[-2]


def test_what_an_older_program_knew_of_the_benchmark_and_of_gains_is_made_anew(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    with store.write() as unit:
        rows = [point(T0 + hour * 3_600_000, value) for hour, value in enumerate(("0", "0", "5", "5"))]
        unit.snapshots.append(extend(account.id, None, rows, [], HOURLY))
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0030")
    upgrade(engine)
    with store.read() as unit:
        assert unit.shadows.line_from_ms(account.id) == 0
        assert unit.accounts.sync_state(account.id).dirty_from_ms == T0 + 2 * 3_600_000


def test_rows_of_an_index_that_stayed_at_nothing_are_made_anew(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    with store.write() as unit:
        rows = [point(T0 + hour * 3_600_000, value) for hour, value in enumerate(("5", "5", "0", "0"))]
        unit.snapshots.append(extend(account.id, None, rows, [], HOURLY))
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0039")
        connection.execute(text("UPDATE account_sync SET dirty_from = NULL"))
        connection.execute(text("UPDATE snapshots SET growth_index = 0 WHERE growth_index < 1e-20"))
    upgrade(engine)
    with store.read() as unit:
        assert unit.accounts.sync_state(account.id).dirty_from_ms == T0 + 2 * 3_600_000


def _stands_on_flows(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                " AND (tbl_name = 'cash_flows' AND type <> 'table' OR name = 'processed_transactions')"
            )
        )
        return {row.name: row.sql for row in found}


@pytest.mark.of_sqlite(reason="PostgreSQL never gave a number twice")
def test_the_number_of_a_deleted_flow_is_given_to_no_other_in_an_upgraded_database_either(
    engine: Engine, account: Account
) -> None:
    def add(connection: Connection, name: str) -> int:
        row = {"type": "DEPOSIT", "amount_usd": Decimal("0.1"), "source": "manual", "status": "exact"}
        flow = {"account_id": account.id, "timestamp": T0, "external_id": name, **row}
        (number,) = connection.execute(insert(models.cash_flows).values(flow)).inserted_primary_key or (0,)
        return int(number)

    def rows() -> list[object]:
        with engine.connect() as connection:
            return list(connection.execute(select(models.cash_flows).order_by(models.cash_flows.c.id)).mappings())

    about = _stands_on_flows(engine)
    assert len(about) == 6  # two indexes, three triggers, a view
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0047")
        numbers = [add(connection, name) for name in ("first", "second", "third")]
        # What a tool of the user's has put beside it, names with colons in them too.
        connection.exec_driver_sql("CREATE VIEW mine AS SELECT account_id, ':a' AS x FROM processed_transactions")
        connection.exec_driver_sql('CREATE VIEW "my flows" AS SELECT * FROM cash_flows')
    before = rows()
    upgrade(engine)
    assert rows() == before
    assert _stands_on_flows(engine) == about
    with engine.connect() as connection:
        assert len(connection.execute(text("SELECT * FROM mine")).all()) == len(numbers)
        assert len(connection.execute(text('SELECT * FROM "my flows"')).all()) == len(numbers)
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(delete(models.cash_flows).where(models.cash_flows.c.id == numbers[-1]))
        assert add(connection, "fourth") > numbers[-1]
        changes = text("SELECT flow_changes FROM account_sync WHERE account_id = :account")
        counted = connection.execute(changes, {"account": account.id}).scalar_one()
        connection.execute(delete(models.accounts).where(models.accounts.c.id == account.id))
    assert counted == len(numbers) + 2
    assert rows() == []


def test_a_database_of_a_newer_program_is_refused_untouched(engine: Engine) -> None:
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailableError, match="newer version"):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_the_journal_is_a_write_ahead_log_flushed_to_disk_with_foreign_keys(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    # An SQLite that may lose a frame of its log falls back to the rollback journal.
    safe = sqlite_module().sqlite_version_info >= SAFE_WAL
    assert pragmas == {
        "journal_mode": "wal" if safe else "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15_000,
    }


def test_one_snapshot_a_slot_and_account(store: SqlStore, account: Account) -> None:
    (row,) = extend(account.id, None, [point(T0, "100")], [], HOURLY)
    with store.write() as unit:
        unit.snapshots.append([row])
    with pytest.raises(IntegrityError), store.write() as unit:
        unit.snapshots.append([replace(row, value=Decimal(200))])
    with store.write() as unit:
        other = unit.accounts.ensure("simulator", "other", "other")
        unit.snapshots.append([replace(row, account_id=other.id)])
        assert unit.snapshots.last(account.id) is not None


def test_one_event_an_account_source_and_id(store: SqlStore, account: Account) -> None:
    event = deposit("BTC", "1", T0, "7")
    with store.write() as unit:
        assert unit.ledger.add(account.id, [event, event]) == T0
        assert unit.ledger.add(account.id, [replace(event, at_ms=T0 + 1)]) is None
        assert unit.ledger.add(account.id, [replace(event, source="other")]) == T0
        assert len(unit.ledger.all(account.id)) == 2
    row = {"account_id": account.id, "source": "deposit", "external_id": "7", "kind": "deposit", "at": T0}
    with pytest.raises(IntegrityError), store.write() as unit:
        unit.connection.execute(insert(models.ledger_events).values(row))


def test_one_account_an_environment_and_key(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        renamed = unit.accounts.ensure("simulator", "renamed", "reference")
        assert renamed == replace(account, name="renamed")
        elsewhere = unit.accounts.ensure("live", "test", "reference")
        assert elsewhere.id != account.id
        assert unit.accounts.in_environment("simulator") == [renamed]


def test_rows_of_no_account_are_refused(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.write() as unit:
        unit.ledger.add(4711, [deposit("BTC", "1", T0)])


def test_ids_longer_than_fifty_characters_are_kept_whole(store: SqlStore, account: Account) -> None:
    long_id = "x1" * 60
    with store.write() as unit:
        unit.ledger.add(account.id, [deposit("BTC", "1", T0, long_id)])
    with store.read() as unit:
        assert [event.external_id for event in unit.ledger.all(account.id)] == [long_id]


def test_the_named_columns_of_the_plain_tables_are_there() -> None:
    """Other tools read these; their names are a promise."""
    assert {"timestamp", "total_value_usd", "twr", "pnl", "pnl_percent", "composition"} <= set(
        models.snapshots.c.keys()
    )
    assert {"timestamp", "type", "amount_usd", "description"} <= set(models.cash_flows.c.keys())
    assert {"asset", "balance", "usd_value", "percentage", "timestamp"} <= set(models.last_balance.c.keys())
