"""What two histories tell is one payment."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from backend.core.ledger.twins import APART_MS, may_hide, one_after_all, two_after_all, without_twins
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, deposit, income, withdrawal


def paid(source: str, amount: str = "0.5", at_ms: int = T0, name: str = "1", asset: str = "ADA") -> LedgerEvent:
    return replace(income(EventKind.REWARD, asset, amount, at_ms), source=source, external_id=name)


def test_a_reward_told_by_another_history_is_left_out_minutes_apart_at_most() -> None:
    known = [paid("dividend")]
    assert without_twins([paid("earn_locked")], known) == []
    assert without_twins([paid("earn_locked", at_ms=T0 - APART_MS)], known) == []
    later = [paid("earn_locked", at_ms=T0 + APART_MS + 1)]
    assert without_twins(later, known) == later


def test_another_amount_or_coin_and_the_same_history_again_are_no_twins() -> None:
    known = [paid("dividend")]
    others = [
        paid("earn_locked", "0.51"),
        paid("earn_locked", asset="BNB"),
        paid("dividend", name="2"),
        replace(paid("futures_usdm"), kind=EventKind.FUNDING),
    ]
    assert without_twins(others, known) == others


def test_what_a_statement_told_is_no_reason_to_leave_a_reward_out() -> None:
    found = [paid("earn_locked")]
    assert without_twins(found, [paid("statement:transactions")]) == found


def came(source: str, amount: str = "100", at_ms: int = T0, name: str = "1") -> LedgerEvent:
    return replace(deposit("EUR", amount, at_ms, name), source=source)


def test_money_by_a_bank_a_card_or_pay_that_stands_among_the_deposits_is_one() -> None:
    for source in ("fiat_deposit", "card_purchase", "pay"):
        assert without_twins([came(source)], [came("deposit")]) == []
        assert without_twins([came("deposit")], [came(source)]) == []
    gone = replace(withdrawal("EUR", "100", T0, "1"), source="fiat_withdrawal")
    assert without_twins([gone], [withdrawal("EUR", "100", T0, "7")]) == []


def test_coins_that_went_over_a_network_are_no_payment_however_alike() -> None:
    for source in ("pay", "card_purchase", "fiat_deposit"):
        over = replace(came("deposit"), transaction="0xab12")
        assert without_twins([over], [came(source)]) == [over]
        assert without_twins([came(source)], [over]) == [came(source)]
        within = replace(over, transaction="Internal transfer 123")
        assert without_twins([within], [came(source)]) == []


def test_flows_of_other_histories_are_never_one() -> None:
    for one, other in (
        ("deposit", "p2p"),
        ("deposit", "sub_account"),
        ("pay", "card_purchase"),
        ("deposit", "deposit"),
    ):
        found = [came(one, name="2")]
        assert without_twins(found, [came(other)]) == found
    opposite = [replace(withdrawal("EUR", "-100", T0, "2"), source="pay")]
    assert without_twins(opposite, [came("deposit")]) == opposite
    apart = [came("fiat_deposit", at_ms=T0 + APART_MS + 1)]
    assert without_twins(apart, [came("deposit")]) == apart


def test_one_event_hides_one_other() -> None:
    first, second = came("fiat_deposit", name="1"), came("fiat_deposit", name="2")
    (kept,) = without_twins([first, second], [came("deposit")])
    # Read again, with the one that stayed among those known, it is the same.
    again = without_twins([first, second], [came("deposit"), kept])
    assert [event.external_id for event in again] == [kept.external_id]


def test_what_is_known_already_is_told_again_and_hides_nothing() -> None:
    known = [came("deposit"), came("fiat_deposit", at_ms=T0 + 10 * APART_MS, name="1")]
    assert without_twins([known[1]], known) == [known[1]]


def test_what_was_left_out_is_a_movement_of_its_own_where_the_balances_miss_just_that() -> None:
    first, second, other = came("pay", "100", name="1"), came("pay", "40", name="2"), came("pay", "100", T0 + 1, "3")
    left_out = [first, second, other]
    assert two_after_all(left_out, {"EUR": Decimal(140)}) == [first, second]
    assert two_after_all(left_out, {"EUR": Decimal(240)}) == left_out
    for missing in ({"EUR": Decimal(99)}, {"EUR": Decimal(-100)}, {"BTC": Decimal(100)}, {}):
        assert two_after_all(left_out, missing) == []


def test_only_what_may_have_a_twin_of_the_missing_size_may_hide_one() -> None:
    missing = {"EUR": Decimal(100)}
    assert may_hide(came("deposit"), missing)
    assert may_hide(came("pay"), missing)
    assert not may_hide(came("pay", "99"), missing)
    assert not may_hide(came("p2p"), missing)
    assert may_hide(paid("dividend", "100", asset="EUR"), missing)
    assert not may_hide(replace(deposit("EUR", "100", T0), legs=()), missing)


def test_a_second_telling_on_record_is_found_where_the_ledger_has_just_as_much_too_much() -> None:
    known = [paid("dividend"), paid("earn_locked"), paid("dividend", "0.7", name="2"), came("deposit"), came("pay")]
    assert one_after_all(known, {"ADA": Decimal("-0.5")}) == [known[1]]
    assert one_after_all(known, {"EUR": Decimal(-100), "ADA": Decimal("-0.5")}) == [known[4], known[1]]


def test_what_was_told_once_or_is_not_just_too_much_stays_on_record() -> None:
    known = [paid("dividend"), paid("earn_locked"), paid("dividend", "0.7", name="2")]
    for amount in ("-0.7", "-0.2", "0.5"):
        assert one_after_all(known, {"ADA": Decimal(amount)}) == []
    equal = [paid("dividend"), paid("dividend", name="2")]
    assert one_after_all(equal, {"ADA": Decimal("-0.5")}) == []
