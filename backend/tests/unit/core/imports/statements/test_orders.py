"""Order histories and tax reports: read to events, which give way to what tells the same better."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.core.imports.statements.entries import Told
from backend.tests.builders import deposit, ms, trade
from backend.tests.unit.core.imports.statements.told import (
    TRADES,
    all_legs,
    counting,
    history,
    imported,
    legs,
    reasons,
    told,
)

ORDERS = "Date(UTC),OrderNo,Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status"
WITHOUT_NUMBER = "Date(UTC),Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status"
WITH_TRIGGER = ORDERS.replace(",status", ",Trigger Condition,status")
INNER = ",Date(UTC),Trading Price,Filled,Total,Fee"
ORDER = "2024-03-01 10:00:00,77,BTCUSDT,BUY,60000,0.03,60000,0.03,1800,Filled"
FILLS = (",2024-03-01 10:00:05,60000,0.01,600.00,0.00001BTC", ",2024-03-01 11:30:00,60000,0.02,1200.00,0.001BNB")
TAX = (
    "ID,Date,Type,Label,Sent Amount,Sent Currency,Sent Address,Received Amount,Received Currency,Fee Amount,"
    "Fee Currency,Comment"
)
FILLED = [["BTC +0.01", "USDT -600", "(BTC -0.00001)"], ["BTC +0.02", "USDT -1200", "(BNB -0.001)"]]


def plain(found: Told) -> list[list[str]]:
    return [[leg.replace("600.00", "600").replace("1200.00", "1200") for leg in one] for one in all_legs(found)]


@pytest.mark.parametrize(("header", "order"), [
    (ORDERS, ORDER),
    (WITHOUT_NUMBER, ORDER.replace("77,", "")),
    (WITH_TRIGGER, ORDER.replace(",Filled", ",>= 59000,Filled")),
])  # fmt: skip
def test_the_fills_below_an_order_are_trades(header: str, order: str) -> None:
    found = told(header, order, INNER, *FILLS, order.replace("0.03,1800", "0,0").replace("Filled", "Canceled"))
    assert plain(found) == FILLED
    assert [(one.event.symbol, one.event.side, one.event.at_ms) for one in found.entries] == [
        ("BTCUSDT", "BUY", ms("2024-03-01T10:00:05Z")),
        ("BTCUSDT", "BUY", ms("2024-03-01T11:30:00Z")),
    ]
    # The order tells nothing that its fills do not, and one that was never filled moved nothing.
    assert reasons(found) == {2: "moves_nothing", 3: "moves_nothing", 6: "moves_nothing"}


def test_a_fill_that_cannot_be_read_is_named_and_never_its_order_taken_instead() -> None:
    found = told(ORDERS, ORDER, INNER, ",2024-03-01 10:00:05,60000,some,600,0", FILLS[1], INNER, ",,,,,")
    assert plain(found) == FILLED[1:]
    assert {n: reason for n, reason in reasons(found).items() if reason != "moves_nothing"} == {
        4: "number_unreadable",
    }
    assert reasons(told(ORDERS, FILLS[0])) == {2: "counterpart_missing"}


def test_a_fill_is_told_once_whoever_tells_it_too() -> None:
    orders = told(ORDERS, ORDER, INNER, *FILLS)
    trades = told(
        TRADES,
        "24-03-01 10:00:05,BTCUSDT,BUY,60000,0.01BTC,600USDT,0.00001BTC",
        "24-03-01 11:30:00,BTCUSDT,BUY,60000,0.02BTC,1200USDT,0.001BNB",
    )
    rows = history(
        "10:00:05,Spot,Transaction Buy,BTC,0.01",
        "10:00:05,Spot,Transaction Spend,USDT,-600",
        "10:00:05,Spot,Transaction Fee,BTC,-0.00001",
    )
    for files in ([orders, trades, rows], [rows, trades, orders], [trades, orders]):
        assert {event.source for event in counting(imported(files))} == {"statement:trades"}
    assert [event.source for event in counting(imported([orders, rows]))] == [
        "statement:transactions",
        "statement:orders",
    ]


def test_an_order_without_fills_gives_way_to_the_fills_that_come_to_it() -> None:
    orders = told(ORDERS, ORDER)
    assert all_legs(orders) == [["BTC +0.03", "USDT -1800"]]
    at = ms("2024-03-01T10:00:00Z")
    fills = [
        trade("BUY", "BTC", "0.01", "USDT", "600", at + 5_345, 1, fee=("BTC", "0.00001")),
        trade("BUY", "BTC", "0.02", "USDT", "1200", at + 5_400_000, 2, fee=("BNB", "0.001")),
    ]
    before = trade("BUY", "BTC", "0.03", "USDT", "1800", at - 60_000, 3)
    for stored in (imported([orders], before=[before, *fills]), [*imported([orders]), before, *fills]):
        assert counting(stored) == [before, *fills]
    # Fills that come to something else are other fills.
    assert len(counting(imported([orders], before=fills[:1]))) == 2
    assert len(counting(imported([orders], before=[replace(one, side="SELL") for one in fills]))) == 3


@pytest.mark.parametrize(("row", "expected"), [
    ("a,2024-03-01 10:00,Trade,N/A,600,USDT,,0.01,BTC,0.001,BNB,", ["BTC +0.01", "USDT -600", "(BNB -0.001)"]),
    ("a,2024-03-01 10:00,Buy,N/A,299,EUR,,325.9,USDT,1,EUR,", ["USDT +325.9"]),
    ("a,2024-03-01 10:00,Receive,N/A,0,,,0.15,USDT,0,,", ["USDT +0.15"]),
    ("a,2024-03-01 10:00,Send,N/A,1,ETH,0xabc,0,,0.001,ETH,", ["ETH -1", "(ETH -0.001)"]),
])  # fmt: skip
def test_a_row_of_a_tax_report_is_what_was_sent_and_received(row: str, expected: list[str]) -> None:
    assert all_legs(told(TAX, row)) == [expected]


def test_a_row_of_a_tax_report_that_does_not_hold_together_is_reported() -> None:
    for row in ("Sell,N/A,1,ETH,,900,EUR,0,,", "Receive,N/A,1,ETH,,1,EUR,0,,", "Trade,N/A,0,,,1,EUR,0,,"):
        assert reasons(told(TAX, f"a,2024-03-01 10:00,{row}")) == {2: "type_unknown"}


def test_a_tax_report_tells_nothing_again() -> None:
    report = told(
        TAX,
        "a,2024-03-01 10:00,Trade,N/A,600,USDT,,0.01,BTC,0.00001,BTC,",
        "b,2024-03-01 10:02,Receive,N/A,0,,,0.15,USDT,0,,",
        "c,2024-03-01 12:00,Receive,N/A,0,,,7,USDT,0,,",
    )
    rows = history(
        "10:00:41,Spot,Transaction Buy,BTC,0.01",
        "10:00:41,Spot,Transaction Spend,USDT,-600",
        "10:00:41,Spot,Transaction Fee,BTC,-0.00001",
        "10:02:59,Spot,Cashback Voucher,USDT,0.15",
    )
    api = [deposit("USDT", "7", ms("2024-03-01T11:59:00Z"))]
    left = counting(imported([report, rows], before=api))
    assert [event.source for event in left] == ["statement:transactions", "statement:transactions", "deposit"]
    assert [legs(event) for event in counting(imported([report]))][1] == ["USDT +0.15"]
