"""The risk figures of a sample by name, with how far each can be trusted. Source: docs/formulas.md#risk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from backend.core.performance import relative_risk, risk
from backend.core.performance.drawdown import Drawdown, max_drawdown
from backend.core.performance.figure import Figure, undefined
from backend.core.performance.risk_sample import FEWEST_RETURNS, MISSING_DAYS, Line, Sample

TOO_FEW_DAYS: Final = "too_few_days"
NO_BENCHMARK: Final = "no_benchmark"
NO_DRAWDOWN: Final = "no_drawdown"


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of one line: `count` daily returns are in it. `doubt` says why it is an estimate.

    `fall`: positions in the index of the line; `place`: of the best or worst day in its returns.
    """

    figure: Figure
    count: int
    doubt: str | None = None
    fall: Drawdown | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure and the same of the benchmark, None where that has no meaning."""

    own: Named
    benchmark: Named | None = None


def risk_pairs(sample: Sample, rf_per_year: float, yearly: tuple[Figure, Figure]) -> Mapping[str, Pair]:
    """All figures that daily returns give.

    Args:
        rf_per_year: the risk-free rate of a year, 0.04 is 4 %.
        yearly: annual return of the window, own and of the benchmark, for Calmar.
    """
    rf = risk.rf_per_period(rf_per_year)
    own, benchmark = sample.own, sample.benchmark
    mine = _alone(own, rf, yearly[0], sample.doubt)
    theirs = _alone(benchmark, rf, yearly[1], None)
    if benchmark.count == 0:
        theirs = {name: replace(one, figure=undefined(NO_BENCHMARK)) for name, one in theirs.items()}
    pairs = {name: Pair(one, theirs[name]) for name, one in mine.items()}
    r, b = own.returns, benchmark.returns
    common = int(np.count_nonzero(np.isfinite(r) & np.isfinite(b)))
    doubt = sample.doubt or (MISSING_DAYS if common < len(r) else None)
    against: Mapping[str, Callable[[], Figure]] = {
        "beta": lambda: relative_risk.beta(r, b, rf),
        "alpha": lambda: relative_risk.alpha(r, b, rf),
        "tracking_error": lambda: relative_risk.tracking_error(r, b),
        "information_ratio": lambda: relative_risk.information_ratio(r, b),
    }
    for name, figure in against.items():
        if benchmark.count == 0:
            told = undefined(NO_BENCHMARK)
        else:
            told = figure() if common >= FEWEST_RETURNS else undefined(TOO_FEW_DAYS)
        pairs[name] = Pair(Named(told, common, doubt))
    return pairs


def _alone(line: Line, rf: float, yearly: Figure, doubt: str | None) -> dict[str, Named]:
    r, count = line.returns, line.count
    doubt = doubt or (MISSING_DAYS if line.missing else None)
    names = (
        *("volatility", "sharpe", "sortino", "calmar", "max_drawdown"),
        *("var_95", "cvar_95", "best_day", "worst_day", "positive_days"),
    )
    if count < FEWEST_RETURNS:
        return {name: Named(undefined(TOO_FEW_DAYS), count, doubt) for name in names}
    fall = max_drawdown(line.index)
    best, worst = int(np.nanargmax(r)), int(np.nanargmin(r))
    figures = (
        *(risk.volatility(r), risk.sharpe(r, rf), risk.sortino(r), _calmar(yearly, fall), Figure(fall.depth)),
        *(risk.value_at_risk(r), risk.conditional_value_at_risk(r), Figure(float(r[best])), Figure(float(r[worst]))),
        risk.positive_share(r),
    )
    told = {name: Named(figure, count, doubt) for name, figure in zip(names, figures, strict=True)}
    told["max_drawdown"] = replace(told["max_drawdown"], fall=fall)
    told["best_day"] = replace(told["best_day"], place=best)
    told["worst_day"] = replace(told["worst_day"], place=worst)
    return told


def _calmar(yearly: Figure, fall: Drawdown) -> Figure:
    if yearly.value is None:
        return yearly
    return undefined(NO_DRAWDOWN) if fall.depth == 0 else Figure(yearly.value / -fall.depth)
