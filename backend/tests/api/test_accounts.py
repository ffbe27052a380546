"""/api/accounts: made by name, listed, let go with or without their data; what cannot be is refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from backend.api import recompute
from backend.core.model.keys import reference_of
from backend.core.ports import Exchange
from backend.db.lease import SqlLease
from backend.exchange.factory import AccountId
from backend.import_command import import_command
from backend.services.session_manager import SessionManager
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import KEY, Installation
from backend.tests.builders import T0
from backend.tests.two_accounts import House, make_house, received, sent

PATH = "/api/accounts"


@pytest.fixture
def api(empty: Installation, monkeypatch: pytest.MonkeyPatch) -> Api:
    """Nobody computes anything anew here."""
    monkeypatch.setattr(recompute, "SETTLE_S", 0.0)
    return empty.api


@pytest.fixture
def house(empty: Installation) -> House:
    """Two accounts whose keys stand in the settings no more; coins went from the first to the second."""
    made = make_house(empty.container.store)
    made.tell(made.first, sent())
    made.tell(made.second, received())
    made.settle()
    return made


def body(answer: TestResponse) -> Any:
    return answer.json


def make(api: Api, name: str = "Paper", **more: Any) -> TestResponse:
    return api.post(PATH, json={"name": name, **more})


def let_go(api: Api, account: int, **asked: str) -> TestResponse:
    return api.send("DELETE", f"{PATH}/{account}", query_string=asked)


def items(api: Api) -> list[Any]:
    found: list[Any] = api.read(PATH)["items"]
    return found


def refused(answer: TestResponse, field: str) -> str:
    assert answer.status_code == 422, answer.text
    (error,) = body(answer)["errors"]
    assert error["field"] == field
    return str(error["message"])


def test_an_account_is_made_by_its_name_and_waits_for_a_statement(api: Api) -> None:
    assert items(api) == []
    answer = make(api, "  My   paper ")
    assert answer.status_code == 201, answer.text
    (item,) = items(api)
    assert item == body(answer)["item"]
    assert (item["name"], item["key"], item["has_read_key"], item["deletable"]) == ("My paper", "none", False, True)
    assert (item["events"], item["first_event_at"], item["last_statement_at"]) == (0, None, None)
    trading = item["trading"]
    assert (trading["allowed"], trading["armed"], trading["armed_until"], trading["reason"]) == (
        False,
        False,
        None,
        "no-key",
    )
    assert "My paper has no key" in trading["detail"]
    overview = api.read("/api/portfolio/overview", account=item["id"])
    assert (overview["total_value_usd"], overview["status"], overview["reason"]) == (
        None,
        "unavailable",
        "no_statements",
    )


def test_a_name_that_is_taken_whatever_its_case_is_refused(api: Api) -> None:
    make(api, "Paper")
    assert "already" in refused(make(api, "pAPER"), "name")
    assert len(items(api)) == 1


def test_a_name_that_the_settings_have_a_key_for_is_refused_before_that_key_was_used(api: Api) -> None:
    assert items(api) == []
    assert "settings" in refused(make(api, "Simulator"), "name")
    assert items(api) == []


def test_two_of_one_name_that_the_settings_brought_stay_two_and_that_is_said(
    api: Api, empty: Installation, tmp_path: Path
) -> None:
    make(api, "Paper")
    sessions, epoch = session_manager(empty, "Paper", "key-of-paper")
    with capture_logs() as lines:
        sessions.sessions(epoch)
    assert [line["account"] for line in lines if "one name" in line["event"]] == ["Paper"]
    assert [(item["name"], item["key"]) for item in items(api)] == [("Paper", "none"), ("Paper", "gone")]
    told = api.read("/api/portfolio/overview")["attention"]
    assert [one["params"] for one in told if one["kind"] == "same_name"] == [{"account": "Paper"}]
    file = tmp_path / "Transaction-History(UTC+0).csv"
    head = "User ID,Time,Account,Operation,Coin,Change,Remark"
    file.write_text(f"{head}\n1,26-03-01 10:00:00,Spot,Deposit,USDT,5000,\n", encoding="utf-8")
    command = import_command(lambda: empty.container.imports, lambda name: empty.container.accounts.create(name, None))
    answer = CliRunner().invoke(command, ["--account", "Paper", str(file)])
    assert (answer.exit_code, "2 accounts" in answer.output) == (2, True), answer.output
    assert [item["events"] for item in items(api)] == [0, 0]


def session_manager(running: Installation, name: str, key: str) -> tuple[SessionManager, int]:
    """What opens the accounts of settings with one more key."""
    store = running.container.store
    lease = SqlLease(running.container.engine, "one", 10**12, lambda: 0).acquire()
    assert lease is not None
    one = AccountId("simulator", name, reference_of(key))
    nobody = cast(Exchange, None)
    return SessionManager(store, "simulator", lambda: [one], lambda _: nobody, lambda: "here", lambda _: nobody), lease


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_an_empty_or_long_name_is_refused(api: Api, name: str) -> None:
    assert "60" in refused(make(api, name), "name")


def test_another_environment_is_refused_and_its_own_is_not(api: Api) -> None:
    assert "never meet" in refused(make(api, environment="live"), "environment")
    assert make(api, environment="simulator").status_code == 201


def test_half_a_key_and_what_is_no_key_are_refused_without_asking_anybody(api: Api) -> None:
    assert "goes with its key" in refused(make(api, api_secret="s"), "api_key")
    assert "secret" in refused(make(api, api_key="k"), "api_secret")
    assert "no API key" in refused(make(api, api_key="two words", api_secret="s"), "api_key")
    assert field_errors(make(api, api_key="k" * 300, api_secret="s")) == {"api_key"}
    assert items(api) == []


def test_asked_twice_with_one_idempotency_key_one_account_is_made(api: Api) -> None:
    twice = [api.post(PATH, json={"name": "Paper"}, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [201, 201]
    assert twice[0].json == twice[1].json
    assert len(items(api)) == 1


@pytest.mark.parametrize("asked", [{"name": "Paper"}, {"data": "delete"}, {"data": "all", "name": "Paper"}])
def test_what_becomes_of_the_data_and_the_name_must_be_said(api: Api, asked: dict[str, str]) -> None:
    account = body(make(api))["item"]["id"]
    assert let_go(api, account, **asked).status_code == 422
    assert len(items(api)) == 1


def test_with_another_name_nothing_is_deleted(api: Api) -> None:
    account = body(make(api))["item"]["id"]
    assert "Paper" in refused(let_go(api, account, data="delete", name="paper"), "name")
    assert len(items(api)) == 1


def test_an_account_is_deleted_by_its_name(api: Api) -> None:
    account = body(make(api))["item"]["id"]
    answer = let_go(api, account, data="delete", name="Paper")
    assert answer.status_code == 200, answer.text
    assert answer.json == {
        "environment": "simulator",
        "id": account,
        "data": "delete",
        "item": None,
        "recomputing": False,
    }
    assert items(api) == []
    assert let_go(api, account, data="delete", name="Paper").status_code == 404
    assert api.send("DELETE", f"{PATH}/{2**70}", query_string={"data": "keep", "name": "x"}).status_code == 404


def test_an_account_without_a_key_is_kept_already(api: Api) -> None:
    account = body(make(api))["item"]["id"]
    answer = let_go(api, account, data="keep", name="Paper")
    assert (answer.status_code, body(answer)["code"]) == (409, "domain-error")


@pytest.mark.parametrize("data", ["keep", "delete"])
def test_an_account_whose_key_stands_in_the_settings_cannot_go(api: Api, empty: Installation, data: str) -> None:
    with empty.container.store.write() as unit:
        account = unit.accounts.ensure("simulator", "simulator", reference_of(KEY)).id
    (item,) = items(api)
    assert (item["key"], item["has_read_key"], item["deletable"]) == ("settings", True, False)
    answer = let_go(api, account, data=data, name="simulator")
    assert (answer.status_code, body(answer)["code"]) == (409, "key-in-settings")
    assert "taken over" in body(answer)["detail"]
    assert len(items(api)) == 1


def test_an_account_of_another_environment_is_not_there(api: Api, empty: Installation) -> None:
    with empty.container.store.write() as unit:
        account = unit.accounts.create("live", "Paper").id
    assert items(api) == []
    assert let_go(api, account, data="delete", name="Paper").status_code == 404
    assert make(api, "Paper").status_code == 201


def test_one_whose_key_is_gone_lives_on_from_what_the_key_read_last(api: Api, house: House) -> None:
    name = house.first.name
    assert [item["key"] for item in items(api)] == ["gone", "gone"]
    answer = let_go(api, house.first.id, data="keep", name=name)
    assert answer.status_code == 200, answer.text
    item = items(api)[0]
    assert (item["key"], item["events"]) == ("none", 1)
    with house.store.read() as unit:
        reading, shown = unit.accounts.last_reading(house.first.id), unit.balances.latest(house.first.id)
    assert reading is not None
    assert shown is not None
    assert reading.at_ms == shown.at_ms
    assert reading.owned == {line.balance.asset: line.balance.total for line in shown.lines if line.balance.total}


def test_what_moved_between_it_and_another_account_is_a_flow_of_that_one_again(api: Api, house: House) -> None:
    assert house.rows()["d"] == ("paired", False)
    with house.store.write() as unit:
        unit.accounts.update_sync(house.second.id, dirty_from=None)
    answer = let_go(api, house.first.id, data="delete", name=house.first.name)
    assert answer.status_code == 200, answer.text
    assert house.rows() == {"d": (None, True)}
    with house.store.read() as unit:
        assert unit.accounts.sync_state(house.second.id).dirty_from_ms == house.flow("d").at_ms
        assert unit.moves.all([house.second.id]) == []
        (job,) = unit.jobs.queued()
        found = unit.jobs.find(job)
    assert found is not None
    assert (found.kind, found.account_id, found.payload["from_ms"] >= T0) == ("recompute", house.second.id, True)


def test_one_that_waits_takes_nothing_from_the_sums_of_the_others(api: Api, house: House) -> None:
    before = api.read("/api/portfolio/overview")
    make(api)
    after = api.read("/api/portfolio/overview")
    for name in ("total_value_usd", "status", "reason", "complete", "net_deposits_usd", "net_deposits_status"):
        assert after[name] == before[name]
    assert before["total_value_usd"] is not None


def test_the_command_line_makes_an_account_and_imports_into_it(api: Api, empty: Installation, tmp_path: Path) -> None:
    make(api, "Other")
    file = tmp_path / "Transaction-History(UTC+0).csv"
    head = "User ID,Time,Account,Operation,Coin,Change,Remark"
    file.write_text(f"{head}\n1,26-03-01 10:00:00,Spot,Deposit,USDT,5000,\n", encoding="utf-8")
    command = import_command(lambda: empty.container.imports, lambda name: empty.container.accounts.create(name, None))
    answer = CliRunner().invoke(command, ["--new-account", " Paper ", str(file)])
    assert (answer.exit_code, "1 new" in answer.output) == (0, True), answer.output
    assert [(item["name"], item["events"]) for item in items(api)] == [("Other", 0), ("Paper", 1)]
    again = CliRunner().invoke(command, ["--new-account", "paper", str(file)])
    assert (again.exit_code, "already" in again.output) == (2, True), again.output
    both = CliRunner().invoke(command, ["--new-account", "Third", "--dry-run", str(file)])
    assert both.exit_code == 2
    assert len(items(api)) == 2
