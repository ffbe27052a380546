"""A database file that a disk has changed since the program ended is found out by its sum."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from backend.db import file_sum
from backend.db.engine import make_engine, sqlite_module
from backend.db.file_sum import compared, leave_sum, sum_of
from backend.db.soundness import damage_of

VALUE: Final = b"1250.45"

pytestmark = pytest.mark.of_sqlite("the sum is that of a file")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database in WAL mode, closed."""
    found = tmp_path / "portfolio.db"
    with closing(sqlite_module().connect(found, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE last_balance (usd_value TEXT)")
        connection.execute("INSERT INTO last_balance VALUES (?)", (VALUE.decode(),))
    return found


def decay(file: Path, turned: bytes = b"9250.45") -> None:
    """Other bytes inside of a value; nobody writes the file, so its time stays."""
    stamp = file.stat()
    content = file.read_bytes()
    assert content.count(VALUE) == 1
    file.write_bytes(content.replace(VALUE, turned))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def said_of(file: Path) -> str | None:
    engine = make_engine(f"sqlite:///{file}")
    try:
        return damage_of(engine)
    finally:
        engine.dispose()


def test_a_value_that_has_turned_into_another_is_told_at_every_start(file: Path) -> None:
    assert leave_sum(file)
    decay(file)
    assert [said_of(file), said_of(file)] == ["its bytes are not those that were written"] * 2


def test_without_a_sum_it_is_a_value_like_any_other(file: Path) -> None:
    decay(file)
    assert said_of(file) is None


def test_the_sum_is_taken_away_by_whoever_opens_the_file(file: Path) -> None:
    assert leave_sum(file)
    assert said_of(file) is None
    assert not sum_of(file).exists()


def test_a_file_that_somebody_has_written_since_is_judged_by_its_structure(file: Path) -> None:
    assert leave_sum(file)
    decay(file)
    os.utime(file, ns=(1, 1))
    assert said_of(file) is None
    assert not sum_of(file).exists()


def test_while_somebody_has_the_file_open_no_sum_is_left(file: Path) -> None:
    with closing(sqlite_module().connect(file)) as reader:
        reader.execute("SELECT * FROM last_balance").fetchall()
        assert not leave_sum(file)
    assert not sum_of(file).exists()
    assert leave_sum(file)


def test_the_sum_is_of_what_was_in_the_log_too(file: Path) -> None:
    with closing(sqlite_module().connect(file, isolation_level=None)) as writer:
        writer.execute("INSERT INTO last_balance VALUES ('7')")
    assert leave_sum(file)
    assert not file.with_name(f"{file.name}-wal").exists()
    assert compared(file) == "as it was left"


@pytest.mark.parametrize("junk", ["", "{}", "[]", '{"bytes": 1', '{"bytes": "x", "modified_ns": 2, "sha256": 3}'])
def test_what_is_no_sum_says_nothing(file: Path, junk: str) -> None:
    sum_of(file).write_text(junk, encoding="ascii")
    assert compared(file) is None


def test_a_file_that_is_not_there_has_no_sum(tmp_path: Path) -> None:
    assert not leave_sum(tmp_path / "portfolio.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_process_writes_meanwhile_has_not_decayed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert leave_sum(file)

    def written(found: Path) -> str:
        os.utime(found, ns=(2, 2))
        return "of other bytes"

    monkeypatch.setattr(file_sum, "_sum", written)
    assert compared(file) is None
