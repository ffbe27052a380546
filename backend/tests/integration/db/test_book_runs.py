"""Prepared sums and counts are those that adding up and counting the rows would give, at any instant and filter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.book_sums import NOTHING_HELD
from backend.core.ledger.cost_translation import wanted_prices
from backend.core.model.accounts import Account
from backend.core.model.holdings import LedgerEvent
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.tests.builders import T0, deposit, trade
from backend.tests.integration.db.test_books import add, history, price_of
from backend.tests.query_plans import plan_of, reads_through

SPANS: Final = ((None, None), (T0 + 60_000, None), (None, T0 + 60_000), (T0 + 30_500, T0 + 90_000), (T0, T0))


def kept(store: SqlStore, account: Account, events: Sequence[LedgerEvent]) -> None:
    add(store, account, events)
    BookKeeper(store, "USDT").update(account.id, None, price_of)


def together() -> list[LedgerEvent]:
    """Three trades of one instant, the last of them with the lowest number of a row."""
    at_ms = T0 + 500_000
    return [trade("BUY", "BTC", Decimal(1), "USDT", Decimal(100), at_ms, number) for number in (9_002, 9_001, 9_000)]


@pytest.mark.parametrize("symbol", [None, "BTCUSDT", "ETHUSDT", "XRPUSDT"])
@pytest.mark.parametrize("side", [None, "BUY", "SELL"])
def test_the_number_of_trades_is_that_of_the_rows(
    store: SqlStore, account: Account, symbol: str | None, side: str | None
) -> None:
    kept(store, account, history(120) + together())
    with store.read() as unit:
        for span in SPANS:
            rows = unit.books.trades(account.id, symbol, side, span, None, 1_000)
            assert unit.books.count_trades(account.id, symbol, side, span) == len(rows)
        assert symbol == "XRPUSDT" or unit.books.count_trades(account.id, symbol, side, (None, None)) > 0


def test_a_trade_that_comes_late_is_counted_with_those_after_it(store: SqlStore, account: Account) -> None:
    kept(store, account, history(120))
    kept(store, account, [trade("SELL", "BTC", Decimal("0.1"), "USDT", Decimal(9), T0 + 20_500, 5_000)])
    with store.read() as unit:
        assert unit.books.count_trades(account.id, None, None, (None, None)) == 121
        assert unit.books.count_trades(account.id, None, None, (T0 + 20_500, T0 + 20_501)) == 1


@pytest.mark.parametrize("at_ms", [T0, T0 + 1, T0 + 30_500, T0 + 60_000, T0 + 10**9])
def test_what_a_coin_had_come_to_is_that_of_books_that_end_there(store: SqlStore, account: Account, at_ms: int) -> None:
    events = [*history(120), deposit("XRP", "7", T0 + 40_000)]
    kept(store, account, events)
    book = AccountBook("USDT")
    for one in sorted(events, key=lambda one: one.at_ms):
        if one.at_ms < at_ms:
            prices = {asset: price_of(asset, [one.at_ms])[one.at_ms].price for asset in wanted_prices(one, "USDT")}
            book.book(one, prices, None)
    with store.read() as unit:
        found = unit.books.subject_runs(account.id, at_ms)
    assert {subject: run.sums for subject, run in found.items()} == book.sums
    for (asset, _), run in found.items():
        holding = book.open.get(asset)
        assert run.held == (Decimal(0) if holding is None else holding.held)
        assert run.held_cost == (NOTHING_HELD if holding is None else tuple(holding.held_cost))
    assert (("XRP", False) in found) is (at_ms > T0 + 40_000)


def test_sums_and_counts_are_looked_up_and_not_read_through(engine: Engine, store: SqlStore, account: Account) -> None:
    kept(store, account, history(60))
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with store.read() as unit:
            unit.books.subject_runs(account.id, T0 + 30_000)
            unit.books.count_trades(account.id, "BTCUSDT", "BUY", (T0, T0 + 30_000))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    looked = [(statement, parameters) for statement, parameters in asked if statement.startswith("SELECT")]
    assert len(looked) == 3
    with engine.connect() as connection:
        for statement, parameters in looked:
            plan = plan_of(connection, statement, parameters)
            assert not reads_through(plan), plan
