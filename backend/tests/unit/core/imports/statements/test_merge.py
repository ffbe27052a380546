"""One movement told by several sources counts once; equal movements of one source are as many as were told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.imports.statements.entries import Told
from backend.core.imports.statements.merge import doubles
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.tests.builders import deposit, ms, trade, withdrawal
from backend.tests.unit.core.imports.statements.told import (
    HISTORY,
    TRADES,
    counting,
    history,
    imported,
    legs,
    looked_at,
    states,
    told,
)

AT = ms("2024-03-01T10:00:00Z")
FILL = "24-03-01 10:00:00,BTCUSDT,BUY,60000,0.01BTC,600USDT,0.00001BTC"
ROWS = (
    "10:00:00,Spot,Transaction Buy,BTC,0.01",
    "10:00:00,Spot,Transaction Spend,USDT,-600",
    "10:00:00,Spot,Transaction Fee,BTC,-0.00001",
)
WITHDRAWALS = "Time,Coin,Network,Amount,Fee,Address,TXID,Status"


def test_the_same_file_again_adds_nothing() -> None:
    file = told(TRADES, FILL, FILL)
    once = imported([file])
    assert len(once) == 2
    assert imported([file, file]) == once
    assert states(looked_at(file, once)) == ["known", "known"]


def test_one_more_equal_row_is_one_more_event() -> None:
    stored = imported([told(TRADES, FILL), told(TRADES, FILL, FILL)])
    assert len(stored) == 2
    assert states(looked_at(told(TRADES, FILL, FILL, FILL), stored)) == ["known", "known", "new"]


def test_a_row_with_an_id_of_its_own_counts_once_however_often_it_stands_in_a_file() -> None:
    line = "24-01-02 03:04:05,FUNDING_FEE,-0.1,USDT,BTCUSDT,5"
    file = told("Time,Type,Amount,Asset,Symbol,Transaction ID", line, line)
    assert states(looked_at(file, [])) == ["new", "known"]
    assert len(imported([file])) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_trades_and_transaction_history_tell_one_trade_in_any_order(order: tuple[int, int]) -> None:
    files = [told(TRADES, FILL), history(*ROWS)]
    stored = imported([files[number] for number in order])
    assert [(event.source, legs(event)) for event in counting(stored)] == [
        ("statement:trades", ["BTC +0.01", "USDT -600", "(BTC -0.00001)"])
    ]
    assert len(stored) == 2
    assert set(states(looked_at(files[order[1]], imported([files[order[0]]])))) == {"known"}


def test_of_two_equal_fills_one_told_twice_still_leaves_the_other() -> None:
    stored = imported([history(*ROWS, *ROWS), told(TRADES, FILL)])
    assert sorted(event.source for event in counting(stored)) == ["statement:trades", "statement:transactions"]


def test_fills_that_two_exports_pair_otherwise_are_compared_by_their_sums() -> None:
    trades = told(
        TRADES,
        "24-03-01 10:00:00,BTCUSDT,BUY,62200,0.02000BTC,1244USDT,0.00002BTC",
        "24-03-01 10:00:00,BTCUSDT,BUY,62100,0.02001BTC,1242.621USDT,0.00002001BTC",
    )
    rows = history(
        "10:00:00,Spot,Transaction Buy,BTC,0.02",
        "10:00:00,Spot,Transaction Buy,BTC,0.02001",
        "10:00:00,Spot,Transaction Spend,USDT,-1242.621",
        "10:00:00,Spot,Transaction Spend,USDT,-1244",
        "10:00:00,Spot,Transaction Fee,BTC,-0.00004001",
    )
    for files in ([trades, rows], [rows, trades]):
        assert {event.source for event in counting(imported(files))} == {"statement:trades"}


def test_a_withdrawal_gets_its_network_fee_from_the_export_that_tells_it() -> None:
    rows = history("10:00:00,Spot,Withdraw,ETH,-0.2512")
    row = told(WITHDRAWALS, "24-03-01 10:00:00,ETH,ETH,0.25,0.0012,a,tx,Completed")
    for files in ([rows, row], [row, rows]):
        assert [legs(event) for event in counting(imported(files))] == [["ETH -0.25", "(ETH -0.0012)"]]


def test_a_conversion_is_one_though_it_is_booked_later_than_it_was_asked_for() -> None:
    rows = history("10:00:41,Spot,Binance Convert,USDT,-200", "10:00:41,Spot,Binance Convert,BNB,0.4")
    header = "Time,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status"
    row = "24-03-01 10:00:00,Spot,BNBUSDT,Market,200USDT,0.4BNB,1,1,24-03-01 10:00:05,Successful"
    assert [event.source for event in counting(imported([rows, told(header, row)]))] == ["statement:converts"]


def test_what_the_api_told_counts_and_the_files_do_not_count_it_again() -> None:
    api = [
        trade("BUY", "BTC", "0.01", "USDT", "600", AT + 345, fee=("BTC", "0.00001")),
        deposit("USDT", "5000", AT - 3_600_000),
        withdrawal("ETH", "0.25", AT, fee="0.0012"),
    ]
    rows = history(
        *ROWS, "09:30:00,Spot,Deposit,USDT,5000", "10:00:00,Spot,Withdraw,ETH,-0.2512", "10:00:01,Spot,Deposit,USDT,7"
    )
    stored = imported([rows, told(TRADES, FILL)], before=api)
    assert [legs(event) for event in counting(stored) if event not in api] == [["USDT +7"]]
    # What the API tells afterwards takes the place of what the files told.
    later = [*imported([rows, told(TRADES, FILL)]), *api]
    assert [legs(event) for event in counting(later) if event not in api] == [["USDT +7"]]


def test_deposits_of_one_amount_hours_apart_are_two() -> None:
    stored = imported([history("01:00:00,Spot,Deposit,USDT,500", "10:00:00,Spot,Deposit,USDT,500")])
    api = [deposit("USDT", "500", ms("2024-03-01T09:58:00Z"))]
    left = counting([*api, *stored])
    assert [event.at_ms for event in left] == [ms("2024-03-01T01:00:00Z"), api[0].at_ms]


def bank_file(*rows: str) -> Told:
    """Deposits by a bank; a row is `day amount number`."""
    header = "Time,Method,Amount,Receive Amount,Fee,Status,Transaction ID"
    cells = (row.split() for row in rows)
    lines = [f"24-03-{day} 10:00:00,SEPA,{amount}EUR,{amount}EUR,0EUR,Successful,{key}" for day, amount, key in cells]
    return told(header, *lines, name="Fiat-Deposit-History.csv")


def credited(amount: str, days_later: float, key: str) -> LedgerEvent:
    """A bank's order as the API tells it."""
    at_ms = AT + int(days_later * DAY_MS)
    return replace(deposit("EUR", amount, at_ms, key), source="fiat_deposit")


def test_an_order_of_a_bank_is_one_by_its_number_though_it_was_credited_days_later() -> None:
    api = [credited("100", 3, "n1"), credited("100", 4, "n2")]
    file = bank_file("01 100 n1", "02 100 n2", "03 100 n3")
    left = counting(imported([file], before=api))
    assert [event.external_id for event in left] == ["n3", "n1", "n2"]
    assert states(looked_at(file, api)) == ["known", "known", "new"]


def test_an_order_of_a_bank_without_a_common_number_is_one_where_its_amount_is_the_only_one_within_a_week() -> None:
    assert counting(imported([bank_file("01 100 x")], before=[credited("100", 6.9, "n")])) == [
        credited("100", 6.9, "n")
    ]
    for api in ([credited("100", 7.1, "n")], [credited("101", 2, "n")]):
        assert len(counting(imported([bank_file("01 100 x")], before=api))) == 2
    # Nothing says which of two it is.
    two = [credited("100", 2, "n"), credited("100", 3, "m")]
    assert len(counting(imported([bank_file("01 100 x")], before=two))) == 3
    assert len(counting(imported([bank_file("01 100 x", "02 100 y")], before=two[:1]))) == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_transaction_history_tells_the_order_of_a_bank_when_it_was_credited(order: tuple[int, int]) -> None:
    files = [bank_file("01 100 x"), told(HISTORY, "1,24-03-04 10:00:00,Spot,Deposit,EUR,100,")]
    left = counting(imported([files[number] for number in order]))
    assert [event.source for event in left] == ["statement:fiat"]


def test_a_purchase_from_the_own_balance_is_one_swap_whoever_tells_of_it() -> None:
    api = LedgerEvent(
        "card_purchase",
        "78",
        EventKind.CONVERT,
        AT,
        (Leg("BTC", Decimal("0.1"), "in"), Leg("EUR", Decimal(-20), "out")),
    )
    header = "Time,Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID"
    file = told(header, "24-03-01 10:00:00,Cash Balance,20 EUR,0.1 BTC,0.2 EUR,1,Completed,78")
    rows = history("10:00:00,Spot,Buy Crypto With Fiat,EUR,-20", "10:00:01,Spot,Buy Crypto With Fiat,BTC,0.1")
    assert counting(imported([rows, file], before=[api])) == [api]
    assert [event.source for event in counting(imported([rows, file]))] == ["statement:fiat_buys"]


def test_a_rename_is_one_whoever_tells_of_it() -> None:
    both = (Leg("AAVE", Decimal(1), "in"), Leg("LEND", Decimal(-100), "out"))
    api = LedgerEvent("dividend", "1:AAVE", EventKind.RENAME, AT + 30_000, both)
    operation = "Token Swap - Redenomination/Rebranding"
    rows = history(f"10:00:00,Spot,{operation},LEND,-100", f"10:00:00,Spot,{operation},AAVE,1")
    assert counting(imported([rows], before=[api])) == [api]


def test_a_deposit_over_a_chain_is_one_by_its_transaction_though_it_was_credited_hours_after_it_was_seen() -> None:
    header = "Time,Coin,Network,Amount,Address,TXID,Status"
    rows = [f"24-03-01 10:00:00,BTC,BTC,{amount},a,{tx},Completed" for amount, tx in (("1", "0xAb"), ("1", "c"))]
    api = [replace(deposit("BTC", "1", AT + 30_000_000, name), transaction="0xab") for name in ("d1", "d2")]
    for files in ([told(header, rows[0])], [told(header, *rows)]):
        assert len(counting(imported(files, before=api))) == len(files[0].lines) + 1
    # A transaction may bring two of one amount, and each is told twice.
    both = imported([told(header, rows[0], rows[0])], before=api)
    assert counting(both) == api
    other = told(header, "24-03-01 10:00:00,BTC,BTC,2,a,0xab,Completed")
    assert len(counting(imported([other], before=api))) == 3


def test_deposits_over_a_chain_are_not_compared_over_days() -> None:
    rows = told(HISTORY, "1,24-03-04 10:00:00,Spot,Deposit,EUR,100,")
    assert len(counting(imported([rows], before=[deposit("EUR", "100", AT)]))) == 2


def test_a_reward_told_by_its_day_alone_is_that_of_the_day() -> None:
    rows = history("03:00:00,Spot,Simple Earn Flexible Interest,BTC,0.1")
    day = told("Time,Coin,Amount,Type", "24-03-01,BTC,0.1,Interest", "24-03-02,BTC,0.1,Interest")
    left = counting(imported([day, rows]))
    assert [event.source for event in left] == ["statement:transactions", "statement:earn"]


def test_futures_are_told_by_three_exports_and_count_once() -> None:
    files = [
        history("10:00:00,USD-M Futures,Fee,USDT,-0.2", "10:00:00,USD-M Futures,Realized Profit and Loss,USDT,5"),
        told(
            "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID",
            "1,24-03-01 10:00:00,BTCUSDT,SELL,1,1,1,0.2 USDT,5,false,true,9,8",
        ),
        told(
            "Time,Type,Amount,Asset,Symbol,Transaction ID",
            "24-03-01 10:00:00,COMMISSION,-0.2,USDT,BTCUSDT,1",
            "24-03-01 10:00:00,REALIZED_PNL,5,USDT,BTCUSDT,2",
        ),
    ]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        left = counting(imported([files[number] for number in order]))
        assert {event.source for event in left} == {"statement:futures_income"}
        assert sum((leg.amount for event in left for leg in event.legs), Decimal(0)) == Decimal("4.8")


def test_what_stands_in_for_an_unknown_cause_is_never_a_double() -> None:
    entry = LedgerEvent("reconciliation", "x", EventKind.UNEXPLAINED, AT, (Leg("USDT", Decimal(5), "in"),))
    assert doubles([entry, *imported([history("10:00:00,Spot,Deposit,USDT,5")])]) == {}


def test_two_sources_of_the_api_are_none_of_this_ones_business() -> None:
    one = deposit("USDT", "5", AT)
    assert doubles([one, replace(one, source="fiat")]) == {}


def test_files_of_one_import_tell_one_movement_once_too() -> None:
    rows = f"{HISTORY}\n1,24-03-01 10:00:00,Spot,Deposit,USDT,5,"
    file = told(*rows.split("\n"))
    stored = imported([file])
    assert len(imported([file, file, file])) == len(stored) == 1


OVER_A_CHAIN = replace(deposit("USDT", "100", AT), transaction="0xabc")
DEPOSITS = "Time,Coin,Network,Amount,Address,TXID,Status"


@pytest.mark.parametrize(("operation", "count"), [
    ("Crypto Box", 2), ("Binance Pay", 2), ("C2C Transfer", 2), ("P2P Trading", 2), ("Fiat Deposit", 2),
    ("Transfer Between Main Account and Sub-account", 2), ("Buy Crypto With Card", 2), ("  crypto  BOX ", 2),
    # The words that coins over a chain are told under, and one that names no way.
    ("Deposit", 1), ("Send", 1),
])  # fmt: skip
def test_what_came_another_way_is_no_deposit_of_a_chain_told_again(operation: str, count: int) -> None:
    file = history("11:00:00,Spot,Deposit,USDT,7", f"12:00:00,Funding,{operation},USDT,100")
    for stored in (imported([file], before=[OVER_A_CHAIN]), [*imported([file]), OVER_A_CHAIN]):
        assert len([event for event in counting(stored) if legs(event) == ["USDT +100"]]) == count
    # An export of deposits tells a chain by its transaction as the API does.
    row = told(DEPOSITS, "24-03-01 10:00:00,USDT,TRX,100,a,0xabc,Completed")
    assert len([one for one in counting(imported([file, row])) if legs(one) == ["USDT +100"]]) == count


@pytest.mark.parametrize(("source", "operation"), [
    ("pay", "Crypto Box"), ("pay", "Binance Pay"), ("pay", "C2C Transfer"), ("p2p", "C2C Transfer"),
    ("p2p", "P2P Trading"), ("pay", "Deposit"), ("card_purchase", "Buy Crypto With Card"),
    ("sub_account_in", "Transfer Between Main Account and Sub-account"), ("deposit", "Binance Pay"),
])  # fmt: skip
def test_a_flow_is_told_again_where_it_may_have_gone_the_same_way(source: str, operation: str) -> None:
    api = replace(deposit("USDT", "100", AT), source=source)
    file = history(f"12:00:00,Funding,{operation},USDT,100")
    assert counting(imported([file], before=[api])) == [api]


def test_coins_of_another_user_of_the_exchange_went_over_no_chain() -> None:
    api = replace(OVER_A_CHAIN, transaction="Off-chain transfer 1234")
    assert counting(imported([history("12:00:00,Funding,Binance Pay,USDT,100")], before=[api])) == [api]
