"""/health is 200 while pages can be served, whatever the exchange does, and 503 with its own shape when not."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.core.model.health import DiskSpace, ProgramChecks, WriteCheck
from backend.core.model.instants import iso_ms
from backend.core.model.request_budget import PoolUse
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, with_dashboard
from backend.tests.database_places import NAME, lose_database


def health(api: Api) -> tuple[int, Any]:
    answer = api.get("/health")
    return answer.status_code, answer.json


def test_a_program_that_works_is_ok(installation: Installation) -> None:
    status, body = health(installation.api)
    assert (status, body["status"], body["sync_status"]) == (200, "ok", "healthy")
    assert (body["database_connection"], body["redis_connection"], body["pages"]) == ("ok", "not_configured", "ok")
    assert body["sync_lag_seconds"] >= 0
    assert body["last_sync"] is not None
    assert body["detail"] is None


def test_before_the_first_refresh_it_is_starting_and_says_that_nothing_was_synced(empty: Installation) -> None:
    status, body = health(empty.api)
    assert (status, body["status"], body["sync_status"]) == (200, "ok", "starting")
    assert (body["last_sync"], body["sync_lag_seconds"]) == (None, None)


def parts(body: Any) -> dict[str, str]:
    return {part["name"]: part["status"] for part in body["components"]}


def test_each_component_of_a_program_that_works_is_named_with_its_state(installation: Installation) -> None:
    installation.settled()
    _, body = health(installation.api)
    states = parts(body)
    assert states.pop("streams") in ("ok", "warning", "not_used")  # none runs here unless the test asks for it
    assert states == {
        **dict.fromkeys(["pages", "database", "collector", "exchange", "simulator", "snapshots", "history"], "ok"),
        **dict.fromkeys(["schema", "disk"], "ok"),
        "redis": "not_used",
    }
    engine = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[installation.container.engine.dialect.name]
    assert [part["detail"] for part in body["components"] if part["name"] == "database"] == [engine]
    assert abs(body["clock_offset_ms"]) < 10**13
    assert body["database_response_time_ms"] > 0
    assert (body["database_writable"], body["database_write_time_ms"] > 0) == (True, True)
    assert body["disk_free_bytes"] > 0
    assert body["started_at"] < "2100"


def test_a_ban_is_told_with_its_host_and_its_end(installation: Installation) -> None:
    installation.refresh()
    until_ms = int(time.time() * 1000) + 85_000
    budgets = installation.container.budgets
    budgets.change("api.elsewhere", "api", lambda use, silence: PoolUse(int(time.time() // 60), 214, 0))
    budgets.silence("api.elsewhere", until_ms, banned=True)
    limits = {(one["host"], one["pool"]): one for one in health(installation.api)[1]["limits"]}
    banned = limits.pop(("api.elsewhere", "api"))
    assert (banned["used"], banned["limit"], banned["banned"]) == (214, 6000, True)
    assert banned["silent_until"] == iso_ms(until_ms)
    assert all(one["silent_until"] is None and 0 < one["used"] <= one["limit"] for one in limits.values())


def test_before_the_first_refresh_no_component_of_the_exchange_is_called_well(empty: Installation) -> None:
    states = parts(health(empty.api)[1])
    assert [states[name] for name in ("collector", "exchange", "simulator", "snapshots")] == ["starting"] * 4
    assert states["database"] == "ok"


def looking(api: Api, checks: ProgramChecks) -> tuple[int, Any]:
    """/health of a program that finds this out about itself."""

    @dataclass(frozen=True)
    class Found:
        def look(self) -> ProgramChecks:
            return checks

    services: ApiServices = api.app.extensions["portfolio"]
    return health(Api(create_app(replace(services, checks=Found())), api.contract))


# What a database that is not there is said to be.
LOST: Final = {"sqlite": "cannot be opened", "postgresql": "no such database"}
GB = 10**9
WELL = ProgramChecks(
    WriteCheck(1.5), "7", "7", "SQLite", True, [DiskSpace(90 * GB, 100 * GB), DiskSpace(50 * GB, 60 * GB)]
)


@pytest.mark.parametrize(
    ("changed", "name", "state", "words"),
    [
        ({"write": WriteCheck(None, "it is read-only")}, "database", "warning", "not written: it is read-only"),
        ({"schema": "8"}, "schema", "warning", "has schema 8, this program is made for 7"),
        ({"schema": None}, "schema", "warning", "has schema None"),
        ({"lease_held": False}, "collector", "down", "No collector works"),
        ({"disks": [DiskSpace(9 * GB, GB), DiskSpace(GB // 2, GB)]}, "disk", "warning", "500 MB"),
        ({"disks": [DiskSpace(GB // 20, GB)]}, "disk", "down", "50 MB"),
        ({"disks": [DiskSpace(None, None, "The folder is gone")]}, "disk", "warning", "The folder is gone"),
    ],
)
def test_what_the_program_finds_wrong_with_itself_degrades_it_in_words(
    installation: Installation, changed: dict[str, Any], name: str, state: str, words: str
) -> None:
    installation.settled()
    assert looking(installation.api, WELL)[1]["status"] == "ok"
    status, body = looking(installation.api, replace(WELL, **changed))
    assert (status, body["status"]) == (200, "degraded")
    (found,) = [part for part in body["components"] if part["name"] == name]
    assert (found["status"], words in found["detail"]) == (state, True)
    assert words in body["detail"]


def test_a_database_that_another_program_locks_is_told_and_read_all_the_same(empty: Installation) -> None:
    engine = empty.container.engine
    with engine.execution_options(writing=True).begin():
        status, body = health(empty.api)
    assert (status, body["status"], body["database_writable"]) == (200, "degraded", False)
    assert "locked" in body["detail"]


def test_without_a_built_dashboard_it_is_down_and_the_page_says_what_to_run(
    installation: Installation, tmp_path: Path
) -> None:
    api = with_dashboard(installation.api.app, tmp_path / "absent")
    status, body = health(api)
    assert (status, body["status"], body["pages"]) == (503, "down", "not_built")
    assert "built" in body["detail"]
    page = api.get("/")
    assert page.status_code == 503
    assert "npm run build" in page.text


def test_without_its_database_it_is_down_in_words_and_every_read_is_503(empty: Installation, tmp_path: Path) -> None:
    api = empty.api
    empty.container.engine.dispose()
    lose_database(tmp_path / NAME)
    status, body = health(api)
    assert (status, body["status"], body["database_connection"]) == (503, "down", "failed")
    assert LOST[empty.container.engine.dialect.name] in body["detail"]
    assert parts(body) == {"pages": "ok", "database": "down", "redis": "not_used"}
    assert (body["clock_offset_ms"], body["database_response_time_ms"]) == (None, None)
    answer = api.get("/api/portfolio/overview")
    refused: Any = answer.json
    assert (answer.status_code, refused["code"]) == (503, "database-unavailable")
    flow = {"timestamp": "2026-05-20T10:30:00Z", "type": "DEPOSIT", "amount_usd": "10"}
    keyed = api.post("/api/performance/cashflows", json=flow, headers={"Idempotency-Key": "k"})
    assert keyed.status_code == 503


def test_the_overview_alone_names_what_it_opens_with_ahead_of_the_page(installation: Installation) -> None:
    api = installation.api
    script = "</assets/main-1a2b.js>; rel=modulepreload"
    for language, accepted in {"en": "de-DE,fr;q=0.9", "fr": "fr-FR,fr;q=0.9,en;q=0.8"}.items():
        page = api.get("/", headers={"Accept-Language": accepted})
        assert page.headers["Link"] == f"{script}, </assets/{language}-1a2b.js>; rel=modulepreload"
        assert "Accept-Language" in page.headers["Vary"]
    # Of another range or of another page they would be asked for in vain.
    assert [api.get(path).headers.get("Link") for path in ("/?range=7d", "/trades", "/index.html")] == [None] * 3


def test_pages_are_asked_again_and_files_with_a_hash_are_kept(installation: Installation) -> None:
    api = installation.api
    for path in ("/", "/cash-flows", "/index.html"):
        page = api.get(path)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-cache")
        assert "<title>page</title>" in page.text
    asset = api.get("/assets/main-1a2b.js")
    assert asset.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert api.get("/assets/gone.js").status_code == 404
    assert api.get("/../pyproject.toml").status_code == 404
    assert api.get("/%2e%2e/pyproject.toml").status_code == 404
