"""An export of all data: every table is in it or named, nothing secret is, and its lists are of one moment."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZipFile

import pytest
from sqlalchemy import BigInteger, Boolean, Engine, Float, Integer, LargeBinary, Table, insert, text

from backend.core.errors import ExportFailedError, ExportRefusedError
from backend.core.model.accounts import Account
from backend.db.all_tables import metadata
from backend.db.backup_shelf import RESERVE_BYTES
from backend.db.export_archive import ExportSource, ListArchive
from backend.db.export_choices import CHOICES, INSTANTS, LEFT_OUT, NUMBERS, SETTINGS, Choice, is_instant
from backend.db.export_query import BATCH_ROWS, batches, columns_of, table_of
from backend.db.models import cash_flows, prices
from backend.db.months import make_months
from backend.db.sealed import sealed_columns
from backend.db.settings import settings
from backend.db.types import ExactDecimal
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0

MADE_MS: Final = 1_800_000_000_000
OWN, FOREIGN = "simulator", "live"
# A column that is called so is none of a list, whatever table it is of.
SECRET: Final = re.compile(r"sealed|secret|password|digest|token|reference|cookie|credential|recovery|session", re.I)
CANARY: Final = "canary-of-a-secret"
LONG: Final = Decimal("0.099033259681343721936969163758363318847323113887767367")


class Size:
    """A database of so many bytes."""

    def size_bytes(self) -> int:
        return 1_000


def archive(engine: Engine, folder: Path, **more: Any) -> ListArchive:
    return ListArchive(engine, ExportSource(OWN, "USDT"), folder, Size(), **{"breathe": lambda: None} | more)


@pytest.fixture
def taken(engine: Engine, tmp_path: Path) -> Iterator[Callable[[], ZipFile]]:
    """Makes an export and opens it."""
    opened: list[IO[bytes]] = []

    def take() -> ZipFile:
        content, _ = archive(engine, tmp_path).spool(MADE_MS)
        opened.append(content)
        return ZipFile(content)

    yield take
    for one in opened:
        one.close()


def items(found: ZipFile, name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(found.read(f"json/{name}.json"))["items"]
    return told


def table_rows(found: ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.read(f"csv/{name}.csv").decode("utf-8-sig"), newline="")))


def manifest(found: ZipFile) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(found.read("manifest.json"))
    return told


# --- what goes in


def test_every_table_is_a_list_or_named_with_why_it_is_none() -> None:
    listed = [choice.table for choice in CHOICES]
    assert sorted([*listed, *LEFT_OUT]) == sorted(metadata.tables), "name a new table in db/export_choices.py"
    assert all(LEFT_OUT.values())


def test_lists_have_names_of_their_own_that_any_system_takes() -> None:
    names = [choice.name for choice in CHOICES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_a_list_says_of_each_column_what_it_is(choice: Choice) -> None:
    table = table_of(choice)
    assert set(choice.without) <= {column.name for column in table.c}
    assert all(choice.without.values())
    for column in columns_of(choice):
        if column.kind in ("decimal", "float"):
            assert column.unit, f"{choice.name}.{column.name}: of what is it?"
        if column.kind == "integer":
            known = column.name in NUMBERS or column.name == "id" or column.name.endswith("_id")
            assert known, f"{choice.name}.{column.name}: an instant, or a number?"
        assert not isinstance(table.c[column.name].type, LargeBinary)
    assert not INSTANTS & NUMBERS


def test_no_column_of_a_list_is_sealed_or_called_like_a_secret() -> None:
    listed = {(choice.table, column.name) for choice in CHOICES for column in columns_of(choice)}
    assert {(table.name, column.name) for table, column in sealed_columns()} & listed == set()
    assert [f"{table}.{column}" for table, column in sorted(listed) if SECRET.search(column)] == []


# --- whose rows


def value_of(column: Any, number: int, environment: str) -> Any:
    if column.name == "environment":
        return environment
    if isinstance(column.type, ExactDecimal):
        return Decimal(number)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | BigInteger):
        return number
    if isinstance(column.type, LargeBinary):
        return CANARY.encode()
    if isinstance(column.type, Float):
        return 0.5
    return f"{environment} {number}" if _told(column) else f"{CANARY} {number}"


def _told(column: Any) -> bool:
    choice = next((one for one in CHOICES if one.table == column.table.name), None)
    return choice is not None and column.name not in choice.without


def fill(engine: Engine, number: int, environment: str) -> None:
    """A row in every table, of one account; what must not be told says so."""
    with engine.begin() as connection:
        of_sqlite = engine.dialect.name == "sqlite"
        # Some tables point at each other.
        connection.exec_driver_sql(
            "PRAGMA defer_foreign_keys = ON" if of_sqlite else "SET LOCAL session_replication_role = replica"
        )
        for table in metadata.sorted_tables:
            if table.name not in ("accounts", "account_sync", "ledger_counts", "settings", "prices"):
                # Rows hang together by their numbers.
                values = {column.name: value_of(column, number, environment) for column in table.c}
                if table.name == "snapshots":
                    make_months(connection, [values["timestamp"]])
                connection.execute(insert(table).values(values))


def filled_tables(store: SqlStore, engine: Engine) -> None:
    with store.write() as unit:
        own, foreign = unit.accounts.create(OWN, "mine"), unit.accounts.create(FOREIGN, "other")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    fill(engine, own.id, OWN)
    fill(engine, foreign.id, FOREIGN)


def test_the_rows_of_an_environment_are_in_it_and_no_secret_and_no_row_of_another(
    store: SqlStore, engine: Engine, taken: Callable[[], ZipFile]
) -> None:
    filled_tables(store, engine)
    found = taken()
    for choice in CHOICES:
        told = found.read(f"json/{choice.name}.json").decode() + found.read(f"csv/{choice.name}.csv").decode()
        assert CANARY not in told, choice.name
        assert f"{FOREIGN} " not in told, choice.name
        if choice.table not in ("settings", "prices"):
            assert len(items(found, choice.name)) == 1, choice.name
    assert not any(CANARY.encode() in found.read(name) for name in found.namelist())


def test_all_accounts_together_are_no_account_of_it(store: SqlStore, taken: Callable[[], ZipFile]) -> None:
    with store.write() as unit:
        unit.accounts.create(OWN, "mine")
        unit.wholes.ensure(OWN)
    assert [one["name"] for one in items(taken(), "accounts")] == ["mine"]


def test_of_the_settings_those_that_were_chosen_go_in(engine: Engine, taken: Callable[[], ZipFile]) -> None:
    names = [name.format(OWN) for name in SETTINGS]
    others = ["collector.environment", "alerts.plan.live", "anything.new"]
    with engine.begin() as connection:
        connection.execute(insert(settings), [{"name": name, "content": "{}"} for name in [*names, *others]])
    assert [one["name"] for one in items(taken(), "settings")] == sorted(names)


# --- how it is written


def flow(account: Account, number: int, **more: Any) -> dict[str, Any]:
    told = {"type": "DEPOSIT", "source": "manual", "status": "exact", "description": ""}
    row = {
        "account_id": account.id,
        "timestamp": T0 + number,
        "external_id": str(number),
        "amount_usd": Decimal(number),
    }
    return row | told | more


def put(engine: Engine, table: Table, *rows: dict[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table), list(rows))


def test_figures_keep_their_digits_instants_say_utc_and_formulas_are_disarmed(
    engine: Engine, account: Account, taken: Callable[[], ZipFile]
) -> None:
    put(
        engine,
        cash_flows,
        flow(account, 1, amount_usd=LONG, description='=HYPERLINK("x")', edited=True, quantity=None),
        flow(account, 2, amount_usd=-LONG, description="-12.5", edited=False, quantity=Decimal("1E-8")),
    )
    found = taken()
    first, second = items(found, "cash_flows")
    assert (first["amount_usd"], second["amount_usd"]) == (str(LONG), str(-LONG))
    assert (first["quantity"], second["quantity"]) == (None, "0.00000001")
    assert first["description"] == '=HYPERLINK("x")', "JSON is no spreadsheet"
    assert (first["edited"], second["edited"]) == (True, False)
    assert first["timestamp"].endswith(".001Z")
    names, *rows = table_rows(found, "cash_flows")
    one, other = (dict(zip(names, row, strict=True)) for row in rows)
    assert names == list(first)
    assert (one["description"], other["description"]) == ('\'=HYPERLINK("x")', "-12.5")
    assert (one["amount_usd"], other["amount_usd"]) == (str(LONG), str(-LONG))
    assert (one["quantity"], one["edited"], other["edited"]) == ("", "true", "false")
    assert one["timestamp"] == first["timestamp"]


def test_the_manifest_says_what_each_file_is_and_how_to_check_it(
    engine: Engine, account: Account, taken: Callable[[], ZipFile]
) -> None:
    put(engine, cash_flows, *(flow(account, number) for number in range(3)))
    found = taken()
    told = manifest(found)
    assert (told["made_at"], told["environment"], told["reporting_currency"]) == ("2027-01-15T08:00:00Z", OWN, "USDT")
    assert told["display_currency"] is None
    assert told["method_versions"]["twr"]
    assert told["left_out"] == dict(sorted(LEFT_OUT.items()))
    assert [one["name"] for one in told["lists"]] == [choice.name for choice in CHOICES]
    named = [file for one in told["lists"] for file in one["files"]]
    assert sorted(file["name"] for file in named) == sorted(set(found.namelist()) - {"manifest.json"})
    for file in named:
        content = found.read(file["name"])
        assert (len(content), sha256(content).hexdigest()) == (file["size_bytes"], file["sha256"])
    for one in told["lists"]:
        names, *rows = table_rows(found, one["name"])
        assert names == [column["name"] for column in one["columns"]]
        assert len(rows) == len(items(found, one["name"])) == one["rows"]
    (flows,) = [one for one in told["lists"] if one["name"] == "cash_flows"]
    assert flows["rows"] == 3
    kinds = {column["name"]: (column["kind"], column["unit"]) for column in flows["columns"]}
    assert kinds["amount_usd"] == ("decimal", "reporting currency")
    assert kinds["timestamp"] == ("instant", None)


def test_the_same_rows_make_the_same_bytes(engine: Engine, tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        content, _facts = archive(engine, tmp_path).spool(MADE_MS)
        with content, ZipFile(content) as found:
            made.append([(one.filename, one.date_time, one.CRC) for one in found.infolist()])
    assert made[0] == made[1]
    assert {date_time for _, date_time, _ in made[0]} == {(1980, 1, 1, 0, 0, 0)}


def test_long_lists_come_in_batches(engine: Engine, taken: Callable[[], ZipFile]) -> None:
    count = 2 * BATCH_ROWS + 1
    put(
        engine,
        prices,
        *({"symbol": "BTCUSDT", "at": T0 + n, "price": Decimal(n), "candle_end": T0} for n in range(count)),
    )
    (choice,) = [one for one in CHOICES if one.name == "prices"]
    with engine.connect() as connection:
        assert [len(batch) for batch in batches(connection, choice, OWN)] == [BATCH_ROWS, BATCH_ROWS, 1]
    found = taken()
    assert [one["price"] for one in items(found, "prices")] == [str(n) for n in range(count)]
    assert len(table_rows(found, "prices")) == count + 1


def test_what_is_written_meanwhile_is_in_none_of_its_lists(
    engine: Engine, account: Account, store: SqlStore, tmp_path: Path
) -> None:
    """A movement and its cash flow, after lists before theirs were read: one without the other would be a hole."""
    put(engine, cash_flows, flow(account, 0))
    written: list[int] = []

    def write() -> None:
        written.append(len(written) + 1)
        with store.write() as unit:
            unit.accounts.create(OWN, f"new {len(written)}")
        put(engine, cash_flows, flow(account, written[-1]))

    content, facts = archive(engine, tmp_path, breathe=write).spool(MADE_MS)
    with content, ZipFile(content) as found:
        assert len(written) > 2
        assert [one["name"] for one in items(found, "accounts")] == ["test"]
        assert len(table_rows(found, "accounts")) == 1 + 1
        assert len(items(found, "cash_flows")) == 1
        assert facts.rows == sum(one["rows"] for one in manifest(found)["lists"])


# --- where it is written


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("portfolio.db"))


def test_a_download_has_no_name_on_the_disk(engine: Engine, tmp_path: Path) -> None:
    content, facts = archive(engine, tmp_path).spool(MADE_MS)
    with content:
        assert left_in(tmp_path) == []
        assert len(content.read()) == facts.size_bytes


def test_a_file_is_for_its_owner_alone_and_there_when_it_is_whole(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    facts = archive(engine, tmp_path, breathe=lambda: _must(not target.exists())).save(MADE_MS, target)
    assert left_in(tmp_path) == ["all.zip"]
    assert (target.stat().st_size, target.stat().st_mode & 0o777) == (facts.size_bytes, 0o600)
    with ZipFile(target) as found:
        assert found.testzip() is None


def _must(true: bool) -> None:
    assert true


def test_one_that_is_cut_off_leaves_nothing(engine: Engine, account: Account, tmp_path: Path) -> None:
    def fails() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    cut = archive(engine, tmp_path, breathe=fails)
    full = r"The disk of .* is full: no export was made"
    with pytest.raises(ExportFailedError, match=full):
        cut.save(MADE_MS, tmp_path / "all.zip")
    assert left_in(tmp_path) == []
    with pytest.raises(ExportFailedError, match=full):
        cut.spool(MADE_MS)
    assert left_in(tmp_path) == []


def test_without_room_none_is_begun(engine: Engine, tmp_path: Path) -> None:
    full = archive(engine, tmp_path, free=lambda _folder: RESERVE_BYTES)
    with pytest.raises(ExportFailedError, match="too full for an export: 33 MB are needed"):
        full.spool(MADE_MS)


def test_a_file_that_is_there_stays_as_it_is(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    target.write_text("mine", "ascii")
    with pytest.raises(ExportRefusedError, match=r"all\.zip is there already: name another file, or take it away"):
        archive(engine, tmp_path).save(MADE_MS, target)
    assert target.read_text("ascii") == "mine"


def test_one_that_comes_meanwhile_stays_as_it_is(engine: Engine, account: Account, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    with pytest.raises(ExportRefusedError, match="is there already"):
        archive(engine, tmp_path, breathe=lambda: _keep(target)).save(MADE_MS, target)
    assert target.read_text("ascii") == "mine"
    assert left_in(tmp_path) == ["all.zip"]


def _keep(file: Path) -> None:
    file.write_text("mine", "ascii")


def test_a_folder_that_is_missing_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ExportRefusedError, match=r"There is no folder .*nowhere: make it, or name another place"):
        archive(engine, tmp_path).save(MADE_MS, tmp_path / "nowhere" / "all.zip")


def test_a_database_of_another_version_is_not_touched(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(ExportRefusedError, match=r"has schema 0001, .*python -m backend migrate"):
        archive(engine, tmp_path).save(MADE_MS, tmp_path / "all.zip")
    assert left_in(tmp_path) == []


def test_is_instant_knows_endings() -> None:
    assert is_instant("created_machine")
    assert not is_instant("recv_window")
