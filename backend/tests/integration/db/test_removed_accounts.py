"""An account that is removed leaves no row in any table, and nothing of another account goes with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Engine,
    Float,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    or_,
    select,
)

from backend.core.model.accounts import Account, LastReading
from backend.db.all_tables import metadata
from backend.db.models import prices
from backend.db.months import make_months
from backend.db.types import ExactDecimal
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0

MADE_WITH_IT = frozenset({"accounts", "account_sync", "ledger_counts"})


def own_columns(table: Table) -> list[Any]:
    return [one for one in table.c if one.name == "account_id" or one.name.endswith("_account_id")]


def tables_of_accounts() -> list[Table]:
    return [table for table in metadata.sorted_tables if own_columns(table)]


def value_of(column: Any, account: int, made: dict[str, dict[str, Any]]) -> Any:
    """Anything that the column takes; rows of one account hang together."""
    for key in column.foreign_keys:
        target = key.column
        return account if target.table.name == "accounts" else made[target.table.name][target.name]
    if column in own_columns(column.table):
        return account
    if isinstance(column.type, ExactDecimal):
        return Decimal(account)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, (BigInteger, Integer)):
        return 1_000 + account
    if isinstance(column.type, LargeBinary):
        return b"block"
    return 1.0 if isinstance(column.type, Float) else f"of {account}"


def fill(connection: Connection, account: int) -> None:
    """One row in every table that belongs to accounts, and in those that such rows need."""
    made: dict[str, dict[str, Any]] = {}
    needed = {key.column.table.name for table in tables_of_accounts() for key in table.foreign_keys}
    for table in metadata.sorted_tables:
        if table.name in MADE_WITH_IT or not (own_columns(table) or table.name in needed):
            continue
        values = {column.name: value_of(column, account, made) for column in table.c}
        if table.name == "snapshots":
            make_months(connection, [values["timestamp"]])
        connection.execute(insert(table).values(values))
        made[table.name] = values


def rows_of(engine: Engine, account: int) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(or_(*(one == account for one in own_columns(table))))
            ).scalar_one()
            for table in tables_of_accounts()
        }


def test_no_table_keeps_a_row_of_a_removed_account_and_every_row_of_another_stays(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    with store.write() as unit:
        other = unit.accounts.create("live", "other")
    with engine.begin() as connection:
        for one in (account, other):
            fill(connection, one.id)
        connection.execute(insert(prices).values(symbol="BTCUSDT", at=T0, price=Decimal(1), candle_end=T0))
    assert set(rows_of(engine, account.id).values()) == set(rows_of(engine, other.id).values()) == {1}
    with store.write() as unit:
        unit.accounts.remove(account.id)
    assert set(rows_of(engine, account.id).values()) == {0}
    assert set(rows_of(engine, other.id).values()) == {1}
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(prices)).scalar_one() == 1


def test_the_number_of_a_removed_account_is_never_given_again(store: SqlStore) -> None:
    with store.write() as unit:
        first = unit.accounts.create("live", "first")
        unit.accounts.remove(first.id)
        second = unit.accounts.create("live", "second")
        assert second.id > first.id
        unit.accounts.remove(second.id)
        assert unit.accounts.ensure("live", "third", "digest").id > second.id


def test_a_key_that_comes_back_finds_its_account_again(store: SqlStore) -> None:
    last = LastReading(T0, {"BTC": Decimal("0.10")})
    with store.write() as unit:
        made = unit.accounts.ensure("live", "main", "digest")
        unit.accounts.give_up_key(made.id, last)
        assert unit.accounts.last_reading(made.id) == last
        assert [one.keyless for one in unit.accounts.in_environment("live")] == [True]
        again = unit.accounts.ensure("live", "main", "digest")
        assert (again.id, again.keyless) == (made.id, False)
        assert unit.accounts.last_reading(made.id) is None
        assert [one.keyless for one in unit.accounts.in_environment("live")] == [False]
