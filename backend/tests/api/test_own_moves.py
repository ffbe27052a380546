"""Moves between tracked accounts over the API: shown with both sides, confirmed, refused, and what cannot be one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.api import recompute
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation
from backend.tests.two_accounts import House, make_house, price_at, received, sent

FLOWS = "/api/performance/cashflows"


@pytest.fixture
def house(empty: Installation, monkeypatch: pytest.MonkeyPatch) -> House:
    """Nobody computes anything anew here: a write need not wait for it."""
    monkeypatch.setattr(recompute, "SETTLE_S", 0.0)
    return make_house(empty.container.store)


def flows(api: Api, house: House, **query: Any) -> dict[str, Any]:
    """Rows of the list by what the exchange calls them."""
    names = {house.flow(name).id: name for name in ("w", "d")}
    return {names[row["id"]]: row for row in api.read(FLOWS, **query)["items"]}


def item_of(answer: TestResponse) -> Any:
    assert answer.status_code == 200, answer.text
    body: Any = answer.json
    return body["item"]


def suggested(empty: Installation, house: House) -> Api:
    house.tell(house.first, sent(transaction=""))
    house.tell(house.second, received())
    house.settle()
    empty.container.feed.catch_up()
    return empty.api


def test_each_side_of_a_move_names_the_other(empty: Installation, house: House) -> None:
    house.tell(house.first, sent())
    house.tell(house.second, received())
    house.settle()
    empty.container.feed.catch_up()
    rows = flows(empty.api, house)
    assert rows["w"]["move"] == {
        "state": "paired",
        "basis": "transaction",
        "flow_id": rows["d"]["id"],
        "account_id": house.second.id,
        "account_name": "second",
        "timestamp": rows["d"]["timestamp"],
        "quantity": "2",
    }
    assert [rows[name]["counted"] for name in ("w", "d")] == [False, False]
    totals = empty.api.read(FLOWS)["totals"]
    assert (totals["own_moves"], totals["net_usd"], totals["deposits"], totals["withdrawals"]) == (1, "0", 0, 0)
    one = empty.api.read(FLOWS, account=house.first.id)
    assert (one["items"][0]["counted"], one["totals"]["own_moves"]) == (True, 0)
    assert Decimal(one["totals"]["net_usd"]) == -2 * price_at(sent().at_ms)


def test_a_suggestion_is_asked_about_and_confirmed(empty: Installation, house: House) -> None:
    api = suggested(empty, house)
    rows = flows(api, house, waiting="true")
    assert {row["move"]["state"] for row in rows.values()} == {"suggested"}
    overview = api.read("/api/portfolio/overview")
    asked = [item for item in overview["attention"] if item["kind"] == "moves_to_confirm"]
    assert [(item["params"], item["href"]) for item in asked] == [({"n": 1}, "/cash-flows")]
    assert (overview["net_deposits_status"], overview["net_deposits_reason"]) == ("estimated", "move_suggested")

    answer = api.post(f"{FLOWS}/{rows['w']['id']}/move", json={"other": rows["d"]["id"], "decision": "move"})
    item = item_of(answer)
    assert (item["move"]["basis"], item["counted"]) == ("user", False)
    assert api.read(FLOWS, waiting="true")["items"] == []
    assert api.read(FLOWS)["totals"]["moves_to_confirm"] == 0


def test_a_suggestion_is_refused_and_the_answer_taken_back(empty: Installation, house: House) -> None:
    api = suggested(empty, house)
    rows = flows(api, house)
    for decision, state in (("not_move", None), (None, "suggested")):
        answer = api.post(f"{FLOWS}/{rows['d']['id']}/move", json={"other": rows["w"]["id"], "decision": decision})
        move = item_of(answer)["move"]
        assert (None if move is None else move["state"]) == state


def test_what_cannot_be_one_move_is_refused_with_the_field(empty: Installation, house: House) -> None:
    api = suggested(empty, house)
    rows = flows(api, house)
    path = f"{FLOWS}/{rows['w']['id']}/move"
    answer = api.post(path, json={"other": rows["w"]["id"], "decision": "move"})
    assert (answer.status_code, field_errors(answer)) == (422, {"other"})
    assert api.post(path, json={"other": 999_999, "decision": "move"}).status_code == 404
    assert api.post(path, json={"other": rows["d"]["id"], "decision": "perhaps"}).status_code == 422
