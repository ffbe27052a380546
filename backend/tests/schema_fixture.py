"""The small made-up databases that stand for those of the released versions.

`python -m backend.tests.schema_fixture` writes the one of the present version, from a made-up history that the program
plays and a row in every table that the history leaves empty. Once a version is released its file is never written
again: the next schema is of the next version.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, Table, func, insert, select

from backend import __version__
from backend.db import models
from backend.db.all_tables import metadata
from backend.db.engine import make_engine
from backend.db.migrate import MIGRATIONS, newest_schema
from backend.db.types import ExactDecimal
from backend.tests.histories.judge import empty_database, played
from backend.tests.histories.maker import made

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = Path(__file__).resolve().parent / "fixtures" / "schemas"
NAME: Final = re.compile(r"(?P<version>\d+\.\d+\.\d+)-(?P<schema>\w+)\.sql")
HISTORY: Final = "b"


def fixtures() -> dict[str, Path]:
    """The file of each version."""
    return {found["version"]: file for file in sorted(FOLDER.iterdir()) if (found := NAME.fullmatch(file.name))}


def schema_of(file: Path) -> str:
    """The revision that a fixture is of, by its name."""
    found = NAME.fullmatch(file.name)
    assert found is not None
    return found["schema"]


def released(version: str) -> bool:
    """Whether the changelog has a heading of a version."""
    return f"\n## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def laid(fixture: Path, database: Path) -> Path:
    """A database made of a fixture."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executescript(fixture.read_text("utf-8"))
    return database


def earlier(fixture: Path, revision: str, database: Path) -> Path:
    """A database made of a fixture and taken back to an older schema, from before the first release."""
    engine = make_engine(f"sqlite:///{laid(fixture, database)}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
    return database


def write() -> Path:
    """Write the fixture of the present version and schema."""
    target = FOLDER / f"{__version__}-{newest_schema()}.sql"
    if released(__version__):
        raise SystemExit(f"{__version__} is released: a new schema is of a new version (backend/__init__.py)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = made(HISTORY, folder, held_positions=False)
        with played(script, folder / "played", empty_database(folder)):
            database = folder / "played" / "portfolio.db"
            engine = make_engine(f"sqlite:///{database}")
            with engine.execution_options(writing=True).begin() as connection:
                for table in metadata.sorted_tables:
                    _fill(connection, table)
            engine.dispose()
            with closing(sqlite3.connect(database)) as source:
                lines = list(source.iterdump())
    FOLDER.mkdir(parents=True, exist_ok=True)
    for older in FOLDER.glob(f"{__version__}-*.sql"):
        older.unlink()
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target


def _fill(connection: Connection, table: Table) -> None:
    """A row where there is none."""
    if connection.execute(select(func.count()).select_from(table)).scalar_one() == 0:
        values = {column.name: _made_up(connection, column) for column in table.columns}
        connection.execute(insert(table).values(values))


def _made_up(connection: Connection, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return connection.execute(select(key.column).order_by(key.column).limit(1)).scalar_one()
    if column.name == "timestamp" and "snapshot_id" in column.table.c:
        # What hangs on a snapshot is of its instant.
        return connection.execute(select(func.min(models.snapshots.c.timestamp))).scalar_one()
    match column.type:
        case Boolean():
            return False
        case ExactDecimal():
            return Decimal("1.5")
        case Float():
            return 0.5
        case Integer():
            return 1
        case LargeBinary():
            return b"made up"
        case _:
            return "{}"  # a text, and one that can be read where JSON is kept


if __name__ == "__main__":
    write()
