"""What the ledger was told since it was compared with the balances: it decides which entries may give way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.core.model.accounts import Account
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit, trade, unexplained

SOLD = trade("SELL", "ETH", "1", "USDT", "2000", T0 + 5, fee=("BNB", "0.001"))


def told(store: SqlStore, account_id: int) -> dict[str, int]:
    with store.read() as unit:
        return dict(unit.ledger.newly_told(account_id))


def test_each_coin_of_what_is_new_is_told_with_its_earliest_instant(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.ledger.add(account.id, [deposit("ETH", "1", T0 + 3), SOLD])
        unit.ledger.add(account.id, [deposit("ETH", "1", T0 + 1)])
        unit.ledger.add(account.id, [deposit("ETH", "1", T0 + 9)])
    assert told(store, account.id) == {"ETH": T0 + 1, "USDT": T0 + 5, "BNB": T0 + 5}
    with store.write() as unit:
        unit.ledger.note_compared(account.id)
        # Known, or no report: nothing is new.
        unit.ledger.add(account.id, [SOLD, unexplained("BTC", "1", T0)])
        unit.ledger.delete(account.id, "reconciliation", [unexplained("BTC", "1", T0).external_id])
    assert told(store, account.id) == {}


@pytest.mark.parametrize("how", ["called off", "statement taken back"])
def test_what_is_taken_back_is_told_too(store: SqlStore, account: Account, how: str) -> None:
    statement = replace(SOLD, source="statement:trade")
    with store.write() as unit:
        if how == "called off":
            unit.ledger.add(account.id, [SOLD])
        else:
            unit.ledger.add_import(account.id, 1, [statement])
        assert unit.ledger.newly_told(account.id).keys() == {"ETH", "USDT", "BNB"}
        unit.ledger.note_compared(account.id)
        if how == "called off":
            unit.ledger.delete(account.id, SOLD.source, [SOLD.external_id])
        else:
            unit.ledger.delete_import(account.id, 1)
    assert told(store, account.id) == dict.fromkeys(("ETH", "USDT", "BNB"), T0 + 5)
