"""How far the weights are from their targets, and how they got there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.errors import EmptyPortfolioError

DriftStatus = Literal["OVERWEIGHT", "UNDERWEIGHT", "ON_TARGET"]


@dataclass(frozen=True, slots=True)
class AssetDrift:
    """`drift` = weight - target; a ratio of 0.01 is one percentage point."""

    asset: str
    weight: Decimal
    target: Decimal
    drift: Decimal
    status: DriftStatus


def drifts(
    values: Mapping[str, Decimal], targets: Mapping[str, Decimal], threshold: Decimal = ZERO
) -> tuple[AssetDrift, ...]:
    """Every asset held or targeted, the largest drift of either sign first.

    Args:
        values: in the reporting currency; an asset not held has none.
        threshold: from this drift on an asset is off its target.

    Raises:
        EmptyPortfolioError: the values add up to zero or less.

    Source:
        docs/formulas.md#drift.
    """
    with localcontext(MONEY):
        total = sum(values.values(), ZERO)
        if total <= 0:
            raise EmptyPortfolioError("there is no value to take weights of")
        rows = []
        for asset in dict.fromkeys([*values, *targets]):
            weight, target = values.get(asset, ZERO) / total, targets.get(asset, ZERO)
            drift = weight - target
            rows.append(AssetDrift(asset, weight, target, drift, _status(drift, threshold)))
    return tuple(sorted(rows, key=lambda row: -abs(row.drift)))


def _status(drift: Decimal, threshold: Decimal) -> DriftStatus:
    if drift == 0 or abs(drift) < threshold:
        return "ON_TARGET"
    return "OVERWEIGHT" if drift > 0 else "UNDERWEIGHT"


@dataclass(frozen=True, slots=True)
class DriftingPeriod:
    """One period of a portfolio: the weights that entered it and its return, ratios without unit."""

    weights_before: Mapping[str, Decimal]
    portfolio_return: Decimal


def drifting_weights(
    returns: Mapping[str, Sequence[Decimal]], weights: Mapping[str, Decimal], rebalance: bool = False
) -> tuple[DriftingPeriod, ...]:
    """Let weights drift with the returns of their assets, or reset them before every period.

    Args:
        returns: per asset one return per period, all of one length.
        weights: of the start.

    Raises:
        EmptyPortfolioError: everything is lost before the last period.

    Source:
        docs/formulas.md#drift.
    """
    periods: list[DriftingPeriod] = []
    with localcontext(MONEY):
        held = dict(weights)
        for row in zip(*(returns[asset] for asset in weights), strict=True):
            grown = {asset: held[asset] * (ONE + one) for asset, one in zip(weights, row, strict=True)}
            before, after = sum(held.values(), ZERO), sum(grown.values(), ZERO)
            if before <= 0:
                raise EmptyPortfolioError("everything was lost before the end")
            periods.append(DriftingPeriod({a: value / before for a, value in held.items()}, after / before - ONE))
            held = {asset: after * weight for asset, weight in weights.items()} if rebalance else grown
    return tuple(periods)
