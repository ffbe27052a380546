"""Backups as files: one moment of a database that is written to, read back, and nothing half-made."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine

from backend.core.errors import BackupFailedError
from backend.db.backup_archive import check, sha256_of
from backend.db.backup_shelf import LEFT_BEHIND_S, MAKING, FolderShelf
from backend.db.migrate import newest_schema
from backend.db.sqlite_copy import SqliteCopy
from backend.db.unit_of_work import SqlStore
from backend.tests.integration.db.backup_files import NOW_MS, begun, inside, made_by, no_file_over, opened, query, shelf

WRITES_WITHIN_S: Final = 30.0
# What takes longer the more there is, as the functions of the libraries are called: SQLite, hashes, compression.
COMPUTING: Final = {"backup", "fetchone", "update", "compress", "decompress"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of the newest schema with a word in it."""
    yield from begun(tmp_path)


def test_a_backup_says_what_is_in_it_and_any_program_can_take_it_out(engine: Engine, tmp_path: Path) -> None:
    file = made_by(engine)
    assert file.name == "portfolio-20260921T141320Z.zip"
    assert file.stat().st_mode & 0o077 == 0
    manifest = check(file)
    assert (manifest.schema, manifest.made_ms, manifest.reason) == (newest_schema(), NOW_MS, "manual")
    assert manifest.rows["settings"] == 1
    database = inside(file, tmp_path / "out")
    assert sha256_of(database) == manifest.sha256
    assert query(database, "PRAGMA integrity_check") == [("ok",)]
    assert query(database, "SELECT content FROM settings WHERE name = 'word'") == [("before",)]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_thread_that_asks_computes_nothing_where_the_server_has_others(engine: Engine, elsewhere: bool) -> None:
    """A green thread that copied, checked, hashed or compressed a database would hold up all others."""
    called: set[str] = set()

    def note(_frame: object, event: str, function: Any) -> None:
        if event == "c_call":
            called.add(function.__name__)

    with ThreadPoolExecutor(1) as others:

        def run(compute: Callable[[], Any], /) -> Any:
            return others.submit(compute).result() if elsewhere else compute()

        kept = FolderShelf(shelf(engine).folder, SqliteCopy(engine, run), lambda: NOW_MS, run=run)
        sys.setprofile(note)
        try:
            made = kept.make("manual")
        finally:
            sys.setprofile(None)
    assert check(kept.folder / made.name) == made.manifest
    assert called & COMPUTING == (set() if elsewhere else COMPUTING)


def test_two_of_one_second_have_two_names(engine: Engine) -> None:
    first, second = made_by(engine), made_by(engine)
    assert second.name == f"{first.stem}-2.zip"
    stock = shelf(engine).stock()
    assert {one.name for one in stock.backups} == {first.name, second.name}


def test_writes_meanwhile_give_one_moment(engine: Engine, tmp_path: Path) -> None:
    """Two rows of a transaction are always the same, and no younger than the end nor older than the beginning."""
    stop, going, written = threading.Event(), threading.Event(), [0]

    def work() -> None:
        while not stop.is_set():
            number = written[0] + 1
            with SqlStore(engine, lambda: NOW_MS).write() as unit:
                unit.settings.set("one", str(number))
                unit.events.emit("balances", None, {"n": number})
                unit.settings.set("other", str(number))
            written[0] = number
            going.set()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for number in range(5):
            going.clear()
            assert going.wait(WRITES_WITHIN_S)
            begun = written[0]
            file = made_by(engine)
            # The writer counts a moment after it has written.
            ended = written[0] + 1
            database = inside(file, tmp_path / str(number))
            rows = dict(query(database, "SELECT name, content FROM settings"))
            assert rows["one"] == rows["other"]
            newest = json.loads(query(database, "SELECT payload FROM events ORDER BY id DESC LIMIT 1")[0][0])["n"]
            assert newest == int(rows["one"])
            assert begun <= newest <= ended
            assert check(file).rows["events"] == query(database, "SELECT count(*) FROM events")[0][0]
    finally:
        stop.set()
        thread.join()


def test_a_disk_that_is_nearly_full_is_left_alone(engine: Engine) -> None:
    with pytest.raises(BackupFailedError, match=r"is too full for a backup: 3[0-9] MB are needed, 1 MB are free"):
        shelf(engine, free=lambda folder: 1_000_000).make("manual")
    assert list(shelf(engine).folder.iterdir()) == []


@pytest.mark.parametrize("size", [0, 4096, 20_000, 400_000])
def test_a_disk_that_fills_up_meanwhile_leaves_no_half_backup(engine: Engine, size: int) -> None:
    earlier = made_by(engine)
    with no_file_over(size), pytest.raises(BackupFailedError, match="full"):
        shelf(engine).make("manual")
    assert [one.name for one in shelf(engine).folder.iterdir()] == [earlier.name]
    assert check(earlier).rows["settings"] == 1


def test_a_folder_that_cannot_be_made_is_named(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    with pytest.raises(BackupFailedError, match=f"No backup was made in {tmp_path}/file/x: Not a directory"):
        shelf(engine).make("manual", tmp_path / "file" / "x")


def test_no_database_is_no_backup_and_makes_none(tmp_path: Path) -> None:
    nothing = opened(tmp_path)
    with pytest.raises(BackupFailedError, match=r"There is no database at .* yet"):
        shelf(nothing).make("manual")
    assert not (tmp_path / "portfolio.db").exists()


def test_a_damaged_database_gives_no_backup(engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    file = tmp_path / "portfolio.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 60] = random.Random(3).randbytes(4096 * 57)
    file.write_bytes(content)
    with pytest.raises(BackupFailedError, match=r"check of the database found|database file is damaged"):
        shelf(engine).make("manual")
    assert list(shelf(engine).folder.iterdir()) == []


def test_a_database_whose_index_lost_a_row_gives_no_backup(engine: Engine, tmp_path: Path) -> None:
    """Each page of it can be read: only the check of all of them finds it."""
    engine.dispose()
    file = tmp_path / "portfolio.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("CREATE INDEX words_word ON words (word)")
        (index,) = connection.execute("SELECT * FROM sqlite_master WHERE name = 'words_word'").fetchall()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'words_word'")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO words VALUES ('one')")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)
    with pytest.raises(BackupFailedError, match=r"check of the database found: .*row 1 missing from index words_word"):
        shelf(engine).make("manual")


def test_what_a_killed_program_left_behind_is_taken_away(engine: Engine) -> None:
    file = made_by(engine)
    old, young = file.parent / f"{MAKING}old", file.parent / f"{MAKING}young"
    for one in (old, young):
        one.mkdir()
        (one / "portfolio.db").write_bytes(b"half")
    long_ago = old.stat().st_mtime - LEFT_BEHIND_S - 60
    os.utime(old, (long_ago, long_ago))
    made_by(engine)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_file_that_is_not_whole_is_told_apart(engine: Engine) -> None:
    whole = made_by(engine)
    broken = whole.with_name("portfolio-20260101T000000Z.zip")
    broken.write_bytes(whole.read_bytes()[:-200])
    (whole.parent / "holiday.zip").write_bytes(b"")
    stock = shelf(engine).stock()
    assert ([one.name for one in stock.backups], list(stock.unreadable)) == ([whole.name], [broken.name])
