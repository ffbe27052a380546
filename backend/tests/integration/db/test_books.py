"""The keeper's rows are those of one pass over the whole ledger, whatever came late, was taken back or entered."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy import event as sql_event

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.cost_translation import EnteredCost
from backend.core.model.accounts import Account
from backend.core.model.holdings import LedgerEvent
from backend.db import book_models
from backend.db.unit_of_work import SqlStore
from backend.services import book_keeper
from backend.services.book_keeper import BookKeeper
from backend.services.past_prices import PastPrice
from backend.tests.builders import T0, deposit, trade, withdrawal
from backend.tests.query_plans import plan_of

TABLES = (
    book_models.booked_trades,
    book_models.booked_positions,
    book_models.booked_sums,
    book_models.booked_runs,
    book_models.booked_subject_runs,
    book_models.booked_lots,
    book_models.booked_disposals,
    book_models.booked_income,
)


def price_of(asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
    """A price that depends on the instant alone."""
    return {at_ms: PastPrice(Decimal(100 + (at_ms // 1000) % 50), None) for at_ms in instants_ms}


def history(count: int, seed: int = 1) -> list[LedgerEvent]:
    """Deposits first, then trades of three coins that never take more than there is, and now and then a withdrawal."""
    dice = random.Random(seed)
    events = [deposit("USDT", "1000000", T0), deposit("BTC", "5", T0 + 1), deposit("ETH", "50", T0 + 2)]
    held = {"BTC": Decimal(5), "ETH": Decimal(50), "BNB": Decimal(0)}
    for number in range(count):
        coin = dice.choice(list(held))
        at_ms = T0 + 1000 * (number + 1)
        if held[coin] > 1 and dice.random() < 0.5:
            # At times all of it: a position is closed.
            quantity = held[coin] if dice.random() < 0.2 else (held[coin] / 2).quantize(Decimal("1e-8"))
            events.append(trade("SELL", coin, quantity, "USDT", quantity * 120, at_ms, number, ("USDT", "0.1")))
            held[coin] -= quantity
        else:
            quantity = Decimal(dice.randrange(1, 300)) / 100
            events.append(trade("BUY", coin, quantity, "USDT", quantity * 110, at_ms, number, ("USDT", "0.1")))
            held[coin] += quantity
        if number % 40 == 39 and held["BTC"] > 1:
            events.append(withdrawal("BTC", "0.5", at_ms + 1, f"w{number}", fee="0.01"))
            held["BTC"] -= Decimal("0.51")
    return events


def add(store: SqlStore, account: Account, events: Iterable[LedgerEvent]) -> None:
    with store.write() as unit:
        unit.ledger.add(account.id, events)


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Everything booked, without the numbers of rows, in an order of its own."""
    found = {}
    with engine.connect() as connection:
        for table in TABLES:
            columns = [column for column in table.columns if column.name not in ("id", "event_id")]
            found[table.name] = sorted(
                (tuple(row) for row in connection.execute(select(*columns))), key=lambda row: tuple(map(str, row))
            )
    return found


def booked_at_once(engine: Engine, store: SqlStore, account: Account) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a keeper that has the whole ledger before it and no checkpoint to go on from."""
    with store.write() as unit:
        unit.books.forget_after(account.id, -1)
        unit.books.mark(account.id, 0)
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    return rows(engine)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks and checkpoints as a ledger of millions would have them."""
    monkeypatch.setattr(book_keeper, "CHUNK_EVENTS", 50)
    monkeypatch.setattr(book_keeper, "CHECKPOINT_EVENTS", 60)
    monkeypatch.setattr(book_keeper, "LOTS_AN_EVENT", 1_000_000)


def test_events_that_come_one_by_one_give_the_rows_of_all_at_once(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    events = history(160)
    keeper = BookKeeper(store, "USDT")
    add(store, account, events[:100])
    assert keeper.update(account.id, None, price_of) == 100
    for event in events[100:]:
        add(store, account, [event])
        assert keeper.update(account.id, None, price_of) == 1
    assert keeper.update(account.id, None, price_of) == 0
    assert rows(engine) == booked_at_once(engine, store, account)


def test_a_new_start_goes_on_from_the_newest_checkpoint(engine: Engine, store: SqlStore, account: Account) -> None:
    events = history(200)
    add(store, account, events[:-1])
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    add(store, account, events[-1:])
    assert BookKeeper(store, "USDT").update(account.id, None, price_of) < 60 + 50
    assert rows(engine) == booked_at_once(engine, store, account)


@pytest.mark.parametrize("late", [3, 40, 120, 199])
def test_a_late_event_has_what_follows_its_checkpoint_booked_anew(
    engine: Engine, store: SqlStore, account: Account, late: int
) -> None:
    events = history(200)
    missed = events.pop(late)
    add(store, account, events)
    keeper = BookKeeper(store, "USDT")
    keeper.update(account.id, None, price_of)
    add(store, account, [missed])
    assert 0 < keeper.update(account.id, None, price_of) <= len(events) + 1
    assert rows(engine) == booked_at_once(engine, store, account)


def test_an_event_that_is_taken_back_leaves_no_trace(engine: Engine, store: SqlStore, account: Account) -> None:
    events = history(150)
    add(store, account, events)
    keeper = BookKeeper(store, "USDT")
    keeper.update(account.id, None, price_of)
    gone = events[77]
    with store.write() as unit:
        unit.ledger.delete(account.id, gone.source, [gone.external_id])
        unit.accounts.mark_dirty(account.id, gone.at_ms)
    keeper.update(account.id, None, price_of)
    assert rows(engine) == booked_at_once(engine, store, account)


def test_an_entered_cost_outlives_every_rebuild(engine: Engine, store: SqlStore, account: Account) -> None:
    add(store, account, history(150))
    keeper = BookKeeper(store, "USDT")
    keeper.update(account.id, None, price_of)
    with store.write() as unit:
        lot = next(lot for lot in unit.books.lots(account.id, "unknown", None, 10) if lot.asset == "ETH")
        unit.books.enter_cost(lot.id, EnteredCost(Decimal("12.5"), T0 - 1000))
        unit.books.mark(account.id, lot.at_ms)
    keeper.update(account.id, None, price_of)
    with store.read() as unit:
        (entered,) = unit.books.lots(account.id, "entered", None, 10)
        assert (entered.cost, entered.acquired_ms) == (Decimal("12.5"), T0 - 1000)
        assert unit.books.state(account.id).unknown_lots == 1  # type: ignore[union-attr]  # there is one by now
    assert rows(engine) == booked_at_once(engine, store, account)


def test_a_change_while_the_books_are_written_is_not_lost(engine: Engine, store: SqlStore, account: Account) -> None:
    add(store, account, history(120))
    keeper = BookKeeper(store, "USDT")
    keeper.update(account.id, None, price_of)
    add(store, account, [trade("BUY", "BTC", "1", "USDT", "100", T0 + 10**6, 9999)])

    def meanwhile(asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
        with store.write() as unit:
            unit.books.mark(account.id, T0 + 2)
        return price_of(asset, instants_ms)

    add(store, account, [deposit("ETH", "1", T0 + 10**6 + 1)])
    keeper.update(account.id, None, meanwhile)
    with store.read() as unit:
        state = unit.books.state(account.id)
    assert state is not None
    assert state.dirty_from_ms == T0 + 2
    keeper.update(account.id, None, price_of)
    assert rows(engine) == booked_at_once(engine, store, account)


def test_one_more_trade_costs_the_same_statements_however_long_the_ledger_is(
    engine: Engine, store: SqlStore, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_keeper, "CHECKPOINT_EVENTS", 1_000_000)
    keeper = BookKeeper(store, "USDT")
    counted: list[int] = []
    told: list[str] = []
    sql_event.listen(engine, "before_cursor_execute", lambda *arguments: told.append(arguments[2]))
    events = history(400)
    for place, event in enumerate(events):
        add(store, account, [event])
        told.clear()
        keeper.update(account.id, None, price_of)
        if place in (20, len(events) - 1):
            counted.append(len(told))
    assert counted[0] == pytest.approx(counted[1], abs=3)
    assert max(counted) < 30


def test_what_is_new_is_found_without_reading_what_is_known(engine: Engine, store: SqlStore, account: Account) -> None:
    add(store, account, history(10))
    told: list[tuple[str, Any]] = []
    sql_event.listen(engine, "before_cursor_execute", lambda *arguments: told.append(arguments[2:4]))
    with store.read() as unit:
        assert unit.books.new_since(account.id, 5) == (T0 + 3000, 13)
    statement, parameters = next(one for one in told if "ledger_events" in one[0])
    with engine.connect() as connection:
        plan = " ".join(plan_of(connection, statement, parameters))
    assert any(step in plan for step in ("INTEGER PRIMARY KEY (rowid>?)", "Index Cond: (id > ")), plan


def test_the_stored_positions_are_those_of_the_books(store: SqlStore, account: Account) -> None:
    events = history(90)
    add(store, account, events)
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    book = AccountBook("USDT")
    for event in events:
        assets = {leg.asset for leg in event.legs}
        book.book(event, {asset: price_of(asset, [event.at_ms])[event.at_ms].price for asset in assets})
    with store.read() as unit:
        found = unit.books.open_positions(account.id, 0, 10)
    assert {row.asset: (row.held, row.held_cost) for row in found} == {
        asset: (one.held, tuple(one.held_cost)) for asset, one in book.open.items()
    }
