"""Accounts that wait for their first statement, found with one question however many there are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Engine, event

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.accounts import LastReading
from backend.core.told_accounts import told_accounts
from backend.core.untold import untold
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit

HERE = "simulator"


def names(store: SqlStore) -> set[str]:
    with store.read() as unit:
        waiting = untold(unit, unit.accounts.in_environment(HERE))
        assert [one.id for one in told_accounts(unit, HERE, None) if one.id in waiting] == []
        return {one.name for one in unit.accounts.in_environment(HERE) if one.id in waiting}


def test_an_account_waits_until_a_report_or_a_reading_told_something(store: SqlStore) -> None:
    with store.write() as unit:
        unit.accounts.ensure(HERE, "with a key", "reference")
        unit.accounts.create(HERE, "new")
        told = unit.accounts.create(HERE, "told")
        unit.ledger.add(told.id, [deposit("BTC", "1", T0)])
        reconciled = unit.accounts.create(HERE, "only our own entry")
        unit.ledger.add(reconciled.id, [replace(deposit("BTC", "1", T0), source=RECONCILIATION)])
        read = unit.accounts.ensure(HERE, "gave its key up", "another")
        unit.accounts.give_up_key(read.id, LastReading(T0, {"BTC": Decimal(1)}))
        unread = unit.accounts.ensure(HERE, "gave up a key that never read", "a third")
        unit.accounts.give_up_key(unread.id, None)
    assert names(store) == {"new", "only our own entry", "gave up a key that never read"}


def test_more_accounts_are_no_more_questions(store: SqlStore, engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def questions() -> int:
        asked.clear()
        with store.read() as unit:
            told_accounts(unit, HERE, None)
        return len(asked)

    with store.write() as unit:
        unit.accounts.create(HERE, "one")
    alone = questions()
    with store.write() as unit:
        for number in range(30):
            unit.accounts.create(HERE, f"account {number}")
    assert questions() == alone
