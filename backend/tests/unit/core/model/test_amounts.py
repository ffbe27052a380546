"""Decimals: read strictly, multiplied and added without losing a digit, written in plain digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.amounts import parse_amount, plain, product, total
from backend.tests.builders import held

quantities = st.decimals("-1e12", "1e12", places=18)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+5", "100000"),
        ("1.2300", "1.23"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("1e-18", "0.000000000000000001"),
        ("-0.00", "0"),
        ("0E-20", "0"),
        ("-12.50", "-12.5"),
        ("100", "100"),
        ("10.0", "10"),
    ],
)
def test_plain_digits_have_no_exponent_and_no_trailing_zero(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(value=quantities)
def test_plain_digits_read_back_are_the_same_number(value: Decimal) -> None:
    assert parse_amount(plain(value)) == value


@given(a=quantities, b=quantities)
def test_a_product_keeps_every_digit(a: Decimal, b: Decimal) -> None:
    assert Fraction(product(a, b)) == Fraction(a) * Fraction(b)


@given(values=st.lists(quantities, max_size=40))
def test_a_sum_keeps_every_digit_whatever_the_order(values: list[Decimal]) -> None:
    exact = sum((Fraction(value) for value in values), Fraction(0))
    assert Fraction(total(values)) == exact == Fraction(total(values[::-1]))


def test_free_and_locked_add_up_to_the_last_digit() -> None:
    # 29 digits: one more than Python's own decimal context keeps.
    balance = held("SHIB", "12345678901.000000000000000001", "1")
    assert balance.total == Decimal("12345678902.000000000000000001")


@pytest.mark.parametrize("text", ["1", "-1", "0.5", "1e-8", "1E+3", "00012.50", "+3"])
def test_decimals_as_an_exchange_writes_them_are_read(text: str) -> None:
    assert parse_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "bad",
    ["", " ", "NaN", "sNaN", "Infinity", "-inf", "1,5", "0x10", "1_000", " 1", "1 ", "１", "1e999999", "1e-999999",
     None, True, False, 1.5, float("nan"), [], ["1"], {}, b"1"],
)  # fmt: skip
def test_what_is_no_finite_decimal_of_this_world_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_amount(bad)
