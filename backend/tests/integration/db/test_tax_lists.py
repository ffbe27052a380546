"""Yearly lists: every line exact, of one state of the books, of a year that begins and ends in its zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.api.shapes.export import as_csv
from backend.core import export_rows, tax_lists
from backend.core.errors import DomainError
from backend.core.ledger.cost_translation import OLD_PRICE, EnteredCost
from backend.core.ledger.lots import Method
from backend.core.ledger.positions import decode_positions
from backend.core.model.accounts import Account
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.tax_lists import TaxLists
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.services.past_prices import NOTHING, PastPrice
from backend.tests.builders import deposit, income, ms, trade

NEW_YEAR = ms("2026-01-01T00:00:00Z")
D = Decimal


def price_of(asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
    """NEW has no price yet, and OLD has not been traded for a while."""
    told = NOTHING if asset == "NEW" else PastPrice(D(600), OLD_PRICE if asset == "OLD" else None)
    return dict.fromkeys(instants_ms, told)


@pytest.fixture
def lists(store: SqlStore, account: Account) -> TaxLists:
    settings = ViewSettings(account.environment, "USDT", 30, 3600, "UTC")
    return TaxLists(store, PortfolioView(store, settings, lambda: 0), settings)


def booked(store: SqlStore, account: Account, events: Iterable[LedgerEvent]) -> None:
    with store.write() as unit:
        unit.ledger.add(account.id, events)
        unit.accounts.update_sync(account.id, import_complete=True)
    BookKeeper(store, "USDT").update(account.id, None, price_of)


def told(lists: TaxLists, what: Any, method: Method = Method.FIFO, zone: str = "UTC") -> list[dict[str, Any]]:
    found = lists.export(what, method, 2025, zone, None)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def reward(asset: str, amount: str, at_ms: int, note: str, source: str = "dividend") -> LedgerEvent:
    return replace(income(EventKind.REWARD, asset, amount, at_ms), source=source, note=note)


def test_a_sale_tells_what_it_took_under_each_method(store: SqlStore, account: Account, lists: TaxLists) -> None:
    day = NEW_YEAR - 300 * DAY_MS
    booked(
        store,
        account,
        [
            deposit("USDT", "10000", day - DAY_MS),
            trade("BUY", "BTC", "1", "USDT", "100", day, 1, ("USDT", "1")),
            trade("BUY", "BTC", "1", "USDT", "300", day + 10 * DAY_MS, 2),
            trade("SELL", "BTC", "1.5", "USDT", "600", day + 40 * DAY_MS, 3, ("USDT", "2")),
        ],
    )
    cost = {Method.AVERAGE: D("300.75"), Method.FIFO: D("251"), Method.LIFO: D("350.5"), Method.HIFO: D("350.5")}
    for method in Method:
        (sale,) = told(lists, "disposals", method)
        assert (sale["quantity"], sale["proceeds"], sale["fee"]) == (D("1.5"), D(598), D(2))
        assert (sale["cost"], sale["gain"]) == (cost[method], D(598) - cost[method])
        assert (sale["acquired_at"], sale["acquired_last_at"]) == ("2025-03-07T00:00:00Z", "2025-03-17T00:00:00Z")
        assert (sale["holding_days"], sale["cost_status"], sale["status"]) == (40, "known", "exact")


def test_coins_of_unknown_cost_are_told_apart_until_the_cost_is_entered(
    store: SqlStore, account: Account, lists: TaxLists
) -> None:
    day = NEW_YEAR - 100 * DAY_MS
    booked(store, account, [deposit("BTC", "1", day), trade("SELL", "BTC", "1", "USDT", "900", day + DAY_MS, 1)])
    found = lists.export("disposals", Method.FIFO, 2025, "UTC", None)
    (row,) = found.rows
    sale = dict(zip(found.columns, row, strict=True))
    assert (sale["cost"], sale["cost_status"], sale["status"]) == (D(600), "unknown", "estimated")
    assert found.totals is not None
    assert found.totals()["status"] == "estimated"
    with store.write() as unit:
        (lot,) = unit.books.lots(account.id, "unknown", None, 10)
        unit.books.enter_cost(lot.id, EnteredCost(D("12.5"), day - 400 * DAY_MS))
        unit.books.mark(account.id, lot.at_ms)
    BookKeeper(store, "USDT").update(account.id, None, price_of)
    (sale,) = told(lists, "disposals")
    assert (sale["cost"], sale["cost_status"], sale["holding_days"]) == (D("12.5"), "known", 401)


def test_income_is_told_by_kind_at_the_price_of_its_minute(store: SqlStore, account: Account, lists: TaxLists) -> None:
    day = NEW_YEAR - 10 * DAY_MS
    booked(
        store,
        account,
        [
            reward("BNB", "0.5", day, "REALTIME", "earn_flexible"),
            reward("ETH", "0.01", day + 1, "ETH 2.0 Staking"),
            reward("USDT", "3", day + 2, "Referral Kickback"),
            reward("NEW", "7", day + 3, "Airdrop"),
            reward("BNB", "-0.1", day + 4, "REALTIME", "earn_flexible"),
        ],
    )
    rows = told(lists, "income")
    assert [(row["kind"], row["price"], row["value"], row["price_source"], row["status"]) for row in rows] == [
        ("earn", D(600), D(300), "minute_close", "exact"),
        ("staking", D(600), D(6), "minute_close", "exact"),
        ("referral", D(1), D(3), "reporting_currency", "exact"),
        ("airdrop", None, None, None, "unavailable"),
        ("charge", D(600), D(-60), "minute_close", "exact"),
    ]
    found = lists.export("income", Method.FIFO, 2025, "UTC", None)
    assert len(list(found.rows)) == 5
    # What has no price is not in the sum, and the sum says that it is not all.
    assert found.totals is not None
    assert found.totals() == {"value": D(249), "status": "estimated"}


def test_what_rests_on_an_old_price_is_an_estimate(store: SqlStore, account: Account, lists: TaxLists) -> None:
    day = NEW_YEAR - 10 * DAY_MS
    booked(
        store,
        account,
        [
            deposit("USDT", "1000", day - DAY_MS),
            reward("OLD", "0.5", day, "Airdrop"),
            trade("BUY", "BTC", "1", "USDT", "100", day + 1, 1),
            trade("SELL", "BTC", "1", "OLD", "0.25", day + 2, 2),
            trade("BUY", "BTC", "1", "USDT", "200", day + 3, 3),
            trade("SELL", "BTC", "1", "USDT", "300", day + 4, 4),
        ],
    )
    (airdrop,) = told(lists, "income")
    assert (airdrop["value"], airdrop["price_source"], airdrop["status"]) == (D(300), OLD_PRICE, "estimated")
    into_old, into_money = told(lists, "disposals")
    assert (into_old["proceeds"], into_old["cost_status"], into_old["status"]) == (D(150), "known", "estimated")
    assert (into_money["proceeds"], into_money["status"]) == (D(300), "exact")
    for what in ("income", "disposals"):
        found = lists.export(what, Method.FIFO, 2025, "UTC", None)
        list(found.rows)
        assert found.totals is not None
        assert found.totals()["status"] == "estimated"
    with store.read() as unit:
        state = unit.books.state(account.id)
        book = decode_positions(unit.accounts.sync_state(account.id).positions)
    # Profit is split all the same, and says why it is an estimate.
    assert state is not None
    assert book is not None
    assert (state.reason, book.complete, book.reason) == (OLD_PRICE, True, OLD_PRICE)


def test_a_year_is_that_of_its_zone(store: SqlStore, account: Account, lists: TaxLists) -> None:
    late = NEW_YEAR - 3_600_000
    booked(store, account, [reward("USDT", "1", late, "before midnight in London, after it in Paris")])
    assert len(told(lists, "income", zone="UTC")) == 1
    assert len(told(lists, "income", zone="Europe/Paris")) == 0
    assert "from 2024-12-31T23:00:00Z until before 2025-12-31T23:00:00Z" in str(
        lists.export("income", Method.FIFO, 2025, "Europe/Paris", None).note
    )


def test_text_of_the_exchange_is_no_formula(store: SqlStore, account: Account, lists: TaxLists) -> None:
    booked(store, account, [reward("USDT", "-1", NEW_YEAR - DAY_MS, '=HYPERLINK("x")')])
    text = "".join(as_csv(lists.export("income", Method.FIFO, 2025, "UTC", None)))
    assert '"\'=HYPERLINK(""x"")"' in text
    assert ",-1," in text


def test_a_list_of_two_states_of_the_books_is_never_written(
    store: SqlStore, account: Account, lists: TaxLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "PAGE_ROWS", 1)
    monkeypatch.setattr(tax_lists, "PAGE_ROWS", 1)
    day = NEW_YEAR - 10 * DAY_MS
    booked(store, account, [reward("USDT", "1", day + number, "", "earn_flexible") for number in range(3)])
    assert len(told(lists, "income")) == 3
    found = lists.export("income", Method.FIFO, 2025, "UTC", None)
    next(found.rows)
    with store.write() as unit:
        unit.books.mark(account.id, day)
    with pytest.raises(DomainError, match="ask again"):
        list(found.rows)


def test_nothing_is_told_while_the_books_are_made_and_an_unread_history_is_named(
    store: SqlStore, account: Account, lists: TaxLists
) -> None:
    with pytest.raises(DomainError, match="still being read"):
        lists.export("income", Method.FIFO, 2025, "UTC", None)
    booked(store, account, [reward("USDT", "1", NEW_YEAR - DAY_MS, "")])
    assert "still being read" not in str(lists.export("income", Method.FIFO, 2025, "UTC", None).note)
    with store.write() as unit:
        unit.accounts.update_sync(account.id, import_complete=False)
    assert "still being read" in str(lists.export("income", Method.FIFO, 2025, "UTC", None).note)
    with store.write() as unit:
        unit.books.mark(account.id, 0)
    with pytest.raises(DomainError, match="being made"):
        lists.export("income", Method.FIFO, 2025, "UTC", None)
