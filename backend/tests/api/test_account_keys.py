"""Keys of accounts through the API: given, looked at, changed and taken away while the collector works."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from werkzeug.test import TestResponse

from backend.core.model.keys import reference_of
from backend.tests.api.installation import KEY, NO_HURRY, NOON, Installation, simulator_settings
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

PATH: Final = "/api/accounts"
SAFE: Final = {"ipRestrict": True, "enableReading": True, "enableSpotAndMarginTrading": True}
FLAGS: Final = (
    "enableReading",
    "enableSpotAndMarginTrading",
    "enableWithdrawals",
    "enableInternalTransfer",
    "permitsUniversalTransfer",
    "ipRestrict",
)


@pytest.fixture(scope="module")
def bourse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """A simulator whose accounts these tests open."""
    with SimulatorProcess(tmp_path_factory.mktemp("bourse"), ["--start-time", NOON]) as process:
        yield process


@pytest.fixture(scope="module")
def house(bourse: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product at work without any key in its settings."""
    folder = tmp_path_factory.mktemp("house")
    settings = {"DATA_DIR": str(folder), "BINANCE_SIMULATOR_URL": bourse.url, "WITHOUT_KEY": "true", **NO_HURRY}
    with Installation(settings, folder) as running:
        yield running


def opened(bourse: SimulatorProcess, name: str, **more: Any) -> dict[str, str]:
    """A new account of the exchange; its key and secret."""
    pair = {"api_key": f"key-of-{name}-0001", "api_secret": f"secret-of-{name}"}
    more.setdefault("permissions", SAFE)
    more.setdefault("trusted_ips", ["127.0.0.1"])
    bourse.open_account(*pair.values(), balances={"spot": {"USDT": "1000"}}, **more)
    return pair


def add(house: Installation, name: str, pair: dict[str, str], **more: Any) -> TestResponse:
    return house.api.post(PATH, json={"name": name, **pair, **more})


def made(house: Installation, name: str, pair: dict[str, str]) -> dict[str, Any]:
    answer = add(house, name, pair)
    assert answer.status_code == 201, answer.text
    item: dict[str, Any] = answer.get_json()["item"]
    return item


def item_of(house: Installation, account: int) -> dict[str, Any]:
    items: list[dict[str, Any]] = house.api.read(PATH)["items"]
    return next(one for one in items if one["id"] == account)


def refused(answer: TestResponse, field: str = "api_key") -> str:
    assert answer.status_code == 422, answer.text
    (error,) = answer.get_json()["errors"]
    assert error["field"] == field
    return str(error["message"])


def read_within(house: Installation, account: int) -> None:
    """Wait until the collector has read the account."""
    while True:
        position = house.container.feed.catch_up()
        if house.api.read("/api/portfolio/overview", account=account)["total_value_usd"] is not None:
            return
        house.container.feed.after(position, 0.5)


def test_an_account_with_a_key_is_read_without_a_restart(house: Installation, bourse: SimulatorProcess) -> None:
    pair = opened(bourse, "added")
    item = made(house, "Added", pair)
    assert (item["key"], item["has_read_key"], item["has_trade_key"]) == ("stored", True, False)
    assert (item["key_ending"], item["verdict"], item["deletable"]) == ("0001", "good", True)
    assert item["permissions"] == {
        "can_read": True,
        "can_trade": True,
        "can_withdraw": False,
        "ip_restricted": True,
    }
    (key,) = item["keys"]
    assert (key["kind"], key["key_type"], key["findings"]) == ("read", "hmac", [])
    read_within(house, item["id"])


@pytest.mark.parametrize("kind", ["read", "trade"])
def test_every_set_of_rights_has_its_verdict(house: Installation, bourse: SimulatorProcess, kind: str) -> None:
    pair = opened(bourse, f"rights-{kind}")
    other = opened(bourse, f"base-{kind}")
    account = made(house, f"Rights {kind}", other)["id"] if kind == "trade" else None
    seen: dict[str, int] = {}
    for number, flags in enumerate(product((False, True), repeat=len(FLAGS))):
        rights = dict(zip(FLAGS, flags, strict=True))
        bourse.control("/sim/rights", {"api_key": pair["api_key"], "permissions": rights})
        harmless = not any(rights[name] for name in FLAGS[2:5])
        taken = rights["enableReading"] and harmless and (kind == "read" or rights["enableSpotAndMarginTrading"])
        if account is None:
            answer = add(house, f"Rights {number}", pair)
            code = 201
        else:
            answer = house.api.send("PUT", f"{PATH}/{account}/key", json={"kind": kind, **pair})
            # It reads another account of the exchange than its read key: looked at, and not taken.
            code = 422
        if not taken:
            words = refused(answer)
            assert "may not read" in words or "refused" in words or "withdraw" in words or "may not trade" in words
            verdict = "refused"
        elif account is not None:
            assert answer.status_code == code
            assert "another account of the exchange" in refused(answer)
            verdict = "another"
        else:
            assert answer.status_code == code, answer.text
            item = answer.get_json()["item"]
            verdict = item["verdict"]
            assert verdict == ("good" if rights["ipRestrict"] else "warned")
            assert item["permissions"]["can_trade"] is rights["enableSpotAndMarginTrading"]
            gone = house.api.send(
                "DELETE", f"{PATH}/{item['id']}", query_string={"data": "delete", "name": item["name"]}
            )
            assert gone.status_code == 200, gone.text
        seen[verdict] = seen.get(verdict, 0) + 1
    expected = {"refused": 60, "good": 2, "warned": 2} if kind == "read" else {"refused": 62, "another": 2}
    assert seen == expected


def test_a_key_is_used_by_one_account(house: Installation, bourse: SimulatorProcess) -> None:
    pair = opened(bourse, "once")
    made(house, "Once", pair)
    assert "enter it there" in refused(add(house, "Twice", pair))
    assert "already" in refused(add(house, "once", opened(bourse, "once-more")), "name")


def test_a_wrong_secret_is_refused_and_nothing_is_kept(house: Installation, bourse: SimulatorProcess) -> None:
    pair = opened(bourse, "wrong")
    assert "[-1022]" in refused(add(house, "Wrong", pair | {"api_secret": "another-secret"}))
    assert "PEM" in refused(add(house, "Wrong", pair | {"api_secret": "-----BEGIN PRIVATE KEY-----\nno"}))
    assert all(one["name"] != "Wrong" for one in house.api.read(PATH)["items"])


def test_a_key_taken_away_stops_the_reading_and_comes_back(house: Installation, bourse: SimulatorProcess) -> None:
    pair = opened(bourse, "taken")
    account = made(house, "Taken", pair)["id"]
    read_within(house, account)
    answer = house.api.send("DELETE", f"{PATH}/{account}/key", query_string={"kind": "read"})
    assert answer.status_code == 200, answer.text
    item = item_of(house, account)
    assert (item["key"], item["has_read_key"], item["keys"], item["verdict"]) == ("gone", False, [], None)
    refresh = house.api.post("/api/portfolio/refresh", query_string={"account": account, "force": "true"})
    assert refresh.status_code == 503
    back = house.api.send("PUT", f"{PATH}/{account}/key", json=pair)
    assert back.status_code == 200, back.text
    assert item_of(house, account)["key"] == "stored"
    read_within(house, account)


def test_rights_that_appear_later_are_told_and_bar_trading(house: Installation, bourse: SimulatorProcess) -> None:
    pair = opened(bourse, "later")
    account = made(house, "Later", pair)["id"]
    assert item_of(house, account)["trading"]["allowed"] is True
    bourse.control("/sim/rights", {"api_key": pair["api_key"], "permissions": {"enableWithdrawals": True}})
    answer = house.api.post(f"{PATH}/{account}/check")
    assert answer.status_code == 200, answer.text
    found = answer.get_json()
    assert (found["ok"], found["item"]["verdict"], found["code"]) == (False, "refused", None)
    assert item_of(house, account)["trading"]["reason"] == "key-rights"
    lines = house.api.read("/api/logs", account=account)["items"]
    assert [(one["code"], one["detail"]) for one in lines if one["task"] == "keys"] == [
        ("key-rights-changed", "read key: withdraw or transfer on")
    ]


def test_the_trade_key_sends_orders_where_there_is_one(house: Installation, bourse: SimulatorProcess) -> None:
    read_only = SAFE | {"enableSpotAndMarginTrading": False}
    pair = opened(bourse, "reader", permissions=read_only)
    account = made(house, "Reader", pair)["id"]
    assert item_of(house, account)["trading"]["reason"] == "key-reads-only"
    foreign = opened(bourse, "foreign")
    words = refused(house.api.send("PUT", f"{PATH}/{account}/key", json={"kind": "trade", **foreign}))
    assert "another account of the exchange" in words
    keys = house.container.key_parts.store
    assert keys.trade_key(reference_of(pair["api_key"])).key == pair["api_key"]


def test_a_key_of_the_settings_is_taken_over_once(bourse: SimulatorProcess, tmp_path: Path) -> None:
    bourse.open_account(KEY, SECRET, balances={"spot": {"USDT": "5"}}, permissions=SAFE)
    settings = simulator_settings(bourse.url, tmp_path)
    with Installation(settings, tmp_path) as running:
        account = running.settled()["accounts"][0]["id"]
        item = item_of(running, account)
        assert (item["key"], item["deletable"], item["key_ending"]) == ("stored", True, "")
        gone = running.api.send("DELETE", f"{PATH}/{account}", query_string={"data": "delete", "name": item["name"]})
        assert gone.status_code == 200, gone.text
    with Installation(settings, tmp_path) as running:
        # What was removed here does not come back from there.
        running.container.feed.after(running.container.feed.catch_up(), 2.0)
        assert running.api.read(PATH)["items"] == []


def test_an_account_is_called_otherwise(house: Installation, bourse: SimulatorProcess) -> None:
    account = made(house, "Before", opened(bourse, "renamed"))["id"]
    made(house, "Taken name", opened(bourse, "name"))
    answer = house.api.send("PUT", f"{PATH}/{account}", json={"name": " After  all "})
    assert (answer.status_code, answer.get_json()["item"]["name"]) == (200, "After all")
    assert house.api.send("PUT", f"{PATH}/{account}", json={"name": "after all"}).status_code == 200
    assert "already" in refused(house.api.send("PUT", f"{PATH}/{account}", json={"name": "taken NAME"}), "name")
    assert house.api.send("PUT", f"{PATH}/99999", json={"name": "x"}).status_code == 404
    read_within(house, account)
    assert item_of(house, account)["name"] == "after all"
