"""A ledger that is read again and again: what is known of it is told from memory, and never what is known no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from backend.core.model.holdings import EventKind, KnownEvents, LedgerEvent, Leg
from backend.db import ledger as module
from backend.db.unit_of_work import SqlStore

AT = 1_780_000_000_000


def deposit(number: int, amount: str = "1", source: str = "deposit") -> LedgerEvent:
    leg = Leg("BTC", Decimal(amount), "in")
    return LedgerEvent(source, str(number), EventKind.DEPOSIT, AT + number, (leg,))


@pytest.fixture
def account(store: SqlStore) -> int:
    with store.write() as unit:
        return unit.accounts.ensure("simulator", "main", "reference").id


def both(store: SqlStore, account: int, known: KnownEvents) -> Sequence[LedgerEvent]:
    """What is told from memory, which is what the table says."""
    with store.read() as unit:
        told = unit.ledger.again(account, known)
        assert told == unit.ledger.all(account)
    return told


def test_what_is_there_already_is_not_made_anew(store: SqlStore, account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    known: KnownEvents = {}
    with store.write() as unit:
        unit.ledger.add(account, [deposit(number) for number in range(1_500)])
    assert len(both(store, account, known)) == 1_500
    with store.write() as unit:
        unit.ledger.add(account, [deposit(1_500)])
    made: list[int] = []

    def counted(row: object) -> LedgerEvent:
        made.append(1)
        return original(row)  # type: ignore[arg-type]  # a row of the very query

    original = module.event_of
    monkeypatch.setattr(module, "event_of", counted)
    with store.read() as unit:
        assert len(unit.ledger.again(account, known)) == 1_501
    assert len(made) == 1


def test_whatever_changes_in_a_row_is_told(store: SqlStore, account: int) -> None:
    known: KnownEvents = {}
    with store.write() as unit:
        unit.ledger.add(account, [deposit(1), deposit(2), deposit(3)])
    both(store, account, known)
    with store.write() as unit:
        unit.ledger.reclassify(account, "deposit", "1", EventKind.ADJUSTMENT_INCOME)
        unit.ledger.add(account, [replace(deposit(2), transaction="0xabc", address="here")])
        unit.ledger.delete(account, "deposit", ["3"])
    found = both(store, account, known)
    assert [event.kind for event in found] == [EventKind.ADJUSTMENT_INCOME, EventKind.DEPOSIT]
    assert found[1].transaction == "0xabc"


@pytest.mark.of_sqlite(reason="a server gives no number twice")
def test_a_row_that_has_the_number_of_a_deleted_one_is_another(store: SqlStore, account: int, engine: Engine) -> None:
    known: KnownEvents = {}
    with store.write() as unit:
        unit.ledger.add(account, [deposit(1), deposit(2)])
    both(store, account, known)
    with store.write() as unit:
        unit.ledger.delete(account, "deposit", ["2"])
        unit.ledger.add(account, [deposit(2, "5")])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT max(id) FROM ledger_events")).scalar() == 2, "numbers are given anew"
    assert both(store, account, known)[1].legs[0].amount == Decimal(5)


def test_one_that_a_better_source_tells_too_counts_no_more(store: SqlStore, account: int, engine: Engine) -> None:
    known: KnownEvents = {}
    with store.write() as unit:
        unit.ledger.add(account, [deposit(1), deposit(2)])
    both(store, account, known)
    with engine.connect() as connection:
        connection.execute(text("UPDATE ledger_events SET superseded = TRUE WHERE external_id = '1'"))
        connection.execute(text("COMMIT"))
    assert [event.external_id for event in both(store, account, known)] == ["2"]
