"""/api/alerts: what was told is listed and read, what is watched is set, and no secret comes out again."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.core.alert_book import AlertBook
from backend.core.model.alerts import NewAlert, Told
from backend.tests.api.contract import Api, Contract, field_errors
from backend.tests.api.installation import READY_WITHIN_S, Installation
from backend.tests.api.jobs_at_once import DoneAtOnce
from backend.tests.integration.services.test_alert_messages import TOKEN, Turned

SECRET = "canary-of-a-webhook-secret"
NOW = 1_800_000_000_000
QUIET = {"enabled": True, "start": "22:30", "end": "07:00", "time_zone": "Europe/Paris"}


@pytest.fixture
def api(empty: Installation) -> Api:
    """An installation with a vault; nobody collects."""
    services: ApiServices = empty.api.app.extensions["portfolio"]
    allowed = {"hooks.example.org", "smtp.example.org"}
    book = AlertBook(empty.container.store, "simulator", "UTC", allowed, Turned(), lambda: NOW)
    return Api(create_app(replace(services, alerts=book)), Contract.committed())


@pytest.fixture
def told(empty: Installation, api: Api) -> list[int]:
    """Three alerts: of an account, of the market, of a run."""
    with empty.container.store.write() as unit:
        account = unit.accounts.ensure("simulator", "main", "digest").id
        loss = Told("loss_24h", value=Decimal("10.5"), limit=Decimal(8))
        price = Told("price_above", "BTC", Decimal("100000"), Decimal("99000.5"))
        run = Told("run_review", reason="needs-review", detail="Look at it", run_id=7)
        found = [
            unit.alerts.add(NewAlert("simulator", of, f"cause {n}", "warning", NOW + n, one))
            for n, (of, one) in enumerate([(account, loss), (None, price), (account, run)])
        ]
        unit.events.emit("alert", None)
    empty.container.feed.catch_up()
    return [one for one in found if one is not None]


def put(api: Api, path: str, **body: Any) -> Any:
    return api.send("PUT", f"/api/alerts/{path}", json=body)


def watched(api: Api, **changes: Any) -> dict[str, Any]:
    body = api.read("/api/alerts/rules")
    rules = [{k: rule[k] for k in ("kind", "asset", "limit", "enabled", "channels")} for rule in body["rules"]]
    return {"rules": rules, "quiet_hours": body["quiet_hours"], "language": body["language"]} | changes


def test_alerts_are_listed_newest_first_page_by_page(api: Api, told: list[int]) -> None:
    body = api.read("/api/alerts")
    assert [one["id"] for one in body["items"]] == told[::-1]
    assert (body["unread"], body["next_cursor"]) == (3, None)
    run, price, loss = body["items"]
    assert (loss["value"], loss["limit"], loss["unit"], loss["account_name"]) == ("10.5", "8", "percent", "main")
    assert (price["subject"], price["account"], price["limit"]) == ("BTC", None, "99000.5")
    assert (run["run_id"], run["reason"], run["detail"]) == (7, "needs-review", "Look at it")
    first = api.read("/api/alerts", limit=2)
    assert [one["id"] for one in first["items"]] == told[:0:-1]
    assert [one["id"] for one in api.read("/api/alerts", limit=2, before=first["next_cursor"])["items"]] == told[:1]


def test_what_was_read_is_counted_no_more_neither_here_nor_at_the_bell(api: Api, told: list[int]) -> None:
    assert api.read("/api/portfolio/overview")["alerts_unread"] == 3
    assert api.post("/api/alerts/read", json={"ids": [told[1]]}).json == {"unread": 2}
    assert [one["read"] for one in api.read("/api/alerts")["items"]] == [False, True, False]
    assert [one["id"] for one in api.read("/api/alerts", unread="true")["items"]] == [told[2], told[0]]
    assert api.post("/api/alerts/read", json={"up_to": told[2]}).json == {"unread": 0}
    assert api.read("/api/portfolio/overview")["alerts_unread"] == 0
    bodies: tuple[dict[str, Any], ...] = ({}, {"ids": [1], "up_to": 1}, {"ids": []}, {"ids": [0]})
    for body in bodies:
        assert api.post("/api/alerts/read", json=body).status_code == 422


def test_an_unknown_account_has_none(api: Api, told: list[int]) -> None:
    assert api.get("/api/alerts?account=99").status_code == 404
    assert len(api.read("/api/alerts", account=1)["items"]) == 3


def test_a_new_installation_watches_what_matters_and_sends_nothing(api: Api) -> None:
    body = api.read("/api/alerts/rules")
    on = {rule["kind"] for rule in body["rules"] if rule["enabled"]}
    assert on >= {"loss_1h", "loss_24h", "sync_failing", "balance_anomaly", "depeg", "key_rights", "run_review"}
    assert all(rule["channels"] == [] for rule in body["rules"])
    assert body["quiet_hours"]["enabled"] is False


def test_rules_and_quiet_hours_are_set_as_a_whole(api: Api) -> None:
    wanted = watched(api, quiet_hours=QUIET, language="fr")
    for rule in wanted["rules"]:
        if rule["kind"] == "loss_24h":
            rule |= {"limit": "12.5", "channels": ["telegram"]}
    wanted["rules"].append(
        {"kind": "price_below", "asset": "btc", "limit": "50000", "enabled": True, "channels": ["email", "webhook"]}
    )
    answer = put(api, "rules", **wanted)
    assert answer.status_code == 200
    kept = watched(api)
    wanted["rules"][-1] |= {"asset": "BTC"}
    assert kept == wanted


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "loss_24h", "asset": "", "limit": "101"}, "rules.0.limit"),
        ({"kind": "loss_24h", "asset": "", "limit": None}, "rules.0.limit"),
        ({"kind": "loss_24h", "asset": "BTC", "limit": "8"}, "rules.0.asset"),
        ({"kind": "price_above", "asset": "", "limit": "8"}, "rules.0.asset"),
        ({"kind": "run_failed", "asset": "", "limit": "8"}, "rules.0.limit"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_changes(api: Api, change: dict[str, Any], field: str) -> None:
    before = watched(api)
    rule = {"enabled": True, "channels": []} | change
    assert field_errors(put(api, "rules", **(before | {"rules": [rule]}))) == {field}
    assert watched(api) == before


def test_twice_the_same_rule_and_a_zone_that_is_none_are_refused(api: Api) -> None:
    before = watched(api)
    rule = {"kind": "price_above", "asset": "BTC", "limit": "8", "enabled": True, "channels": []}
    assert field_errors(put(api, "rules", **(before | {"rules": [rule, rule | {"limit": "8.0"}]}))) == {"rules.1.kind"}
    nowhere = before | {"quiet_hours": QUIET | {"time_zone": "Mars/Olympus"}}
    assert field_errors(put(api, "rules", **nowhere)) == {"quiet_hours.time_zone"}


def test_a_secret_is_written_and_never_told(api: Api, empty: Installation) -> None:
    url = "https://hooks.example.org/in"
    answers = [put(api, "channels/webhook", enabled=True, url=url, secret=SECRET)]
    answers.append(put(api, "channels/webhook", enabled=False, url=url))
    answers.append(put(api, "channels/telegram", enabled=True, chat_id="42", secret=TOKEN))
    answers.append(api.get("/api/alerts/channels"))
    assert {answer.status_code for answer in answers} == {200}
    assert not any(SECRET in answer.text or TOKEN in answer.text or "sealed" in answer.text for answer in answers)
    body: Any = answers[-1].json
    items = {one["channel"]: one for one in body["items"]}
    assert (items["webhook"]["webhook"], items["webhook"]["enabled"]) == ({"url": url}, False)
    assert items["email"]["set"] is False
    with empty.container.store.read() as unit:
        kept = {one.name: one.sealed for one in unit.alert_channels.all("simulator")}
    assert kept["webhook"] == f"alert-channel:webhook|{SECRET[::-1]}"
    gone: Any = api.send("DELETE", "/api/alerts/channels/webhook").json
    assert [one["set"] for one in gone["items"]] == [False, True, False]


def test_a_mailbox_is_set_without_telling_its_password_and_forgotten(api: Api) -> None:
    mail = {"host": "smtp.example.org", "port": 587, "security": "tls", "sender": "a@b.org", "recipient": "c@d.org"}
    answer = put(api, "channels/email", enabled=True, secret=SECRET, **mail)
    assert answer.status_code == 200
    assert SECRET not in answer.text
    body: Any = answer.json
    (email,) = [one for one in body["items"] if one["channel"] == "email"]
    assert {name: email["email"][name] for name in mail} == mail
    gone: Any = api.send("DELETE", "/api/alerts/channels/email").json
    assert not any(one["set"] for one in gone["items"])


def test_a_test_message_is_sent_by_the_collector_and_what_came_of_it_is_told(api: Api, empty: Installation) -> None:
    put(api, "channels/telegram", enabled=True, chat_id="42", secret=TOKEN)
    came = {"sent": False, "detail": "Telegram: chat not found"}
    services: ApiServices = api.app.extensions["portfolio"]
    page = Api(
        create_app(replace(services, jobs=DoneAtOnce(empty.container.store, came, lambda: NOW))), Contract.committed()
    )
    assert page.post("/api/alerts/test", json={"channel": "telegram"}).json == {"channel": "telegram", **came}


def test_a_secret_is_asked_for_again_when_it_would_go_elsewhere(api: Api) -> None:
    assert field_errors(put(api, "channels/webhook", enabled=True, url="https://hooks.example.org/a")) == {"secret"}
    put(api, "channels/webhook", enabled=True, url="https://hooks.example.org/a", secret=SECRET)
    assert field_errors(put(api, "channels/webhook", enabled=True, url="https://hooks.example.org/b")) == {"secret"}
    assert put(api, "channels/webhook", enabled=False, url="https://hooks.example.org/a").status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("webhook", {"url": "http://hooks.example.org/", "secret": SECRET}, "url"),
        ("webhook", {"url": "https://127.0.0.1/", "secret": SECRET}, "url"),
        ("webhook", {"url": "https://other.example.org/", "secret": SECRET}, "url"),
        ("webhook", {"url": "https://hooks.example.org/", "secret": "short"}, "secret"),
        ("telegram", {"chat_id": "no chat", "secret": TOKEN}, "chat_id"),
        ("telegram", {"chat_id": "1", "secret": "no-token-at-all-but-long"}, "secret"),
        ("email", {"host": "mail.example.com"}, "host"),
        ("email", {"port": 25}, "host"),
        ("email", {"sender": "a@b.org\r\nBcc: x@y.org"}, "sender"),
        ("email", {"recipient": "nobody"}, "recipient"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(api: Api, path: str, body: dict[str, Any], field: str) -> None:
    mail = {"host": "smtp.example.org", "port": 587, "security": "tls", "sender": "a@b.org", "recipient": "c@d.org"}
    whole = (mail | {"secret": "pass-word"} if path == "email" else {}) | body
    answer = put(api, f"channels/{path}", enabled=True, **whole)
    assert field_errors(answer) == {field}
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("environment", "vault", "blocked"),
    [("simulator", None, "no_vault"), ("demo", Turned(), "demo"), ("demo", None, "demo")],
)
def test_without_a_vault_and_in_the_demo_no_channel_can_be_set(
    empty: Installation, environment: str, vault: Turned | None, blocked: str
) -> None:
    services: ApiServices = empty.api.app.extensions["portfolio"]
    book = AlertBook(empty.container.store, environment, "UTC", (), vault, lambda: NOW)
    api = Api(create_app(replace(services, alerts=book)), Contract.committed())
    assert api.read("/api/alerts/channels")["blocked"] == blocked
    assert put(api, "channels/telegram", enabled=True, chat_id="1", secret=TOKEN).status_code == 403


def test_a_channel_that_is_not_set_cannot_be_tested(api: Api) -> None:
    assert api.post("/api/alerts/test", json={"channel": "telegram"}).status_code == 403


def test_the_collector_tells_of_a_price_that_the_dashboard_asked_for(installation: Installation) -> None:
    """The whole way: set over the API, judged after a refresh, told by event and in the list."""
    api, feed = installation.api, installation.container.feed
    before = watched(api)
    price = {"kind": "price_above", "asset": "BTC", "limit": "0.01", "enabled": True, "channels": []}
    try:
        assert put(api, "rules", **(before | {"rules": [*before["rules"], price]})).status_code == 200
        position = feed.catch_up()
        assert api.post("/api/portfolio/refresh").status_code == 202
        deadline = time.monotonic() + READY_WITHIN_S
        while not any(topic == "alert" for _, topic, _ in feed.after(position, 0.5) or ()):
            assert time.monotonic() < deadline
        first = api.read("/api/alerts")["items"][0]
        assert (first["kind"], first["subject"], first["account"], first["read"]) == ("price_above", "BTC", None, False)
        installation.refresh()
        found = [one for one in api.read("/api/alerts")["items"] if one["kind"] == "price_above"]
        assert len(found) == 1
    finally:
        put(api, "rules", **before)
        api.post("/api/alerts/read", json={"up_to": 2**31})
