"""What goes through all tables knows all of them, whatever was imported before."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[4]
DB: Final = ROOT / "backend" / "db"
# Where tables are described, and where all of them are known.
OWN: Final = {"models.py", "all_tables.py"}
EVERY: Final = """
import importlib, json, pkgutil
import backend.db
from backend.db.models import metadata
for one in pkgutil.iter_modules(backend.db.__path__):
    importlib.import_module(f"backend.db.{one.name}")
print(json.dumps(sorted(metadata.tables)))
"""
KNOWN: Final = """
import json
from backend.db.all_tables import all_tables
print(json.dumps(sorted(table.name for table in all_tables())))
"""


def told(program: str) -> list[str]:
    """What an interpreter that has imported nothing before says."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def test_all_tables_are_those_of_every_module() -> None:
    every = told(EVERY)
    assert "allocation_settings" in every
    assert told(KNOWN) == every


@pytest.mark.parametrize("file", sorted(DB.glob("*.py")), ids=lambda file: file.name)
def test_nobody_else_goes_through_the_tables_that_happen_to_be_imported(file: Path) -> None:
    if file.name not in OWN:
        assert not re.search(r"metadata\.(tables|sorted_tables)", file.read_text(encoding="utf-8"))
