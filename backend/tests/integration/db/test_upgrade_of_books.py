"""An upgrade that makes tables of the books anew has everything booked again, and says so until it is."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from backend.core.model.accounts import Account
from backend.db.migrate import MIGRATIONS
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.tests.integration.db.test_books import add, history, price_of, rows


def test_books_of_an_older_program_are_told_anew(engine: Engine, store: SqlStore, account: Account) -> None:
    add(store, account, history(60))
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    before = rows(engine)
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
        command.upgrade(config, "head")
    with store.read() as unit:
        state = unit.books.state(account.id)
        assert state is not None
        assert state.dirty_from_ms == 0
        assert unit.accounts.sync_state(account.id).positions is None
        assert unit.books.checkpoint_before(account.id, None) is None
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    assert rows(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM booked_disposals")).scalar_one() > 0
