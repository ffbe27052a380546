"""Values to JSON: decimals as plain strings, ratios of `*_percent` fields in percent, unknown as null."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backend.core.model.amounts import MONEY, plain
from backend.core.model.instants import iso_ms

if TYPE_CHECKING:
    from backend.core.views import Basis

PERCENT_DIGITS = 8
MONEY_DIGITS = 24
LAST_DIGIT = Decimal(1).scaleb(-MONEY_DIGITS)


def money(value: Decimal | None) -> str | None:
    """All digits, without exponent; what a division left is cut at 24 decimals, more than any product of prices has."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MONEY_DIGITS:
        value = value.quantize(LAST_DIGIT, context=MONEY)
    return plain(value)


def fall(name: str, depth: float | None, doubt: str | None, missing: str | None) -> dict[str, Any]:
    """A drawdown with how far it can be trusted; `missing`: why there is none."""
    status = "unavailable" if depth is None else "estimated" if doubt else "exact"
    return {
        f"{name}_percent": percent(depth),
        f"{name}_status": status,
        f"{name}_reason": missing if depth is None else doubt,
    }


def percent(ratio: float | Decimal | None) -> float | None:
    """A ratio in percent: 0.125 is 12.5. Eight decimals: what a float of a long chain still holds exactly."""
    return None if ratio is None else round(float(ratio) * 100.0, PERCENT_DIGITS)


def number(percent: Decimal | None) -> float | None:
    """A percent that is one already."""
    return None if percent is None else round(float(percent), PERCENT_DIGITS)


def instant(at_ms: int | None) -> str | None:
    return None if at_ms is None else iso_ms(at_ms)


def base(basis: Basis) -> dict[str, Any]:
    """What every answer with figures carries."""
    return {
        "as_of": instant(basis.as_of_ms),
        "environment": basis.environment,
        "reporting_currency": basis.reporting_currency,
        "stale": basis.stale,
        "reporting_currency_depeg": basis.depegged,
    }
