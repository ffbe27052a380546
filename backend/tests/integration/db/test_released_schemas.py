"""The database of every released version is taken over with its rows, and no schema is changed without its fixture."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from backend import __version__
from backend.core.errors import DatabaseUnavailableError
from backend.db.engine import make_engine
from backend.db.migrate import newest_schema, upgrade
from backend.tests.schema_fixture import fixtures, laid, released, schema_of

WRITE: Final = "python -m backend.tests.schema_fixture"
# Tables whose rows a later schema has on purpose changed, by the version that they come from.
CHANGED: Final[dict[str, frozenset[str]]] = {}


def hashes(database: Path, columns: dict[str, list[str]] | None = None) -> dict[str, tuple[list[str], list[str]]]:
    """By table: its columns, and a hash of each row of those in `columns` (all without), in order."""
    with closing(sqlite3.connect(database)) as connection:
        found = {}
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(set(names) - {"alembic_version", "sqlite_sequence"}):
            present = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            wanted = present if columns is None else [one for one in columns.get(name, []) if one in present]
            if wanted:
                listed = ", ".join(f'"{one}"' for one in wanted)
                rows = connection.execute(f'SELECT {listed} FROM "{name}"')
                found[name] = (wanted, sorted(sha256(repr(row).encode()).hexdigest() for row in rows))
        return found


def test_the_present_schema_has_its_fixture() -> None:
    """Another schema than that of this version's fixture needs a fixture: of the next version, once it is released."""
    file = fixtures().get(__version__)
    assert file is not None, f"no database of {__version__} is kept: {WRITE}"
    again = "raise the version in backend/__init__.py, then " if released(__version__) else ""
    assert schema_of(file) == newest_schema(), f"the schema is another one than that of {file.name}: {again}{WRITE}"


def test_every_released_version_has_its_fixture() -> None:
    changelog = (Path(__file__).resolve().parents[4] / "CHANGELOG.md").read_text("utf-8")
    versions = [line.split("[")[1].split("]")[0] for line in changelog.splitlines() if line.startswith("## [")]
    assert set(versions) - {"Unreleased"} <= set(fixtures())


@pytest.mark.parametrize("version", sorted(fixtures()))
def test_a_fixture_has_a_row_in_every_table(version: str, tmp_path: Path) -> None:
    found = hashes(laid(fixtures()[version], tmp_path / "portfolio.db"))
    assert [name for name, (_, rows) in found.items() if not rows] == []


@pytest.mark.parametrize("version", sorted(fixtures()))
def test_an_upgrade_keeps_every_row_of_a_released_version(version: str, tmp_path: Path) -> None:
    database = laid(fixtures()[version], tmp_path / "portfolio.db")
    before = hashes(database)
    engine = make_engine(f"sqlite:///{database}")
    assert upgrade(engine) == (schema_of(fixtures()[version]), newest_schema())
    engine.dispose()
    after = hashes(database, {name: columns for name, (columns, _) in before.items()})
    allowed = CHANGED.get(version, frozenset())
    assert [name for name in before if name not in allowed and after.get(name) != before[name]] == []


def test_a_row_that_an_upgrade_changes_is_seen(tmp_path: Path) -> None:
    """The comparison can fail: one letter of one row."""
    database = laid(fixtures()[__version__], tmp_path / "portfolio.db")
    before = hashes(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE accounts SET name = name || '.'")
    assert [name for name, told in hashes(database).items() if told != before[name]] == ["accounts"]


def test_a_fixture_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    text = fixtures()[__version__].read_text("utf-8")
    later = tmp_path / "9.0.0-9999.sql"
    later.write_text(text.replace(f"VALUES('{newest_schema()}')", "VALUES('9999')"), "utf-8")
    database = laid(later, tmp_path / "portfolio.db")
    before = database.read_bytes()
    engine = make_engine(f"sqlite:///{database}")
    with pytest.raises(DatabaseUnavailableError, match="it was made by a newer version"):
        upgrade(engine)
    engine.dispose()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    assert hashes(database) == hashes(laid(later, tmp_path / "again.db"))
    assert len(database.read_bytes()) == len(before)
