"""Rows of a transaction history become the events that made them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.imports.statements.operations import Class, class_of
from backend.core.model.holdings import EventKind
from backend.tests.unit.core.imports.statements.told import all_legs, history, legs, reasons


def test_rows_of_one_second_become_fills_with_their_fees_in_any_order() -> None:
    found = history(
        "10:00:00,Spot,Transaction Spend,USDT,-600",
        "10:00:00,Spot,Transaction Fee,BTC,-0.00002",
        "10:00:00,Spot,Transaction Buy,BTC,0.01",
        "10:00:00,Spot,Transaction Spend,USDT,-1200",
        "10:00:00,Spot,Transaction Buy,BTC,0.02",
        "10:00:00,Spot,Transaction Fee,BTC,-0.00001",
    )
    assert all_legs(found) == [
        ["BTC +0.01", "USDT -600", "(BTC -0.00001)"],
        ["BTC +0.02", "USDT -1200", "(BTC -0.00002)"],
    ]
    event = found.entries[0].event
    assert (event.kind, event.symbol, event.side, event.price) == (EventKind.TRADE, "BTCUSDT", "BUY", Decimal(60000))
    assert sorted(found.entries[0].lines + found.entries[1].lines) == [2, 3, 4, 5, 6, 7]


def test_equal_fills_of_one_second_stay_two() -> None:
    fill = ("10:00:00,Spot,Transaction Buy,BTC,0.01", "10:00:00,Spot,Transaction Spend,USDT,-600")
    assert all_legs(history(*fill, *fill)) == [["BTC +0.01", "USDT -600"]] * 2


def test_sides_that_are_booked_in_different_numbers_are_one_trade_of_their_sums() -> None:
    found = history(
        "10:00:00,Spot,Transaction Sold,SOL,-3",
        "10:00:00,Spot,Transaction Revenue,USDT,100",
        "10:00:00,Spot,Transaction Revenue,USDT,200",
    )
    assert all_legs(found) == [["USDT +300", "SOL -3"]]
    assert found.entries[0].event.side == "SELL"


def test_a_purchase_and_a_sale_of_one_second_are_told_apart() -> None:
    found = history(
        "10:00:00,Spot,Transaction Sold,SOL,-3",
        "10:00:00,Spot,Transaction Spend,USDT,-5",
        "10:00:00,Spot,Transaction Revenue,USDT,300",
        "10:00:00,Spot,Transaction Buy,BNB,0.01",
    )
    assert all_legs(found) == [["BNB +0.01", "USDT -5"], ["USDT +300", "SOL -3"]]


@pytest.mark.parametrize(
    ("words", "change", "expected"),
    [
        ("Margin Loan", "5", ["USDT +5", "USDT -5"]),
        ("Margin Repayment", "-5", ["USDT -5", "USDT +5"]),
        ("IsolatedMargin repayment", "-5", ["USDT -5", "USDT +5"]),
    ],
)
def test_a_loan_and_its_repayment_change_the_debt_as_they_change_the_coins(
    words: str, change: str, expected: list[str]
) -> None:
    (entry,) = history(f"10:00:00,Cross Margin,{words},USDT,{change}").entries
    assert (entry.event.kind, legs(entry.event)) == (EventKind.LOAN, expected)


PURCHASE = ("10:00:00,Spot,Buy Crypto With Fiat,EUR,-20", "10:00:00,Spot,Buy Crypto With Fiat,BTC,0.0004")


@pytest.mark.parametrize("rows", [PURCHASE, PURCHASE[::-1], (PURCHASE[0], PURCHASE[1].replace(":00,", ":01,"))])
def test_a_purchase_that_was_paid_with_money_of_the_account_is_a_swap(rows: tuple[str, str]) -> None:
    found = history(*rows)
    assert all_legs(found) == [["BTC +0.0004", "EUR -20"]]
    assert {entry.event.kind for entry in found.entries} == {EventKind.CONVERT}


def test_a_purchase_by_card_is_a_flow_of_the_coin() -> None:
    (bought,) = history(PURCHASE[1]).entries
    assert bought.event.kind is EventKind.DEPOSIT
    # What the card brought went out at once.
    found = history("10:00:01,Spot,Fiat OCBS - Add Fiat and Fees,EUR,20", *PURCHASE)
    assert sorted((entry.event.kind.value, *legs(entry.event)) for entry in found.entries) == [
        ("deposit", "BTC +0.0004"),
        ("deposit", "EUR +20"),
        ("withdrawal", "EUR -20"),
    ]


def test_halves_on_either_side_of_a_second_are_one_trade() -> None:
    found = history(
        "10:00:00,Spot,Transaction Spend,USDT,-5",
        "10:00:01,Spot,Transaction Buy,BNB,0.01",
        "10:00:02,Spot,Transaction Fee,BNB,-0.001",
    )
    assert all_legs(found) == [["BNB +0.01", "USDT -5", "(BNB -0.001)"]]


def test_a_side_without_the_other_is_reported() -> None:
    found = history(
        "10:00:00,Spot,Transaction Spend,USDT,-5",
        "10:00:05,Spot,Transaction Buy,BNB,0.01",
        "10:00:10,Spot,Transaction Fee,BNB,-0.001",
    )
    assert (reasons(found), found.entries) == (dict.fromkeys((2, 3, 4), "counterpart_missing"), [])


def test_pairs_of_one_second_that_can_be_read_in_two_ways_are_reported() -> None:
    found = history(
        "10:00:00,Spot,Buy,BTC,1",
        "10:00:00,Spot,Buy,ETH,1",
        "10:00:00,Spot,Sell,USDT,-5",
        "10:00:00,Spot,Sell,EUR,-5",
    )
    assert (set(reasons(found).values()), found.entries) == ({"legs_ambiguous"}, [])


def test_a_fee_in_a_second_coin_is_a_cost_beside_the_trade() -> None:
    found = history(
        "10:00:00,Spot,Transaction Buy,SOL,1",
        "10:00:00,Spot,Transaction Spend,USDT,-100",
        "10:00:00,Spot,Transaction Fee,SOL,-0.001",
        "10:00:00,Spot,Transaction Fee,BNB,-0.002",
    )
    assert all_legs(found) == [["SOL +1", "USDT -100", "(SOL -0.001)"], ["BNB -0.002"]]
    assert found.entries[1].event.kind is EventKind.REWARD


def test_dust_goes_by_its_remark_and_else_by_its_order() -> None:
    rows = (
        "10:00:00,Spot,Small Assets Exchange BNB,ADA,-0.5",
        "10:00:00,Spot,small assets exchange BNB,XRP,-0.7",
        "10:00:00,Spot,Small assets exchange BNB,BNB,0.1",
        "10:00:00,Spot,Small Assets Exchange BNB,BNB,0.2",
    )
    found = history(*rows)
    assert all_legs(found) == [["BNB +0.1", "ADA -0.5"], ["BNB +0.2", "XRP -0.7"]]
    assert {entry.event.kind for entry in found.entries} == {EventKind.CONVERT}


@pytest.mark.parametrize(
    ("operation", "coins"),
    [
        ("Binance Convert", ("USDT,-200", "BNB,0.4")),
        ("Stablecoins Auto-Conversion", ("BUSD,5", "USDC,-5")),
    ],
)
def test_one_coin_for_another_is_a_conversion(operation: str, coins: tuple[str, str]) -> None:
    found = history(*(f"10:00:00,Spot,{operation},{one}" for one in coins))
    assert [entry.event.kind for entry in found.entries] == [EventKind.CONVERT]
    assert {leg.role for leg in found.entries[0].event.legs} == {"in", "out"}


def test_moves_between_own_wallets_become_no_event() -> None:
    found = history(
        "10:00:00,Spot,Transfer Between Spot Account and UM Futures Account,USDT,-400",
        "10:00:00,USD-M Futures,Transfer Between Spot Account and UM Futures Account,USDT,400",
        "10:00:00,Spot,Simple Earn Locked Subscription,SOL,-1",
        "10:00:00,Spot,Transfer Between Main and Funding Wallet,SOL,-1",
    )
    assert (set(reasons(found).values()), found.entries) == ({"own_move"}, [])
    assert all(line.ignored for line in found.lines)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Spot,Deposit,USDT,5", EventKind.DEPOSIT),
        ("Spot,Withdraw,USDT,-5", EventKind.WITHDRAWAL),
        ("Funding,P2P Trading,USDT,5", EventKind.DEPOSIT),
        ("Funding,Binance Pay,USDT,-5", EventKind.WITHDRAWAL),
        ("Spot,Transfer Between Main Account and Sub-Account,USDT,-5", EventKind.WITHDRAWAL),
        ("Spot,simple earn flexible INTEREST,USDT,5", EventKind.REWARD),
        ("USD-M Futures,Referral Kickback,USDT,5", EventKind.REWARD),
        ("Spot,Asset Recovery,USDT,-5", EventKind.REWARD),
        ("USDT-Futures,Realize profit and loss,USDT,-5", EventKind.FUTURES_RESULT),
        ("USD-MFutures,Fee,USDT,-5", EventKind.FUTURES_FEE),
        ("Coin-MFutures,Insurance Fund Compensation,BTC,-5", EventKind.FUTURES_FEE),
        ("USD-M Futures,Funding Fee,USDT,-5", EventKind.FUNDING),
        ("Cross Margin,Margin Loan,USDT,5", EventKind.LOAN),
    ],
)
def test_a_row_that_stands_alone_has_the_kind_of_its_operation(row: str, kind: EventKind) -> None:
    found = history(f"10:00:00,{row}")
    assert [entry.event.kind for entry in found.entries] == [kind]


def test_a_loan_changes_nothing_that_is_owned() -> None:
    assert all_legs(history("10:00:00,Cross Margin,Margin Loan,USDT,5")) == [["USDT +5", "USDT -5"]]


def test_principal_of_staking_is_no_sale_and_goes_on_as_its_token() -> None:
    found = history("10:00:00,Spot,ETH 2.0 Staking,ETH,-1", "10:00:00,Spot,ETH 2.0 Staking,BETH,1")
    assert [(entry.event.kind, legs(entry.event)) for entry in found.entries] == [
        (EventKind.RENAME, ["BETH +1", "ETH -1"])
    ]


def test_sides_of_staking_that_are_hours_apart_are_one_and_those_of_another_day_are_not() -> None:
    words = "Spot,WBETH2.0 - Staking"
    found = history(f"11:33:48,{words},WBETH,0.036", f"12:44:52,{words},ETH,-0.038")
    assert [(entry.event.kind, legs(entry.event)) for entry in found.entries] == [
        (EventKind.RENAME, ["WBETH +0.036", "ETH -0.038"])
    ]
    apart = history(f"11:33:48,{words},WBETH,0.036", f"11:33:49,{words},WBETH,0.5", f"12:44:52,{words},ETH,-0.038")
    assert [legs(entry.event) for entry in apart.entries] == [["WBETH +0.5", "ETH -0.038"]]
    assert list(reasons(apart).values()) == ["counterpart_missing"]


@pytest.mark.parametrize("operation", ["Token Swap - Redenomination/Rebranding", "Token Swap - Distribution"])
def test_a_coin_that_goes_on_as_another_one_is_renamed(operation: str) -> None:
    found = history(f"10:00:00,Spot,{operation},LEND,-100", f"10:00:00,Spot,{operation},AAVE,1")
    assert [(entry.event.kind, legs(entry.event)) for entry in found.entries] == [
        (EventKind.RENAME, ["AAVE +1", "LEND -100"])
    ]


def test_an_unknown_operation_is_reported_with_its_line() -> None:
    found = history("10:00:00,Spot,Deposit,USDT,5", "10:00:00,Spot,Moon Landing Bonus,USDT,5")
    assert reasons(found) == {3: "operation_unknown"}
    assert found.lines[1].detail == "Moon Landing Bonus"
    assert all_legs(found) == [["USDT +5"]]


def test_the_fee_of_a_contract_is_no_fee_of_a_trade() -> None:
    assert class_of("Fee", "Spot") is Class.TRADE_FEE
    assert class_of("FEE", "USD-M Futures") is Class.FUTURES_FEE


def test_an_event_bears_the_wallet_that_its_rows_name() -> None:
    found = history(
        "10:00:00,Spot,Deposit,USDT,5",
        "10:00:10,Funding,P2P Trading,USDT,7",
        "10:00:20,USD-M Futures,Funding Fee,USDT,-1",
        "10:00:30,COIN-MFutures,Funding Fee,BTC,-0.01",
        "10:00:40,Earn,Simple Earn Flexible Interest,USDT,2",
        "10:00:50,Earn,Simple Earn Locked Rewards,USDT,3",
        "10:01:00,Isolated Margin,Transaction Buy,BTC,0.01",
        "10:01:00,Isolated Margin,Transaction Spend,USDT,-600",
    )
    wallets = {entry.event.at_ms % 600_000 // 10_000: entry.event.wallet for entry in found.entries}
    assert wallets == {
        0: "", 1: "funding", 2: "futures_usdm", 3: "futures_coinm", 4: "earn_flexible", 5: "earn_locked",
        6: "margin_isolated",
    }  # fmt: skip
