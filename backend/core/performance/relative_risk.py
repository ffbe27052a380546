"""Figures of a series of returns against a benchmark; periods present in both series only.

Source of every formula: docs/formulas.md#against-the-benchmark. Reasons for no value: `too_few_values`,
`flat_benchmark`, `no_deviation`, `out_of_range`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from backend.core.performance.figure import Figure, undefined
from backend.core.performance.risk import (
    DAYS_A_YEAR,
    NO_DEVIATION,
    TOO_FEW_VALUES,
    Floats,
    Series,
    annual_return,
    finite,
    known,
    largest,
    sample_deviation,
)

FLAT_BENCHMARK: Final = "flat_benchmark"


def beta(returns: Series, benchmark: Series, rf: Series | float = 0.0) -> Figure:
    """Sample covariance with the benchmark over the benchmark's sample variance, of the excess over `rf`."""
    mine, other, free = known(returns, benchmark, rf)
    if len(mine) < 2:
        return undefined(TOO_FEW_VALUES)
    return _beta(mine - free, other - free, largest(other, free))


def _beta(mine: Floats, other: Floats, scale: float) -> Figure:
    deviation = sample_deviation(other, scale)
    if deviation == 0:
        return undefined(FLAT_BENCHMARK)
    return Figure(float(np.cov(mine, other, ddof=1)[0, 1]) / deviation**2)


def alpha(
    returns: Series, benchmark: Series, rf: Series | float = 0.0, periods_per_year: float = DAYS_A_YEAR
) -> Figure:
    """What beta does not explain: `(1 + mean(r - rf) - beta x mean(b - rf)) ^ periods - 1`."""
    mine, other, free = known(returns, benchmark, rf)
    slope = beta(mine, other, free)
    if slope.value is None:
        return slope
    growth = 1.0 + float(np.mean(mine - free)) - slope.value * float(np.mean(other - free))
    if growth < 0:
        return undefined("out_of_range")
    try:
        return finite(growth**periods_per_year - 1.0)
    except OverflowError:
        return undefined("out_of_range")


def tracking_error(returns: Series, benchmark: Series, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Sample deviation of the difference, a year."""
    mine, other = known(returns, benchmark)
    if len(mine) < 2:
        return undefined(TOO_FEW_VALUES)
    return Figure(sample_deviation(mine - other, largest(mine, other)) * math.sqrt(periods_per_year))


def information_ratio(returns: Series, benchmark: Series, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Mean difference over its sample deviation, annualised."""
    mine, other = known(returns, benchmark)
    if len(mine) < 2:
        return undefined(TOO_FEW_VALUES)
    deviation = sample_deviation(mine - other, largest(mine, other))
    if deviation == 0:
        return undefined(NO_DEVIATION)
    return Figure(float(np.mean(mine - other)) / deviation * math.sqrt(periods_per_year))


def jensen_alpha_annual(
    returns: Series, benchmark: Series, rf_per_year: float = 0.0, periods_per_year: float = DAYS_A_YEAR
) -> Figure:
    """Annual return less what beta times the benchmark's annual excess promised."""
    mine, other = known(returns, benchmark)
    slope, own, market = (
        beta(mine, other),
        annual_return(mine, periods_per_year),
        annual_return(other, periods_per_year),
    )
    if slope.value is None or own.value is None or market.value is None:
        return slope if slope.value is None else own if own.value is None else market
    return Figure(own.value - rf_per_year - slope.value * (market.value - rf_per_year))


def m_squared(
    returns: Series, benchmark: Series, rf_per_year: float = 0.0, periods_per_year: float = DAYS_A_YEAR
) -> Figure:
    """Annual return the portfolio would have had at the benchmark's deviation."""
    mine, other = known(returns, benchmark)
    own = annual_return(mine, periods_per_year)
    if len(mine) < 2 or own.value is None:
        return undefined(TOO_FEW_VALUES) if len(mine) < 2 else own
    deviation = sample_deviation(mine, largest(mine))
    if deviation == 0:
        return undefined(NO_DEVIATION)
    return Figure((own.value - rf_per_year) * sample_deviation(other, largest(other)) / deviation + rf_per_year)
