"""How far an account stands from its targets now, by what its last reading says: what a plan would act on.

The filter by rank is left to the plan: what is shown all the time must not wait for it.
Source: docs/formulas.md#drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ZERO, total
from backend.core.model.wallets import Wallet
from backend.core.rebalancing.eligibility import Position, Rules, eligible

if TYPE_CHECKING:
    from backend.core.model.rebalancing import RebalancingSettings
    from backend.core.model.valuation import PricedBalance

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class AssetStanding:
    """An asset over all wallets; percents, `drift` in points. None: no price, no target, or it takes no part.

    `weight`: of all that has a price. `base_weight`: of what takes part, protected coins taken off; `drift` is that
    less the target, where the targets of what takes part are scaled to 100 and what is to be sold for it has one of 0.
    """

    asset: str
    value: Decimal | None
    weight: Decimal | None
    base_weight: Decimal | None
    target: Decimal | None
    drift: Decimal | None
    outside: bool


def standing(
    lines: Iterable[PricedBalance], percents: Mapping[str, Decimal], settings: RebalancingSettings, reporting: str
) -> Sequence[AssetStanding]:
    """Every asset held or targeted: the largest target first, then the largest value.

    Args:
        percents: target weights in percent.
        reporting: the reporting currency, which is the base asset where the settings name none.
    """
    by_asset: dict[str, list[PricedBalance]] = {}
    for line in lines:
        by_asset.setdefault(line.balance.asset, []).append(line)
    positions = positions_of([line for parts in by_asset.values() for line in parts])
    prices = {asset: price for asset, parts in by_asset.items() if (price := _price(parts)) is not None}
    values = {asset: _value(parts) for asset, parts in by_asset.items()}
    rules = Rules(settings.protected, settings.excluded, settings.only_held, settings.sell_untargeted)
    with localcontext(MONEY):
        targets = {asset: share / HUNDRED for asset, share in percents.items()}
        # What is not held has no price here: a target alone makes it take part, with nothing in it.
        known = {**dict.fromkeys(percents, Decimal(1)), **prices}
        part = eligible(positions, targets, known, rules, settings.base_asset or reporting, known.keys())
        base = total([value for asset, value in part.values.items() if asset not in values or asset in prices])
        whole = total([targets.get(asset, ZERO) for asset in part.values])
        everything = total([value for value in values.values() if value is not None])
        found = []
        for asset in dict.fromkeys([*percents, *values]):
            value = values.get(asset, ZERO)
            weight = None if value is None or everything <= ZERO else value / everything * HUNDRED
            inside = asset in part.values and value is not None and base > ZERO
            base_weight = part.values[asset] / base * HUNDRED if inside else None
            drift = None
            if base_weight is not None and whole > ZERO:
                drift = base_weight - targets.get(asset, ZERO) / whole * HUNDRED
            outside = drift is not None and abs(drift) >= settings.threshold_percent
            found.append(AssetStanding(asset, value, weight, base_weight, percents.get(asset), drift, outside))
    return sorted(found, key=lambda one: (-(one.target or ZERO), -(one.value or ZERO), one.asset))


def positions_of(lines: Iterable[PricedBalance]) -> Mapping[str, Position]:
    """What is owned of each asset over all wallets, and what of it lies free in the spot wallet; zeros left out."""
    owned: dict[str, list[Decimal]] = {}
    free: dict[str, list[Decimal]] = {}
    for line in lines:
        owned.setdefault(line.balance.asset, []).append(line.balance.total)
        if line.balance.wallet == Wallet.SPOT:
            free.setdefault(line.balance.asset, []).append(line.balance.free)
    found = {asset: Position(total(parts), total(free.get(asset, []))) for asset, parts in sorted(owned.items())}
    return {asset: held for asset, held in found.items() if held != Position(ZERO, ZERO)}


def _price(parts: Sequence[PricedBalance]) -> Decimal | None:
    return next((line.price for line in parts if line.price is not None), None)


def _value(parts: Sequence[PricedBalance]) -> Decimal | None:
    values = [line.value for line in parts]
    return None if None in values else total([value for value in values if value is not None])
