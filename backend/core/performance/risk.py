"""Risk of a series of periodic returns: deviation, Sharpe, Sortino, tail and shape figures.

All of these are float64 statistics of daily time-weighted returns. A missing return is NaN and left out, never
filled. `periods_per_year` 365 is a day in a market that never closes; 1 does not annualise. A figure without a value
carries its reason: `too_few_values`, `no_deviation`, `no_loss`, `no_drawdown`, `out_of_range`.

Source of every formula: docs/formulas.md#risk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.core.performance.drawdown import depths, index_of_returns, max_drawdown
from backend.core.performance.figure import Figure, undefined

Floats = NDArray[np.float64]
Series = Sequence[float] | Floats

DAYS_A_YEAR: Final = 365.0
# Below this share of the largest number involved a deviation is the rounding of equal numbers, not a movement.
NOISE: Final = 1e-13
TOO_FEW_VALUES: Final = "too_few_values"
NO_DEVIATION: Final = "no_deviation"


def known(*series: Series | float) -> tuple[Floats, ...]:
    """Float64 series of one length, without the positions at which any of them is NaN; a number fills its series."""
    arrays = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in series))
    keep = ~np.any(np.isnan(np.stack(arrays)), axis=0)
    return tuple(array[keep] for array in arrays)


def sample_deviation(values: Floats, scale: float) -> float:
    """Deviation with n - 1, n >= 2; exactly 0 where it is no more than the noise of numbers as large as `scale`."""
    deviation = float(np.std(values, ddof=1))
    return deviation if deviation > NOISE * scale else 0.0


def largest(*series: Floats) -> float:
    return max(float(np.max(np.abs(one))) for one in series)


def finite(value: float) -> Figure:
    return Figure(value) if math.isfinite(value) else undefined("out_of_range")


def rf_per_period(rf_per_year: float, periods_per_year: float = DAYS_A_YEAR) -> float:
    """The risk-free rate of a period that compounds to `rf_per_year`."""
    return float((1.0 + rf_per_year) ** (1.0 / periods_per_year) - 1.0)


def cumulative_return(returns: Series) -> Figure:
    """All returns compounded: the last value of the index, less 1."""
    (values,) = known(returns)
    return finite(float(index_of_returns(values)[-1]) - 1.0)


def annual_return(returns: Series, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Compound growth scaled to a year."""
    (values,) = known(returns)
    if len(values) == 0:
        return undefined(TOO_FEW_VALUES)
    growth = float(index_of_returns(values)[-1])
    if growth < 0:
        return undefined("out_of_range")
    try:
        return finite(growth ** (periods_per_year / len(values)) - 1.0)
    except OverflowError:
        return undefined("out_of_range")


def volatility(returns: Series, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Sample deviation a year. Returns that never move have volatility 0."""
    (values,) = known(returns)
    if len(values) < 2:
        return undefined(TOO_FEW_VALUES)
    return Figure(sample_deviation(values, largest(values)) * math.sqrt(periods_per_year))


def sharpe(returns: Series, rf: Series | float = 0.0, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Mean excess over its sample deviation, annualised; `rf` per period, a number or a series."""
    values, free = known(returns, rf)
    if len(values) < 2:
        return undefined(TOO_FEW_VALUES)
    deviation = sample_deviation(values - free, largest(values, free))
    if deviation == 0:
        return undefined(NO_DEVIATION)
    return Figure(float(np.mean(values - free)) / deviation * math.sqrt(periods_per_year))


def downside_deviation(returns: Series, target: Series | float = 0.0, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Root of the mean square of the shortfalls below `target` per period; the mean runs over all periods."""
    values, wanted = known(returns, target)
    if len(values) == 0:
        return undefined(TOO_FEW_VALUES)
    return Figure(_downside(values - wanted) * math.sqrt(periods_per_year))


def _downside(excess: Floats) -> float:
    return float(np.sqrt(np.mean(np.minimum(excess, 0.0) ** 2)))


def sortino(returns: Series, target: Series | float = 0.0, periods_per_year: float = DAYS_A_YEAR) -> Figure:
    """Mean excess over `target` per period, divided by the downside deviation of a period, annualised."""
    values, wanted = known(returns, target)
    if len(values) < 2:
        return undefined(TOO_FEW_VALUES)
    downside = _downside(values - wanted)
    if downside == 0:
        return undefined("no_loss")
    return Figure(float(np.mean(values - wanted)) / downside * math.sqrt(periods_per_year))


def calmar(returns: Series, periods_per_year: float = DAYS_A_YEAR, min_periods: float = DAYS_A_YEAR) -> Figure:
    """Annual return over the maximum drawdown, from `min_periods` returns on."""
    (values,) = known(returns)
    if len(values) < min_periods:
        return undefined("period_too_short")
    yearly = annual_return(values, periods_per_year)
    if yearly.value is None:
        return yearly
    deepest = max_drawdown(index_of_returns(values)).depth
    return undefined("no_drawdown") if deepest == 0 else Figure(yearly.value / -deepest)


def value_at_risk(returns: Series, cutoff: float = 0.05) -> Figure:
    """Quantile `cutoff` of the returns, linear between two values; a return, usually negative."""
    (values,) = known(returns)
    if len(values) < 1:
        return undefined(TOO_FEW_VALUES)
    return Figure(float(np.quantile(values, cutoff)))


def conditional_value_at_risk(returns: Series, cutoff: float = 0.05) -> Figure:
    """Mean of the lowest `floor((n - 1) x cutoff) + 1` returns."""
    (values,) = known(returns)
    if len(values) < 1:
        return undefined(TOO_FEW_VALUES)
    tail = math.floor((len(values) - 1) * cutoff) + 1
    return Figure(float(np.mean(np.sort(values)[:tail])))


def omega(returns: Series, target: Series | float = 0.0) -> Figure:
    """Sum of what lies above `target` per period over the sum of what lies below it."""
    values, wanted = known(returns, target)
    if len(values) == 0:
        return undefined(TOO_FEW_VALUES)
    excess = values - wanted
    losses = float(np.sum(np.maximum(-excess, 0.0)))
    return undefined("no_loss") if losses == 0 else Figure(float(np.sum(np.maximum(excess, 0.0))) / losses)


def downside_frequency(returns: Series, target: Series | float = 0.0) -> Figure:
    """Share of the periods below `target`."""
    values, wanted = known(returns, target)
    return Figure(float(np.mean(values < wanted))) if len(values) else undefined(TOO_FEW_VALUES)


def mean_absolute_deviation(returns: Series) -> Figure:
    """Mean distance from the mean."""
    (values,) = known(returns)
    return Figure(float(np.mean(np.abs(values - np.mean(values))))) if len(values) else undefined(TOO_FEW_VALUES)


def pain_index(returns: Series) -> Figure:
    """Mean depth below the running peak, the starting capital counted as a peak; >= 0."""
    (values,) = known(returns)
    return Figure(float(-np.mean(depths(index_of_returns(values))[1:]))) if len(values) else undefined(TOO_FEW_VALUES)


def positive_share(returns: Series) -> Figure:
    """Share of the returns that are above 0."""
    (values,) = known(returns)
    if len(values) < 1:
        return undefined(TOO_FEW_VALUES)
    return Figure(float(np.count_nonzero(values > 0) / len(values)))
