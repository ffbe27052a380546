"""Numbers are read as written, and asked about where they can mean two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.imports.numbers import DecimalMark, NumberFault, decimal_mark, read_number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1500", "1500", ""),
        ("1,500.25", "1500.25", ""),
        ("1.500,25", "1500.25", ""),
        ("1 500,25", "1500.25", ""),
        ("1\u202f500,25", "1500.25", ""),
        ("1'500.25", "1500.25", ""),
        ("1 500", "1500", ""),
        ("1 234,567", "1234.567", ""),
        ("1,234,567", "1234567", ""),
        ("0.125", "0.125", ""),
        ("0,125", "0.125", ""),
        (".5", "0.5", ""),
        ("12.", "12", ""),
        ("-12.5", "-12.5", ""),
        ("−12.5", "-12.5", ""),
        ("(12.5)", "-12.5", ""),
        ("+12.5", "12.5", ""),
        ("$1,500.50", "1500.50", "$"),
        ("-$12.50", "-12.50", "$"),
        ("1.500,50 €", "1500.50", "€"),
        ("0.48SOL", "0.48", "SOL"),
        ("62.37 usdt", "62.37", "USDT"),
        ("6.0E-7", "0.0000006", ""),
        ("-0.0", "0", ""),
    ],
)
def test_one_reading_needs_no_question(text: str, value: str, unit: str) -> None:
    number = read_number(text, None)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "point", "comma"), [("1.234", "1.234", "1234"), ("1,234", "1234", "1.234"), ("-12.500", "-12.5", "-12500")]
)
def test_two_readings_need_the_mark(text: str, point: str, comma: str) -> None:
    with pytest.raises(NumberFault, match="decimal_mark_needed"):
        read_number(text, None)
    assert read_number(text, ".").value == Decimal(point)
    assert read_number(text, ",").value == Decimal(comma)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "-", ".", ",", "1.2.3", "1,2,3", "12 34", "1..2", "--5", "(5", "5)", "(-5)", "1,23.4,5"),
        *("•••••", "1e999", "٣", "12,34,567.5", "0.123.456", "five", "$5$", "1/2"),
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    for mark in (None, ".", ","):
        with pytest.raises(NumberFault, match="number_unreadable"):
            read_number(text, mark)


@pytest.mark.parametrize("text", ["1234567890123456789", "0.1234567890123456789", "1E18", "1E-19"])
def test_more_digits_than_a_cash_flow_has_are_refused(text: str) -> None:
    with pytest.raises(NumberFault, match="number_too_long"):
        read_number(text, ".")


def test_the_mark_is_known_from_any_number_that_proves_it() -> None:
    assert decimal_mark(["1.234", "2,5"]).mark == ","
    assert decimal_mark(["1.234", "1,500.25"]).mark == "."
    assert not decimal_mark(["1.234", "2,5"]).must_ask
    assert not decimal_mark(["1500", "2000"]).must_ask


def test_the_mark_is_asked_where_nothing_or_too_much_proves_it() -> None:
    nothing, too_much = decimal_mark(["5", "1.234"]), decimal_mark(["1.5", "2,5", "3.000"])
    assert (nothing.mark, nothing.example, nothing.must_ask) == (None, "1.234", True)
    assert (too_much.mark, too_much.example, too_much.must_ask) == (None, "3.000", True)


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@given(AMOUNTS, st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "\u202f"), (".", "'"), (",", "")]))
def test_any_amount_is_read_back_in_any_convention(amount: Decimal, marks: tuple[DecimalMark, str]) -> None:
    mark, group = marks
    whole, fraction = f"{amount:,.4f}".split(".")
    text = whole.replace(",", group) + mark + fraction
    assert read_number(text, mark).value == amount
    assert read_number(f"-{text}", mark).value == -amount


@given(st.text(st.sampled_from("0123456789.,' -+()E$€AZ_"), max_size=12))
def test_a_reading_without_a_question_is_the_reading_under_one_mark_or_both(text: str) -> None:
    def reading(mark: DecimalMark | None) -> Decimal | str:
        try:
            return read_number(text, mark).value
        except NumberFault as fault:
            return fault.code

    known, point, comma = reading(None), reading("."), reading(",")
    if isinstance(known, Decimal):
        assert {point, comma} - {"number_unreadable"} == {known}
    elif known == "decimal_mark_needed":
        assert point != comma
