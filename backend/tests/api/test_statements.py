"""Exports of the exchange: previewed, merged, written once, taken back whole; by page and by zip."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.ledger.certificate import Certificate
from backend.core.ledger.replay import final_quantities
from backend.core.model.holdings import EventKind
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation
from backend.tests.api.statement_files import (
    HISTORY,
    HISTORY_NAME,
    IMPORTS,
    WITHDRAWALS,
    WITHDRAWALS_NAME,
    commit,
    dirty_from,
    ledger,
    open_file,
    undo,
    withdrawn,
)
from backend.tests.builders import deposit, ms

SAMPLES: Final = Path(__file__).parents[4] / "shared/binance-exports"
ACCOUNT: Final = SAMPLES / "constructed-account-a"
needs_samples = pytest.mark.skipif(not ACCOUNT.is_dir(), reason="the exports of ../shared are not here")


@pytest.fixture
def account(empty: Installation) -> int:
    """An account that nobody reads, so that only what is imported is in its ledger."""
    with empty.container.store.write() as unit:
        made = unit.accounts.ensure("simulator", "main", "reference")
    return made.id


def zipped(*files: tuple[str, str]) -> str:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(f"export/{name}", text)
    return base64.b64encode(content.getvalue()).decode()


def test_a_preview_says_of_each_line_what_it_moves_and_writes_nothing(empty: Installation, account: int) -> None:
    preview = open_file(empty.api, HISTORY)
    assert (preview["item"]["kind"], preview["complete"], preview["columns"]) == ("statement", True, [])
    assert [(line["n"], line["state"], line["reason"], line["event"]) for line in preview["lines"]] == [
        (2, "new", None, "deposit"),
        (3, "new", None, "trade"),
        (4, "new", None, "trade"),
        (5, "new", None, "trade"),
        (6, "ignored", "own_move", None),
        (7, "error", "operation_unknown", None),
        (8, "new", None, "withdrawal"),
    ]
    first = preview["lines"][0]
    assert (first["timestamp"], first["moves"]) == (
        "2024-03-01T08:00:00Z",
        [{"asset": "USDT", "quantity": "5000"}],
    )
    assert preview["counts"] == {"new": 5, "known": 0, "error": 1, "ignored": 1}
    assert ledger(empty, account) == []
    unknown = empty.api.read(f"{IMPORTS}/{preview['import_id']}/lines", state="error")["items"]
    assert [(line["n"], line["detail"]) for line in unknown] == [(7, "Moon Landing Bonus")]


def test_a_line_that_cannot_be_read_leaves_the_certificate_estimated_as_an_unknown_operation_does(
    empty: Installation, account: int
) -> None:
    with empty.container.store.write() as unit:
        unit.proofs.set_certificate(account, Certificate(ms("2024-07-01T00:00:00Z"), (), None))
    torn = HISTORY.replace("Moon Landing Bonus,USDT,5,", "Deposit,USDT,five,").replace("Spot,Withdraw,BTC,-0.0112,", "")
    preview = open_file(empty.api, torn)
    assert [line["reason"] for line in preview["lines"] if line["state"] == "error"] == [
        "number_unreadable",
        "cells_missing",
    ]
    commit(empty.api, preview)
    (one,) = empty.api.read(f"{IMPORTS}/certificate")["accounts"]
    assert (one["status"], one["reason"], one["not_understood"]) == ("estimated", "unknown_operations", 2)


def test_what_a_commit_refused_is_kept_and_leaves_the_certificate_estimated_until_it_is_dismissed(
    empty: Installation, account: int
) -> None:
    with empty.container.store.write() as unit:
        unit.proofs.set_certificate(account, Certificate(ms("2024-07-01T00:00:00Z"), (), None))

    def certified() -> tuple[object, ...]:
        (one,) = empty.api.read(f"{IMPORTS}/certificate")["accounts"]
        return one["complete"], one["status"], one["reason"], one["not_understood"]

    assert certified() == (True, "exact", None, 0)
    first = open_file(empty.api, HISTORY)
    assert first["refused"] is None
    commit(empty.api, first)
    commit(empty.api, open_file(empty.api, HISTORY))
    kept = empty.api.read(f"{IMPORTS}/{first['import_id']}")["refused"]
    assert (kept["not_understood"], kept["dismissed"]) == (1, False)
    assert kept["lines"] == [
        {
            "position": 6,
            "file": "",
            "n": 7,
            "reason": "operation_unknown",
            "detail": "Moon Landing Bonus",
            "text": "1,24-03-03 11:15:20,Spot,Moon Landing Bonus,USDT,5,",
        }
    ]
    assert certified() == (True, "estimated", "unknown_operations", 2)
    path = f"{IMPORTS}/{first['import_id']}"
    assert empty.api.post(f"{path}/dismiss").status_code == 200
    assert empty.api.read(path)["refused"]["dismissed"] is True
    assert certified() == (True, "estimated", "unknown_operations", 1)
    imports = [one["id"] for one in empty.api.read(IMPORTS)["items"] if one["state"] == "committed"]
    (other,) = set(imports) - {first["import_id"]}
    assert empty.api.post(f"{IMPORTS}/{other}/undo").status_code == 200
    assert certified() == (True, "exact", None, 0)
    assert empty.api.post(f"{IMPORTS}/{other}/dismiss").status_code == 409


def test_a_commit_writes_events_and_an_undo_takes_all_of_them_back(empty: Installation, account: int) -> None:
    preview = open_file(empty.api, HISTORY)
    item = commit(empty.api, preview)["item"]
    assert (item["written"], item["refused"], item["ignored"]) == (5, 1, 1)
    assert (item["first_at"], item["last_at"]) == ("2024-03-01T08:00:00Z", "2024-05-21T16:45:00Z")
    assert final_quantities(ledger(empty, account)) == {"USDT": Decimal("3757.417"), "BTC": Decimal("0.00878")}
    assert dirty_from(empty, account) == ms("2024-03-01T08:00:00Z")
    again = open_file(empty.api, HISTORY)
    assert again["counts"] == {"new": 0, "known": 5, "error": 1, "ignored": 1}
    commit(empty.api, again)
    assert len(ledger(empty, account)) == 3
    # The second file tells all of it as well.
    assert undo(empty.api, again) == 0
    undone = empty.api.post(f"{IMPORTS}/{preview['import_id']}/undo").json
    assert undone["item"]["removed"] == 5  # type: ignore[index]  # an object by the contract
    assert ledger(empty, account) == []


def test_a_file_that_tells_more_takes_the_place_of_one_that_tells_less_until_it_is_undone(
    empty: Installation, account: int
) -> None:
    commit(empty.api, open_file(empty.api, HISTORY))
    assert withdrawn(empty, account) == [(Decimal("-0.0112"), "out")]
    better = open_file(empty.api, WITHDRAWALS, WITHDRAWALS_NAME)
    assert better["counts"] == {"new": 0, "known": 1, "error": 0, "ignored": 0}
    commit(empty.api, better)
    assert withdrawn(empty, account) == [(Decimal("-0.01"), "out"), (Decimal("-0.0012"), "fee")]
    empty.api.post(f"{IMPORTS}/{better['import_id']}/undo")
    assert withdrawn(empty, account) == [(Decimal("-0.0112"), "out")]


def test_what_the_api_tells_later_replaces_what_the_file_told(empty: Installation, account: int) -> None:
    commit(empty.api, open_file(empty.api, HISTORY))
    told = deposit("USDT", "5000", ms("2024-03-01T07:58:00Z"))
    with empty.container.store.write() as unit:
        assert unit.ledger.add(account, [told]) == told.at_ms
    assert [event for event in ledger(empty, account) if event.kind is EventKind.DEPOSIT] == [told]
    with empty.container.store.write() as unit:
        unit.ledger.delete(account, told.source, [told.external_id])
    assert [event.source for event in ledger(empty, account) if event.kind is EventKind.DEPOSIT] == [
        "statement:transactions"
    ]


def test_a_zip_is_one_import_of_all_its_files(empty: Installation, account: int) -> None:
    files = ((HISTORY_NAME, HISTORY), (WITHDRAWALS_NAME, WITHDRAWALS), ("notes.csv", "a,b\n1,2\n"))
    answer = empty.api.post(IMPORTS, json={"name": "all.zip", "content_base64": zipped(*files)})
    assert answer.status_code == 201, answer.text
    preview: Any = answer.json
    lines = {(line["file"], line["n"]): (line["state"], line["reason"]) for line in preview["lines"]}
    assert lines[HISTORY_NAME, 8] == ("known", None)
    assert lines[WITHDRAWALS_NAME, 2] == ("new", None)
    assert lines["notes.csv", 1] == ("error", "form_unknown")
    assert [line["position"] for line in preview["lines"]] == list(range(1, 10))
    commit(empty.api, preview)
    assert withdrawn(empty, account) == [(Decimal("-0.01"), "out"), (Decimal("-0.0012"), "fee")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"PK"])
def test_a_zip_that_cannot_be_opened_is_refused(empty: Installation, account: int, content: bytes) -> None:
    answer = empty.api.post(IMPORTS, json={"name": "a.zip", "content_base64": base64.b64encode(content).decode()})
    assert field_errors(answer) == {"content"}


def test_a_spreadsheet_is_no_zip_of_exports(empty: Installation, account: int) -> None:
    sheet = {"name": "flows.xlsx", "content_base64": zipped(("xl/workbook.xml", "<x/>"))}
    answer = empty.api.post(IMPORTS, json=sheet)
    assert field_errors(answer) == {"content"}
    assert "export it as CSV" in answer.text


def test_a_file_is_sent_in_one_way(empty: Installation, account: int) -> None:
    both = {"name": "a.csv", "content": "a", "content_base64": "YQ=="}
    assert field_errors(empty.api.post(IMPORTS, json=both)) == {"content"}
    assert field_errors(empty.api.post(IMPORTS, json={"name": "a.csv"})) == {"content"}
    assert field_errors(empty.api.post(IMPORTS, json={"name": "a.csv", "content_base64": "YQ="})) == {"content_base64"}


def test_a_zone_that_nothing_states_is_asked_before_anything_is_written(empty: Installation, account: int) -> None:
    preview = open_file(empty.api, HISTORY, "history.csv")
    assert [question["field"] for question in preview["questions"]] == ["time_zone"]
    assert {line["reason"] for line in preview["lines"]} == {"time_zone_needed"}
    assert empty.api.post(f"{IMPORTS}/{preview['import_id']}/commit").status_code == 409
    changed = empty.api.send("PUT", f"{IMPORTS}/{preview['import_id']}", json={"answers": {"time_zone": "+02:00"}})
    assert changed.json["counts"]["new"] == 5  # type: ignore[index]  # an object by the contract


def test_flows_of_older_programs_are_taken_as_they_were_written(empty: Installation, account: int) -> None:
    entries = [
        {"timestamp": "202405011030", "amount_usd": 1500.25, "description": "first"},
        {"timestamp": "2024-05-02T10:30:00Z", "amount_usd": -200.1, "type": "WITHDRAW"},
    ]
    preview = open_file(empty.api, json.dumps(entries), "cashflows.json", time_zone="UTC")
    assert [(line["n"], line["timestamp"], line["type"], line["amount_usd"]) for line in preview["lines"]] == [
        (2, "2024-05-01T10:30:00Z", "DEPOSIT", "1500.25"),
        (3, "2024-05-02T10:30:00Z", "WITHDRAW", "-200.1"),
    ]
    for text in ("[1]", "{", '[{"a": 1}]'):
        assert empty.api.post(IMPORTS, json={"name": "a.json", "content": text}).status_code == 422


@needs_samples
def test_the_seven_files_of_an_account_come_to_its_balances_and_flows(empty: Installation, account: int) -> None:
    expected = json.loads((ACCOUNT / "expected.json").read_text(encoding="utf-8"))
    for _ in range(2):
        for path in sorted(ACCOUNT.glob("*.csv"), reverse=True):
            commit(empty.api, open_file(empty.api, path.read_text(encoding="utf-8"), path.name))
    balances: dict[str, Decimal] = {}
    for wallet in ("spot_balances", "futures_balances"):
        for coin, amount in expected[wallet].items():
            balances[coin] = balances.get(coin, Decimal(0)) + Decimal(amount)
    events = ledger(empty, account)
    assert final_quantities(events) == {coin: amount for coin, amount in balances.items() if amount}
    flows = [
        (event.at_ms, event.kind.value, leg.asset, abs(leg.amount)) for event in events for leg in event.flow_legs()
    ]
    assert sorted(flows) == [
        (ms(flow["time"]), flow["kind"], flow["coin"], Decimal(flow["amount"])) for flow in expected["external_flows"]
    ]


def test_deposits_of_a_statement_become_flows_at_the_price_of_their_minute(
    api: Api, installation: Installation
) -> None:
    def flows() -> list[Any]:
        return [row for row in api.read("/api/performance/cashflows", limit=1000)["items"] if row["asset"] == "BTC"]

    def twr() -> Any:
        return api.read("/api/performance/twr/30")["twr_percent"]

    before = flows(), twr()
    text = (
        "User ID,Time,Account,Operation,Coin,Change,Remark\n"
        "1,26-05-20 10:00:00,Spot,Deposit,BTC,0.5,\n"
        "1,26-05-25 10:00:00,Spot,Withdraw,BTC,-0.5,\n"
    )
    preview = open_file(api, text, "history.csv", time_zone="UTC")
    try:
        commit(api, preview)
        installation.settled()
        new = [row for row in flows() if row["timestamp"] in ("2026-05-20T10:00:00Z", "2026-05-25T10:00:00Z")]
        assert [(row["type"], row["status"], row["quantity"]) for row in new] == [
            ("WITHDRAW", "exact", "0.5"),
            ("DEPOSIT", "exact", "0.5"),
        ]
        for row in new:
            worth = Decimal(row["quantity"]) * Decimal(row["price_usd"])
            assert abs(Decimal(row["amount_usd"])) == worth > 0
        assert twr() != before[1]
    finally:
        assert api.post(f"{IMPORTS}/{preview['import_id']}/undo").status_code == 200
    installation.settled()
    assert (flows(), twr()) == before


def test_moves_between_own_wallets_are_kept_with_the_file_that_told_them(empty: Installation, account: int) -> None:
    def moved() -> list[tuple[str, str, Decimal]]:
        with empty.container.store.read() as unit:
            return [(one.from_wallet, one.to_wallet, one.amount) for one in unit.wallet_moves.all(account)]

    first, second = open_file(empty.api, HISTORY), open_file(empty.api, HISTORY)
    assert moved() == []
    commit(empty.api, first)
    assert moved() == [("spot", "funding", Decimal(5))]
    empty.api.post(f"{IMPORTS}/{second['import_id']}/commit")
    assert moved() == [("spot", "funding", Decimal(5))]
    undo(empty.api, first)
    assert moved() == [("spot", "funding", Decimal(5))]
    undo(empty.api, second)
    assert moved() == []
