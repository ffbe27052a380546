"""/api/imports/progress, /coverage, /pause and /resume."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation

PROGRESS, COVERAGE = "/api/imports/progress", "/api/imports/coverage"


@pytest.fixture
def resumed(api: Api) -> Iterator[Api]:
    yield api
    api.post("/api/imports/resume")


def test_a_finished_import_has_nothing_left(api: Api) -> None:
    (item,) = api.read(PROGRESS)["items"]
    assert (item["state"], item["symbols_left"], item["windows_left"]) == ("complete", 0, 0)
    assert (item["seconds_left"], item["paused_at"], item["reading"]) == (None, None, "")


def test_before_a_collector_works_an_import_waits(empty: Installation) -> None:
    assert empty.api.read(PROGRESS)["items"] == []
    assert empty.api.read(COVERAGE)["items"] == []


def test_a_pause_is_kept_and_told_until_it_is_taken_back(resumed: Api) -> None:
    for _ in range(2):
        answer = resumed.post("/api/imports/pause")
        assert answer.status_code == 200
        (item,) = answer.get_json()["items"]
        assert item["state"] == "paused"
    (told,) = resumed.read(PROGRESS)["items"]
    assert (told["state"], told["paused_at"]) == ("paused", item["paused_at"])
    (item,) = resumed.post("/api/imports/resume").get_json()["items"]
    assert (item["state"], item["paused_at"]) == ("complete", None)


def test_every_history_is_named_with_what_was_read_of_it(api: Api) -> None:
    items = {item["source"]: item for item in api.read(COVERAGE)["items"]}
    assert {"deposit", "withdrawal", "trade", "convert", "dust", "p2p", "pay", "fiat_deposit"} <= set(items)
    for name in ("deposit", "withdrawal", "trade", "convert"):
        assert (items[name]["complete"], items[name]["gaps"], items[name]["reason"]) == (True, [], None)
        assert items[name]["from"] <= items[name]["until"]
    for item in items.values():
        assert item["complete"] is (not item["gaps"])
        assert (item["reason"] is None) is item["complete"]


@pytest.mark.parametrize("path", [PROGRESS, COVERAGE])
def test_an_account_that_is_not_there_is_not_found(api: Api, path: str) -> None:
    assert api.get(f"{path}?account=999").status_code == 404


@pytest.mark.parametrize("path", ["/api/imports/pause", "/api/imports/resume"])
def test_nothing_is_paused_for_an_account_that_is_not_there(api: Api, path: str) -> None:
    assert api.post(f"{path}?account=999").status_code == 404
