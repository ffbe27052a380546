"""Runner of the family `risk`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from backend.core.performance import relative_risk, risk, trades
from backend.core.performance.drawdown import equity_drawdown, index_of_returns, max_drawdown
from backend.core.performance.figure import Figure
from backend.tests.vectors.cases import Inputs

Runner = Callable[[Inputs], dict[str, Any]]


def _returns(inputs: Inputs) -> list[float]:
    return inputs.numbers("returns") or []


def _benchmark(inputs: Inputs) -> list[float]:
    return inputs.numbers("benchmark") or []


def _each_period(inputs: Inputs, name: str) -> float | list[float]:
    """A rate per period: a number, a series, or 0 where the case has none."""
    if isinstance(inputs.raw(name), list):
        return inputs.numbers(name) or []
    return float(inputs.money(name, "0"))


def _periods(inputs: Inputs) -> float:
    return float(inputs.money("periods_per_year", "365"))


def _yearly_rf(inputs: Inputs) -> float:
    return math.expm1(math.log1p(float(inputs.money("rf_per_period", "0"))) * _periods(inputs))


def _figure(calculate: Callable[[Inputs], Figure | float | Decimal | None]) -> Runner:
    return lambda inputs: {"value": calculate(inputs)}


def _of_trades(calculate: Callable[[Sequence[Decimal]], Decimal | None]) -> Runner:
    return lambda inputs: {"value": calculate([Decimal(str(result)) for result in inputs.raw("pnls")])}


def _equity(inputs: Inputs) -> dict[str, Any]:
    profits = [Decimal(str(profit)) for profit in inputs.raw("profits")]
    result = equity_drawdown(inputs.money("starting_balance"), profits)
    return {
        "drawdown_abs": result.max_abs,
        "drawdown_relative": result.max_abs_relative,
        "max_abs": result.max_abs,
        "max_abs_relative": result.max_abs_relative,
        "max_relative": result.max_relative,
        "max_relative_abs": result.max_relative_abs,
    }


RUNNERS: dict[str, Runner] = {
    "risk.cumulative_return": _figure(lambda i: risk.cumulative_return(_returns(i))),
    "risk.annual_return": _figure(lambda i: risk.annual_return(_returns(i), _periods(i))),
    "risk.volatility": _figure(lambda i: risk.volatility(_returns(i), _periods(i))),
    "risk.sharpe": _figure(lambda i: risk.sharpe(_returns(i), _each_period(i, "rf_per_period"), _periods(i))),
    "risk.downside_deviation": _figure(
        lambda i: risk.downside_deviation(_returns(i), _each_period(i, "mar_per_period"), _periods(i))
    ),
    "risk.sortino": _figure(lambda i: risk.sortino(_returns(i), _each_period(i, "mar_per_period"), _periods(i))),
    # The cases are of any length; the product's 365 days are the default of the function.
    "risk.calmar": _figure(lambda i: risk.calmar(_returns(i), _periods(i), min_periods=0)),
    "risk.max_drawdown": _figure(lambda i: max_drawdown(index_of_returns(*risk.known(_returns(i)))).depth),
    "risk.var": _figure(lambda i: risk.value_at_risk(_returns(i), float(i.money("cutoff", "0.05")))),
    "risk.cvar": _figure(lambda i: risk.conditional_value_at_risk(_returns(i), float(i.money("cutoff", "0.05")))),
    "risk.omega": _figure(lambda i: risk.omega(_returns(i), _each_period(i, "mar_per_period"))),
    "risk.downside_frequency": _figure(
        lambda i: risk.downside_frequency(_returns(i), _each_period(i, "mar_per_period"))
    ),
    "risk.mean_absolute_deviation": _figure(lambda i: risk.mean_absolute_deviation(_returns(i))),
    "risk.pain_index": _figure(lambda i: risk.pain_index(_returns(i))),
    "risk.beta": _figure(lambda i: relative_risk.beta(_returns(i), _benchmark(i), _each_period(i, "rf_per_period"))),
    "risk.alpha": _figure(
        lambda i: relative_risk.alpha(_returns(i), _benchmark(i), _each_period(i, "rf_per_period"), _periods(i))
    ),
    "risk.tracking_error": _figure(lambda i: relative_risk.tracking_error(_returns(i), _benchmark(i), _periods(i))),
    "risk.information_ratio": _figure(
        lambda i: relative_risk.information_ratio(_returns(i), _benchmark(i), _periods(i))
    ),
    "risk.jensen_alpha_annual": _figure(
        lambda i: relative_risk.jensen_alpha_annual(_returns(i), _benchmark(i), _yearly_rf(i), _periods(i))
    ),
    "risk.m_squared": _figure(
        lambda i: relative_risk.m_squared(_returns(i), _benchmark(i), _yearly_rf(i), _periods(i))
    ),
    "risk.equity_drawdown": _equity,
    "trade.win_rate": _of_trades(trades.win_rate),
    "trade.expectancy": _of_trades(trades.expectancy),
    "trade.profit_factor": _of_trades(trades.profit_factor),
}
