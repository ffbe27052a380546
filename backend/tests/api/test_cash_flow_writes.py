"""Cash flows entered by hand: what is accepted, what each refusal names, and what the exchange's own rows allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation

FLOWS = "/api/performance/cashflows"
FLOW = {"timestamp": "2026-05-20T10:30:00Z", "type": "DEPOSIT", "amount_usd": "1500.25", "description": "from savings"}


@pytest.fixture(autouse=True)
def leaves_no_flow_behind(api: Api, installation: Installation) -> Iterator[None]:
    """Every test starts with the exchange's flows alone, and the returns computed from them."""
    yield
    for row in api.read(FLOWS, limit=1000)["items"]:
        if row["source"] == "manual":
            assert api.send("DELETE", f"{FLOWS}/{row['id']}").status_code == 200
    installation.settled()


def add(api: Api, **changes: Any) -> TestResponse:
    return api.post(FLOWS, json={**FLOW, **changes})


def added(api: Api, **changes: Any) -> Any:
    answer = add(api, **changes)
    assert answer.status_code == 201, answer.text
    body: Any = answer.json
    return body["item"]


def net_deposits(api: Api) -> Decimal:
    return Decimal(api.read(FLOWS)["totals"]["net_usd"])


def exchange_flow(api: Api) -> Any:
    return next(row for row in api.read(FLOWS, limit=1000)["items"] if row["source"] == "exchange")


def test_a_deposit_is_in_the_list_the_sums_and_the_overview_at_once(api: Api) -> None:
    before, profit = net_deposits(api), Decimal(api.read("/api/portfolio/overview")["total_pnl_usd"])
    item = added(api)
    assert (item["amount_usd"], item["source"], item["description"]) == ("1500.25", "manual", "from savings")
    assert item["timestamp"] == FLOW["timestamp"]
    assert net_deposits(api) == before + Decimal("1500.25")
    overview = api.read("/api/portfolio/overview")
    assert Decimal(overview["net_deposits_usd"]) == before + Decimal("1500.25")
    # The value comes from the exchange: money recorded as brought in is profit that never was.
    assert abs(Decimal(overview["total_pnl_usd"]) - profit + Decimal("1500.25")) < 200


def test_a_flow_enters_the_returns_from_its_instant_on(api: Api, installation: Installation) -> None:
    before = api.read("/api/performance/twr/30")["twr_percent"]
    item = added(api)
    installation.settled()
    assert api.read("/api/performance/twr/30")["twr_percent"] != before
    row = api.read("/api/performance/snapshots", before=FLOW["timestamp"], limit=1)["items"][0]
    assert (row["timestamp"], row["kind"], row["flow_usd"]) == (FLOW["timestamp"], "flow", "1500.25")
    assert api.send("DELETE", f"{FLOWS}/{item['id']}").status_code == 200
    installation.settled()
    assert api.read("/api/performance/twr/30")["twr_percent"] == before


@pytest.mark.parametrize("amount", ["700", "-700", "+700"])
def test_a_withdrawal_is_negative_whatever_sign_was_typed(api: Api, amount: str) -> None:
    before = net_deposits(api)
    assert added(api, type="WITHDRAW", amount_usd=amount)["amount_usd"] == "-700"
    assert net_deposits(api) == before - 700


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_usd": "0"}, "amount_usd"),
        ({"amount_usd": "0.000"}, "amount_usd"),
        ({"amount_usd": "-5"}, "amount_usd"),
        ({"amount_usd": "NaN"}, "amount_usd"),
        ({"amount_usd": "1e5"}, "amount_usd"),
        ({"amount_usd": ""}, "amount_usd"),
        ({"amount_usd": 5}, "amount_usd"),
        ({"amount_usd": None}, "amount_usd"),
        ({"timestamp": "2026-05-20T10:30:00"}, "timestamp"),
        ({"timestamp": "2030-01-01T00:00:00Z"}, "timestamp"),
        ({"timestamp": "0001-01-01T00:00:00+14:00"}, "timestamp"),
        ({"timestamp": "9999-12-31T23:59:59-14:00"}, "timestamp"),
        ({"timestamp": "soon"}, "timestamp"),
        ({"type": "GIFT"}, "type"),
        ({"quantity": "-1"}, "quantity"),
        ({"asset": "A B"}, "asset"),
        ({"description": "x" * 501}, "description"),
        ({"account": 0}, "account"),
        ({"ammount_usd": "5"}, "ammount_usd"),
    ],
)
def test_a_flow_that_cannot_be_is_refused_and_its_field_named(api: Api, changes: dict[str, Any], field: str) -> None:
    rows = api.read(FLOWS)["totals"]
    assert field_errors(add(api, **changes)) == {field}
    assert api.read(FLOWS)["totals"] == rows


def test_every_missing_field_is_named_at_once(api: Api) -> None:
    assert field_errors(api.post(FLOWS, json={})) == {"timestamp", "type", "amount_usd"}


def test_a_flow_of_an_account_that_is_not_there_is_refused(api: Api) -> None:
    assert add(api, account=77).status_code == 404


def test_every_field_of_an_own_flow_can_be_changed(api: Api) -> None:
    item, before = added(api), net_deposits(api)
    path = f"{FLOWS}/{item['id']}"
    changes = {"type": "WITHDRAW", "amount_usd": "20", "timestamp": "2026-05-21T00:00:00+02:00", "description": "out"}
    answer: Any = api.send("PUT", path, json=changes).json
    changed = answer["item"]
    assert (changed["amount_usd"], changed["type"], changed["description"]) == ("-20", "WITHDRAW", "out")
    assert changed["timestamp"] == "2026-05-20T22:00:00Z"
    assert net_deposits(api) == before - Decimal("1520.25")
    assert field_errors(api.send("PUT", path, json={"amount_usd": "0"})) == {"amount_usd"}
    assert field_errors(api.send("PUT", path, json={"timestamp": "2030-01-01T00:00:00Z"})) == {"timestamp"}
    assert field_errors(api.send("PUT", path, json={"source": "exchange"})) == {"source"}
    assert api.send("PUT", path, json={}).status_code == 422


def test_a_deleted_flow_is_gone_with_its_effect(api: Api) -> None:
    before, item = net_deposits(api), added(api)
    assert api.send("DELETE", f"{FLOWS}/{item['id']}").status_code == 200
    assert net_deposits(api) == before
    assert api.send("DELETE", f"{FLOWS}/{item['id']}").status_code == 404
    assert api.send("PUT", f"{FLOWS}/{item['id']}", json={"description": "x"}).status_code == 404


@pytest.mark.parametrize(
    "changes", [{"amount_usd": "5"}, {"type": "WITHDRAW"}, {"timestamp": FLOW["timestamp"]}, {"amount_usd": "5"} | FLOW]
)
def test_what_the_exchange_reported_cannot_be_rewritten(api: Api, changes: dict[str, Any]) -> None:
    row = exchange_flow(api)
    refused = api.send("PUT", f"{FLOWS}/{row['id']}", json=changes)
    assert refused.status_code == 403
    assert api.send("DELETE", f"{FLOWS}/{row['id']}").status_code == 403
    assert exchange_flow(api) == row


def test_the_note_of_what_the_exchange_reported_can_be_changed_and_stays(api: Api, installation: Installation) -> None:
    row = exchange_flow(api)
    note = "rent, déjà payé ☂"
    assert api.send("PUT", f"{FLOWS}/{row['id']}", json={"description": note}).status_code == 200
    installation.refresh()
    added(api)  # the returns are computed anew from the flow on
    installation.settled()
    assert exchange_flow(api) == {**row, "description": note}
    assert api.read(FLOWS, q="déjà payé")["items"][0]["id"] == row["id"]


def test_a_snapshot_by_hand_stands_in_the_list(api: Api) -> None:
    answer = api.post("/api/performance/snapshots")
    assert answer.status_code == 201
    taken: Any = answer.json
    newest = api.read("/api/performance/snapshots", limit=1)["items"][0]
    assert newest == taken["snapshot"]
    assert (newest["kind"], newest["replayed"]) == ("manual", False)
