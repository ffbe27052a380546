"""By which steps a database would look for the rows of a statement, for tests that no index is forgotten."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

# Every row of a table is read, or (on SQLite, which never sorts few rows where an index has them in order) sorted.
THROUGH: Final = ("SCAN", "TEMP B-TREE", "Seq Scan")


def plan_of(connection: Connection, statement: str, parameters: Any = ()) -> list[str]:
    """The steps, in the words of the engine.

    On PostgreSQL as if reading through were the dearest way, as it is for the rows of years: for the few of a test it
    would be taken.
    """
    if connection.dialect.name == "sqlite":
        return [str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def reads_through(plan: list[str]) -> list[str]:
    """Steps that take longer with every row that there is."""
    return [step for step in plan if any(word in step for word in THROUGH)]
