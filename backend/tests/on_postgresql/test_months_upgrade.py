"""A database of PostgreSQL from before there were months: every row, number, view and right is as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from backend.db.engine import make_engine
from backend.db.migrate import MIGRATIONS, newest_schema, upgrade, upgrade_within
from backend.db.take_over import TakeOver
from backend.db.unit_of_work import SqlStore
from backend.tests.database_places import lay_nothing, url_of
from backend.tests.on_postgresql.conftest import NOW_MS
from backend.tests.on_postgresql.test_months import JANUARY, append, names
from backend.tests.schema_fixture import fixtures, laid

BEFORE: Final = "0051"
MINE: Final = "SELECT account_id, max(nav) AS most FROM nav_history GROUP BY account_id"
READ: Final = (
    "SELECT * FROM snapshots ORDER BY id",
    "SELECT * FROM closings ORDER BY snapshot_id",
    "SELECT * FROM hold_rows ORDER BY snapshot_id",
    "SELECT * FROM nav_history ORDER BY account_id, timestamp",
    "SELECT * FROM benchmark_configs ORDER BY account_id",
    'SELECT * FROM "my best" ORDER BY account_id',
    "SELECT table_name, grantee, privilege_type FROM information_schema.table_privileges"
    " WHERE table_schema = 'public' AND grantee IN ('PUBLIC', 'pg_monitor') ORDER BY 1, 2, 3",
)
ABOUT: Final = (
    "SELECT column_name, data_type, collation_name, is_nullable, column_default FROM information_schema.columns"
    " WHERE table_name = 'snapshots' ORDER BY ordinal_position",
    "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid IN ('snapshots'::regclass, 'closings'::regclass, 'hold_rows'::regclass) AND conparentid = 0"
    " ORDER BY 1",
    "SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes WHERE tablename = 'snapshots' ORDER BY 1",
    "SELECT pg_get_viewdef('nav_history'::regclass)",
    "SELECT pg_get_viewdef('benchmark_configs'::regclass)",
)


def taken_back(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)


def told(engine: Engine, statements: Sequence[str]) -> list[Sequence[Any]]:
    with engine.connect() as connection:
        return [connection.execute(text(statement)).all() for statement in statements]


@pytest.fixture
def older(tmp_path: Path) -> Engine:
    """A database with a row in every table, of the schema before, and what a user has put on it."""
    source = laid(fixtures()[max(fixtures())], tmp_path / "fixture.db")
    made = make_engine(url_of(lay_nothing(tmp_path / "older.db")))
    TakeOver(made, tmp_path, lambda: NOW_MS, lambda owner: True).take(f"sqlite:///{source}", force=True)
    taken_back(made)
    with made.begin() as connection:
        connection.exec_driver_sql(f'CREATE VIEW "my best" AS {MINE}')
        connection.exec_driver_sql('GRANT SELECT ON snapshots, nav_history, "my best" TO pg_monitor')
        connection.exec_driver_sql("GRANT SELECT ON nav_history TO PUBLIC")
    return made


def test_an_upgrade_moves_every_row_into_its_month_and_the_way_back_has_them_again(older: Engine) -> None:
    assert names(older) == []
    rows, shape = told(older, READ), told(older, ABOUT)
    assert min(len(one) for one in rows) > 0
    assert upgrade(older) == (BEFORE, newest_schema())
    assert told(older, READ) == rows
    # All rows of the fixture are of two months.
    assert names(older) == ["snapshots_2026_05", "snapshots_2026_06"]
    with older.connect() as connection:
        highest = connection.execute(text("SELECT max(id) FROM snapshots")).scalar_one()
        account = connection.execute(text("SELECT account_id FROM snapshots LIMIT 1")).scalar_one()
    append(SqlStore(older, lambda: NOW_MS), account, JANUARY + 365 * 86_400_000)
    with older.connect() as connection:
        assert connection.execute(text("SELECT max(id) FROM snapshots")).scalar_one() > highest
    with older.begin() as connection:
        connection.execute(text("DELETE FROM snapshots WHERE id > :highest"), {"highest": highest})
    taken_back(older)
    assert told(older, READ) == rows
    assert told(older, ABOUT) == shape
    assert upgrade(older) == (BEFORE, newest_schema())
    assert told(older, READ) == rows
    older.dispose()


def test_the_way_back_is_the_schema_of_before(tmp_path: Path) -> None:
    never, back = (make_engine(url_of(lay_nothing(tmp_path / f"{name}.db"))) for name in ("never", "back"))
    with never.execution_options(writing=True).begin() as connection:
        upgrade_within(connection, BEFORE)
    upgrade(back)
    assert told(back, ABOUT) != told(never, ABOUT)
    taken_back(back)
    assert told(back, ABOUT) == told(never, ABOUT)
    for one in (never, back):
        one.dispose()


def test_where_an_upgrade_fails_everything_is_as_it_was(older: Engine) -> None:
    rows, shape = told(older, READ), told(older, ABOUT)
    with older.begin() as connection:
        # What the program cannot make again by itself.
        connection.exec_driver_sql("CREATE MATERIALIZED VIEW kept AS SELECT id FROM snapshots")
    with pytest.raises(DBAPIError, match="kept"):
        upgrade(older)
    assert (told(older, READ), told(older, ABOUT)) == (rows, shape)
    older.dispose()
