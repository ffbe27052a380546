"""Figures of closed round trips: one result each, after fees, in the reporting currency.

Source: docs/formulas.md#trade-statistics.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ZERO


def win_rate(results: Sequence[Decimal]) -> Decimal | None:
    """Share of results above 0; a result of exactly 0 is no win but counts below. None without any result."""
    with localcontext(MONEY):
        return Decimal(sum(1 for result in results if result > 0)) / len(results) if results else None


def expectancy(results: Sequence[Decimal]) -> Decimal | None:
    """Mean result; None without any."""
    with localcontext(MONEY):
        return sum(results, ZERO) / len(results) if results else None


def profit_factor(results: Sequence[Decimal]) -> Decimal | None:
    """Sum of gains over the sum of losses; None without losses."""
    with localcontext(MONEY):
        losses = -sum((result for result in results if result < 0), ZERO)
        return sum((result for result in results if result > 0), ZERO) / losses if losses else None
