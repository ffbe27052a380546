"""Money, quantities and prices: `Decimal` from the exchange's string to the JSON string, never rounded on the way."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation, localcontext

ZERO = Decimal(0)
ONE = Decimal(1)
# Sums and products of exchange quantities (at most 18 decimals) stay exact; a division keeps 40 digits.
MONEY = Context(prec=60)


def plain(value: Decimal) -> str:
    """The decimal in plain digits, without exponent and without trailing zeros."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_amount(text: object) -> Decimal:
    """Read a finite decimal from what an exchange or a user sent.

    Raises:
        ValueError: not a number, infinite or NaN.
    """
    if isinstance(text, bool) or not isinstance(text, str | int | Decimal):
        raise ValueError(f"expected a decimal in a string, got {type(text).__name__}")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a decimal number") from None
    if not value.is_finite():
        raise ValueError("not a finite number")
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
