"""An account of another environment that has a row in every table: whoever reads across the border shows its mark.

The rows mean nothing, and need not: nobody may come so far as to understand one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Boolean, Column, Connection, Engine, LargeBinary, Table, Text, text

from backend.db.all_tables import metadata
from backend.db.dialect import on_postgresql, upsert
from backend.db.months import make_months

NUMBER: Final = 4711
MARK: Final = "mark-of-a-foreign-account-7c2e"
ENVIRONMENT: Final = "live"
ACCOUNTS: Final = "accounts"
# Of an account by another table's row: its id is the foreign one's.
BY_ROW: Final = frozenset(
    {"alert_outbox", "backtest_results", "run_attempts", "run_changes", "run_legs", "alert_channels", "own_addresses"}
)
# Everybody's: the log of the program itself and its feed name accounts, whatever their environment.
SHARED: Final = frozenset({"log_lines", "events", "jobs"})
# What is read together with whose it is must be readable, or nobody would come to ask that.
READABLE: Final[Mapping[tuple[str, str], str]] = {
    ("rebalancing_plans", "body"): json.dumps({"mark": MARK}),
    ("runs", "start_balances"): "{}",
}


def tables() -> list[Table]:
    """Every table with rows of one account, or of one environment."""
    return [
        table
        for table in metadata.sorted_tables
        if table.name not in SHARED
        and (table.name in BY_ROW | {ACCOUNTS} or any("account" in column.name for column in table.columns))
    ]


def plant(engine: Engine) -> None:
    """Add the account and its rows."""
    with _unchecked(engine) as connection:
        make_months(connection, [NUMBER])
        for table in tables():
            values = {one.name: _value(one) for one in table.columns}
            values |= {name: one for (of, name), one in READABLE.items() if of == table.name}
            # What a trigger wrote for another row of the account is there already.
            connection.execute(upsert(connection)(table).values(values).on_conflict_do_nothing())


def remaining(engine: Engine) -> Mapping[str, list[tuple[Any, ...]]]:
    """Its rows as they stand in the database."""
    with engine.connect() as connection:
        return {table.name: sorted(_rows(connection, table), key=repr) for table in tables()}


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(text(f"SELECT * FROM {table.name}")):  # a name of ours
        if NUMBER in row or MARK in row:
            yield tuple(row)


def _value(column: Column[Any]) -> Any:
    if column.name in ("environment", "env"):
        return ENVIRONMENT
    if isinstance(column.type, Text):
        return MARK
    if isinstance(column.type, LargeBinary):
        return MARK.encode()
    if isinstance(column.type, Boolean):
        return False
    return NUMBER


@contextmanager
def _unchecked(engine: Engine) -> Iterator[Connection]:
    """A transaction in which the database takes what its checks and keys would refuse."""
    with engine.execution_options(writing=True).connect() as connection:
        if on_postgresql(connection):
            with _without_checks(connection):
                yield connection
            connection.commit()
            return
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        yield connection
        connection.commit()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


@contextmanager
def _without_checks(connection: Connection) -> Iterator[None]:
    """PostgreSQL has no switch for checks: they are taken away, and back for what comes later. Keys have one."""
    checks = connection.execute(
        text(
            "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conislocal"
        )
    ).all()
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table, name, _ in checks:
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    yield
    for table, name, definition in checks:
        connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID"))
