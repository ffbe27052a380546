"""Where SQLite and PostgreSQL differ, and how both are made to say the same.

Text is compared and sorted by code points on both (SQLite's BINARY is PostgreSQL's COLLATE "C"), whatever the locale of
the server's database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Text, cast, func
from sqlalchemy.ext.compiler import compiles

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import TypeCompiler

POSTGRESQL: Final = "postgresql"


def on_postgresql(connection: Connection) -> bool:
    """Whether a connection is to PostgreSQL; else to SQLite."""
    return connection.dialect.name == POSTGRESQL


def upsert(connection: Connection) -> Any:
    """The engine's own INSERT with ON CONFLICT."""
    if on_postgresql(connection):
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


@compiles(Text, POSTGRESQL)
def _by_code_point(_element: Text, _compiler: TypeCompiler, type_expression: Any = None, **_options: Any) -> str:
    """Columns are made so, by migrations too; in a cast PostgreSQL takes no collation."""
    return 'TEXT COLLATE "C"' if isinstance(type_expression, Column) else "TEXT"


def whole_sum(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column of whole numbers as a whole number: PostgreSQL makes it a decimal."""
    return cast(func.sum(column), BigInteger)
