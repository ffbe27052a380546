"""An upgrade keeps until when the balances were explained: older twins are not taken for two movements."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from backend.core.import_coverage import EXPLAINED, IMPORT, UNTIL
from backend.core.import_forecast import TRADES
from backend.core.model.accounts import Account
from backend.db.migrate import MIGRATIONS
from backend.db.unit_of_work import SqlStore


def test_the_cursor_of_trades_becomes_that_of_the_balances(engine: Engine, store: SqlStore, account: Account) -> None:
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0018-1")
    with store.write() as unit:
        unit.ledger.set_cursor(account.id, TRADES, UNTIL, 1_780_000_000_000)
        unit.ledger.set_cursor(account.id, TRADES, "BTCUSDT", 7)
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with store.read() as unit:
        assert unit.ledger.cursors(account.id, IMPORT) == {EXPLAINED: 1_780_000_000_000}
        assert unit.ledger.cursors(account.id, TRADES) == {UNTIL: 1_780_000_000_000, "BTCUSDT": 7}
