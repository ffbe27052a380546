"""Bring a database to the newest schema: `python -m backend migrate`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from backend.core.errors import DatabaseUnavailableError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Apply what is missing; returns the revision before and after.

    Raises:
        DatabaseUnavailableError: the database was made by a newer version of the program.
    """
    head = newest_schema()
    with engine.connect() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
    if before == head:
        return before, head
    config, scripts = _scripts()
    if before is not None and before not in {script.revision for script in scripts.walk_revisions()}:
        raise DatabaseUnavailableError(
            f"The database has schema {before}, which this version does not know: it was made by a newer version. "
            "Update the program, or restore a backup made before."
        )
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, head


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
