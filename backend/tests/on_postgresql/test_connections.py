"""Writers queue and text sorts as on SQLite, events are heard of, and what the server says is put in words."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, literal, select, text

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.db.all_tables import metadata
from backend.db.engine import make_engine
from backend.db.migrate import newest_schema, upgrade
from backend.db.notices import EventNotices
from backend.db.types import ExactDecimal
from backend.db.unit_of_work import SqlStore
from backend.services.event_feed import EventFeed
from backend.tests.database_places import lay_nothing, url_of
from backend.tests.on_postgresql.conftest import NOW_MS

SHORT_MS = 200
DEPOSIT = LedgerEvent("deposit", "1", EventKind.DEPOSIT, NOW_MS, (Leg("BTC", Decimal(1), "in"),))
# As SQLite's BINARY has them.
IN_ORDER = ["A", "B", "Z", "_", "a", "b", "É", "é"]
LONG_S = 30.0


def _cut_off(engine: Engine, whose: str) -> int:
    """End the connections of others whose last statement begins so; returns how many."""
    query = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE :whose"
    )
    with engine.connect() as connection:
        return int(connection.execute(query, {"whose": f"{whose}%"}).scalar_one())


def test_a_second_writer_waits_for_the_first_and_says_so_when_it_is_too_long(database: Path, store: SqlStore) -> None:
    hurried = make_engine(url_of(database), busy_ms=SHORT_MS)
    with store.write() as unit:
        unit.settings.set("word", "first")
        late = SqlStore(hurried, lambda: NOW_MS)
        with pytest.raises(DatabaseUnavailableError, match="locked by another program"), late.write():
            pytest.fail("the lock is another's")
        # Reads go on beside it, and see nothing of it.
        with SqlStore(hurried, lambda: NOW_MS).read() as beside:
            assert beside.settings.get("word") is None
    with SqlStore(hurried, lambda: NOW_MS).write() as unit:
        assert unit.settings.get("word") == "first"
    hurried.dispose()


def test_an_insertion_says_whether_its_row_was_new(store: SqlStore) -> None:
    with store.write() as unit:
        account = unit.accounts.ensure("simulator", "test", "reference").id
        assert unit.ledger.add(account, [DEPOSIT]) == DEPOSIT.at_ms
        assert unit.ledger.add(account, [DEPOSIT]) is None


def test_a_writer_that_is_cut_off_leaves_nothing_behind_and_frees_the_lock(engine: Engine, store: SqlStore) -> None:
    def begun() -> None:
        with store.write() as unit:
            unit.settings.set("word", "half")
            assert _cut_off(engine, "%") == 1
            unit.settings.set("word", "whole")

    with pytest.raises(DatabaseUnavailableError):
        begun()
    with store.write() as unit:
        assert unit.settings.get("word") is None


def test_a_writer_that_sleeps_in_its_transaction_is_sent_away_by_the_server(store: SqlStore) -> None:
    with store.write() as unit:
        limit = unit.connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    assert limit == "20s"
    with store.read() as unit:
        assert unit.connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "0"


def test_every_text_is_sorted_by_code_points(engine: Engine, store: SqlStore) -> None:
    with engine.connect() as connection:
        query = text(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name IN"
            " (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
        )
        assert connection.execute(query).all() == []
    with store.write() as unit:
        for name in reversed(IN_ORDER):
            unit.settings.set(name, "x")
    with engine.connect() as connection:
        table = metadata.tables["settings"]
        assert list(connection.execute(select(table.c.name).order_by(table.c.name)).scalars()) == IN_ORDER


def test_money_is_numeric_without_bounds(engine: Engine) -> None:
    with engine.connect() as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            types = {one["name"]: str(one["type"]) for one in found.get_columns(table.name)}
            for column in table.columns:
                if isinstance(column.type, ExactDecimal):
                    assert types[column.name] == "NUMERIC", f"{table.name}.{column.name}"
        long = Decimal("123456789012345678901234567890.123456789012345678901234567890")
        assert connection.execute(select(literal(long, ExactDecimal()))).scalar() == long


def test_an_event_of_another_process_is_heard_of_and_a_lost_connection_made_anew(
    engine: Engine, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = make_engine(url_of(database))
    store = SqlStore(other, lambda: NOW_MS)
    notices = EventNotices(engine)
    notices.wait(LONG_S)  # listens from now on
    for round_ in range(2):
        with store.write() as unit:
            unit.events.emit("balances", None)
        heard = threading.Event()

        def wait(told: threading.Event = heard) -> None:
            notices.wait(LONG_S)
            told.set()

        thread = threading.Thread(target=wait)
        thread.start()
        assert heard.wait(LONG_S), round_
        thread.join()
        assert _cut_off(other, "LISTEN") == 1
        notices.wait(LONG_S)  # finds it lost
        notices.wait(LONG_S)  # listens again
    notices.close()
    other.dispose()
    assert caplog.records == []


def test_a_feed_shows_what_another_process_wrote(engine: Engine, database: Path) -> None:
    other = make_engine(url_of(database))
    feed = EventFeed(SqlStore(engine, lambda: NOW_MS), EventNotices(engine))
    feed.start()
    position = feed.revision
    with SqlStore(other, lambda: NOW_MS).write() as unit:
        unit.events.emit("balances", None)
    assert [topic for _, topic, _ in feed.after(position, LONG_S) or ()] == ["balances"]
    feed.stop()
    other.dispose()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"database": "nobody_made_this"}, "has no such database"),
        ({"query": {"host": "/nowhere"}}, "cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_in_words(
    database: Path, engine: Engine, change: dict[str, Any], words: str
) -> None:
    wrong = make_engine(engine.url.set(**change).render_as_string(hide_password=False))
    with pytest.raises(DatabaseUnavailableError, match=words), SqlStore(wrong, lambda: NOW_MS).read() as unit:
        unit.events.newest_id()
    wrong.dispose()


def test_a_database_that_may_not_be_written_says_so(store: SqlStore) -> None:
    def write() -> None:
        with store.write() as unit:
            unit.connection.execute(text("SET TRANSACTION READ ONLY"))
            unit.events.emit("balances", None)

    with pytest.raises(DatabaseUnavailableError, match="read-only"):
        write()


def test_an_empty_database_is_made_at_the_first_start(tmp_path: Path) -> None:
    engine = make_engine(url_of(lay_nothing(tmp_path / "new.db")))
    assert upgrade(engine) == (None, newest_schema())
    assert upgrade(engine) == (newest_schema(), newest_schema())
    engine.dispose()
