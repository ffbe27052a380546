"""/api/logs/lines: the program's log by id, level, component, account and request; /api/logs/export: as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from backend import logs
from backend.core.model.log_lines import Component, Level, LogLine
from backend.tests.api.contract import field_errors
from backend.tests.api.installation import Installation
from backend.tests.database_places import NAME, lose_database

REQUEST = "a-request-1"


@pytest.fixture
def logged(empty: Installation) -> Iterator[Installation]:
    """An installation whose log is kept, with its thread at rest: a test says when lines are stored."""
    keeper = empty.container.observing.keeper
    logs.configure("DEBUG", keeper.take)
    yield empty
    logs.configure("CRITICAL")


def put(installation: Installation, *lines: LogLine) -> None:
    keeper = installation.container.observing.keeper
    for line in lines:
        keeper.take(line)
    assert keeper.flush()


def line(event: str, level: Level = "info", component: Component = "program", account: int | None = None) -> LogLine:
    fields: dict[str, object] = {"code": "x", "numbers": [1, 2]}
    return LogLine(1_800_000_000_000, level, component, event, REQUEST, account, 1.5, fields)


def events(body: Any) -> list[str]:
    return [item["event"] for item in body["items"]]


def test_pages_filters_and_what_a_line_says(logged: Installation) -> None:
    with logged.container.store.write() as unit:
        held = unit.accounts.create("simulator", "papers").id
    put(
        logged,
        line("one", "debug"),
        line("two", "warning", "exchange", held),
        line("three", "error", "web"),
        line("four", component="collector", account=held),
    )
    api = logged.api
    first = api.read("/api/logs/lines", limit=2)
    assert (first["source"], first["dropped"], events(first)) == ("database", 0, ["four", "three"])
    older = api.read("/api/logs/lines", limit=2, before=first["next_before"])
    assert (events(older), older["next_before"]) == (["two", "one"], None)
    assert older["items"][0] == {
        "id": 2,
        "at": "2027-01-15T08:00:00Z",
        "level": "warning",
        "component": "exchange",
        "event": "two",
        "request_id": REQUEST,
        "account": held,
        "duration_ms": 1.5,
        "fields": [{"name": "code", "value": "x"}, {"name": "numbers", "value": "[1, 2]"}],
    }
    assert events(api.read("/api/logs/lines", level="warning")) == ["three", "two"]
    assert events(api.read("/api/logs/lines", account=held)) == ["four", "two"]
    assert events(api.read("/api/logs/lines", component="web")) == ["three"]
    assert len(events(api.read("/api/logs/lines", request_id=REQUEST, limit=1000))) == 4


def test_a_follower_gets_each_line_once(logged: Installation) -> None:
    put(logged, line("one"))
    newest = logged.api.read("/api/logs/lines", component="program")["newest_id"]
    put(logged, line("two"), line("three"), line("of the web", component="web"))
    news = logged.api.read("/api/logs/lines", after=newest, component="program")
    assert (events(news), news["next_before"]) == (["three", "two"], None)
    still = logged.api.read("/api/logs/lines", after=news["newest_id"], component="program")
    assert (events(still), still["newest_id"]) == ([], news["newest_id"])


def test_questions_that_cannot_be_are_refused(logged: Installation) -> None:
    for query, field in (
        ("level=loud", "level"),
        ("component=kitchen", "component"),
        ("request_id=short", "request_id"),
        ("limit=0", "limit"),
        ("after=-1", "after"),
        ("after=1&before=2", "after"),
    ):
        assert field in field_errors(logged.api.get(f"/api/logs/lines?{query}"))
    assert "level" in field_errors(logged.api.get("/api/logs/export?level=loud"))


def test_every_line_of_a_request_carries_its_id_and_its_account(
    logged: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_account: int | None) -> None:
        logs_of = structlog.get_logger("backend.core.portfolio_view")
        logs_of.info("half-way")
        raise ValueError("a defect")

    services = logged.api.app.extensions["portfolio"]
    monkeypatch.setattr(type(services.portfolio), "overview", lambda self, account: fails(account))
    answer = logged.api.app.test_client().get(
        "/api/portfolio/overview?account=5", headers={"X-Request-ID": "from-the-proxy-1"}
    )
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (500, "from-the-proxy-1")
    assert json.loads(answer.data)["request_id"] == "from-the-proxy-1"
    assert b"a defect" not in answer.data
    logged.container.observing.keeper.flush()
    found = logged.api.read("/api/logs/lines", request_id="from-the-proxy-1")["items"]
    assert [item["event"] for item in found] == ["request", "unexpected error", "half-way"]
    assert {(item["account"], item["request_id"]) for item in found} == {(5, "from-the-proxy-1")}
    told = {field["name"]: field["value"] for field in found[0]["fields"]}
    assert (told["status"], told["path"], found[0]["level"]) == ("500", "/api/portfolio/overview", "error")
    assert found[0]["duration_ms"] > 0
    trace = next(field["value"] for field in found[1]["fields"] if field["name"] == "exception")
    assert "ValueError: a defect" in trace


def test_reads_are_told_at_debug_refusals_and_writes_above(logged: Installation) -> None:
    api = logged.api
    api.read("/api/logs/latency")
    assert api.get("/api/logs/lines?limit=0").status_code == 422
    assert api.post("/api/portfolio/refresh?force=maybe", json={}).status_code == 422
    logged.container.observing.keeper.flush()
    found = [item for item in api.read("/api/logs/lines")["items"] if item["event"] == "request"]
    levels = {next(one["value"] for one in item["fields"] if one["name"] == "path"): item["level"] for item in found}
    assert levels == {"/api/logs/latency": "debug", "/api/logs/lines": "info", "/api/portfolio/refresh": "info"}


def test_the_file_holds_what_the_page_shows_one_object_a_line(logged: Installation) -> None:
    put(logged, *[line(str(number), "warning" if number % 2 else "info") for number in range(2_500)])
    answer = logged.api.get("/api/logs/export?level=warning")
    assert answer.mimetype == "application/x-ndjson"
    assert "log.jsonl" in answer.headers["Content-Disposition"]
    lines = [json.loads(one) for one in answer.text.splitlines()]
    assert [one["event"] for one in lines] == [str(number) for number in range(2_499, 0, -2)]
    assert lines[0] == logged.api.read("/api/logs/lines", level="warning", limit=1)["items"][0]
    assert logged.api.get("/api/logs/export?level=critical").text == ""


def test_without_the_database_the_last_lines_come_from_memory_and_a_file_is_refused(tmp_path: Path) -> None:
    """In a demo, which asks for no sign-in: elsewhere nobody can be let in now."""
    demo = {"DATA_DIR": str(tmp_path), "DEMO_MODE": "true"}
    with Installation(demo, tmp_path, collecting=False) as open_to_all:
        without_database(open_to_all, tmp_path)
        body = open_to_all.api.read("/api/logs/lines", component="program")
        assert (body["source"], events(body), body["newest_id"]) == ("memory", ["one"], None)
        assert open_to_all.api.get("/api/logs/export").status_code == 503


def test_without_the_database_nobody_is_let_in_where_one_signs_in(logged: Installation, tmp_path: Path) -> None:
    without_database(logged, tmp_path)
    assert logged.api.get("/api/logs/lines").status_code == 503


def without_database(installation: Installation, folder: Path) -> None:
    put(installation, line("one"))
    installation.container.observing.stop()
    installation.container.engine.dispose()
    lose_database(folder / NAME)
