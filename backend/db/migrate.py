"""Bring a database to the newest schema: `python -m backend migrate`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from backend.core.errors import DatabaseUnavailableError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


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
    config, _ = _scripts()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def schema_of(engine: Engine) -> str | None:
    """The revision of a database; None: it has no tables yet."""
    with engine.connect() as connection:
        return schema_within(connection)


def schema_within(connection: Connection) -> str | None:
    """As `schema_of`, in the transaction of a connection."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether this version of the program knows a revision."""
    return any(script.revision == revision for script in _scripts()[1].walk_revisions())


@cache
def newest_schema() -> str:
    """The revision that this version of the program is made for."""
    head = _scripts()[1].get_current_head()
    assert head is not None
    return head


def _scripts() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config, ScriptDirectory.from_config(config)
