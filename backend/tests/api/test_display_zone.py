"""The time zone that is chosen on the page: whose midnight starts "today", and what else follows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation


@pytest.fixture
def api(installation: Installation) -> Iterator[Api]:
    yield installation.api
    choose(installation.api, None)  # other tests ask the same installation


def choose(api: Api, zone: str | None) -> Any:
    answer = api.send("PUT", "/api/settings", json={"display": {"time_zone": zone}})
    assert answer.status_code == 200
    return answer.json


def today(api: Api) -> tuple[str, bool, str]:
    """The zone, whether it was chosen, and since when today's change is counted."""
    body = api.read("/api/portfolio/overview")
    return body["display_time_zone"], body["display_time_zone_chosen"], body["change_today_since"]


def test_today_begins_at_midnight_of_the_zone_that_was_chosen(api: Api) -> None:
    zone, chosen, utc = today(api)
    assert (zone, chosen, utc[11:]) == ("UTC", False, "00:00:00Z")
    assert choose(api, "Asia/Tokyo")["display"] == {"time_zone": "Asia/Tokyo"}
    zone, chosen, since = today(api)
    assert (zone, chosen, since[11:]) == ("Asia/Tokyo", True, "15:00:00Z")
    # It is taken back: the settings file counts again.
    assert choose(api, None)["display"] == {"time_zone": None}
    assert today(api) == ("UTC", False, utc)


def test_quiet_hours_that_nobody_set_follow_it(empty: Installation) -> None:
    api = empty.api  # in the one that all tests ask somebody may have set them
    assert api.read("/api/alerts/rules")["quiet_hours"]["time_zone"] == "UTC"
    choose(api, "Europe/Paris")
    assert api.read("/api/alerts/rules")["quiet_hours"]["time_zone"] == "Europe/Paris"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../UTC", "", "Europe", 7])
def test_what_is_no_zone_is_refused_and_the_rest_of_the_request_with_it(api: Api, zone: object) -> None:
    choose(api, "Europe/Paris")
    rate = api.read("/api/settings")["risk"]
    both = {"display": {"time_zone": zone}, "risk": {"risk_free_rate_percent": 3.25}}
    assert api.send("PUT", "/api/settings", json=both).status_code == 422
    kept = api.read("/api/settings")
    assert (kept["display"], kept["risk"]) == ({"time_zone": "Europe/Paris"}, rate)


def test_the_choice_is_an_act_of_the_audit_trail(api: Api) -> None:
    choose(api, "Asia/Tokyo")
    entry = api.read("/api/audit?action=settings.time_zone")["items"][0]
    assert {line["name"]: line["value"] for line in entry["details"]} == {
        "time_zone.from": None,
        "time_zone.to": "Asia/Tokyo",
    }
