"""The risk-free rate that risk figures are measured against: a setting of the installation, a fraction a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO, parse_amount, plain

RISK_FREE: Final = "risk_free_rate"
LEAST: Final = Decimal("-0.5")
MOST: Final = Decimal(1)


def decode_rate(content: str | None) -> Decimal:
    """The rate as it is stored; zero where it was never set."""
    return ZERO if content is None else parse_amount(content)


def encode_rate(rate: Decimal) -> str:
    """The rate as it is stored.

    Raises:
        ValueError: below -50 % or above 100 % a year.
    """
    if not LEAST <= rate <= MOST:
        raise ValueError("a risk-free rate lies between -50 % and 100 % a year")
    return plain(rate)
