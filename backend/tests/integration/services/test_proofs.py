"""Completeness: what is missing, doubled or wrong is found and named by coin and amount; with true data nothing is.

The judge is the simulator's own ledger: what a hidden movement changed is read there.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import HOUR_MS
from backend.tests.integration.services.proof_case import (
    Case,
    MakeRig,
    Misreading,
    OpenBourse,
    hide,
    opened_case,
)


@pytest.fixture
def case(open_bourse: OpenBourse, make_rig: MakeRig) -> Case:
    return opened_case(open_bourse, make_rig)


def test_true_data_of_every_kind_leave_nothing_over(case: Case) -> None:
    bourse = case.bourse
    bourse.do("trade", symbol="ETHBTC", side="SELL", quantity="0.5")
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.05")
    case.hour()
    bourse.do("reward", asset="ADA", amount="0.125", kind="REALTIME", wallet="earn_flexible")
    bourse.do("reward", asset="BNB", amount="0.01", kind="airdrop")
    bourse.do("deposit", asset="ETH", amount="0.25")
    bourse.do("withdraw", asset="USDT", amount="500", fee="1")
    case.hour()
    bourse.do("trade", market="usdm", symbol="BTCUSDT", side="SELL", quantity="0.05")
    for _ in range(3):
        case.hour()
    case.closes()
    assert case.alerts() == []


def test_a_missed_deposit(case: Case) -> None:
    hide(case, EventKind.DEPOSIT)
    with case.changing() as change:
        case.bourse.do("deposit", asset="ETH", amount="0.75")
    case.hour()
    case.names(change)
    assert case.causes() == {"ETH": "missed_deposit"}


def test_a_missed_withdrawal(case: Case) -> None:
    hide(case, EventKind.WITHDRAWAL)
    with case.changing() as change:
        case.bourse.do("withdraw", asset="ETH", amount="0.5", fee="0.001")
    case.hour()
    case.names(change)
    assert change == {"ETH": Decimal("-0.501")}
    assert case.causes() == {"ETH": "missed_withdrawal"}


def test_hidden_interest_of_earn(case: Case) -> None:
    hide(case, EventKind.REWARD)
    with case.changing() as change:
        case.bourse.do("reward", asset="ADA", amount="0.375", kind="REALTIME", wallet="earn_flexible")
    case.hour()
    case.names(change)
    assert case.causes() == {"ADA": "unseen_earn_interest"}


def test_a_hidden_dividend(case: Case) -> None:
    hide(case, EventKind.REWARD)
    with case.changing() as change:
        case.bourse.do("reward", asset="BNB", amount="0.5", kind="airdrop")
    case.hour()
    case.names(change)


def test_a_fill_taken_out_of_the_answers(case: Case) -> None:
    hide(case, EventKind.TRADE)
    with case.changing() as change:
        case.bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.02")
    case.hour()
    case.names(change)
    assert {"BTC", "USDT"} <= set(change)
    assert {case.causes()[coin] for coin in ("BTC", "USDT")} == {"missing_trade"}


def test_a_missed_convert(case: Case) -> None:
    hide(case, EventKind.CONVERT)
    with case.changing() as change:
        case.bourse.do("event", kind="convert", from_asset="ETH", from_amount="0.5", to_asset="USDT")
    case.hour()
    case.names(change)
    assert set(case.causes().values()) == {"missing_trade"}


def test_missed_futures_funding(case: Case) -> None:
    case.bourse.do("trade", market="usdm", symbol="BTCUSDT", side="BUY", quantity="0.9")
    case.hour()
    case.closes()
    hide(case, EventKind.FUNDING)
    with case.changing() as change:
        # To the next instant of funding, also where one has just been.
        case.hour()
        while case.bourse.now_ms() // HOUR_MS % 8:
            case.hour()
    case.hour()
    assert change
    assert set(change) == {"USDT"}
    case.names(change)
    assert case.causes() == {"USDT": "missing_futures_line"}


def test_a_trade_counted_twice(case: Case) -> None:
    trade = next(event for event in case.rig.events() if event.kind is EventKind.TRADE)
    with case.rig.store.write() as unit:
        unit.ledger.add(case.rig.account, [replace(trade, source="other", external_id="twice")])
    case.hour()
    expected: dict[str, Decimal] = {}
    for leg in trade.legs:
        expected[leg.asset] = expected.get(leg.asset, Decimal(0)) - leg.amount
    assert case.differences() == case.differences(anew=True) == expected
    assert set(case.causes().values()) == {"counted_twice"}
    assert {one.asset for found in case.findings() for one in found.coins} >= set(expected)


def test_an_own_transfer_counted_as_a_withdrawal(case: Case) -> None:
    legs = (Leg("USDT", Decimal(-9000), "out"),)
    at_ms = case.bourse.now_ms() - HOUR_MS
    with case.rig.store.write() as unit:
        unit.ledger.add(case.rig.account, [LedgerEvent("other", "x", EventKind.WITHDRAWAL, at_ms, legs)])
    case.hour()
    assert case.differences() == {"USDT": Decimal(9000)}
    assert case.causes() == {"USDT": "own_transfer"}
    assert case.attribution().status == "estimated"


def test_a_wrong_fee(case: Case) -> None:
    trade = next(event for event in case.rig.events() if event.kind is EventKind.TRADE)
    fee = next(leg for leg in trade.legs if leg.role == "fee")
    case.sql(
        "UPDATE ledger_events SET fee_amount = :fee WHERE external_id = :id",
        fee=str(fee.amount * 2),
        id=trade.external_id,
    )
    case.hour()
    assert case.differences() == {fee.asset: -fee.amount}
    assert case.causes() == {fee.asset: "wrong_fee"}
    assert any(one.asset == fee.asset for found in case.findings() for one in found.coins)


def test_a_wrong_quantity_in_the_balances(case: Case) -> None:
    case.rig.wrap = lambda exchange: Misreading(exchange, lambda event: False)
    case.hour()
    wrong = {
        "ETH": Decimal("0.125") * sum(1 for row in case.certificate().assets if row.asset == "ETH" for _ in row.wallets)
    }
    case.names(wrong)


def test_an_alert_is_raised_once_a_finding_and_goes_when_its_cause_turns_up(case: Case) -> None:
    hide(case, EventKind.DEPOSIT)
    case.bourse.do("deposit", asset="ETH", amount="0.75")
    case.hour()
    case.hour()
    assert len(case.alerts()) == 1
    # The past is computed anew, and the finding is the same one.
    at = case.rig.rows()[0].at_ms
    with case.rig.store.write() as unit:
        unit.accounts.mark_dirty(case.rig.account, at)
    for _ in range(2):
        case.hour()
    assert len(case.alerts()) == 1
    case.rig.wrap = lambda exchange: exchange
    case.hour()
    case.hour()
    case.closes()
    assert len(case.alerts()) == 1
