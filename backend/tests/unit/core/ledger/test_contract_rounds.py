"""Positions of contracts out of fills: what is opened, added to, reduced, turned; no fee and no funding is lost."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.ledger.contract_rounds import Funding, rounds
from backend.core.model.contracts import BEYOND_HORIZON, NO_PRICE, Contract, ContractFill, Round
from backend.core.model.wallets import Wallet

BTC = Contract(Wallet.FUTURES_USDM, "BTCUSDT", "BOTH")
COIN = Contract(Wallet.FUTURES_COINM, "BTCUSD_PERP", "BOTH")


D = Decimal


def fill(number: int, quantity: str, price: str = "100", fee: str = "1", realized: str = "0") -> ContractFill:
    size = abs(Decimal(quantity)) * Decimal(price)
    return ContractFill(
        number, number * 1000, Decimal(quantity), Decimal(price), size, Decimal(realized), Decimal(fee), "USDT"
    )


def told(fills: list[ContractFill], start: str = "0", funding: tuple[Funding, ...] = ()) -> list[Round]:
    return rounds(BTC, "USDT", Decimal(start), fills, funding, lambda asset, at: (Decimal(1), None))


def test_a_fill_that_turns_a_position_closes_one_and_opens_the_next() -> None:
    first, second = told([fill(1, "2", "100"), fill(2, "-5", "110", fee="5", realized="20")])
    assert (first.closed_ms, first.turned, first.held, first.gone) == (2000, True, D(0), D(2))
    assert (first.exit_mean, first.realized_value, first.fees_value) == (D(110), D(20), D(1 + 2))
    assert (second.short, second.opened_ms, second.held, second.entry) == (True, 2000, D(3), D(110))
    assert (second.fees_value, second.cost_value, second.realized_value) == (D(3), D(330), D(0))
    assert (first.trades, second.trades, second.number) == (2, 1, 2)


def test_the_mean_entry_follows_what_is_held_and_what_ever_came() -> None:
    (one,) = told([fill(1, "1", "100"), fill(2, "1", "200"), fill(3, "-1", "300"), fill(4, "1", "250")])
    # Of what is held one contract is left at the mean of 150, beside one at 250.
    assert one.entry == 200
    assert one.entry_mean == pytest.approx(Decimal(550) / 3)
    assert (one.exit_mean, one.came, one.gone, one.held) == (D(300), D(3), D(1), D(2))


def test_contracts_of_dollars_are_averaged_by_the_coin_that_they_stand_for() -> None:
    fills = [fill(1, "10", "50000"), fill(2, "10", "100000")]
    (one,) = rounds(COIN, "BTC", Decimal(0), fills, (), lambda asset, at: (Decimal(1), None))
    assert one.entry is not None
    assert one.entry == pytest.approx(Decimal(20) / (Decimal(10) / 50000 + Decimal(10) / 100000))


def test_what_was_held_before_the_first_fill_has_no_beginning_and_no_entry() -> None:
    first, second = told([fill(1, "-3", "90", realized="7"), fill(2, "-1", "95")], start="3")
    assert (first.opened_ms, first.entry, first.entry_mean, first.cost_value) == (None, None, None, None)
    assert (first.reason, first.came, first.closed_ms, first.exit_mean) == (BEYOND_HORIZON, D(3), 1000, D(90))
    assert (second.reason, second.opened_ms, second.entry) == (None, 2000, D(95))


def test_more_of_what_began_before_does_not_make_its_entry_known() -> None:
    (one,) = told([fill(1, "1", "90")], start="3")
    assert (one.held, one.entry, one.reason) == (D(4), None, BEYOND_HORIZON)


def test_funding_belongs_to_the_position_that_was_open_at_its_instant() -> None:
    lines = tuple(Funding(at, "USDT", Decimal(amount)) for at, amount in ((1000, 1), (1500, 2), (2000, 4), (3500, 8)))
    first, second = told([fill(1, "1"), fill(2, "-1"), fill(3, "1")], funding=lines)
    # Who opens at the very instant pays nothing then; who closes at it has held until it.
    assert (first.funding_value, second.funding_value) == (D(6), D(8))


def test_an_old_price_leaves_a_value_and_says_so() -> None:
    (one,) = rounds(BTC, "USDT", Decimal(0), [fill(1, "1")], (), lambda asset, at: (Decimal(1), "old_price"))
    assert one.cost_value is not None
    assert one.reason == "old_price"


def test_a_missing_price_is_not_zero() -> None:
    found = rounds(BTC, "USDT", Decimal(0), [fill(1, "1")], (), lambda asset, at: (None, NO_PRICE))
    assert (found[0].fees_value, found[0].cost_value, found[0].reason) == (None, None, NO_PRICE)
    assert found[0].entry == 100


@given(st.lists(st.tuples(st.integers(-9, 9).filter(bool), st.integers(1, 500), st.integers(0, 50)), max_size=30))
def test_no_contract_fee_or_result_is_lost_or_told_twice(moves: list[tuple[int, int, int]]) -> None:
    fills = [
        fill(number, str(quantity), str(price), str(fee), str(fee - 20))
        for number, (quantity, price, fee) in enumerate(moves, start=1)
    ]
    found = told(fills)
    held = sum(quantity for quantity, _, _ in moves)
    still = [one for one in found if one.closed_ms is None]
    assert [(-one.held if one.short else one.held) for one in still] == ([held] if held else [])
    assert all(one.came == one.gone + one.held for one in found)
    assert sum((one.fees_value or 0) for one in found) == pytest.approx(sum(fee for _, _, fee in moves))
    for one, after in itertools.pairwise(found):
        assert one.number + 1 == after.number
        assert (one.closed_ms or 0) <= (after.opened_ms or 0)
