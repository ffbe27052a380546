"""Bring a database to the newest schema: `python -m backend migrate`.

Alembic is imported for an upgrade alone: most starts find the newest schema, and a program that runs for months would
keep it. Its scripts are named NUMBER_what.py, and the number is the revision.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from backend.core.errors import DatabaseUnavailableError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
# What a script of Alembic calls goes to the upgrade of the process that began last, whichever database it is for.
ONE_AT_A_TIME: Final = threading.Lock()


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Apply what is missing; returns the revision before and after.

    Raises:
        DatabaseUnavailableError: the database was made by a newer version of the program.
    """
    head = newest_schema()
    before = schema_of(engine)
    if before == head:
        return before, head
    if before is not None and not knows(before):
        raise DatabaseUnavailableError(
            f"The database has schema {before}, which this version does not know: it was made by a newer version. "
            "Update the program, or restore a backup made before."
        )
    with engine.execution_options(writing=True).begin() as connection:
        upgrade_within(connection)
    return before, head


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing in the transaction of a connection, up to a revision."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with ONE_AT_A_TIME:
        command.upgrade(config, revision)


def schema_of(engine: Engine) -> str | None:
    """The revision of a database; None: it has no tables yet."""
    with engine.connect() as connection:
        return schema_within(connection)


def schema_within(connection: Connection) -> str | None:
    """As `schema_of`, in the transaction of a connection."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def knows(revision: str) -> bool:
    """Whether this version of the program knows a revision."""
    return revision in revisions()


def newest_schema() -> str:
    """The revision that this version of the program is made for."""
    return revisions()[-1]


@cache
def revisions() -> tuple[str, ...]:
    """All of them by their numbers; the last is the newest, the one before it comes right before it."""
    return tuple(sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))
