"""/api/audit: acts as they are done, who did them and from where; the check of their chain; and the file of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from backend.bootstrap import Container
from backend.core.acting import acting_as
from backend.tests.api.contract import field_errors
from backend.tests.api.installation import Installation, simulator_settings
from backend.verify_command import verify_command

AUDIT, VERIFY, EXPORT = "/api/audit", "/api/audit/verify", "/api/audit/export"
FLOW = {"timestamp": "2026-05-20T10:30:00Z", "type": "DEPOSIT", "amount_usd": "150.25", "description": "from savings"}
RATE = {"risk": {"risk_free_rate_percent": 3.5}}


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Installation]:
    """One of its own, where nobody else acts."""
    with Installation(simulator_settings("http://127.0.0.1:9", tmp_path), tmp_path, collecting=False) as running:
        with running.container.store.write() as unit:
            unit.accounts.ensure("simulator", "main", "reference")
            unit.events.emit("balances", None)
        running.container.feed.catch_up()
        yield running


def entries(running: Installation, **asked: Any) -> list[Any]:
    running.container.feed.catch_up()
    return list(running.api.read(AUDIT, **asked)["items"]) if asked else list(running.api.read(AUDIT)["items"])


def told(entry: Any) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in entry["details"]}


def test_a_setting_says_who_set_it_from_where_to_what(quiet: Installation) -> None:
    assert quiet.api.send("PUT", "/api/settings", json=RATE).status_code == 200
    (entry,) = entries(quiet)
    assert (entry["actor"], entry["origin"], entry["action"]) == ("user", "127.0.0.1", "settings.risk_free_rate")
    assert told(entry)["rate_percent"].startswith("3.5")
    assert (entry["account"], entry["id"], entry["previous_hash"]) == (None, 1, "0" * 64)


def test_what_is_refused_or_only_read_is_no_act(quiet: Installation) -> None:
    assert quiet.api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": "x"}}).status_code == 422
    assert quiet.api.get("/api/settings").status_code == 200
    assert entries(quiet) == []


def test_a_cash_flow_is_told_with_what_it_was_and_what_it_is(quiet: Installation) -> None:
    api = quiet.api
    flow: Any = api.post("/api/performance/cashflows", json=FLOW).json
    made = flow["item"]["id"]
    assert api.send("PUT", f"/api/performance/cashflows/{made}", json={"amount_usd": "200"}).status_code == 200
    assert api.send("DELETE", f"/api/performance/cashflows/{made}").status_code == 200
    deleted, changed, created = entries(quiet)
    assert [one["action"] for one in (created, changed, deleted)] == [
        "cashflow.create",
        "cashflow.update",
        "cashflow.delete",
    ]
    assert {one["subject"] for one in (created, changed, deleted)} == {f"flow {made}"}
    assert (created["account"], created["account_name"]) == (1, "main")
    assert told(created)["note"] == "from savings"
    assert told(changed) == {"amount_usd.from": "150.25", "amount_usd.to": "200"}


def test_the_kill_switch_and_the_pause_are_acts(quiet: Installation) -> None:
    assert quiet.api.post("/api/rebalancing/kill-switch").status_code == 200
    assert quiet.api.send("DELETE", "/api/rebalancing/kill-switch").status_code == 200
    assert [one["action"] for one in entries(quiet)] == ["kill_switch.lift", "kill_switch.throw"]


def test_a_name_that_a_request_gave_itself_ends_with_it(quiet: Installation) -> None:
    quiet.api.send("PUT", "/api/settings", json=RATE)
    with quiet.container.store.write() as unit:
        unit.audit.record("test.act")
    assert [one["actor"] for one in entries(quiet)] == ["program", "user"]


def test_a_job_is_done_in_the_name_of_whoever_asked(quiet: Installation) -> None:
    store = quiet.container.store
    with acting_as("user:admin", "192.0.2.10"), store.write() as unit:
        number = unit.jobs.submit("make_plan", 1, {"a": 1})
    with store.read() as unit:
        job = unit.jobs.find(number)
    assert job is not None
    assert (job.by, job.payload) == (("user:admin", "192.0.2.10"), {"a": 1})


def test_pages_filters_and_what_there_is_to_filter_by(quiet: Installation) -> None:
    for _ in range(3):
        quiet.api.send("PUT", "/api/settings", json=RATE)
    quiet.api.post("/api/performance/cashflows", json=FLOW)
    everything = entries(quiet, limit=1000)
    first = quiet.api.read(AUDIT, limit=3)
    second = quiet.api.read(AUDIT, limit=3, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == everything
    assert (first["total"], second["next_cursor"]) == (4, None)
    assert first["actions"] == ["cashflow.create", "settings.risk_free_rate"]
    assert first["actors"] == ["user"]
    assert [one["id"] for one in entries(quiet, action="cashflow")] == [4]
    assert [one["id"] for one in entries(quiet, account=1)] == [4]
    assert [one["id"] for one in entries(quiet, q="SAVINGS")] == [4]
    assert entries(quiet, actor="program") == []
    assert entries(quiet, **{"from": "2100-01-01T00:00:00Z"}) == []


def test_questions_that_cannot_be_are_refused(quiet: Installation) -> None:
    api = quiet.api
    for query, field in (("cursor=x", "cursor"), ("limit=0", "limit"), ("from=2026-01-01T00:00:00", "from")):
        assert field in field_errors(api.get(f"{AUDIT}?{query}"))
    assert field_errors(api.get(f"{EXPORT}?format=xml"))
    assert api.get(f"{AUDIT}?account=99").status_code == 404
    assert api.get(f"{EXPORT}?account=99").status_code == 404


def test_the_file_has_all_that_is_hashed(quiet: Installation) -> None:
    quiet.api.send("PUT", "/api/settings", json=RATE)
    quiet.api.post("/api/performance/cashflows", json=FLOW)
    exported: Any = quiet.api.get(f"{EXPORT}?format=json").json
    items = exported["items"]
    assert [one["id"] for one in items] == [2, 1]
    newest, oldest = items
    assert newest["previous_hash"] == oldest["hash"]
    with quiet.container.store.read() as unit:
        at_ms = unit.audit.after(None, 1)[0].at_ms
    # As docs/security.md says it, without any code of the program.
    names = ("id", "actor", "origin", "action", "environment", "account", "subject", "details")
    number, *others = (oldest[name] for name in names)
    content = json.dumps([1, oldest["previous_hash"], number, at_ms, *others], separators=(",", ":"))
    assert sha256(content.encode()).hexdigest() == oldest["hash"]


def test_the_csv_is_the_same_list_and_no_spreadsheet_runs_it(quiet: Installation) -> None:
    quiet.api.post("/api/performance/cashflows", json=FLOW)
    with quiet.container.store.write() as unit:
        unit.audit.record("test.act", subject="=1+1")
    quiet.container.feed.catch_up()
    answer = quiet.api.get(EXPORT)
    assert (answer.mimetype, "audit.csv" in answer.headers["Content-Disposition"]) == ("text/csv", True)
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == ["2", "1"]
    assert rows[0]["subject"] == "'=1+1"
    assert len(list(csv.DictReader(io.StringIO(quiet.api.get(f"{EXPORT}?action=cashflow").text)))) == 1


def test_the_check_says_what_it_found_and_when(quiet: Installation) -> None:
    before = quiet.api.read(VERIFY)
    assert (before["intact"], before["reason"], before["checked_at"]) == (None, "not_checked_yet", None)
    quiet.api.send("PUT", "/api/settings", json=RATE)
    quiet.api.send("PUT", "/api/settings", json=RATE)
    found: Any = quiet.api.post(VERIFY).json
    assert (found["intact"], found["rows"], found["last_id"], found["breaks"]) == (True, 2, 2, [])
    assert quiet.api.read(VERIFY) == found
    assert found["hash"] == entries(quiet)[0]["hash"]
    with quiet.container.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE id = 2"))
    broken: Any = quiet.api.post(VERIFY).json
    assert (broken["intact"], broken["breaks_total"]) == (False, 1)
    assert broken["breaks"] == [{"kind": "changed", "first_id": 2, "last_id": 2}]


def test_a_row_that_somebody_edited_is_still_shown(quiet: Installation) -> None:
    quiet.api.send("PUT", "/api/settings", json=RATE)
    with quiet.container.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET details = 'no json'"))
    (entry,) = entries(quiet, q="no json")
    assert told(entry) == {"details": "no json"}


def command(running: Installation, *options: str) -> Result:
    settings = running.container.settings
    return CliRunner().invoke(verify_command(lambda: Container(settings)), ["--audit", *options])


def test_the_command_names_the_rows_and_ends_with_one(quiet: Installation) -> None:
    assert command(quiet).exit_code == 0
    for _ in range(3):
        quiet.api.send("PUT", "/api/settings", json=RATE)
    found = json.loads(command(quiet, "--json").output)
    assert (found["intact"], found["rows"], found["last_id"]) == (True, 3, 3)
    anchor = f"{found['last_id']}:{found['hash']}"
    assert command(quiet).output.strip().endswith(f"no break; it ends with {anchor}")
    with quiet.container.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE id = 3"))
        connection.execute(text("UPDATE audit_head SET last_id = 2, hash = (SELECT hash FROM audit WHERE id = 2)"))
    # Whoever rewrites the whole database is found by what was kept outside of it.
    assert command(quiet).exit_code == 0
    refused = command(quiet, "--anchor", anchor)
    assert refused.exit_code == 1
    assert refused.output.splitlines()[0] == "row 3 is missing"


@pytest.mark.parametrize("options", [("--anchor", "3"), ("--anchor", "x:y"), ("--account", "main")])
def test_wrong_use_of_the_command_ends_with_two(quiet: Installation, options: tuple[str, ...]) -> None:
    assert command(quiet, *options).exit_code == 2
