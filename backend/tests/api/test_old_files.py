"""Files of older programs: `snapshots.json` and `cashflows.json`, by preview, commit and undo, and by the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from backend.core.imports.json_file import as_table
from backend.import_command import import_command
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation

IMPORTS = "/api/imports"
SNAPSHOTS = "/api/performance/snapshots"
OLD = [
    {"timestamp": "2024-03-01T10:00:00Z", "total_value_usd": 1000.10, "composition": {"BTC": 0.01}},
    {"timestamp": 202404021130, "total_value_usd": "2000.123456789012345678", "twr": 1.5, "pnl": 3, "pnl_percent": 0.3},
    {"timestamp": "2024-05-01 00:00:00+02:00", "total_value_usd": 0},
    {"timestamp": "2024-06-01T00:00:00Z", "total_value_usd": None},
    {"timestamp": "2024-07-01T00:00:00Z", "total_value_usd": -5},
    {"timestamp": "2024-03-01T10:00:00Z", "total_value_usd": 1000.10},
    {"timestamp": "2024-03-01T10:00:00Z", "total_value_usd": 7},
    {"timestamp": "2099-01-01T00:00:00Z", "total_value_usd": 7},
]


@pytest.fixture(autouse=True)
def leaves_nothing_behind(installation: Installation) -> Iterator[None]:
    yield
    book = installation.container.imports
    for one in book.history(1000, None, None)[1]:
        if one.file.state == "committed":
            book.undo(one.file.id)
    installation.container.feed.catch_up()


def opened(api: Api, content: object, name: str = "snapshots.json") -> Any:
    answer = api.post(IMPORTS, json={"name": name, "content": json.dumps(content), "answers": {}})
    assert answer.status_code == 201, answer.text
    return answer.json


def lines(api: Api, preview: Any) -> list[tuple[str, str | None]]:
    return [(one["state"], one["reason"]) for one in api.read(f"{IMPORTS}/{preview['import_id']}/lines")["items"]]


def imported(api: Api) -> list[Any]:
    items = api.read(SNAPSHOTS, limit=1000, before="2024-12-31T00:00:00Z")["items"]
    return [item for item in items if item["kind"] == "imported"]


def test_old_snapshots_are_read_line_by_line_written_once_and_taken_back(api: Api) -> None:
    overview, total = api.read("/api/portfolio/overview"), api.read("/api/performance/twr/0")
    preview = opened(api, OLD)
    assert preview["item"]["kind"] == "values"
    assert lines(api, preview) == [
        ("new", None),
        ("new", None),
        # An old program wrote 0 when it was not told.
        ("error", "zero"),
        ("error", "amount_missing"),
        ("error", "value_negative"),
        ("known", None),
        ("error", "another_value"),
        ("error", "future"),
    ]
    path = f"{IMPORTS}/{preview['import_id']}"
    for _ in range(2):
        done: Any = api.post(f"{path}/commit").json
        assert (done["item"]["written"], done["recomputing"]) == (2, False)
    assert [(one["timestamp"], one["total_value_usd"]) for one in imported(api)] == [
        ("2024-04-02T11:30:00Z", "2000.123456789012345678"),
        ("2024-03-01T10:00:00Z", "1000.1"),
    ]
    for one in imported(api):
        assert (one["status"], one["reason"]) == ("estimated", "imported")
        assert (one["pnl"], one["twr"], one["net_deposits_usd"], one["composition"]) == (None, None, None, [])
    assert [state for state, _ in lines(api, opened(api, OLD))][:2] == ["known", "known"]
    # What nobody knows the parts of moves no figure of the program's own.
    assert api.read("/api/performance/twr/0") == total
    assert api.read("/api/portfolio/overview")["total_pnl_usd"] == overview["total_pnl_usd"]
    undone: Any = api.post(f"{path}/undo").json
    assert undone["item"]["removed"] == 2
    assert imported(api) == []


def test_a_snapshot_of_its_own_is_never_overruled(api: Api) -> None:
    first = api.read("/api/performance/stats")["tracking"]["first"]
    own = api.read(SNAPSHOTS, limit=1000)["items"]
    preview = opened(
        api, [{"timestamp": first, "total_value_usd": 1}, {"timestamp": "2024-03-01", "total_value_usd": 2}]
    )
    assert preview["questions"][0]["field"] == "time_zone"
    body = {"answers": {"time_zone": "UTC"}}
    assert api.send("PUT", f"{IMPORTS}/{preview['import_id']}", json=body).status_code == 200
    assert lines(api, preview) == [("ignored", "seen_by_itself"), ("new", None)]
    api.post(f"{IMPORTS}/{preview['import_id']}/commit")
    assert api.read(SNAPSHOTS, limit=1000)["items"][: len(own)] == own


def test_imported_values_stand_behind_the_own_ones_in_pages_and_exports(api: Api) -> None:
    preview = opened(api, OLD)
    api.post(f"{IMPORTS}/{preview['import_id']}/commit")
    found: list[Any] = []
    cursor = None
    while True:
        asked = {"limit": 1, "before": "2026-01-01T00:00:00Z"} | ({"cursor": cursor} if cursor else {})
        body = api.read(SNAPSHOTS, **asked)
        found += body["items"]
        cursor = body["next_cursor"]
        if cursor is None:
            break
    assert found[-2:] == imported(api)
    assert len({(one["timestamp"], one["account"]) for one in found}) == len(found)
    answer = api.get("/api/portfolio/export?what=snapshots")
    rows = list(csv.DictReader(io.StringIO(answer.text[1:], newline="")))
    assert [(row["kind"], row["total_value_usd"], row["pnl"]) for row in rows[-2:]] == [
        ("imported", "2000.123456789012345678", ""),
        ("imported", "1000.1", ""),
    ]


@pytest.mark.parametrize("wrapped", [False, True])
def test_both_forms_of_old_cash_flows_are_read(wrapped: bool) -> None:
    listed = [
        {"timestamp": 202611011200, "amount_usd": -12.5, "type": "WITHDRAW", "description": "rent\nfor\nNovember"},
        {"timestamp": "2026-11-02T00:00:00Z", "amount_usd": "100", "type": "DEPOSIT", "description": None},
    ]
    table = as_table(json.dumps({"cashflows": listed} if wrapped else listed))
    assert table.kind == "cash_flows"
    assert table.text.splitlines() == [
        "Date,Type,Amount,Note",
        "202611011200,WITHDRAW,-12.5,rent for November",
        "2026-11-02T00:00:00Z,DEPOSIT,100,",
    ]
    untyped = as_table(json.dumps([{"timestamp": 202611011200, "amount_usd": -1}]))
    assert untyped.text.splitlines() == ["Date,Amount,Note", "202611011200,-1,"]


@pytest.mark.parametrize("content", ["{", "[]", "[1]", '{"a": 1}', '[{"timestamp": 1}]', '[{"total_value_usd": 1}]'])
def test_other_json_is_refused(api: Api, content: str) -> None:
    answer = api.post(IMPORTS, json={"name": "x.json", "content": content})
    assert answer.status_code == 422, answer.text


def test_the_command_imports_old_snapshots_once(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "snapshots.json"
    file.write_text(json.dumps(OLD[:2]), encoding="utf-8")
    made = installation.container.accounts.create
    command = import_command(lambda: installation.container.imports, lambda name: made(name, None))
    first = CliRunner().invoke(command, [str(file)])
    assert (first.exit_code, "2 new, 0 already there" in first.output) == (0, True), first.output
    again = CliRunner().invoke(command, [str(file)])
    assert (again.exit_code, "0 new, 2 already there" in again.output) == (0, True), again.output
