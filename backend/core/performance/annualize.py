"""The yearly figure of a return over another period."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from backend.core.performance.figure import Figure, undefined

YEAR_DAYS: Final = 365.0
MIN_DAYS: Final = 365.0


def annualize(total: Decimal | float, days: float, year_days: float = YEAR_DAYS, min_days: float = MIN_DAYS) -> Figure:
    """Scale a total return to a year of `year_days`: `(1 + total) ^ (year_days / days) - 1`, a float64 statistic.

    Args:
        total: ratio over the whole period, >= -1.
        days: length of the period in days of 86,400 seconds.
        min_days: shorter periods have no annual figure; one percent in a day would read as 3,678 percent a year.

    Returns:
        Ratio a year, or the reason `period_too_short`, `below_total_loss`, `out_of_range`.

    Source:
        docs/formulas.md#annual-figure.
    """
    if days <= 0 or days < min_days:
        return undefined("period_too_short")
    growth = float(1 + total)
    if growth < 0:
        return undefined("below_total_loss")
    try:
        yearly = growth ** (year_days / days) - 1.0
    except OverflowError:
        return undefined("out_of_range")
    return Figure(yearly) if math.isfinite(yearly) else undefined("out_of_range")
