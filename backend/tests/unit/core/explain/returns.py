"""Random daily returns, and their risk figures opened to shares."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from backend.core.explain.day_shares import Returns, day_shares
from backend.core.explain.model import CUT, EXACTLY, Input, summed
from backend.core.explain.risks import AGAINST, RATIO_STEP, SHARE_STEP, SHARES, compounded, summing_to
from backend.core.performance import relative_risk, risk
from backend.core.performance.figure import Figure


@dataclass(frozen=True, slots=True)
class Opened:
    """What is shown of a figure, what its rows come to, and their kinds."""

    shown: Decimal
    told: Decimal
    kinds: Sequence[str]


def random_returns(dice: random.Random, length: int) -> tuple[list[float], list[float], float]:
    """Returns of an account, of its benchmark, and the risk-free rate of a day; calm or wild, with losses of all."""
    wild = dice.choice((0.0001, 0.02, 0.3))
    pull = dice.uniform(-1, 2)
    benchmark = [dice.gauss(0.0005, wild) for _ in range(length)]
    own = [pull * one + dice.gauss(0, wild / 2) for one in benchmark]
    if dice.random() < 0.1:
        own[dice.randrange(length)] = -1.0
    return own, benchmark, dice.choice((0.0, 0.0001, -0.00005))


def figure_of(name: str, own: Sequence[float], benchmark: Sequence[float], rf: float) -> Figure:
    """The figure as the page of risk computes it."""
    r, b = np.array(own), np.array(benchmark)
    return {
        "volatility": lambda: risk.volatility(r),
        "sharpe": lambda: risk.sharpe(r, rf),
        "sortino": lambda: risk.sortino(r),
        "var_95": lambda: risk.value_at_risk(r),
        "cvar_95": lambda: risk.conditional_value_at_risk(r),
        "best_day": lambda: Figure(float(r.max())),
        "worst_day": lambda: Figure(float(r.min())),
        "positive_days": lambda: risk.positive_share(r),
        "beta": lambda: relative_risk.beta(r, b, rf),
        "alpha": lambda: relative_risk.alpha(r, b, rf),
        "tracking_error": lambda: relative_risk.tracking_error(r, b),
        "information_ratio": lambda: relative_risk.information_ratio(r, b),
    }[name]()


def opened(
    name: str, own: Sequence[float], benchmark: Sequence[float], rf: float, wrong_by: float = 0.0
) -> Opened | None:
    """A figure and its rows; None where it is not defined. `wrong_by`: shown as that much more than it is."""
    value = figure_of(name, own, benchmark, rf).value
    if value is None:
        return None
    value += wrong_by
    against = [Decimal(repr(one)) for one in benchmark] if name in AGAINST else []
    returns = Returns(range(len(own)), [Decimal(repr(one)) for one in own], against, Decimal(repr(rf)))
    parts = [part.quantize(CUT, context=EXACTLY) for part in day_shares(name, returns).parts.values()]
    rows = summing_to(
        [Input("daily_return", "", None, part=part) for part in parts], value, name in SHARES, name == "alpha"
    )
    step = SHARE_STEP if name in SHARES else RATIO_STEP
    total = summed([row.part for row in rows])
    told = compounded(total) if name == "alpha" else total
    return Opened(
        shown=Decimal(repr(value)).quantize(step, ROUND_HALF_EVEN, context=EXACTLY),
        told=told.quantize(step, ROUND_HALF_EVEN, context=EXACTLY),
        kinds=[row.kind for row in rows],
    )
