"""All data as one download and by the command: what the pages show is in it, and who took it is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from werkzeug.test import TestResponse

from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.data_export import DataExport
from backend.core.errors import DatabaseUnavailableError, ExportFailedError, ExportRefusedError
from backend.core.model.data_export import ExportFacts
from backend.db.engine import make_engine
from backend.export_command import export_command
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.database_places import url_of
from backend.tests.empty_database import lay_database
from backend.tests.postgresql import given_server

ALL: Final = "/api/portfolio/export/all"
NAME: Final = re.compile(r'attachment; filename="(portfolio-export-\d{8}T\d{6}Z\.zip)"')


def opened(answer: TestResponse) -> ZipFile:
    assert answer.status_code == 200, answer.text
    return ZipFile(BytesIO(answer.data))


def items(found: ZipFile, name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(found.read(f"json/{name}.json"))["items"]
    return told


def newest_act(running: Installation) -> dict[str, Any]:
    (act, *_) = running.api.read("/api/audit", limit=1)["items"]
    told: dict[str, Any] = act
    return told


def test_what_the_pages_show_is_in_the_download(installation: Installation) -> None:
    answer = installation.api.get(ALL)
    assert answer.mimetype == "application/zip"
    assert answer.content_length == len(answer.data)
    assert answer.headers["Cache-Control"] == "no-store"
    named = NAME.fullmatch(answer.headers["Content-Disposition"])
    assert named is not None
    act = newest_act(installation)
    assert (act["action"], act["subject"], act["actor"]) == ("export.all", named[1], "user")
    with opened(answer) as found:
        balances = installation.api.read("/api/portfolio/balances")["balances"]
        assert {(one["wallet"], one["asset"], one["usd_value"]) for one in items(found, "balances")} == {
            (one["wallet"], one["asset"], one["usd_value"]) for one in balances
        }
        trades = installation.api.read("/api/portfolio/trade-history", limit=1)["total"]
        assert len(items(found, "trades")) == trades > 0
        newest = items(found, "snapshots")[-1]
        shown = installation.api.read("/api/performance/snapshots", limit=1)["items"][0]
        assert (newest["timestamp"], newest["total_value_usd"]) == (shown["timestamp"], shown["total_value_usd"])


def test_its_lists_agree_with_each_other(installation: Installation) -> None:
    """The last snapshot's net deposits are the sum of the flows up to it."""
    with opened(installation.api.get(ALL)) as found:
        last = items(found, "snapshots")[-1]
        flows = [one for one in items(found, "cash_flows") if one["timestamp"] <= last["timestamp"]]
        assert len(flows) > 3
        # A snapshot tells the flow of its own instant apart from those before it.
        assert sum(Decimal(one["amount_usd"]) for one in flows) == Decimal(last["cum_flows_usd"]) + Decimal(
            last["flow_usd"]
        )
        accounts = {one["id"] for one in items(found, "accounts")}
        assert {one["account_id"] for name in ("ledger", "snapshots") for one in items(found, name)} == accounts


def test_the_collector_goes_on_while_one_is_being_sent(installation: Installation) -> None:
    answer = installation.api.stream(ALL)
    pieces = answer.iter_encoded()
    first = next(pieces)
    installation.refresh()
    with ZipFile(BytesIO(first + b"".join(pieces))) as found:
        assert found.testzip() is None
    answer.close()


def test_a_parameter_is_refused(empty: Installation) -> None:
    assert empty.api.get(f"{ALL}?what=trades").status_code == 422


def test_without_room_it_is_told_in_words(empty: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty.container.backups.lists, "_free", lambda _folder: 1_000_000)
    answer = empty.api.get(ALL)
    assert answer.status_code == 503
    told: Any = answer.json
    assert told["code"] == "export-failed"
    assert "too full for an export" in told["detail"]
    assert empty.api.read("/api/audit")["items"] == []


class Archive:
    """In the place of what writes lists; `within` is called while one is being made."""

    def __init__(self, within: Callable[[], None] = lambda: None) -> None:
        self.within = within
        self.content = BytesIO(b"content")

    def spool(self, made_ms: int) -> tuple[BytesIO, ExportFacts]:
        self.within()
        return self.content, ExportFacts(1, 2, 7)

    def save(self, made_ms: int, file: Path) -> ExportFacts:
        self.within()
        return ExportFacts(1, 2, 7)


def now_ms() -> int:
    return 1_800_000_000_000


def test_one_is_made_at_a_time(empty: Installation) -> None:
    refused: list[str] = []
    archive = Archive()
    export = DataExport(empty.container.store, archive, now_ms)

    def another() -> None:
        with pytest.raises(ExportRefusedError, match="An export is being made: wait") as found:
            export.save(Path("any.zip"))
        refused.append(found.value.code)

    archive.within = another
    assert export.take().name == "portfolio-export-20270115T080000Z.zip"
    assert refused == ["export-refused"]
    archive.within = lambda: None
    export.take()


def test_who_cannot_write_may_still_take_the_data_and_what_fails_otherwise_hands_nothing_over(
    empty: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive()
    store = empty.container.store
    export = DataExport(store, archive, now_ms)

    def fails(error: Exception) -> Callable[[], Any]:
        def write() -> Any:
            raise error

        return write

    monkeypatch.setattr(store, "write", fails(DatabaseUnavailableError("The disk is full")))
    assert export.take().content.read() == b"content"
    monkeypatch.setattr(store, "write", fails(RuntimeError("defect")))
    with pytest.raises(RuntimeError):
        export.take()
    assert archive.content.closed


def test_a_failure_leaves_the_way_free_for_the_next(empty: Installation) -> None:
    def fails() -> None:
        raise ExportFailedError("The disk is full")

    archive = Archive(fails)
    export = DataExport(empty.container.store, archive, now_ms)
    for _ in range(2):
        with pytest.raises(ExportFailedError):
            export.take()


# --- the command


def container(folder: Path, **settings: str) -> Container:
    chosen = simulator_settings("http://127.0.0.1:9", folder) | settings
    return Container(load_settings(chosen, folder / "absent.env"))


def run(folder: Path, *arguments: str) -> Result:
    def untouched() -> Container:
        return container(folder)

    def migrated() -> Container:
        made = container(folder)
        made.migrate()
        return made

    return CliRunner().invoke(export_command(untouched, migrated), arguments)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with an empty database."""
    lay_database(tmp_path / "portfolio.db")
    return tmp_path


def files_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_the_command_writes_the_file_and_who_did_it(stored: Path) -> None:
    target = stored / "all.zip"
    done = run(stored, str(target))
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{target}\n"
    assert re.fullmatch(r"\d+ lists, \d+ rows, \d+ bytes\n", done.stderr.splitlines(keepends=True)[-1])
    with ZipFile(target) as found:
        assert json.loads(found.read("manifest.json"))["environment"] == "simulator"
    with container(stored).store.read() as unit:
        (act,) = unit.audit.after(None, 9)
    assert (act.action, act.subject, act.actor) == ("export.all", "all.zip", "command line")


def test_the_command_replaces_nothing(stored: Path) -> None:
    target = stored / "all.zip"
    target.write_text("mine", "ascii")
    done = run(stored, str(target))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is there already: name another file" in done.stderr
    assert target.read_text("ascii") == "mine"


def test_without_a_folder_or_a_database_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, str(tmp_path / "nowhere" / "all.zip"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no folder" in done.stderr
    done = run(tmp_path, str(tmp_path / "all.zip"))
    assert (done.exit_code, done.stdout) == (2, "")
    words = "There is no database at" if given_server() is None else "cannot be read (check DATABASE_URL"
    assert words in done.stderr
    assert files_in(tmp_path) == set(), "neither a file nor an empty database is left"


def test_the_command_upgrades_nothing(stored: Path) -> None:
    engine = make_engine(url_of(stored / "portfolio.db"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    done = run(stored, str(stored / "all.zip"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "python -m backend migrate" in done.stderr
    assert not any(name.startswith("backups") or name.endswith(".zip") for name in files_in(stored))
