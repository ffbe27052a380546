"""Which coins a plan may touch, how much of them, and why not the others.

Source: docs/formulas.md#plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Literal

from backend.core.model.amounts import MONEY, ZERO

Untouched = Literal["unpriced", "excluded", "no_market", "not_ranked", "not_held", "no_target"]
Quantities = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Position:
    """Coins of one asset: all that is owned, and what lies free in the spot wallet and may be sold."""

    owned: Decimal
    free: Decimal


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user set.

    `protected`: quantities that stay, whatever the targets say. `ranks`: by CoinMarketCap, None where the filter is
    off; an asset without a rank is beyond all. `sell_untargeted`: coins without a target are sold too.
    """

    protected: Quantities = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    only_held: bool = False
    sell_untargeted: bool = False
    ranks: Mapping[str, int] | None = None
    max_rank: int = 0


@dataclass(frozen=True, slots=True)
class Eligible:
    """`values` of what takes part, reporting currency, protected coins taken off; `free`: what of it may be sold now.

    `left_out`: everything else that is held or targeted, and why.
    """

    values: Quantities
    free: Quantities
    left_out: Mapping[str, Untouched]


def eligible(
    positions: Mapping[str, Position],
    targets: Quantities,
    prices: Quantities,
    rules: Rules,
    base_asset: str,
    tradable: Collection[str],
) -> Eligible:
    """Sort the assets held or targeted into those that take part and those that do not.

    `tradable`: what one order or two turn into the base asset now; what else there is can be neither bought nor sold.
    The base asset is never ranked: it is what is traded against. Coins in Earn, staking or margin count in the value of
    their asset; only what is free may be sold.
    """
    values: dict[str, Decimal] = {}
    free: dict[str, Decimal] = {}
    left_out: dict[str, Untouched] = {}
    with localcontext(MONEY):
        for asset in sorted({*positions, *targets}):
            held = positions.get(asset, Position(ZERO, ZERO))
            why = _why_not(asset, held, targets, prices, rules, base_asset, tradable)
            if why is not None:
                left_out[asset] = why
                continue
            kept = min(max(rules.protected.get(asset, ZERO), ZERO), max(held.owned, ZERO))
            values[asset] = (held.owned - kept) * prices[asset]
            free[asset] = spendable(held, kept)
    return Eligible(values, free, left_out)


def spendable(held: Position, kept: Decimal) -> Decimal:
    """Free coins that are not protected: those that are not free cannot leave anyway and are kept first."""
    with localcontext(MONEY):
        locked = max(held.owned - held.free, ZERO)
        return max(held.free - max(kept - locked, ZERO), ZERO)


def _why_not(
    asset: str,
    held: Position,
    targets: Quantities,
    prices: Quantities,
    rules: Rules,
    base_asset: str,
    tradable: Collection[str],
) -> Untouched | None:
    target = targets.get(asset, ZERO)
    if asset in rules.excluded:
        return "excluded"
    if prices.get(asset, ZERO) <= ZERO:
        return "unpriced"
    if asset == base_asset:
        return None if target > ZERO or rules.sell_untargeted else "no_target"
    if target <= ZERO and not rules.sell_untargeted:
        return "no_target"
    if asset not in tradable:
        return "no_market"
    if rules.only_held and held.owned <= ZERO:
        return "not_held"
    if rules.ranks is not None and target > ZERO and rules.ranks.get(asset, rules.max_rank + 1) > rules.max_rank:
        return "not_ranked"
    return None
