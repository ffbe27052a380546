"""Staking that statements told as a sale before is principal after the update, and its costs are booked anew."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, select, update

from backend.core.imports.statements.merge import told_again
from backend.core.model.booked import BookState
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.db.book_models import books
from backend.db.engine import make_engine
from backend.db.migrate import MIGRATIONS, upgrade
from backend.db.models import ledger_events
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0
from backend.tests.database_places import lay_nothing, url_of

BEFORE: Final = "0024"
TOLD_ANEW: Final = "0026"


def swap(source: str, number: str, at_ms: int, out: str, into: str, kind: EventKind = EventKind.CONVERT) -> LedgerEvent:
    legs = (Leg(into, Decimal(1), "in"), Leg(out, Decimal(-1), "out"))
    return LedgerEvent(f"statement:{source}", number, kind, at_ms, legs)


def database(folder: Path) -> Engine:
    """A database of today, into which rows of before are written."""
    engine = make_engine(url_of(lay_nothing(folder / "portfolio.db")))
    upgrade(engine)
    return engine


def update_from_before(engine: Engine) -> None:
    """Give the database the schema of before, and bring it to the first that tells it as today."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        command.upgrade(config, TOLD_ANEW)


def test_what_was_a_conversion_is_principal_and_is_booked_anew(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlStore(engine, lambda: 0)
    staked = [
        swap("transactions", "a", T0 + 2, "ETH", "BETH"),
        swap("staking", "b", T0 + 3, "ETH", "BETH"),
        swap("converts", "c", T0 + 4, "ETH", "BETH"),
        swap("transactions", "d", T0 + 1, "BTC", "ETH"),
    ]
    with store.write() as unit:
        account = unit.accounts.create("simulator", "one").id
        other = unit.accounts.create("simulator", "two").id
        unit.ledger.add(account, staked)
        unit.ledger.add(other, staked[2:])
        for one in (account, other):
            unit.books.set_state(one, BookState(T0 + 9, 4, 7, True, None, None, None, 0, 0, 0))
    update_from_before(engine)
    with engine.connect() as connection:
        kinds = dict(connection.execute(select(ledger_events.c.external_id, ledger_events.c.kind)).tuples().all())
        marks = connection.execute(select(books.c.account_id, books.c.dirty_from, books.c.version)).tuples().all()
    assert kinds == {"a": "rename", "b": "rename", "c": "convert", "d": "convert"}
    assert sorted(marks) == [(account, T0 + 2, 8), (other, None, 7)]
    engine.dispose()


def test_an_earlier_mark_of_the_books_stays(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlStore(engine, lambda: 0)
    with store.write() as unit:
        account = unit.accounts.create("simulator", "one").id
        unit.ledger.add(account, [swap("staking", "b", T0 + 3, "ETH", "BETH")])
        unit.books.set_state(account, BookState(T0 + 9, 4, 7, True, None, None, None, 0, 0, 0))
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(update(books).values(dirty_from=T0))
    update_from_before(engine)
    with engine.connect() as connection:
        assert connection.execute(select(books.c.dirty_from)).scalar() == T0
    engine.dispose()


def test_a_file_that_tells_it_as_principal_is_the_file_that_told_it_as_a_conversion() -> None:
    stored = swap("staking", "b", T0, "ETH", "BETH")
    told = [swap("staking", "", T0, "ETH", "BETH", EventKind.RENAME)] * 2
    assert told_again(told, [stored]) == [stored, None]
