"""Which withdrawals and deposits of tracked accounts are one move, and which are only suggested."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.ledger.moves import EARLY_MS, LATE_MS, pair_up
from backend.core.model.moves import FlowLeg, Move, MoveDecision
from backend.tests.builders import T0

HERE, THERE, THIRD = 1, 2, 3


def side(account: int, name: str, amount: str, at_ms: int = T0, **more: str) -> FlowLeg:
    """A deposit, or a withdrawal where the amount is negative."""
    source = more.pop("source", "withdrawal" if amount.startswith("-") else "deposit")
    fee = Decimal(more.pop("fee", "0"))
    asset = more.pop("asset", "BTC")
    told = {"transaction": "", "address": "", **more}
    return FlowLeg(account, source, name, at_ms, asset, Decimal(amount), fee, **told)


def found(*legs: FlowLeg, said: dict[tuple[FlowLeg, FlowLeg], MoveDecision] | None = None) -> list[Move]:
    words = {(sent.key, received.key): word for (sent, received), word in (said or {}).items()}
    return pair_up(legs, words)


def names(moves: list[Move]) -> list[tuple[str, str, str, str]]:
    return [(move.sent[2], move.received[2], move.state, move.basis) for move in moves]


def test_one_transaction_of_a_chain_is_one_move_however_long_it_took() -> None:
    sent = side(HERE, "w", "-1", transaction="0xAB", fee="0.0005")
    received = side(THERE, "d", "1", T0 + 9 * LATE_MS, transaction="0xab")
    (move,) = found(received, sent)
    assert names([move]) == [("w", "d", "paired", "transaction")]
    assert (move.sent, move.received, move.quantity) == (sent.key, received.key, Decimal(1))


def test_a_batch_pays_several_deposits_in_one_transaction_each_by_its_amount() -> None:
    legs = [side(HERE, f"w{n}", f"-{n}", transaction="t") for n in (1, 2)]
    legs += [side(account, f"d{n}", str(n), T0 + 1, transaction="t") for n, account in ((2, THERE), (1, THIRD))]
    assert names(found(*legs)) == [("w1", "d1", "paired", "transaction"), ("w2", "d2", "paired", "transaction")]


def test_a_transfer_with_one_id_of_the_exchange_is_a_move() -> None:
    legs = [side(HERE, "7", "-5", source="sub_account"), side(THERE, "7", "5", source="sub_account")]
    assert names(found(*legs)) == [("7", "7", "paired", "transfer")]


def test_rows_of_files_that_bear_one_number_are_no_transfer() -> None:
    source = "statement:transactions"
    assert (
        found(side(HERE, "3:1", "-5", T0, source=source), side(THERE, "3:1", "5", T0 + 9 * LATE_MS, source=source))
        == []
    )


def test_the_address_of_the_other_account_makes_a_move_of_one_amount_and_time() -> None:
    sent = side(HERE, "w", "-1", address="bc1q", transaction="t1")
    assert names(found(sent, side(THERE, "d", "1", T0 + LATE_MS, address="bc1q"))) == [("w", "d", "paired", "address")]
    assert found(sent, side(THERE, "d", "1", T0 + LATE_MS + 1, address="bc1q")) == []
    assert found(sent, side(THERE, "d", "0.9", T0 + 1, address="bc1q")) == []


@pytest.mark.parametrize("amount", ["1", "0.9995"])
def test_coin_amount_and_time_alone_are_only_a_suggestion(amount: str) -> None:
    """With or without the network fee: lists differ in it."""
    sent = side(HERE, "w", "-1", fee="0.0005")
    assert names(found(sent, side(THERE, "d", amount, T0 + 1))) == [("w", "d", "suggested", "amount")]


@pytest.mark.parametrize(
    "received",
    [
        side(THERE, "d", "1", T0 + LATE_MS + 1),
        side(THERE, "d", "1", T0 - EARLY_MS - 1),
        side(THERE, "d", "0.999", T0 + 1),
        side(THERE, "d", "1", T0 + 1, asset="ETH"),
        side(HERE, "d", "1", T0 + 1),
        side(THERE, "d", "1", T0 + 1, transaction="another"),
        side(THERE, "d", "1", T0 + 1, source="fiat_deposit"),
        side(THERE, "d", "1", T0 + 1, source="statement:p2p"),
    ],
    ids=["too late", "too early", "another amount", "another coin", "one account", "two transactions", "a bank", "P2P"],
)
def test_what_differs_is_not_even_suggested(received: FlowLeg) -> None:
    assert found(side(HERE, "w", "-1", transaction="one"), received) == []


def test_less_that_arrived_by_one_transaction_is_suggested() -> None:
    legs = [side(HERE, "w", "-1", transaction="t"), side(THERE, "d", "0.98", T0 + 1, transaction="t")]
    assert names(found(*legs)) == [("w", "d", "suggested", "amount")]


def test_one_side_stands_for_one_other_the_nearest_in_time() -> None:
    sent = [side(HERE, "w1", "-1", T0), side(HERE, "w2", "-1", T0 + 1000)]
    assert names(found(*sent, side(THERE, "d", "1", T0 + 1100))) == [("w2", "d", "suggested", "amount")]


def test_the_surer_evidence_takes_a_side_before_the_weaker() -> None:
    sent = side(HERE, "w", "-1", transaction="t")
    near, sure = side(THERE, "near", "1", T0 + 1), side(THIRD, "sure", "1", T0 + 5000, transaction="t")
    assert names(found(sent, near, sure)) == [("w", "sure", "paired", "transaction")]


def test_the_user_confirms_a_suggestion_or_refuses_it_and_is_not_asked_again() -> None:
    sent, received = side(HERE, "w", "-1"), side(THERE, "d", "1", T0 + 1)
    assert names(found(sent, received, said={(sent, received): "move"})) == [("w", "d", "paired", "user")]
    assert found(sent, received, said={(sent, received): "not_move"}) == []


def test_the_user_pairs_what_nothing_suggests_and_parts_what_was_paired() -> None:
    sent, received = side(HERE, "w", "-1"), side(THERE, "d", "0.5", T0 + 5 * LATE_MS)
    assert names(found(sent, received, said={(sent, received): "move"})) == [("w", "d", "paired", "user")]
    one, other = side(HERE, "w", "-1", transaction="t"), side(THERE, "d", "1", transaction="t")
    assert found(one, other, said={(one, other): "not_move"}) == []


def test_no_word_of_the_user_makes_one_move_of_two_coins_or_of_one_account() -> None:
    sent, coin, own = side(HERE, "w", "-1"), side(THERE, "d", "1", asset="ETH"), side(HERE, "d", "1", T0 + 9 * LATE_MS)
    assert found(sent, coin, own, said={(sent, coin): "move", (sent, own): "move"}) == []


def test_costs_go_forward_in_time_only() -> None:
    sent = side(HERE, "w", "-1", transaction="t")
    assert [move.carries for move in found(sent, side(THERE, "d", "1", T0 + 1, transaction="t"))] == [True]
    assert [move.carries for move in found(sent, side(THERE, "d", "1", T0 - 1, transaction="t"))] == [False]
    there, back = side(THERE, "2", "-1", T0, source="sub_account"), side(HERE, "2", "1", T0, source="sub_account")
    both = [side(HERE, "1", "-1", T0, source="sub_account"), side(THERE, "1", "1", T0, source="sub_account")]
    assert [move.carries for move in found(*both)] == [True]
    # There and back in one instant: each would rest on the other.
    assert [move.carries for move in found(*both, there, back)] == [False, False]
    assert not found(side(HERE, "w", "-1"), side(THERE, "d", "1", T0 + 1))[0].carries


def test_no_order_of_reading_changes_the_pairs() -> None:
    for seed in range(50):
        dice = random.Random(seed)
        legs = []
        for number in range(40):
            told = {"transaction": dice.choice(("", f"t{number % 7}")), "address": dice.choice(("", "a", "b"))}
            amount = f"{dice.choice(('-', ''))}{dice.randrange(1, 4)}"
            legs.append(side(dice.randrange(1, 4), f"n{number}", amount, T0 + dice.randrange(10**7), **told))
        first = found(*legs)
        dice.shuffle(legs)
        assert found(*legs) == first
        keys = [key for move in first for key in move.keys]
        assert len(keys) == len(set(keys))


def test_a_side_that_is_taken_back_takes_the_pair_with_it() -> None:
    sent, received = side(HERE, "w", "-1", transaction="t"), side(THERE, "d", "1", transaction="t")
    assert found(sent, replace(received, external_id="other", transaction="u", at_ms=T0 + 9 * LATE_MS)) == []
