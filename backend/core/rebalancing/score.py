"""Did a run pay: the coins it left behind against those it took away, its fees included, at the prices of now.

Linear in what a run changed, so the scores of all runs add up to what trading made, however they follow each other.
Source: docs/formulas.md#score-of-a-run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from backend.core.model.amounts import MONEY, ZERO
from backend.core.rebalancing.order_money import changes, held_after

if TYPE_CHECKING:
    from backend.core.model.rebalancing import PlannedOrder
    from backend.core.model.runs import RunFill

Quantities = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What a run changed of one asset: a signed quantity, and what it is worth now; None without a price."""

    asset: str
    quantity: Decimal
    price: Decimal | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Score:
    """`value` in the reporting currency is the sum of the lines; None where one has no price, `missing` names those."""

    value: Decimal | None
    lines: tuple[ScoreLine, ...]
    missing: tuple[str, ...]


def net_change(orders: Iterable[PlannedOrder], fills: Iterable[RunFill]) -> dict[str, Decimal]:
    """What a run changed of each asset, fees taken off; assets that end as they began are left out."""
    by_n = {order.n: order for order in orders}
    return held_after({}, [changes(by_n[fill.n], [fill]) for fill in fills])


def score(change: Quantities, prices: Quantities) -> Score:
    """Value what a run changed: `sum of quantity x price`.

    Args:
        change: what `net_change` gives of one run, or the sum of it over many.
        prices: in the reporting currency; an asset without one makes the score unknown.
    """
    lines: list[ScoreLine] = []
    with localcontext(MONEY):
        for asset in sorted(change):
            price = prices.get(asset)
            if change[asset]:
                lines.append(ScoreLine(asset, change[asset], price, None if price is None else change[asset] * price))
        missing = tuple(line.asset for line in lines if line.price is None)
        value = None if missing else sum((line.value for line in lines if line.value is not None), ZERO)
    return Score(value, tuple(lines), missing)


def less(one: Quantities, other: Quantities) -> dict[str, Decimal]:
    """One change less another. What is held less what the runs changed is what would be held without them: the same
    coins came and left otherwise, and below zero is owed."""
    return held_after(one, [{asset: -amount for asset, amount in other.items()}])
