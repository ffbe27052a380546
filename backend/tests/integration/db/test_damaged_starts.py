"""A damaged database is not used: a start says which backup to restore. `python -m soak damage` does it 200 times."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest

from backend import __version__
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.soundness import damage_of
from backend.db.sqlite_copy import SqliteCopy
from backend.tests.damaged_files import NAME, damaged_and_opened, damaged_log_and_opened, opened
from backend.tests.integration.db.backup_files import NOW_MS
from backend.tests.schema_fixture import fixtures, laid

CASES: Final = 40
SEED: Final = 4


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A folder with a populated database and a backup of it."""
    folder = tmp_path / "whole"
    folder.mkdir()
    engine = make_engine(f"sqlite:///{laid(fixtures()[__version__], folder / NAME)}")
    FolderShelf(folder / "backups", SqliteCopy(engine), lambda: NOW_MS).make("manual")
    engine.dispose()
    return folder


def test_a_damaged_database_is_refused_with_the_backup_to_restore(whole: Path, tmp_path: Path) -> None:
    found = damaged_and_opened(whole, tmp_path / "scratch", CASES, random.Random(SEED), ended=False)
    assert found.failures == []
    assert found.counts["refused"] > CASES // 2
    assert found.counts["used, a value inside a row changed"] <= CASES // 10


def test_what_decays_after_an_end_in_order_is_never_used(whole: Path, tmp_path: Path) -> None:
    found = damaged_and_opened(whole, tmp_path / "scratch", CASES, random.Random(SEED), ended=True)
    assert found.failures == []
    assert set(found.counts) <= {"refused", "used, every row as it was"}
    assert found.counts["refused"] > CASES * 3 // 4


def test_a_damaged_log_is_refused_or_only_cut_off(whole: Path, tmp_path: Path) -> None:
    found = damaged_log_and_opened(whole, tmp_path / "scratch", CASES // 2, random.Random(SEED))
    assert found.failures == []
    assert found.counts["refused"] > CASES // 4


def test_without_a_backup_it_says_that_there_is_none(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"SQLite format 3\0" + bytes(4_000))
    assert f"There is no backup in {tmp_path / 'backups'}" in opened(tmp_path)


def test_a_row_that_its_index_misses_is_damage(whole: Path) -> None:
    """Each page can be read: only the check of all of them finds it."""
    engine = make_engine(f"sqlite:///{whole / NAME}")
    assert damage_of(engine) is None
    engine.dispose()
    content = (whole / NAME).read_bytes()
    leaf = next(at for at in range(0, len(content), 4096) if content[at] == 0x0A)  # a leaf of an index
    (whole / NAME).write_bytes(content[:leaf] + b"\x0a" + bytes(4095) + content[leaf + 4096 :])
    assert damage_of(engine)
    engine.dispose()


def test_a_name_that_is_no_text_any_more_is_damage(whole: Path) -> None:
    content = (whole / NAME).read_bytes()
    table = b"tablesettingssettings"
    at = content.index(table) + len(b"table")
    (whole / NAME).write_bytes(content[:at] + b"\xff\xfe" + content[at + 2 : at + 22] + b"\xff" + content[at + 23 :])
    assert "is damaged" in opened(whole)
