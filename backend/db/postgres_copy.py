"""A PostgreSQL database copied by pg_dump, at one moment that the counts of its rows are of, too."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import DBAPIError

from backend.core.errors import BackupFailedError
from backend.core.model.backups import DatabaseKind
from backend.db.sqlite_copy import CopyFacts

MOST_TOLD: Final = 300


class PostgresCopy:
    """Takes copies of the database of an engine; needs the program pg_dump."""

    kind: Final[DatabaseKind] = "postgresql"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def size_bytes(self) -> int:
        """How large the database is; its copy is smaller."""
        try:
            with self._engine.connect() as connection:
                return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        except DBAPIError as error:
            raise BackupFailedError("The database cannot be reached: no backup was made") from error

    def take(self, target: Path) -> CopyFacts:
        """Copy the database as it is at one moment, while others write; returns what is in the copy.

        Raises:
            BackupFailedError: it cannot be read, or pg_dump is missing or fails.
        """
        options = {"isolation_level": "REPEATABLE READ"}
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                tables = connection.execute(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                )
                names = list(tables.scalars())
                if "alembic_version" not in names:
                    raise BackupFailedError("It is empty, or no database of this program")
                rows = {
                    name: int(connection.execute(text(f'SELECT count(*) FROM public."{name}"')).scalar_one())
                    for name in names
                }
                schema = connection.execute(text("SELECT version_num FROM public.alembic_version")).scalar_one()
                # The snapshot lasts as long as this transaction.
                run_tool(
                    self._engine.url,
                    ["pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges", "--schema=public"],
                    [f"--snapshot={snapshot}", f"--file={target}"],
                )
        except DBAPIError as error:
            raise BackupFailedError("The database cannot be read: no backup was made") from error
        return CopyFacts(str(schema), rows)


def run_tool(url: URL, command: list[str], arguments: list[str]) -> None:
    """Run a program of PostgreSQL on a database; the password goes by the environment, which others cannot read.

    Raises:
        BackupFailedError: it is not installed, or failed; with its words.
    """
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = dict(os.environ) | ({"PGPASSWORD": str(url.password)} if url.password else {})
    try:
        done = subprocess.run(
            [*command, f"--dbname={address}", "--no-password", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupFailedError(f"The program {command[0]} is missing: install PostgreSQL's client") from error
    if done.returncode:
        raise BackupFailedError(f"{command[0]} failed: {done.stderr.strip()[:MOST_TOLD]}")
