"""Backups by API and command, scheduled and before an upgrade; and the drill: what a restored database answers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from werkzeug.test import TestResponse

from backend.backup_command import backup_command, restore_command
from backend.bootstrap import Container
from backend.bootstrap_first import now_ms
from backend.config import load_settings
from backend.core.backup_book import BackupBook
from backend.core.errors import BackupFailedError, BackupRefusedError, DatabaseUnavailableError
from backend.core.model.backups import BackupManifest, BackupRules, Stock, StoredBackup, superfluous
from backend.core.model.instants import HOUR_MS
from backend.db import migrate
from backend.db.lease import SqlLease
from backend.lease_owner import lease_owner
from backend.services.backup_keeper import AFTER_START_MS, BackupKeeper
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.database_places import NAME, lay_nothing
from backend.tests.empty_database import lay_database
from backend.tests.simulator.harness import SimulatorProcess

BACKUPS: Final = "/api/backups"
DAY_MS: Final = 24 * HOUR_MS
NOW_MS: Final = 1_790_000_000_000
# What a user would miss; none of it depends on the hour at which it is asked.
READS: Final = (
    "/api/portfolio/nav",
    "/api/performance/twr/30",
    "/api/performance/snapshots",
    "/api/performance/cashflows",
    "/api/portfolio/trade-history",
    "/api/portfolio/positions",
    "/api/rebalancing/runs",
    "/api/imports/certificate",
)

# How the database from before a restore is called.
KEPT: Final = {
    "sqlite": "is kept as portfolio.db.before-restore",
    "postgresql": "is kept as the schema before_restore",
}


def run(made: Any, *arguments: str) -> Result:
    return CliRunner().invoke(made, arguments)


def container(folder: Path, **settings: str) -> Container:
    lay_nothing(folder / NAME)
    chosen = simulator_settings("http://127.0.0.1:9", folder) | settings
    return Container(load_settings(chosen, folder / "absent.env"))


def answers(running: Installation) -> dict[str, Any]:
    return {path: without_age(running.api.read(path)) for path in READS}


def told(answer: TestResponse) -> Any:
    return answer.json


def without_age(read: Any) -> Any:
    """An answer without what says only how long ago the collector worked."""
    return {name: value for name, value in read.items() if name not in ("stale", "age_s", "checked_at")}


def test_the_drill(installation: Installation, exchange: SimulatorProcess, tmp_path: Path) -> None:
    """Another machine, a backup and nothing else: the same value, return and journal."""
    before = answers(installation)
    made = installation.container.backups.book.make()
    assert answers(installation) == before
    file = installation.container.settings.backup_dir / made.name
    settings = simulator_settings(exchange.url, tmp_path)
    lay_nothing(tmp_path / NAME)
    done = run(restore_command(lambda: Container(load_settings(settings, tmp_path / "absent.env"))), str(file))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Restored: the database of ")
    with Installation(settings, tmp_path, collecting=False) as again:
        assert answers(again) == before
        assert told(again.api.post("/api/audit/verify"))["intact"]
        (newest, *_) = again.api.read("/api/audit")["items"]
        assert (newest["action"], newest["subject"], newest["actor"]) == ("backup.restore", made.name, "command line")


def test_one_is_made_by_the_api_and_listed(empty: Installation) -> None:
    none = empty.api.read(BACKUPS)
    assert (none["items"], none["unreadable"]) == ([], [])
    assert (none["interval_seconds"], none["keep_days"], none["keep_weeks"]) == (86_400, 7, 4)
    answer = empty.api.post(BACKUPS)
    assert answer.status_code == 201
    assert (told(answer)["reason"], told(answer)["schema"]) == ("manual", migrate.newest_schema())
    listed = empty.api.read(BACKUPS)
    assert listed["items"] == [answer.json]
    assert Path(listed["folder"], told(answer)["name"]).stat().st_size == told(answer)["size_bytes"]
    (entry,) = empty.api.read("/api/audit")["items"]
    assert (entry["action"], entry["subject"], entry["actor"]) == ("backup.make", told(answer)["name"], "user")


def test_the_same_key_makes_one(empty: Installation) -> None:
    first, second = (empty.api.post(BACKUPS, headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert first.json == second.json
    assert len(empty.api.read(BACKUPS)["items"]) == 1


def test_a_folder_in_the_way_is_told_in_words(empty: Installation) -> None:
    folder = empty.container.settings.backup_dir
    folder.write_text("in the way", "ascii")
    answer = empty.api.post(BACKUPS)
    assert (answer.status_code, told(answer)["code"]) == (503, "backup-failed")
    assert "No backup was made" in told(answer)["detail"]


def test_the_command_names_the_file_and_the_master_key_is_not_in_it(tmp_path: Path) -> None:
    lay_database(tmp_path / NAME)
    master = "master-key-canary-of-32-characters"
    (tmp_path / "secret.key").write_text(master, "ascii")
    done = run(backup_command(lambda: container(tmp_path, MASTER_KEY=master)), "--to", str(tmp_path / "usb"))
    assert done.exit_code == 0, done.output
    (file,) = (tmp_path / "usb").iterdir()
    assert done.stdout == f"{file}\n"
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["manifest.json", "portfolio.db"]
        assert not any(master.encode() in archive.read(name) for name in archive.namelist())
    assert not (tmp_path / "backups").exists()
    with container(tmp_path).store.read() as unit:
        assert [one.action for one in unit.audit.after(None, 9)] == ["backup.make"]


def test_under_a_collector_the_command_refuses(tmp_path: Path) -> None:
    made = container(tmp_path)
    made.migrate()
    file = made.settings.backup_dir / made.backups.book.make().name
    SqlLease(made.engine, lease_owner(), HOUR_MS, now_ms).acquire()
    made.engine.dispose()
    refused = run(restore_command(lambda: made), str(file))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "The program is running" in refused.stderr
    told_to = run(restore_command(lambda: made), str(file), "--force")
    assert told_to.exit_code == 0, told_to.output
    assert KEPT[made.engine.dialect.name] in told_to.stdout


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_without_a_database_the_command_refuses(tmp_path: Path) -> None:
    done = run(backup_command(lambda: container(tmp_path)))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no database at" in done.stderr
    assert not (tmp_path / "portfolio.db").exists()


def older(folder: Path) -> Container:
    """A database of the schema before the newest."""
    made = container(folder)
    with made.engine.execution_options(writing=True).begin() as connection:
        migrate.upgrade_within(connection, migrate.revisions()[-2])
    return made


def test_an_older_database_is_backed_up_before_it_is_changed(tmp_path: Path) -> None:
    made = older(tmp_path)
    before = migrate.schema_of(made.engine)
    made.migrate()
    (backup,) = made.backups.book.view().stock.backups
    assert (backup.manifest.reason, backup.manifest.schema) == ("before_upgrade", before)
    assert migrate.schema_of(made.engine) == migrate.newest_schema()
    with made.store.read() as unit:
        assert [one.action for one in unit.audit.after(None, 9)] == ["backup.make"]
    made.migrate()
    assert len(made.backups.book.view().stock.backups) == 1
    made.engine.dispose()


def test_without_that_backup_it_is_not_changed_unless_told(tmp_path: Path) -> None:
    made = older(tmp_path)
    before = migrate.schema_of(made.engine)
    made.settings.backup_dir.write_text("in the way", "ascii")
    with pytest.raises(DatabaseUnavailableError, match="was not changed, since no backup could be made before"):
        made.migrate()
    assert migrate.schema_of(made.engine) == before
    made.migrate(backup=False)
    assert migrate.schema_of(made.engine) == migrate.newest_schema()
    made.engine.dispose()


def test_a_new_database_needs_no_backup(tmp_path: Path) -> None:
    made = container(tmp_path)
    made.migrate()
    made.engine.dispose()
    assert not made.settings.backup_dir.exists()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    lay_database(tmp_path / NAME)
    made = container(tmp_path)
    with made.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailableError, match="made by a newer version"):
        made.migrate()
    made.engine.dispose()
    assert not made.settings.backup_dir.exists()


class Shelf:
    """Backups that are only said to be made."""

    folder = Path("nowhere")

    def __init__(self) -> None:
        self.now_ms = NOW_MS
        self.full = False
        self.stored: list[StoredBackup] = []
        self.while_making: list[Any] = []

    def make(self, reason: Any, folder: Path | None = None) -> StoredBackup:
        for act in self.while_making:
            act()
        if self.full:
            raise BackupFailedError("The disk is full")
        self.stored.append(backup(self.now_ms, reason))
        return self.stored[-1]

    def stock(self) -> Stock:
        return Stock(list(self.stored), [])

    def remove(self, name: str) -> None:
        self.stored = [one for one in self.stored if one.name != name]


def backup(made_ms: int, reason: Any = "scheduled") -> StoredBackup:
    manifest = BackupManifest(made_ms, "0.1.0", "sqlite", "0046", reason, 1, "", {})
    return StoredBackup(f"{reason} {made_ms}", 1, manifest)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def book(empty: Installation, shelf: Shelf, interval_ms: int = DAY_MS) -> BackupBook:
    return BackupBook(empty.container.store, shelf, BackupRules(interval_ms, 7, 4), lambda: shelf.now_ms)


def lease(empty: Installation, owner: str, is_gone: Callable[[str], bool] = lambda _: False) -> SqlLease:
    return SqlLease(empty.container.engine, owner, HOUR_MS, now_ms, is_gone)


def leading(empty: Installation) -> int:
    """The epoch of a collector that leads."""
    epoch = lease(empty, "one").acquire()
    assert epoch is not None
    return epoch


def trail(empty: Installation) -> list[str]:
    return [item["subject"] for item in empty.api.read("/api/audit")["items"]]


def test_one_is_made_each_day_and_not_at_once_after_a_start(empty: Installation, shelf: Shelf) -> None:
    keeper = BackupKeeper(book(empty, shelf), lambda: shelf.now_ms)
    keeper.lead(leading(empty))
    keeper.step()
    assert shelf.stored == []
    shelf.now_ms += AFTER_START_MS
    for _ in range(3):
        keeper.step()
    assert [one.manifest.reason for one in shelf.stored] == ["scheduled"]
    shelf.now_ms += DAY_MS - 1
    keeper.step()
    assert len(shelf.stored) == 1
    shelf.now_ms += 1
    keeper.step()
    assert len(shelf.stored) == 2


def test_only_the_collector_that_leads_makes_them(empty: Installation, shelf: Shelf) -> None:
    keeper = BackupKeeper(book(empty, shelf), lambda: shelf.now_ms)
    shelf.now_ms += AFTER_START_MS
    keeper.step()
    epoch = leading(empty)
    keeper.lead(epoch - 1)
    keeper.step()
    assert (shelf.stored, trail(empty)) == ([], [])
    # It fell asleep while it made one, and another one took over: the file is good, and no row is written.
    keeper.lead(epoch)
    shelf.while_making.append(lambda: lease(empty, "another", lambda _: True).acquire())
    keeper.step()
    assert (len(shelf.stored), trail(empty)) == (1, [])


def test_two_collectors_make_one_and_one_that_failed_is_tried_again(empty: Installation, shelf: Shelf) -> None:
    one, other, epoch = book(empty, shelf), book(empty, shelf), leading(empty)
    shelf.while_making.append(lambda: refused.append(other.make_if_due(epoch)))
    refused: list[Any] = []
    assert one.make_if_due(epoch) is not None
    assert refused == [None]
    shelf.while_making.clear()
    shelf.now_ms += DAY_MS
    shelf.full = True
    with pytest.raises(BackupFailedError):
        one.make_if_due(epoch)
    shelf.full = False
    assert other.make_if_due(epoch) is None
    shelf.now_ms += HOUR_MS
    assert other.make_if_due(epoch) is not None


def test_none_is_made_by_itself_where_that_is_set(empty: Installation, shelf: Shelf) -> None:
    assert book(empty, shelf, 0).make_if_due(leading(empty)) is None
    assert book(empty, shelf, 0).view().next_ms is None


def test_one_at_a_time(empty: Installation, shelf: Shelf) -> None:
    one = book(empty, shelf)
    shelf.while_making.append(one.make)
    with pytest.raises(BackupRefusedError, match="A backup is being made"):
        one.make()


def test_two_months_leave_seven_days_four_weeks_and_what_was_asked_for(empty: Installation, shelf: Shelf) -> None:
    keeps = book(empty, shelf)
    keeps.make("manual")
    for _ in range(5):
        keeps.make("before_upgrade")
        shelf.now_ms += 1000
    for _ in range(60):
        keeps.make("scheduled")
        shelf.now_ms += DAY_MS
    reasons = [one.manifest.reason for one in shelf.stored]
    assert (reasons.count("manual"), reasons.count("before_upgrade")) == (1, 3)
    ages = sorted((shelf.now_ms - one.manifest.made_ms) // DAY_MS for one in shelf.stored if "sched" in one.name)
    assert ages[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert len(ages) <= 7 + 4
    assert 14 < ages[-1] <= 28


def test_of_a_day_each_hour_is_kept_and_then_the_newest() -> None:
    stored = [backup(NOW_MS - hour * HOUR_MS) for hour in range(72)]
    gone = set(superfluous(stored, BackupRules(HOUR_MS, 7, 0)))
    kept = [hour for hour in range(72) if stored[hour].name not in gone]
    assert kept[:24] == list(range(24))
    assert len(kept) <= 24 + 3


def test_no_rule_takes_the_last_one() -> None:
    assert superfluous([backup(NOW_MS)], BackupRules(DAY_MS, 1, 0)) == []
