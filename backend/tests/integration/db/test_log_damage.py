"""What a kill leaves in the log is never taken for damage; what decays there is never left out without a word.

What judges reads copies of the files by SQLite alone.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from backend.backup_command import restore_command
from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.errors import BackupRefusedError
from backend.core.model.instants import HOUR_MS
from backend.db.engine import make_engine, sqlite_module
from backend.db.lease import SqlLease
from backend.db.log_damage import FRAME, HEADER, LOOKS, SUFFIX, LogDamagedError, log_is_damaged
from backend.db.sqlite_restore import SqliteRestore
from backend.db.unit_of_work import SqlStore
from backend.tests.empty_database import empty_database
from backend.tests.integration.db.backup_files import NOW_MS, got, put, query, restorer
from backend.tests.killed_logs import (
    NAME,
    PAGE,
    STEP,
    LogWriter,
    commits,
    flipped,
    frames,
    left_by,
    logs_judged,
    rows_of,
)

pytestmark = pytest.mark.skipif(sqlite_module() is sqlite3, reason="only a database in WAL mode has such a log")

FLIPS: Final = 150
MOMENTS: Final = 120


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[LogWriter]:
    (tmp_path / "live").mkdir()
    made = LogWriter(tmp_path / "live", random.Random(11))
    yield made
    made.close()


def test_a_growing_log_that_a_kill_cuts_off_anywhere_is_whole(writer: LogWriter, tmp_path: Path) -> None:
    dice = random.Random(1)
    for _ in range(8):
        writer.commit(dice.randrange(1, 20))
        writer.give_up(dice.randrange(1, 40))
    log = writer.log
    for _ in range(MOMENTS):
        left = left_by(writer, log[: dice.randrange(len(log) + 1)], tmp_path / "left")
        assert not log_is_damaged(left)


@pytest.mark.parametrize("seed", range(4))
def test_any_log_is_what_it_was_left_as(tmp_path: Path, seed: int) -> None:
    """`python -m soak logs` does it for more of them."""
    assert logs_judged(tmp_path, random.Random(seed), MOMENTS // 4).failures == []


def test_what_was_given_up_behind_the_last_commit_is_no_loss(writer: LogWriter, tmp_path: Path) -> None:
    writer.commit(3)
    writer.give_up(60)
    writer.commit(2)
    found = frames(writer.log)
    assert max(at for at in found if commits(writer.log, at)) < found[-3]
    assert not log_is_damaged(left_by(writer, writer.log, tmp_path / "left"))


def test_a_log_that_began_anew_is_whole_wherever_a_kill_stops_it(writer: LogWriter, tmp_path: Path) -> None:
    dice = random.Random(2)
    for _ in range(6):
        writer.commit(20)
    writer.give_up(60)
    for _ in range(3):
        before = writer.log
        writer.begin_anew()
        for _ in range(3):
            writer.commit(dice.randrange(1, 12))
            writer.give_up(dice.randrange(1, 30))
        after = writer.log
        assert len(after) == len(before)
        end = max(at for at in range(0, len(after), 8) if after[at : at + 8] != before[at : at + 8])
        for _ in range(MOMENTS // 3):
            # What the new round has not come to is the old one's.
            stopped = dice.randrange(HEADER.size, end)
            left = left_by(writer, after[:stopped] + before[stopped:], tmp_path / "left")
            assert not log_is_damaged(left)


def test_a_kill_in_the_last_page_of_a_round_as_long_as_the_one_before_is_no_damage(
    writer: LogWriter, tmp_path: Path
) -> None:
    writer.commit(40)
    before = writer.log
    writer.begin_anew()
    writer.commit(3)
    after = writer.log
    end = frames(after, of_this_round=True)[-1] + STEP
    log = after[: end - PAGE] + before[end - PAGE : end]
    assert not log_is_damaged(left_by(writer, log, tmp_path / "left"))


def test_a_bit_that_turned_in_the_log_is_found_or_changes_nothing(writer: LogWriter, tmp_path: Path) -> None:
    dice = random.Random(3)
    for _ in range(6):
        writer.commit(dice.randrange(1, 6))
        writer.give_up(dice.randrange(1, 30))
    writer.commit(60)  # behind what was given up
    log, wanted, found = writer.log, rows_of(writer.database), 0
    for _ in range(FLIPS):
        left = left_by(writer, flipped(log, dice.randrange(len(log)), dice), tmp_path / "left")
        if log_is_damaged(left):
            found += 1
        else:
            assert rows_of(left) == wanted
    assert found > FLIPS // 3


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_bit_of_any_field_of_any_frame_but_the_last_is_found(writer: LogWriter, tmp_path: Path, rounds: int) -> None:
    dice = random.Random(4)
    for _ in range(rounds - 1):
        writer.commit(40)
        writer.begin_anew()
    for _ in range(4):
        writer.commit(2)
    log, wanted = writer.log, rows_of(writer.database)
    for frame in frames(log, of_this_round=True)[:-1]:
        for field in (0, 4, 8, 12, 16, 20, FRAME.size + dice.randrange(PAGE - 4)):
            left = left_by(writer, flipped(log, frame + field + dice.randrange(4), dice), tmp_path / "left")
            assert log_is_damaged(left)
            assert rows_of(left) != wanted


@pytest.mark.parametrize("field", [16, FRAME.size + 100])
def test_the_last_commit_is_missed_where_what_was_given_up_follows_it(
    writer: LogWriter, tmp_path: Path, field: int
) -> None:
    for _ in range(2):
        writer.commit(3)
    writer.give_up(60)
    log = writer.log
    last = max(at for at in frames(log) if commits(log, at))
    assert log_is_damaged(left_by(writer, flipped(log, last + field, random.Random(7)), tmp_path / "left"))


def test_what_was_cut_out_of_the_log_is_missed(writer: LogWriter, tmp_path: Path) -> None:
    for _ in range(4):
        writer.commit()
    log = writer.log
    for at, size in ((HEADER.size + 100, 7), (HEADER.size, STEP), (5, 20), (HEADER.size + STEP, 512)):
        assert log_is_damaged(left_by(writer, log[:at] + log[at + size :], tmp_path / "left"))
    assert log_is_damaged(left_by(writer, bytes(512) + log[512:], tmp_path / "left"))


def test_a_last_frame_that_slid_into_the_one_before_it_is_missed(writer: LogWriter, tmp_path: Path) -> None:
    writer.commit(9)
    log = writer.log
    at = frames(log)[-1] - 40
    assert not commits(log, frames(log)[-2])
    assert log_is_damaged(left_by(writer, log[:at] + log[at + 29 :], tmp_path / "left"))


def test_so_it_is_in_a_later_round(writer: LogWriter, tmp_path: Path) -> None:
    writer.commit(40)
    writer.begin_anew()
    for _ in range(4):
        writer.commit()
    log = writer.log
    assert log_is_damaged(left_by(writer, log[: HEADER.size + 100] + log[HEADER.size + 107 :], tmp_path / "left"))


def test_without_a_log_or_a_database_there_is_nothing_to_find(writer: LogWriter, tmp_path: Path) -> None:
    writer.commit()
    assert not log_is_damaged(left_by(writer, b"", tmp_path / "left"))
    assert not log_is_damaged(left_by(writer, bytes(9_000), tmp_path / "left"))
    left = left_by(writer, b"nothing of a log that SQLite would know", tmp_path / "left")
    assert log_is_damaged(left)
    left.unlink()
    assert not log_is_damaged(left)


def test_a_log_that_somebody_writes_meanwhile_is_looked_at_until_it_stands_still(
    writer: LogWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2 * LOOKS):
        writer.commit()
    whole = writer.log
    left = left_by(writer, whole, tmp_path / "left")
    # The page of one frame comes a moment after that of the next was read.
    seen = [whole[: at + FRAME.size] + bytes(PAGE) + whole[at + STEP :] for at in frames(whole)[:-1]]
    for reads, wanted in (
        ([seen[0], whole], False),
        ([seen[0], seen[2], seen[4], whole], False),
        ([seen[0], seen[2], seen[2]], True),
        (seen, False),
    ):
        told = iter(reads)
        monkeypatch.setattr(Path, "read_bytes", lambda _, told=told: next(told))
        assert log_is_damaged(left) is wanted


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """The folder of a killed program whose log holds "before" and "after", and cannot be read behind the former."""
    live, left = tmp_path / "of-the-killed", tmp_path / "left"
    live.mkdir()
    left.mkdir()
    (live / NAME).write_bytes(empty_database())
    engine = make_engine(f"sqlite:///{live / NAME}")
    put(engine, "word", "before")
    readable = (live / (NAME + SUFFIX)).stat().st_size
    put(engine, "word", "after")
    log = (live / (NAME + SUFFIX)).read_bytes()
    shutil.copyfile(live / NAME, left / NAME)
    (left / (NAME + SUFFIX)).write_bytes(flipped(log, readable + FRAME.size + 9, random.Random(6)))
    engine.dispose()
    return left


def _contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.endswith("-shm")}


def test_no_connection_is_made_to_it_however_often_one_is_asked_for(damaged: Path) -> None:
    before = _contents(damaged)
    engine = make_engine(f"sqlite:///{damaged / NAME}")
    for _ in range(2):
        with pytest.raises(LogDamagedError, match="is damaged: what was written last cannot be read"):
            engine.connect()
    engine.dispose()
    assert _contents(damaged) == before


def test_told_to_it_goes_on_with_what_can_be_read_and_keeps_both(damaged: Path) -> None:
    before = _contents(damaged)
    done = restorer(damaged).without_damaged_log(force=False)
    assert (done.made_ms, done.kept) == (None, f"{NAME}.before-restore")
    assert _contents(damaged)[f"{NAME}.before-restore"] == before[NAME]
    assert _contents(damaged)[f"{NAME}.before-restore{SUFFIX}"] == before[NAME + SUFFIX]
    engine = make_engine(f"sqlite:///{damaged / NAME}")
    assert got(engine) == "before"
    with SqlStore(engine, lambda: NOW_MS).read() as unit:
        (entry,) = unit.audit.after(None, 10)
    assert (entry.action, entry.subject) == ("backup.restore", NAME)
    assert '"log":"damaged"' in entry.details.replace(" ", "")
    engine.dispose()


def test_what_the_lost_writes_told_and_took_is_not_told_or_taken_again(damaged: Path) -> None:
    restorer(damaged).without_damaged_log(force=False)
    ((told,),) = query(damaged / NAME, "SELECT seq FROM sqlite_sequence WHERE name = 'events'")
    ((epoch,),) = query(damaged / NAME, "SELECT epoch FROM lease")
    assert min(told, epoch) > 1_000_000


def test_a_whole_log_is_not_left_out(writer: LogWriter) -> None:
    writer.commit()
    with pytest.raises(BackupRefusedError, match=r"is whole, or there is none: nothing was changed"):
        restorer(writer.database.parent).without_damaged_log(force=False)


def test_where_more_is_damaged_than_the_log_nothing_is_changed(damaged: Path) -> None:
    content = (damaged / NAME).read_bytes()
    (damaged / NAME).write_bytes(content[: 5 * PAGE] + bytes(30 * PAGE) + content[35 * PAGE :])
    before = _contents(damaged)
    with pytest.raises(BackupRefusedError, match=r"More of .* is damaged than its log .* Nothing was changed"):
        restorer(damaged).without_damaged_log(force=False)
    assert _contents(damaged) == before


def _restore(folder: Path, *arguments: str) -> Result:
    env = {"DATA_DIR": str(folder), "DEMO_MODE": "true"}
    settings = load_settings(env, env_file=folder / "absent")
    return CliRunner().invoke(restore_command(lambda: Container(settings)), arguments)


def test_the_command_says_what_it_did_and_what_is_kept(damaged: Path) -> None:
    done = _restore(damaged, "--without-damaged-log")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Restored: the database of the last moment that can be read, schema ")
    assert f"kept as {NAME}.before-restore" in done.output
    again = _restore(damaged, "--without-damaged-log")
    assert (again.exit_code, "is whole, or there is none" in again.stderr) == (2, True)


def test_the_command_wants_either_a_backup_or_the_word(damaged: Path) -> None:
    for arguments in ((), (str(damaged / NAME), "--without-damaged-log")):
        refused = _restore(damaged, *arguments)
        assert (refused.exit_code, "Name the file of a backup, or say" in refused.stderr) == (2, True)


def test_under_a_collector_that_works_it_is_refused(damaged: Path) -> None:
    before = _contents(damaged)
    working = SqliteRestore(damaged / NAME, lambda: NOW_MS, lambda owner: False)
    # Its last heartbeat is among what can be read.
    (damaged / (NAME + SUFFIX)).rename(damaged / "log")
    engine = make_engine(f"sqlite:///{damaged / NAME}")
    SqlLease(engine, "machine|4711|ab", 2 * HOUR_MS, lambda: NOW_MS).acquire()
    engine.dispose()
    (damaged / "log").rename(damaged / (NAME + SUFFIX))
    with pytest.raises(BackupRefusedError, match=r"The program is running \(machine 4711\)"):
        working.without_damaged_log(force=False)
    assert _contents(damaged)[NAME + SUFFIX] == before[NAME + SUFFIX]
    assert working.without_damaged_log(force=True).kept == f"{NAME}.before-restore"
