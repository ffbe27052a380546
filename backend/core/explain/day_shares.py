"""What each daily return has in a risk figure: shares whose sum is the figure.

Every formula is written as a sum over days (docs/formulas.md#risk), in decimals and apart from the code that computes
the figures, which is float64. Returns without unit; a share is in the unit of its figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import Final

from backend.core.explain.model import EXACTLY, summed
from backend.core.model.amounts import ONE, ZERO

YEAR: Final = Decimal(365)
CUTOFF: Final = 0.05


@dataclass(frozen=True, slots=True)
class Returns:
    """The daily returns that a figure counts, oldest first, and the benchmark's of the same days, where it has them.

    `places`: which day of the sample each is of; `rf`: the risk-free rate of a day.
    """

    places: Sequence[int]
    own: Sequence[Decimal]
    benchmark: Sequence[Decimal]
    rf: Decimal

    def __len__(self) -> int:
        return len(self.own)


@dataclass(frozen=True, slots=True)
class Shares:
    """The days that count by their position in the returns, what each has in the figure, and the formula in words."""

    parts: Mapping[int, Decimal]
    formula: str


def day_shares(name: str, returns: Returns) -> Shares:
    """The shares of a figure.

    Args:
        name: one of `BY_DAYS`.
        returns: at least two, and such that the figure is defined.
    """
    with localcontext(EXACTLY):
        return _BY_NAME[name](returns)


def _all(parts: Sequence[Decimal], formula: str) -> Shares:
    return Shares(dict(enumerate(parts)), formula)


def _root(value: Decimal) -> Decimal:
    return value.sqrt(EXACTLY)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return summed(values) / Decimal(len(values))


def _less(values: Sequence[Decimal], taken: Decimal) -> list[Decimal]:
    return [value - taken for value in values]


def _products(ones: Sequence[Decimal], others: Sequence[Decimal]) -> list[Decimal]:
    return [one * other for one, other in zip(ones, others, strict=True)]


def _squares(values: Sequence[Decimal]) -> list[Decimal]:
    return _products(values, values)


def _spread(values: Sequence[Decimal]) -> list[Decimal]:
    """Squares of the distances from the mean."""
    return _squares(_less(values, _mean(values)))


def _over(values: Sequence[Decimal], divisor: Decimal) -> list[Decimal]:
    return [ZERO if divisor == ZERO else value / divisor for value in values]


def _deviation(values: Sequence[Decimal], what: str) -> Shares:
    """`sqrt(365 x sum / (n - 1))`: each day has its square, scaled so that the sum is the root."""
    squares = _spread(values)
    counted = Decimal(len(values) - 1)
    root = _root(YEAR * summed(squares) / counted)
    parts = _over([YEAR * square for square in squares], counted * root)
    return _all(parts, f"sqrt(365 x sum of ({what} - mean)^2 / {counted})")


def _ratio(values: Sequence[Decimal], deviation: Decimal, what: str, name: str) -> Shares:
    """`mean / deviation x sqrt(365)`: each day has its value, scaled."""
    scale = _root(YEAR) / (Decimal(len(values)) * deviation)
    parts = [value * scale for value in values]
    told = f"mean of {what} {_short(_mean(values))} / {name} {_short(deviation)} x sqrt(365)"
    return _all(parts, told)


def _sample_deviation(values: Sequence[Decimal]) -> Decimal:
    return _root(summed(_spread(values)) / Decimal(len(values) - 1))


def _volatility(returns: Returns) -> Shares:
    return _deviation(returns.own, "return")


def _sharpe(returns: Returns) -> Shares:
    excess = _less(returns.own, returns.rf)
    return _ratio(excess, _sample_deviation(excess), "(return - free rate)", "deviation")


def _sortino(returns: Returns) -> Shares:
    losses = [min(value, ZERO) for value in returns.own]
    downside = _root(_mean(_squares(losses)))
    return _ratio(returns.own, downside, "return", "deviation of losses")


def _value_at_risk(returns: Returns) -> Shares:
    """The quantile between two days."""
    ranked = _ranked(returns)
    place = Decimal(len(ranked) - 1) * Decimal("0.05")
    low = int(place)
    upper = place - Decimal(low)
    parts = {ranked[low]: returns.own[ranked[low]] * (ONE - upper)}
    if upper:
        parts[ranked[low + 1]] = returns.own[ranked[low + 1]] * upper
    return Shares(parts, f"place {place.normalize():f} of {len(ranked)} returns in rising order, from 0 on")


def _conditional(returns: Returns) -> Shares:
    ranked = _ranked(returns)
    tail = ranked[: math.floor((len(ranked) - 1) * CUTOFF) + 1]
    parts = {place: returns.own[place] / Decimal(len(tail)) for place in sorted(tail)}
    return Shares(parts, f"mean of the {len(tail)} lowest of {len(ranked)} returns")


def _best(returns: Returns) -> Shares:
    place = max(range(len(returns)), key=lambda one: (returns.own[one], -one))
    return Shares({place: returns.own[place]}, f"highest of {len(returns)} returns")


def _worst(returns: Returns) -> Shares:
    place = min(range(len(returns)), key=lambda one: (returns.own[one], one))
    return Shares({place: returns.own[place]}, f"lowest of {len(returns)} returns")


def _positive(returns: Returns) -> Shares:
    above = [place for place, value in enumerate(returns.own) if value > ZERO]
    told = f"{len(above)} days above 0 of {len(returns)}"
    return _all([ONE / Decimal(len(returns)) if value > ZERO else ZERO for value in returns.own], told)


def _ranked(returns: Returns) -> list[int]:
    return sorted(range(len(returns)), key=lambda place: (returns.own[place], place))


def _slopes(returns: Returns) -> tuple[list[Decimal], Decimal]:
    """What each day has in beta, and the sum of the benchmark's squares."""
    mine, other = _less(returns.own, _mean(returns.own)), _less(returns.benchmark, _mean(returns.benchmark))
    spread = summed(_squares(other))
    return _over(_products(mine, other), spread), spread


def _beta(returns: Returns) -> Shares:
    parts, spread = _slopes(returns)
    told = f"sum of (return - mean) x (benchmark - mean) / sum of (benchmark - mean)^2 {_short(spread)}"
    return _all(parts, told)


def _alpha(returns: Returns) -> Shares:
    """Of a day: the figure is what they compound to in a year."""
    parts, _ = _slopes(returns)
    slope, count = summed(parts), Decimal(len(returns))
    own, other = _less(returns.own, returns.rf), _less(returns.benchmark, returns.rf)
    left = [one - slope * two for one, two in zip(own, other, strict=True)]
    told = f"(1 + mean of (return - free rate - beta {_short(slope)} x (benchmark - free rate)))^365 - 1"
    return _all(_over(left, count), told)


def _difference(returns: Returns) -> list[Decimal]:
    return [one - two for one, two in zip(returns.own, returns.benchmark, strict=True)]


def _tracking_error(returns: Returns) -> Shares:
    return _deviation(_difference(returns), "(return - benchmark)")


def _information_ratio(returns: Returns) -> Shares:
    difference = _difference(returns)
    return _ratio(difference, _sample_deviation(difference), "(return - benchmark)", "deviation")


def _short(value: Decimal) -> str:
    return f"{value:.8f}"


_BY_NAME: Final[Mapping[str, Callable[[Returns], Shares]]] = MappingProxyType(
    {
        "volatility": _volatility,
        "sharpe": _sharpe,
        "sortino": _sortino,
        "var_95": _value_at_risk,
        "cvar_95": _conditional,
        "best_day": _best,
        "worst_day": _worst,
        "positive_days": _positive,
        "beta": _beta,
        "alpha": _alpha,
        "tracking_error": _tracking_error,
        "information_ratio": _information_ratio,
    }
)
BY_DAYS: Final = tuple(_BY_NAME)
