"""/api/rebalancing/rank-key: a key goes in, and only its end comes out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.core.rank_key_book import RankKeyBook
from backend.tests.api.contract import Api, Contract, field_errors
from backend.tests.api.guarded import Browser, bearer, code_of, execute, guarded
from backend.tests.api.installation import READY_WITHIN_S, Installation, simulator_settings
from backend.tests.leaks import PASSWORD

PATH: Final = "/api/rebalancing/rank-key"
SETTINGS: Final = "/api/rebalancing/settings"
KEY: Final = "canary-of-a-rank-key-3c91"
NOBODY: Final = {
    "environment": "simulator",
    "source": None,
    "set_by": None,
    "ending": None,
    "added_at": None,
    "used": None,
    "granted": None,
    "told_at": None,
    "refusal": None,
    "blocked": None,
}


@pytest.fixture
def api(empty: Installation) -> Api:
    return empty.api


def put(api: Api, key: Any = KEY, **more: Any) -> Any:
    return api.send("PUT", PATH, json={"key": key, **more})


def test_a_key_is_set_shown_by_its_end_and_forgotten(api: Api, empty: Installation) -> None:
    assert api.read(PATH) == NOBODY
    made = put(api, f" {KEY}\n")
    assert made.status_code == 200
    shown = api.read(PATH)
    assert made.json == shown
    wanted = {"source": "coinmarketcap", "set_by": "page", "ending": "3c91", "added_at": shown["added_at"]}
    assert shown == NOBODY | wanted
    assert shown["added_at"] is not None
    gone = api.send("DELETE", PATH)
    assert gone.json == api.read(PATH) == NOBODY
    assert not any(KEY in answer.text or "sealed" in answer.text for answer in (made, gone))
    key = empty.container.ranks.keys.present()
    assert key is None


@pytest.mark.parametrize(
    "key", ["", "short", f"{KEY} {KEY}", "é" * 10, "k" * 201, "\t" * 20, 5, None, ["a-list-of-one-key"]]
)
def test_what_is_no_key_is_refused_at_its_field(api: Api, key: Any) -> None:
    answer = put(api, key)
    assert {field.partition(".")[0] for field in field_errors(answer)} == {"key"}
    assert KEY not in answer.text
    assert api.read(PATH) == NOBODY


def test_nothing_else_is_taken(api: Api) -> None:
    assert put(api, KEY, source="coinmarketcap").status_code == 422
    assert api.send("PUT", PATH, json={}).status_code == 422
    assert api.get(f"{PATH}?account=1").status_code == 422


def test_the_rank_filter_is_on_as_soon_as_there_is_a_key(api: Api) -> None:
    changed: Any = api.send("PUT", SETTINGS, json={"max_rank": 100}).json
    assert changed["rank_filter"] == "no_key"
    put(api)
    assert api.read(SETTINGS)["rank_filter"] == "on"
    api.send("DELETE", PATH)
    assert api.read(SETTINGS)["rank_filter"] == "no_key"


def test_pages_hear_of_it(api: Api, empty: Installation) -> None:
    feed = empty.container.feed
    position = feed.catch_up()
    put(api)
    assert [topic for _, topic, _ in feed.after(position, 0.0) or ()].count("run") == 1


def test_the_key_of_the_settings_is_shown_by_its_end(tmp_path: Path) -> None:
    settings = simulator_settings("http://127.0.0.1:9", tmp_path) | {"COINMARKETCAP_API_KEY": KEY}
    with Installation(settings, tmp_path, collecting=False) as running:
        shown = running.api.read(PATH)
        assert shown == NOBODY | {"source": "coinmarketcap", "set_by": "settings", "ending": "3c91"}
        assert put(running.api, "entered-over-the-api-77b0").json["set_by"] == "page"
        assert running.api.send("DELETE", PATH).json == shown


def test_a_lost_master_key_is_no_error(api: Api, empty: Installation) -> None:
    put(api)
    api.send("PUT", SETTINGS, json={"max_rank": 100})
    (empty.container.settings.data_dir / "secret.key").unlink()
    shown = api.read(PATH)
    assert (shown["source"], shown["set_by"], shown["ending"], shown["blocked"]) == (None, "page", "3c91", "key_lost")
    assert api.read(SETTINGS)["rank_filter"] == "no_key"
    assert put(api).json["blocked"] is None


@pytest.mark.parametrize(("environment", "blocked"), [("demo", "demo"), ("simulator", "no_vault")])
def test_in_the_demo_and_without_a_vault_none_is_set(empty: Installation, environment: str, blocked: str) -> None:
    services: ApiServices = empty.api.app.extensions["portfolio"]
    book = RankKeyBook(empty.container.store, environment, None, "", lambda: 1)
    api = Api(create_app(replace(services, rank_keys=book)), Contract.committed())
    shown = api.read(PATH)
    assert (shown["blocked"], shown["source"]) == (blocked, "demo" if blocked == "demo" else None)
    assert code_of(put(api)) == (403, "not-allowed")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Installation]:
    with guarded(tmp_path) as running:
        yield running


def test_it_needs_an_administrator_who_typed_the_password_just_now(closed: Installation) -> None:
    browser = Browser(closed)
    assert browser.get(PATH).status_code == 401
    assert browser.set_up().status_code == 200
    program = Browser(closed)
    for role in ("read", "trade"):
        token = bearer(browser.token(role))
        assert program.get(PATH, headers=token).status_code == 200
        for method in ("PUT", "DELETE"):
            refused = program.send(method, PATH, json={"key": KEY}, headers=token)
            assert code_of(refused) == (403, "scope-needed")
    execute(closed, "UPDATE sessions SET confirmed_machine = 0")
    assert code_of(browser.send("PUT", PATH, json={"key": KEY})) == (403, "confirm-password")
    assert code_of(browser.send("DELETE", PATH)) == (403, "confirm-password")
    assert browser.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 200
    assert browser.send("PUT", PATH, json={"key": KEY}).status_code == 200


def test_the_collector_asks_for_the_use_of_a_key_that_was_entered_while_it_ran(installation: Installation) -> None:
    api, feed = installation.api, installation.container.feed
    assert put(api).status_code == 200
    try:
        deadline = time.monotonic() + READY_WITHIN_S
        while (shown := api.read(PATH))["told_at"] is None:
            assert time.monotonic() < deadline
            feed.after(feed.revision, 0.5)
        assert (shown["used"], shown["granted"], shown["refusal"]) == (41, 10_000, None)
        assert installation.ranker.asked.count(KEY) == 1
    finally:
        api.send("DELETE", PATH)
