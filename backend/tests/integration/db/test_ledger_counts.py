"""The count of a ledger is that of its rows, whatever was added, told better elsewhere or taken back."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import Engine, text

from backend.core.model.accounts import Account
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit

COUNTED = text("SELECT account_id, count(*) AS counted FROM ledger_events WHERE NOT superseded GROUP BY account_id")
KEPT = text("SELECT account_id, events FROM ledger_counts ORDER BY account_id")


def test_the_count_follows_every_change(engine: Engine, store: SqlStore, account: Account) -> None:
    dice = random.Random(5)
    with store.write() as unit:
        other = unit.accounts.create(account.environment, "Other")
    for step in range(60):
        own = dice.choice((account.id, other.id))
        with store.write() as unit:
            told = [deposit("ADA", str(dice.randrange(1, 4)), T0 + dice.randrange(20) * 60_000) for _ in range(3)]
            if dice.random() < 0.5:
                unit.ledger.add(own, told)
            elif dice.random() < 0.7:
                lines = [
                    replace(one, source="statement:deposits", external_id=f"{step}:0:{number}")
                    for number, one in enumerate(told)
                ]
                unit.ledger.add_import(own, step, lines)
            else:
                unit.ledger.delete_import(own, dice.randrange(60))
        with engine.connect() as connection:
            counted = {row.account_id: row.counted for row in connection.execute(COUNTED)}
            kept = {row.account_id: row.events for row in connection.execute(KEPT)}
        assert {own: counted.get(own, 0) for own in (account.id, other.id)} == kept
    assert all(kept.values())
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("DELETE FROM accounts WHERE id = :id"), {"id": other.id})
    with engine.connect() as connection:
        assert [row.account_id for row in connection.execute(KEPT)] == [account.id]
