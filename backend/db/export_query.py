"""Rows of an export as the database has them: one statement a list, those of one environment, in the order of its key.

Decimals come as the text that they are stored as, so none is read and written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

import backend.db.unit_of_work  # noqa: F401  # a table is known once the module that reads it is
from backend.core.model.instants import iso_ms
from backend.db.all_tables import all_tables
from backend.db.audit_models import audit
from backend.db.export_choices import SETTINGS, Choice, is_instant, unit_of
from backend.db.models import accounts
from backend.db.models import prices as shared_prices
from backend.db.settings import settings
from backend.db.types import ExactDecimal

Kind = Literal["text", "decimal", "float", "integer", "boolean", "instant"]
# So many rows are in memory at once.
BATCH_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list. `unit`: what a decimal or float is of."""

    name: str
    kind: Kind
    unit: str | None


def table_of(choice: Choice) -> Table:
    """The table that a list is made of."""
    return next(table for table in all_tables() if table.name == choice.table)


def columns_of(choice: Choice) -> Sequence[ListColumn]:
    """The columns of a list, in the order of the table."""
    found = [column for column in table_of(choice).c if column.name not in choice.without]
    return [ListColumn(one.name, _kind(one), unit_of(choice.name, one.name)) for one in found]


def batches(connection: Connection, choice: Choice, environment: str) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows of a list, BATCH_ROWS at a time: instants as ISO 8601, decimals as text with all their digits."""
    kinds = [column.kind for column in columns_of(choice)]
    query = query_of(choice, environment, connection.dialect.name)
    with connection.execution_options(yield_per=BATCH_ROWS).execute(query) as result:
        for rows in result.partitions():
            columns = list(zip(*rows, strict=True))
            for place, kind in enumerate(kinds):
                if kind == "instant":
                    columns[place] = tuple([None if ms is None else iso_ms(ms) for ms in columns[place]])
                elif kind == "float":
                    # A figure that could not be computed has no JSON.
                    columns[place] = tuple([value if value == value else None for value in columns[place]])
            yield list(zip(*columns, strict=True))


def query_of(choice: Choice, environment: str, dialect: str) -> Select[Any]:
    """The statement that reads a list."""
    table = table_of(choice)
    found = [_plain(table.c[column.name], dialect) for column in columns_of(choice)]
    query = select(*found).order_by(*table.primary_key.columns)
    own = _own(table, environment)
    return query if own is None else query.where(own)


def _plain(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """A column without the type that would make a Decimal of each of its texts."""
    if not isinstance(column.type, ExactDecimal):
        return column
    if dialect == "postgresql":
        return cast(func.trim_scale(column), Text).label(column.name)
    return type_coerce(column, Text).label(column.name)


def _own(table: Table, environment: str) -> ColumnElement[bool] | None:
    """Which rows are of an environment, None: all. What stands for all accounts together is of none.

    What hangs on an account, or on what does, is found by its foreign keys.
    """
    if table is shared_prices:
        return None
    if table is settings:
        return table.c.name.in_([name.format(environment) for name in SETTINGS])
    if table is audit:
        return or_(table.c.environment == environment, table.c.environment.is_(None))
    if table is accounts:
        return and_(table.c.environment == environment, table.c.id > 0)
    if "environment" in table.c:
        return table.c.environment == environment
    parents = [column for column in table.c if column.references(accounts.c.id)] or [
        column for column in table.c if column.foreign_keys
    ][:1]
    if not parents:
        raise LookupError(f"No foreign key says which rows of {table.name} are of an environment")
    return and_(*(_hangs_on(column, environment) for column in parents))


def _hangs_on(column: Column[Any], environment: str) -> ColumnElement[bool]:
    target = next(iter(column.foreign_keys)).column
    own = _own(target.table, environment)
    query = select(target)
    return column.in_(query if own is None else query.where(own))


def _kind(column: Column[Any]) -> Kind:
    if isinstance(column.type, ExactDecimal):
        return "decimal"
    if isinstance(column.type, Boolean):
        return "boolean"
    if isinstance(column.type, Float):
        return "float"
    if isinstance(column.type, BigInteger) and is_instant(column.name):
        return "instant"
    return "integer" if isinstance(column.type, Integer) else "text"
