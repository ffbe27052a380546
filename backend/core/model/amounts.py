"""Money, quantities and prices: `Decimal` from the exchange's string to the JSON string, never rounded on the way."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from typing import Final

ZERO = Decimal(0)
ONE = Decimal(1)
# Sums and products of exchange quantities (at most 18 decimals) stay exact.
MONEY = Context(prec=60)
# Python also reads "1_000", " 1" and full-width digits, and numbers with a million zeros.
WRITTEN: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")
LONGEST: Final = 120
MOST_DIGITS: Final = 60


def plain(value: Decimal) -> str:
    """The decimal in plain digits, without exponent and without trailing zeros."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_amount(text: object) -> Decimal:
    """Read a finite decimal from what an exchange or a user sent.

    Raises:
        ValueError: not a number, infinite, NaN, or of a size that no amount of money has.
    """
    if isinstance(text, bool) or not isinstance(text, str | int | Decimal):
        raise ValueError(f"expected a decimal in a string, got {type(text).__name__}")
    if isinstance(text, str) and (len(text) > LONGEST or WRITTEN.fullmatch(text) is None):
        raise ValueError("not a decimal number")
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError("not a finite number")
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DIGITS or value.adjusted() > MOST_DIGITS:
        raise ValueError("not a number of this size")
    return value


def product(a: Decimal, b: Decimal) -> Decimal:
    """a x b with no digit lost."""
    with localcontext(MONEY):
        return a * b


def minus(amount: Decimal, *others: Decimal) -> Decimal:
    """amount less the others, exactly: outside `MONEY` a subtraction would keep 28 digits."""
    with localcontext(MONEY):
        for other in others:
            amount = amount - other
        return amount


def total(values: list[Decimal]) -> Decimal:
    """The exact sum."""
    with localcontext(MONEY):
        return sum(values, ZERO)
