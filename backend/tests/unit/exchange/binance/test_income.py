"""Histories of income: every row once whatever the pages, windows kept, own moves left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import pytest

from backend.core.model.history import MovementSource
from backend.core.model.holdings import EventKind
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.income import income_paths
from backend.exchange.binance.movement_reader import MovementReader

BASE = 1_780_000_000_000
EVERYWHERE = Endpoints("http://x/api", "http://x/sapi", "http://x/fapi", "http://x/dapi")
Row = dict[str, Any]


class Library:
    """Stands for python-binance: answers out of rows as the exchange pages them."""

    def __init__(self, futures: Sequence[Row] = (), dividends: Sequence[Row] = (), records: Sequence[Row] = ()) -> None:
        self.futures, self.dividends, self.records = futures, dividends, records
        self.asked: list[Mapping[str, Any]] = []

    def futures_income_history(self, **asked: Any) -> list[Row]:
        return self._between(self.futures, asked, "time")[: asked["limit"]]

    def get_asset_dividend_history(self, **asked: Any) -> Row:
        rows = self._between(self.dividends, asked, "divTime")
        return {"rows": rows[::-1][: asked["limit"]], "total": len(rows)}

    def _request_margin_api(self, method: str, path: str, signed: bool, data: Mapping[str, Any]) -> Row:
        name = "interestAccuredTime" if path == "margin/interestHistory" else "time"
        rows = self._between(self.records, data, name)
        first = (data["current"] - 1) * data["size"]
        return {"rows": rows[::-1][first : first + data["size"]], "total": len(rows)}

    def _between(self, rows: Sequence[Row], asked: Mapping[str, Any], name: str) -> list[Row]:
        self.asked.append(asked)
        return [row for row in rows if asked["startTime"] <= row[name] <= asked["endTime"]]


class Calls:
    """Stands for the client that books and retries calls: hands them on."""

    def __init__(self, library: Any, endpoints: Endpoints = EVERYWHERE) -> None:
        self.endpoints = endpoints
        self._library = library

    def server_time_ms(self) -> int:
        return BASE

    def signed(self, pool: str, weight: int, call: Callable[[Any], Any], read: Callable[[Any], Any]) -> Any:
        return read(call(self._library))


def reader(library: Library, endpoints: Endpoints = EVERYWHERE) -> MovementReader:
    return MovementReader(cast(ApiClient, Calls(library, endpoints)), income_paths(endpoints))


def line(number: int, at_ms: int, kind: str = "FUNDING_FEE", amount: str = "-0.5", symbol: str = "BTCUSDT") -> Row:
    return {
        "symbol": symbol, "incomeType": kind, "income": amount, "asset": "USDT", "info": "", "time": at_ms,
        "tranId": number, "tradeId": "",
    }  # fmt: skip


def test_a_testnet_tells_none() -> None:
    assert reader(Library(), Endpoints("http://x/api")).sources() == []


def test_windows_are_no_longer_than_the_exchange_allows() -> None:
    longest = {"dividend": 180, "futures_usdm": 90, "futures_coinm": 365}
    for source in reader(Library()).sources():
        assert source.window_ms < longest.get(source.name, 30) * 86_400_000


@pytest.mark.parametrize("apart_ms", [0, 1, 60_000])
def test_rows_of_one_millisecond_on_two_pages_are_read_once_each(apart_ms: int) -> None:
    rows = [line(number, BASE + number // 7 * apart_ms + (number >= 900) * 3) for number in range(2500)]
    if apart_ms == 0:
        # More in one millisecond than a page has cannot be told apart by time: one page of them is all there is.
        rows = rows[:1900]
    found = reader(Library(futures=rows)).read("futures_usdm", BASE, BASE + 10**9)
    assert len(found) == len({event.external_id for event in found}) == len(rows)


def test_a_page_of_one_millisecond_does_not_stop_the_walk() -> None:
    rows = [line(number, BASE) for number in range(1000)] + [line(5000, BASE + 7)]
    found = reader(Library(futures=rows)).read("futures_usdm", BASE, BASE + 100)
    assert len(found) == 1001


def test_lines_of_a_futures_wallet_become_income_and_costs_without_own_moves() -> None:
    kinds = {
        "REALIZED_PNL": EventKind.FUTURES_RESULT,
        "COMMISSION": EventKind.FUTURES_FEE,
        "FUNDING_FEE": EventKind.FUNDING,
        "SOMETHING_NEW": EventKind.FUTURES_RESULT,
    }
    rows = [line(number, BASE + number, kind) for number, kind in enumerate(kinds)]
    rows.append(line(10, BASE + 10, "WELCOME_BONUS", "3"))
    rows += [line(11, BASE + 11, kind, "9") for kind in ("TRANSFER", "INTERNAL_TRANSFER", "CROSS_COLLATERAL_TRANSFER")]
    rows.append(line(12, BASE + 12, "FUNDING_FEE", "0.00000000"))
    found = reader(Library(futures=rows)).read("futures_usdm", BASE, BASE + 100)
    assert [event.kind for event in found] == [*kinds.values(), EventKind.REWARD]
    assert {event.legs[0].amount for event in found[:4]} == {Decimal("-0.5")}
    assert not any(event.flow_legs() for event in found)


def test_more_dividends_than_one_answer_holds_are_asked_for_by_halves() -> None:
    rows = [
        {"id": n, "tranId": n, "asset": "ADA", "amount": "1", "divTime": BASE + n * 1000, "enInfo": "", "direction": 1}
        for n in range(1300)
    ]
    library = Library(dividends=rows)
    found = reader(library).read("dividend", BASE, BASE + 1300 * 1000)
    assert len(found) == 1300
    assert all(asked["startTime"] <= asked["endTime"] for asked in library.asked)


def test_a_dividend_that_went_out_is_negative() -> None:
    row = {"id": 1, "tranId": 1, "asset": "OLD", "amount": "5", "divTime": BASE, "enInfo": "OLD to NEW"}
    other = row | {"id": 2, "asset": "NEW", "amount": "6", "direction": 1}
    found = reader(Library(dividends=[row | {"direction": -1}, other])).read("dividend", BASE, BASE)
    assert sorted((event.legs[0].asset, event.legs[0].amount) for event in found) == [
        ("NEW", Decimal(6)),
        ("OLD", Decimal(-5)),
    ]
    assert {event.kind for event in found} == {EventKind.REWARD}


def test_both_sides_of_a_coin_that_changed_its_name_are_one_rename() -> None:
    row = {"id": 1, "tranId": 1, "asset": "OLD", "amount": "5", "divTime": BASE, "enInfo": "OLD to NEW"}
    sides = [row | {"direction": -1}, row | {"asset": "NEW", "amount": "500", "direction": 1}]
    (found,) = reader(Library(dividends=sides)).read("dividend", BASE, BASE)
    assert (found.kind, found.flow_legs()) == (EventKind.RENAME, ())
    assert sorted((leg.role, leg.asset, leg.amount) for leg in found.legs) == [
        ("in", "NEW", Decimal(500)),
        ("out", "OLD", Decimal(-5)),
    ]


@pytest.mark.parametrize("count", [0, 99, 100, 101, 250])
def test_every_page_of_a_numbered_history_is_read(count: int) -> None:
    rows = [
        {"asset": "ADA", "rewards": "1", "projectId": "ADA001", "type": "REALTIME", "time": BASE + number}
        for number in range(count)
    ]
    found = reader(Library(records=rows)).read("earn_flexible", BASE, BASE + 1000)
    assert [event.kind for event in found] == [EventKind.REWARD] * count


def test_a_loan_changes_nothing_that_is_owned_and_its_incoming_leg_is_the_debt() -> None:
    row = {
        "isolatedSymbol": "", "amount": "2.5", "asset": "ETH", "interest": "0.5", "principal": "2", "txId": 7,
        "status": "CONFIRMED", "time": BASE, "timestamp": BASE,
    }  # fmt: skip
    library = Library(records=[row, row | {"txId": 8, "status": "FAILED"}])
    taken, failed = sorted(reader(library).read("margin_loan", BASE, BASE), key=lambda event: event.external_id)
    repaid, _ = sorted(reader(library).read("margin_repayment", BASE, BASE), key=lambda event: event.external_id)
    assert (failed.legs, failed.settled) == ((), True)
    assert [(leg.role, leg.amount) for leg in taken.legs] == [("in", Decimal("2.5")), ("out", Decimal("-2.5"))]
    assert [(leg.role, leg.amount) for leg in repaid.legs] == [("in", Decimal("-2.5")), ("out", Decimal("2.5"))]


def test_an_isolated_pair_is_asked_for_by_its_name() -> None:
    row = {
        "isolatedSymbol": "ETHUSDT", "interest": "0.5", "asset": "USDT", "principal": "2", "txId": 7,
        "interestRate": "0.1", "type": "PERIODIC", "interestAccuredTime": BASE,
    }  # fmt: skip
    library = Library(records=[row])
    of = {source.name: source for source in reader(library).sources()}
    pair = of["isolated_interest"].of_pair("ETHUSDT")
    (charged,) = reader(library).read(pair.name, BASE, BASE)
    assert library.asked[0]["isolatedSymbol"] == "ETHUSDT"
    assert (charged.source, charged.symbol) == (pair.events, "ETHUSDT") == ("margin_interest", "ETHUSDT")
    assert {name for name, source in of.items() if source.by_pair} == {
        *("isolated_interest", "isolated_loan", "isolated_repayment"),
    }
    reader(library).read("margin_interest", BASE, BASE)
    assert "isolatedSymbol" not in library.asked[-1]


def test_interest_older_than_six_months_is_asked_for_as_archived_beside_the_rest() -> None:
    library, edge = Library(), BASE - 180 * DAY_MS
    reader(library).read("margin_interest", edge, edge + DAY_MS)
    assert [asked.get("archived") for asked in library.asked] == [None]
    library.asked.clear()
    reader(library).read("margin_interest", edge - 1, edge + DAY_MS)
    assert [asked.get("archived") for asked in library.asked] == [None, "true"]


def test_loans_are_asked_for_a_week_at_a_time_as_no_answer_tells_more() -> None:
    weeks = {source.name: source.window_ms for source in reader(Library()).sources() if "loan" in source.name}
    assert weeks == dict.fromkeys(("margin_loan", "isolated_loan"), 7 * DAY_MS - 1)


def test_the_sources_name_their_wallets() -> None:
    told: set[Wallet] = set()
    for source in reader(Library()).sources():
        assert isinstance(source, MovementSource)
        told |= source.wallets
    assert told == set(Wallet) - {Wallet.FUNDING, Wallet.STAKING, Wallet.OUTSIDE, Wallet.STATEMENTS}
