"""Files of cash flows: previewed, asked about, written once, taken back as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.api.schemas.imports import MAX_BYTES
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation

IMPORTS = "/api/imports"
FLOWS = "/api/performance/cashflows"
FILE = (
    "\ufeffDate,Type,Amount,Note\r\n"
    '2026-05-20 10:30,deposit,"1,500.25",from savings\r\n'
    "2026-05-21 09:00,withdrawal,200.5,rent\n"
    "2026-05-21 09:00,withdrawal,200.5,rent\n"
    "2026-05-22 09:00,deposit,0,nothing\n"
    "2099-01-01 09:00,deposit,5,later\n"
)
UTC = {"time_zone": "UTC"}


@pytest.fixture(autouse=True)
def leaves_no_flow_behind(api: Api, installation: Installation) -> Iterator[None]:
    """Every test starts with the exchange's flows alone, and the returns computed from them."""
    yield
    for row in api.read(FLOWS, limit=1000)["items"]:
        if row["source"] != "exchange":
            assert api.send("DELETE", f"{FLOWS}/{row['id']}").status_code == 200
    installation.settled()


def open_file(api: Api, content: str = FILE, answers: dict[str, Any] | None = None, name: str = "flows.csv") -> Any:
    answer = api.post(IMPORTS, json={"name": name, "content": content, "answers": UTC if answers is None else answers})
    assert answer.status_code == 201, answer.text
    return answer.json


def commit(api: Api, preview: Any, **query: Any) -> TestResponse:
    return api.post(f"{IMPORTS}/{preview['import_id']}/commit", query_string=query)


def undo(api: Api, preview: Any) -> Any:
    answer = api.post(f"{IMPORTS}/{preview['import_id']}/undo")
    assert answer.status_code == 200, answer.text
    return answer.json


def csv_flows(api: Api) -> list[Any]:
    return [row for row in api.read(FLOWS, limit=1000)["items"] if row["source"] == "csv"]


def net_deposits(api: Api) -> Decimal:
    return Decimal(api.read(FLOWS)["totals"]["net_usd"])


def test_a_preview_says_of_each_line_what_it_is_and_writes_nothing(api: Api) -> None:
    before = net_deposits(api)
    preview = open_file(api)
    assert [(line["n"], line["state"], line["reason"]) for line in preview["lines"]] == [
        (2, "new", None),
        (3, "new", None),
        (4, "new", None),
        (5, "error", "zero"),
        (6, "error", "future"),
    ]
    first = preview["lines"][0]
    assert (first["timestamp"], first["type"], first["amount_usd"]) == ("2026-05-20T10:30:00Z", "DEPOSIT", "1500.25")
    assert preview["counts"] == {"new": 3, "known": 0, "error": 2, "ignored": 0}
    assert (preview["complete"], preview["item"]["state"], preview["item"]["written"]) == (True, "preview", None)
    assert (net_deposits(api), csv_flows(api)) == (before, [])


def test_what_is_committed_counts_at_once_and_in_the_returns(api: Api, installation: Installation) -> None:
    before, twr = net_deposits(api), api.read("/api/performance/twr/30")["twr_percent"]
    preview = open_file(api)
    answer = commit(api, preview, expected=3)
    assert answer.status_code == 200, answer.text
    item: Any = answer.json["item"]  # type: ignore[index]  # an object by the contract
    assert (item["state"], item["written"], item["known"], item["refused"]) == ("committed", 3, 0, 2)
    assert (item["first_at"], item["last_at"]) == ("2026-05-20T10:30:00Z", "2026-05-21T09:00:00Z")
    assert net_deposits(api) == before + Decimal("1500.25") - 2 * Decimal("200.5")
    installation.settled()
    assert api.read("/api/performance/twr/30")["twr_percent"] != twr
    assert {row["status"] for row in csv_flows(api)} == {"exact"}
    assert api.read("/api/performance/twr/30")["status"] == "exact"
    undo(api, preview)
    installation.settled()
    assert (net_deposits(api), api.read("/api/performance/twr/30")["twr_percent"]) == (before, twr)


def test_committing_twice_writes_once(api: Api) -> None:
    preview = open_file(api)
    first, second = commit(api, preview), commit(api, preview)
    assert (first.status_code, second.status_code) == (200, 200)
    assert len(csv_flows(api)) == 3
    assert second.json["item"] == first.json["item"]  # type: ignore[index]  # objects by the contract


def test_the_same_file_again_finds_everything_there(api: Api) -> None:
    commit(api, open_file(api))
    again = open_file(api)
    assert again["counts"] == {"new": 0, "known": 3, "error": 2, "ignored": 0}
    assert commit(api, again).status_code == 200
    assert len(csv_flows(api)) == 3


def test_equal_lines_are_counted_not_collapsed(api: Api) -> None:
    commit(api, open_file(api))
    third = open_file(api, FILE + "2026-05-21 09:00,withdrawal,200.5,rent\n")
    assert third["counts"]["new"] == 1
    assert [line["n"] for line in third["lines"] if line["state"] == "new"] == [7]


def test_a_flow_typed_by_hand_or_told_by_the_exchange_is_known(api: Api) -> None:
    typed = {"timestamp": "2026-05-20T10:30:00Z", "type": "DEPOSIT", "amount_usd": "1500.25"}
    assert api.post(FLOWS, json=typed).status_code == 201
    assert open_file(api)["counts"]["known"] == 1
    told = next(row for row in api.read(FLOWS, limit=1000)["items"] if row["source"] == "exchange")
    line = f"{told['timestamp'][:16]},{told['type']},{told['asset']},{told['quantity']}\n"
    assert open_file(api, f"date,type,coin,amount\n{line}")["counts"] == {
        "new": 0,
        "known": 1,
        "error": 0,
        "ignored": 0,
    }


def test_what_can_be_read_in_two_ways_is_asked(api: Api) -> None:
    content = "Date;Montant\n03/04/2026;1.234\n05/04/2026;-2.000\n"
    preview = open_file(api, content, {})
    questions = {question["field"]: question for question in preview["questions"]}
    assert questions.keys() == {"decimal_mark", "date_order", "time_zone"}
    assert questions["decimal_mark"]["options"] == [
        {"value": ".", "reading": "1.234"},
        {"value": ",", "reading": "1234"},
    ]
    assert questions["date_order"]["options"] == [
        {"value": "dmy", "reading": "2026-04-03"},
        {"value": "mdy", "reading": "2026-03-04"},
    ]
    assert (preview["complete"], preview["counts"]) == (False, {"new": 0, "known": 0, "error": 2, "ignored": 0})
    refused = commit(api, preview)
    assert refused.status_code == 409
    assert "decimal_mark" in refused.text
    answers = {"decimal_mark": ",", "date_order": "dmy", "time_zone": "Europe/Paris"}
    answer = api.send("PUT", f"{IMPORTS}/{preview['import_id']}", json={"answers": answers})
    assert answer.status_code == 200, answer.text
    body: Any = answer.json
    assert [(line["timestamp"], line["amount_usd"]) for line in body["lines"]] == [
        ("2026-04-02T22:00:00Z", "1234"),
        ("2026-04-04T22:00:00Z", "-2000"),
    ]
    assert api.read(f"{IMPORTS}/{preview['import_id']}") == body


def test_columns_are_asked_where_no_heading_tells(api: Api) -> None:
    content = "2026-05-20T10:30:00Z,abc,12.5\n2026-05-21T10:30:00Z,def,-3.5\n"
    preview = open_file(api, content, {})
    assert [question["field"] for question in preview["questions"]] == ["columns"]
    assert [column["samples"] for column in preview["columns"]][2] == ["12.5", "-3.5"]
    assert preview["lines"] == []
    answers = {"columns": {"date": 0, "note": 1, "amount": 2}}
    answer = api.send("PUT", f"{IMPORTS}/{preview['import_id']}", json={"answers": answers})
    body: Any = answer.json
    assert (body["complete"], body["counts"]["new"]) == (True, 2)
    assert [line["description"] for line in body["lines"]] == ["abc", "def"]


def test_coins_are_valued_at_the_price_of_their_minute(api: Api, installation: Installation) -> None:
    preview = open_file(api, "date,coin,quantity\n2026-05-20 10:30,BTC,0.5\n2026-05-20 10:30,NOSUCH,7\n")
    assert [line["amount_usd"] for line in preview["lines"]] == [None, None]
    assert commit(api, preview).status_code == 200
    installation.settled()
    rows = {row["asset"]: row for row in csv_flows(api)}
    bitcoin = rows["BTC"]
    assert (bitcoin["status"], bitcoin["quantity"]) == ("exact", "0.5")
    assert Decimal(bitcoin["amount_usd"]) == Decimal(bitcoin["price_usd"]) / 2
    before = api.read("/api/performance/snapshots", before="2026-05-20T10:30:00Z", limit=1)["items"][0]
    assert (before["timestamp"], Decimal(before["flow_usd"])) == (
        "2026-05-20T10:30:00Z",
        Decimal(bitcoin["amount_usd"]),
    )
    assert (rows["NOSUCH"]["status"], rows["NOSUCH"]["amount_usd"]) == ("unavailable", None)


def test_an_undo_keeps_what_was_changed_by_hand_and_says_so(api: Api) -> None:
    preview = open_file(api)
    commit(api, preview)
    changed, noted, _ = csv_flows(api)
    assert api.send("PUT", f"{FLOWS}/{changed['id']}", json={"amount_usd": "199"}).status_code == 200
    assert api.send("PUT", f"{FLOWS}/{noted['id']}", json={"description": "another note"}).status_code == 200
    item = undo(api, preview)["item"]
    assert (item["state"], item["removed"], item["kept"]) == ("undone", 2, 1)
    assert [row["amount_usd"] for row in csv_flows(api)] == ["-199"]
    assert undo(api, preview)["item"] == item
    assert commit(api, preview).status_code == 409


def test_an_import_that_was_never_written_has_nothing_to_undo(api: Api) -> None:
    preview = open_file(api)
    assert api.post(f"{IMPORTS}/{preview['import_id']}/undo").status_code == 409


def test_a_preview_that_is_not_true_any_more_is_not_written(api: Api) -> None:
    preview, other = open_file(api), open_file(api)
    commit(api, other)
    assert commit(api, preview, expected=3).status_code == 409
    assert len(csv_flows(api)) == 3
    assert commit(api, preview, expected=0).status_code == 200
    assert len(csv_flows(api)) == 3


def test_imports_are_listed_newest_first_and_by_pages(api: Api) -> None:
    ids = [open_file(api, name=f"{number}.csv")["import_id"] for number in range(3)]
    page = api.read(IMPORTS, limit=2)
    assert [item["id"] for item in page["items"]] == ids[:0:-1]
    rest = api.read(IMPORTS, limit=1000, cursor=page["next_cursor"])
    assert rest["items"][0]["id"] == ids[0]
    assert rest["next_cursor"] is None


def test_lines_are_read_by_state_and_by_pages(api: Api) -> None:
    preview = open_file(api)
    path = f"{IMPORTS}/{preview['import_id']}/lines"
    page = api.read(path, limit=2)
    assert [line["n"] for line in page["items"]] == [2, 3]
    assert [line["n"] for line in api.read(path, cursor=page["next_cursor"])["items"]] == [4, 5, 6]
    assert [line["n"] for line in api.read(path, state="error")["items"]] == [5, 6]
    assert api.get(f"{path}?cursor=junk").status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"content": ""}, "content"),
        ({"content": " \r\n"}, "content"),
        ({"content": "PK\0\1"}, "content"),
        ({"name": ""}, "name"),
        ({"answers": {"time_zone": "Mars/Base"}}, "answers.time_zone"),
        ({"answers": {"time_zone": "../../etc/passwd"}}, "answers.time_zone"),
        ({"answers": {"decimal_mark": ";"}}, "answers.decimal_mark"),
        ({"answers": {"columns": {"date": -1}}}, "answers.columns.date"),
        ({"kind": "trades"}, "kind"),
    ],
)
def test_what_cannot_be_read_names_its_field(api: Api, body: dict[str, Any], field: str) -> None:
    answer = api.post(IMPORTS, json={"name": "a.csv", "content": FILE, **body})
    assert field_errors(answer) == {field}


def test_a_file_may_be_larger_than_other_bodies_up_to_a_limit_that_is_said(api: Api) -> None:
    line = "2026-05-20 10:30,1.5\n"
    preview = open_file(api, "date,amount\n" + line * 20_000)
    assert (preview["counts"]["new"], len(preview["lines"])) == (20_000, 200)
    assert preview["next_cursor"] is not None
    refused = api.post(IMPORTS, json={"name": "a.csv", "content": "x" * MAX_BYTES})
    assert refused.status_code == 413
    assert "16,384 KiB" in refused.text
    refused = api.post(FLOWS, json={"description": "x" * 300_000})
    assert refused.status_code == 413
    assert "256 KiB" in refused.text


def test_a_file_of_too_many_lines_is_refused(api: Api) -> None:
    answer = api.post(IMPORTS, json={"name": "a.csv", "content": "date,amount\n" + "1,1\n" * 400_001})
    assert field_errors(answer) == {"content"}


@pytest.mark.parametrize("path", ["/api/imports/999", "/api/imports/99999999999999999999"])
def test_an_import_that_is_not_there_is_not_found(api: Api, path: str) -> None:
    assert api.get(path).status_code == 404
    assert api.get(f"{path}/lines").status_code == 404
    assert api.post(f"{path}/commit").status_code == 404
    assert api.post(f"{path}/undo").status_code == 404
    assert api.send("PUT", path, json={"answers": {}}).status_code == 404


def test_a_finished_import_has_no_lines_any_more(api: Api) -> None:
    preview = open_file(api)
    commit(api, preview)
    body = api.read(f"{IMPORTS}/{preview['import_id']}")
    assert (body["item"]["state"], body["lines"], body["counts"]) == (
        "committed",
        [],
        {"new": 3, "known": 0, "error": 2, "ignored": 0},
    )
    assert api.read(f"{IMPORTS}/{preview['import_id']}/lines")["items"] == []
    assert api.send("PUT", f"{IMPORTS}/{preview['import_id']}", json={"answers": {}}).status_code == 409


def test_the_same_key_imports_once(api: Api) -> None:
    key = {"Idempotency-Key": "import-once"}
    body = {"name": "a.csv", "content": FILE, "answers": UTC}
    first, second = api.post(IMPORTS, json=body, headers=key), api.post(IMPORTS, json=body, headers=key)
    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"


def test_an_import_needs_an_account(empty: Installation) -> None:
    assert empty.api.post(IMPORTS, json={"name": "a.csv", "content": FILE}).status_code == 404
