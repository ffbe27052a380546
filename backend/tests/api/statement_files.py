"""Exports of the exchange as tests send them: previewed, written, taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation

IMPORTS: Final = "/api/imports"
HISTORY: Final = (
    "\ufeffUser ID,Time,Account,Operation,Coin,Change,Remark\r\n"
    "1,24-03-01 10:00:00,Spot,Deposit,USDT,5000,\n"
    "1,24-03-01 11:15:20,Spot,Transaction Buy,BTC,0.02,\n"
    "1,24-03-01 11:15:20,Spot,Transaction Spend,USDT,-1242.583,\r\n"
    "1,24-03-01 11:15:20,Spot,Transaction Fee,BTC,-0.00002,\n"
    "1,24-03-02 11:15:20,Spot,Transfer Between Main and Funding Wallet,USDT,-5,\n"
    "1,24-03-03 11:15:20,Spot,Moon Landing Bonus,USDT,5,\n"
    "1,24-05-21 18:45:00,Spot,Withdraw,BTC,-0.0112,Withdraw fee is included\n"
)
WITHDRAWALS: Final = (
    "Time,Coin,Network,Amount,Fee,Address,TXID,Status\n24-05-21 18:45:00,BTC,BTC,0.01,0.0012,ext,tx,Completed\n"
)
HISTORY_NAME, WITHDRAWALS_NAME = "Transaction-History(UTC+2).csv", "Withdraw-History(UTC+2).csv"


def open_file(api: Api, content: str, name: str = HISTORY_NAME, **answers: Any) -> Any:
    answer = api.post(IMPORTS, json={"name": name, "content": content, "answers": answers})
    assert answer.status_code == 201, answer.text
    return answer.json


def commit(api: Api, preview: Any) -> Any:
    answer = api.post(f"{IMPORTS}/{preview['import_id']}/commit", query_string={"expected": preview["counts"]["new"]})
    assert answer.status_code == 200, answer.text
    return answer.json


def undo(api: Api, preview: Any) -> Any:
    """How many lines an undo takes back."""
    answer = api.post(f"{IMPORTS}/{preview['import_id']}/undo")
    assert answer.status_code == 200, answer.text
    return answer.json["item"]["removed"]  # type: ignore[index]  # an object by the contract


def ledger(running: Installation, account: int) -> list[LedgerEvent]:
    with running.container.store.read() as unit:
        return list(unit.ledger.all(account))


def dirty_from(running: Installation, account: int) -> int | None:
    with running.container.store.read() as unit:
        return unit.accounts.sync_state(account).dirty_from_ms


def withdrawn(running: Installation, account: int) -> list[tuple[Decimal, str]]:
    found = [event for event in ledger(running, account) if event.kind is EventKind.WITHDRAWAL]
    return [(leg.amount, leg.role) for event in found for leg in event.legs]
