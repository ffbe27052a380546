"""Risk figures of 500 random series are those of empyrical, which nobody here wrote."""

from __future__ import annotations

import math

import empyrical
import numpy as np
import pytest

from backend.core.performance import relative_risk, risk
from backend.core.performance.drawdown import index_of_returns, max_drawdown
from backend.core.performance.figure import Figure

SEEDS = 500
YEAR = 365
CLOSE = 1e-9


def series(seed: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Returns of some days with fat tails, those of a benchmark they hang on, and a risk-free rate of a day."""
    rng = np.random.default_rng(seed)
    days = int(rng.integers(30, 1500))
    benchmark = np.clip(rng.standard_t(4, days) * 0.02, -0.6, 1.5)
    own = np.clip(rng.uniform(-0.5, 1.8) * benchmark + rng.standard_t(3, days) * 0.01, -0.6, 1.5)
    return own, benchmark, risk.rf_per_period(float(rng.uniform(-0.01, 0.08)))


@pytest.mark.parametrize("part", range(10))
def test_figures_are_those_of_empyrical(part: int) -> None:
    for seed in range(part, SEEDS, 10):
        r, b, rf = series(seed)
        year = {"annualization": YEAR}
        theirs = {
            "volatility": empyrical.annual_volatility(r, **year),
            "sharpe": empyrical.sharpe_ratio(r, rf, **year),
            "sortino": empyrical.sortino_ratio(r, rf, **year),
            "downside": empyrical.downside_risk(r, rf, **year),
            "drawdown": empyrical.max_drawdown(r),
            "var": empyrical.value_at_risk(r, 0.05),
            "cvar": empyrical.conditional_value_at_risk(r, 0.05),
            "annual": empyrical.annual_return(r, **year),
            "omega": empyrical.omega_ratio(r),
            "beta": empyrical.beta(r, b, rf),
            "alpha": empyrical.alpha(r, b, rf, **year),
            "information": empyrical.excess_sharpe(r, b) * math.sqrt(YEAR),
            "tracking": empyrical.annual_volatility(r - b, **year),
            "cumulative": empyrical.cum_returns_final(r),
        }
        ours: dict[str, Figure] = {
            "volatility": risk.volatility(r),
            "sharpe": risk.sharpe(r, rf),
            "sortino": risk.sortino(r, rf),
            "downside": risk.downside_deviation(r, rf),
            "drawdown": Figure(max_drawdown(index_of_returns(r)).depth),
            "var": risk.value_at_risk(r),
            "cvar": risk.conditional_value_at_risk(r),
            "annual": risk.annual_return(r),
            "omega": risk.omega(r),
            "beta": relative_risk.beta(r, b, rf),
            "alpha": relative_risk.alpha(r, b, rf),
            "information": relative_risk.information_ratio(r, b),
            "tracking": relative_risk.tracking_error(r, b),
            "cumulative": risk.cumulative_return(r),
        }
        if len(r) >= YEAR:
            theirs["calmar"], ours["calmar"] = empyrical.calmar_ratio(r, **year), risk.calmar(r)
        for name, value in theirs.items():
            figure = ours[name]
            assert figure.value == pytest.approx(float(value), rel=CLOSE, abs=1e-12), (name, seed)
