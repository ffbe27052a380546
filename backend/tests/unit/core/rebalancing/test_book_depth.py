"""What an order of its size costs through the book."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.rebalancing.book_depth import price_through
from backend.core.trade_ports import BookLevel

D = Decimal
ASKS = [BookLevel(D(100), D(1)), BookLevel(D(101), D(2)), BookLevel(D(110), D(1))]


@pytest.mark.parametrize(
    ("quantity", "price"),
    [("0.5", "100"), ("1", "100"), ("2", "100.5"), ("4", "103"), ("4.00000001", None)],
)
def test_an_order_takes_one_price_after_the_other(quantity: str, price: str | None) -> None:
    assert price_through(ASKS, quantity=D(quantity)) == (None if price is None else D(price))


@pytest.mark.parametrize(
    ("money", "price"), [("50", "100"), ("100", "100"), ("201", "100.5"), ("412", "103"), ("412.00000001", None)]
)
def test_an_amount_of_money_buys_until_it_is_spent(money: str, price: str | None) -> None:
    assert price_through(ASKS, money=D(money)) == (None if price is None else D(price))


def test_a_book_without_offers_has_no_price() -> None:
    assert price_through([], quantity=D(1)) is None


@given(st.decimals("0.00000001", "4", places=8))
def test_it_is_never_better_than_the_best_nor_worse_than_the_worst_and_money_agrees(quantity: Decimal) -> None:
    price = price_through(ASKS, quantity=quantity)
    assert price is not None
    assert 100 <= price <= 110
    by_money = price_through(ASKS, money=quantity * price)
    assert by_money is None or abs(by_money - price) < D("1e-15")
