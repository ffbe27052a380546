"""/api/logs: what the collector did, also before anybody looked; and how many refreshes worked, in /health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backend.tests.api.contract import field_errors
from backend.tests.api.installation import Installation


def test_the_log_holds_what_happened_before_it_is_asked_for(installation: Installation) -> None:
    installation.settled()
    body = installation.api.read("/api/logs", limit=1000)
    assert body["environment"] == "simulator"
    tasks = {line["task"]: line for line in body["items"]}
    assert {"balances", "snapshot", "history"} <= set(tasks)
    assert {line["task"] for line in installation.api.read("/api/logs", task="history")["items"]} == {"history"}
    assert (tasks["balances"]["level"], tasks["balances"]["code"]) == ("ok", None)
    assert tasks["balances"]["numbers"]["assets"] > 0
    assert tasks["balances"]["duration_ms"] > 0
    # As instants: one of a whole second is written without its fraction, which sorts otherwise.
    instants = [datetime.fromisoformat(line["at"]) for line in body["items"]]
    assert instants == sorted(instants, reverse=True)


def test_pages_and_filters(installation: Installation) -> None:
    installation.settled()
    api = installation.api
    everything = api.read("/api/logs", limit=1000)["items"]
    first = api.read("/api/logs", limit=2)
    second = api.read("/api/logs", limit=2, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == everything[:4]
    account = everything[-1]["account"]
    assert api.read("/api/logs", limit=1000, task="snapshot", account=account)["items"] == [
        line for line in everything if line["task"] == "snapshot" and line["account"] == account
    ]
    assert api.read("/api/logs", level="warning") == {"environment": "simulator", "items": [], "next_cursor": None}


def test_questions_that_cannot_be_are_refused(installation: Installation) -> None:
    api = installation.api
    for query, field in (("level=loud", "level"), ("task=lunch", "task"), ("cursor=x", "cursor"), ("limit=0", "limit")):
        assert field in field_errors(api.get(f"/api/logs?{query}"))
    assert api.get("/api/logs?account=99999").status_code == 404


def test_a_connection_test_is_a_line_as_soon_as_it_has_answered(installation: Installation) -> None:
    installation.settled()
    assert installation.api.get("/api/portfolio/connection/test").status_code == 200
    installation.container.feed.catch_up()
    newest = installation.api.read("/api/logs", limit=1, task="connection_test")["items"][0]
    assert (newest["level"], newest["code"], newest["detail"]) == ("run", None, "")


def test_health_counts_refreshes_and_tells_no_share_of_less_than_an_hour(installation: Installation) -> None:
    installation.settled()
    counted = installation.api.read("/health")["refreshes_24h"]
    assert counted["worked"] >= 1
    # On a slow machine all tests before this one took longer than that.
    is_short = datetime.now(UTC) - datetime.fromisoformat(counted["since"]) < timedelta(hours=1)
    assert (counted["worked_percent"] is None, counted["reason"]) == (
        (True, "too_short") if is_short else (False, None)
    )


def test_before_the_first_refresh_the_log_is_empty_and_nothing_is_measured(empty: Installation) -> None:
    assert empty.api.read("/api/logs") == {"environment": "simulator", "items": [], "next_cursor": None}
    assert empty.api.read("/api/logs/latency")["items"] == []
    unknown = {"worked": 0, "failed": 0, "worked_percent": None, "since": None, "reason": "no_data_yet"}
    assert empty.api.read("/health")["refreshes_24h"] == unknown


def test_latencies_are_medians_of_what_was_measured(installation: Installation) -> None:
    installation.settled()
    found = {one["component"]: one for one in installation.api.read("/api/logs/latency")["items"]}
    assert set(found) == {"exchange", "collector", "snapshots"}
    assert all(one["samples"] >= 1 and one["median_ms"] >= 0 and one["series"] for one in found.values())
