"""/api/addresses: told, named, treated otherwise, forgotten; what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.api import recompute
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation
from backend.tests.builders import T0, deposit
from backend.tests.two_accounts import LATER, House, make_house, received, sent

PATH = "/api/addresses"
FLOWS = "/api/performance/cashflows"
VAULT = {"address": "bc1qvault0001", "label": "vault"}


@pytest.fixture
def house(empty: Installation, monkeypatch: pytest.MonkeyPatch) -> House:
    """One account has sent coins to the vault, both have had a deposit. Nobody computes anything anew here."""
    monkeypatch.setattr(recompute, "SETTLE_S", 0.0)
    made = make_house(empty.container.store)
    made.tell(made.first, replace(sent(transaction=""), address=VAULT["address"], note="BTC"))
    made.tell(made.first, deposit("BTC", "0.5", LATER, "back"))
    made.tell(made.second, received("d", "other", T0 + 10**9))
    return made


@pytest.fixture
def api(empty: Installation, house: House) -> Api:
    return empty.api


def told(answer: TestResponse, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    body: Any = answer.json
    return body.get("item", body)


def row(api: Api, house: House, name: str) -> Any:
    wanted = house.flow(name).id
    return next(one for one in api.read(FLOWS)["items"] if one["id"] == wanted)


def test_an_address_keeps_what_went_there_and_says_so(api: Api, house: House) -> None:
    assert api.read(PATH)["items"] == []
    item = told(api.post(PATH, json=VAULT), 201)
    assert (item["treatment"], item["network"], item["withdrawals"]) == ("outside_holdings", None, 1)
    assert item["held"] == [{"asset": "BTC", "quantity": "2"}]
    assert api.read(PATH)["items"] == [item]
    at = {"id": item["id"], "label": "vault", "address": VAULT["address"]}
    assert row(api, house, "w")["address"] == at | {"state": "kept"}
    assert row(api, house, "back")["address"] == at | {"state": "suggested"}
    assert row(api, house, "d")["address"] is None
    assert [one["id"] for one in api.read(FLOWS, waiting="true")["items"]] == [house.flow("back").id]


def test_a_deposit_is_said_to_have_come_from_there_or_not(api: Api, house: House) -> None:
    address = told(api.post(PATH, json=VAULT), 201)["id"]
    path = f"{FLOWS}/{house.flow('back').id}/address"
    item = told(api.post(path, json={"decision": "returned", "address": address}))
    assert item["address"]["state"] == "returned"
    assert api.read(PATH)["items"][0]["held"] == [{"asset": "BTC", "quantity": "1.5"}]
    assert told(api.post(path, json={"decision": "flow"}))["address"] is None
    assert api.read(FLOWS, waiting="true")["items"] == []
    assert told(api.post(path, json={"decision": None}))["address"]["state"] == "suggested"


def test_what_cannot_have_come_from_there_is_refused(api: Api, house: House) -> None:
    address = told(api.post(PATH, json=VAULT), 201)["id"]
    sent_there, elsewhere = (f"{FLOWS}/{house.flow(name).id}/address" for name in ("w", "d"))
    returned = {"decision": "returned", "address": address}
    assert field_errors(api.post(sent_there, json=returned)) == {"decision"}
    # The other account sent nothing there.
    assert field_errors(api.post(elsewhere, json=returned)) == {"address"}
    assert field_errors(api.post(elsewhere, json={"decision": "returned"})) == {"address"}
    assert api.post(elsewhere, json={"decision": "returned", "address": 999}).status_code == 404
    assert row(api, house, "d")["address"] is None


def test_the_treatment_is_changed_and_the_address_forgotten(api: Api, house: House) -> None:
    path = f"{PATH}/{told(api.post(PATH, json=VAULT), 201)['id']}"
    item = told(api.send("PATCH", path, json={"treatment": "flow", "label": "ledger"}))
    assert (item["treatment"], item["label"], item["held"], item["withdrawals"]) == ("flow", "ledger", [], 1)
    assert row(api, house, "w")["address"]["state"] == "flow"
    assert row(api, house, "back")["address"] is None
    assert told(api.send("DELETE", path))["id"] == item["id"]
    assert api.read(PATH)["items"] == []
    assert row(api, house, "w")["address"] is None
    assert api.send("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ({"address": "BC1QVAULT0001"}, 409),
        ({"address": VAULT["address"], "network": "BTC"}, 409),
        ({"address": "bc1qvault0002"}, 201),
        ({"address": "short"}, 422),
        ({"address": VAULT["address"], "treatment": "gift"}, 422),
    ],
)
def test_an_address_is_told_once(api: Api, second: dict[str, str], status: int) -> None:
    told(api.post(PATH, json=VAULT), 201)
    assert api.post(PATH, json=second).status_code == status


def test_nothing_to_change_is_refused(api: Api) -> None:
    item = told(api.post(PATH, json=VAULT), 201)
    assert api.send("PATCH", f"{PATH}/{item['id']}", json={}).status_code == 422
    assert api.send("PATCH", f"{PATH}/999", json={"label": "x"}).status_code == 404
