"""An older database is brought to the newest schema by a program that is killed at any step, and by the next start.

What judges reads the files by Python's own SQLite and ZIP, and knows nothing of the program.
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from backend.tests.forks import run
from backend.tests.process.harness import FOREIGN_SETTINGS

NAME: Final = "portfolio.db"
WITHIN_S: Final = 300.0
FIRST: Final = "backend.tests.process.dies_at"
# What the upgrade itself writes down, with its instant.
TOLD: Final = frozenset({"audit", "audit_head", "events", "sqlite_sequence"})
Rows = dict[str, list[Any]]


def rows(database: Path) -> Rows:
    """Every row of every table that no instant of the test stands in."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in TOLD
        }


def schema_of(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@dataclass
class Upgrades:
    """Upgrades of one older database, each in a folder of its own; `steps` is how many the whole of it has."""

    old: Path
    folder: Path
    steps: int = 0

    def __post_init__(self) -> None:
        peace = self._laid("peace")
        self.steps = self._counted(peace)
        self.wanted = rows(peace / NAME)
        self.schemas = (schema_of(self.old), schema_of(peace / NAME))

    def killed(self, name: str, steps: Sequence[int]) -> list[str]:
        """Kill an upgrade at a step, and the next start at the next of `steps`; then let one live. What is wrong."""
        wrong, folder = [], self._laid(name)
        for step in steps:
            code, _, errors = self._migrate(folder, DIES_AT=str(step))
            if code not in (-signal.SIGKILL, 0):
                wrong.append(f"{name}: a start ended with {code}: {errors}")
            if not sound(folder / NAME):
                wrong.append(f"{name}: killed at {step}, the file is not sound")
            schema = schema_of(folder / NAME)
            if schema not in self.schemas:
                wrong.append(f"{name}: killed at {step}, it is half-way, at {schema}")
            if schema == self.schemas[1] and self.schemas[0] not in self._backups(folder):
                wrong.append(f"{name}: killed at {step}, the schema is new and no backup of the old one is there")
        code, _, errors = self._migrate(folder, DIES_AT="0")
        if code:
            wrong.append(f"{name}: the last start ended with {code}: {errors}")
        found = rows(folder / NAME)
        different = [table for table in self.wanted.keys() | found.keys() if self.wanted.get(table) != found.get(table)]
        if different:
            wrong.append(f"{name}: other rows than without kills in {different}")
        shutil.rmtree(folder)
        return wrong

    def _laid(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True)
        shutil.copy(self.old, folder / NAME)
        return folder

    def _counted(self, folder: Path) -> int:
        file = folder / "steps"
        code, _, errors = self._migrate(folder, DIES_AT="0", COUNTED_IN=str(file))
        assert code == 0, errors
        return int(file.read_text("ascii"))

    def _migrate(self, folder: Path, **settings: str) -> tuple[int, str, str]:
        environment = dict.fromkeys(FOREIGN_SETTINGS, "") | {"DATA_DIR": str(folder), "HOME": str(folder)} | settings
        return run(("migrate",), environment, WITHIN_S, FIRST)

    @staticmethod
    def _backups(folder: Path) -> list[str]:
        """The schemas of the backups that are there."""
        found = []
        for file in (folder / "backups").glob("portfolio-*.zip"):
            with zipfile.ZipFile(file) as archive:
                found.append(str(json.loads(archive.read("manifest.json"))["schema"]))
        return found
