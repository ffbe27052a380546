"""Orders that sell one coin for another one that is wanted: one fee instead of two.

Source: docs/formulas.md#plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.routing import Route, best_route, walk

if TYPE_CHECKING:
    from backend.core.rebalancing.market import Market

# Coins are cut to a digit beyond any step, so that no quotient rounds up to more than there is.
COIN_DIGITS: Final = Decimal("1e-18")
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Swap:
    """A coin sold straight for another: `worth` is what leaves, in the reporting currency."""

    given: str
    taken: str
    route: Route
    worth: Decimal


def swaps(market: Market, sells: Amounts, buys: Amounts, base_asset: str, minimum: Decimal) -> tuple[Swap, ...]:
    """Pairs of a sale and a purchase that one order does at less cost than two over the base asset.

    The largest saving first; of equal ones the first by name. What is left of a side goes over the base asset.

    Args:
        sells, buys: money to move of each coin, above zero.
        minimum: what an order must be worth at least.
    """
    left, wanted = dict(sells), dict(buys)
    found: list[Swap] = []
    used: set[tuple[str, str]] = set()
    while True:
        best: tuple[Decimal, str, str, Route] | None = None
        for given in sorted(left):
            for taken in sorted(wanted):
                if (given, taken) in used or market.between(given, taken) is None:
                    continue
                worth = min(left[given], wanted[taken])
                if worth < minimum or worth <= ZERO:
                    continue
                saved = _saving(market, given, taken, base_asset, worth)
                if saved is not None and saved[0] > ZERO and (best is None or saved[0] > best[0]):
                    best = saved[0], given, taken, saved[1]
        if best is None:
            return tuple(found)
        _, given, taken, route = best
        used.add((given, taken))
        worth = market.value(given, route.spent)
        found.append(Swap(given, taken, route, worth))
        with localcontext(MONEY):
            left[given] -= worth
            wanted[taken] -= worth


def coins(market: Market, asset: str, worth: Decimal) -> Decimal:
    """The quantity that is worth so much in the reporting currency, cut, never rounded up."""
    with localcontext(MONEY):
        return (worth / market.prices[asset]).quantize(COIN_DIGITS, ROUND_FLOOR)


def _saving(market: Market, given: str, taken: str, base_asset: str, worth: Decimal) -> tuple[Decimal, Route] | None:
    """What one order saves against two over the base asset, reporting currency; None: it cannot be sent."""
    straight = walk(market, [given, taken], coins(market, given, worth))
    if not isinstance(straight, Route):
        return None
    with localcontext(MONEY):
        moved = market.value(given, straight.spent)
        over = _cost_over(market, given, taken, base_asset, straight.spent)
        return (over - straight.cost / moved) * moved, straight


def _cost_over(market: Market, given: str, taken: str, base_asset: str, amount: Decimal) -> Decimal:
    """The cost of going over the base asset as a ratio; all of it where there is no way."""
    out = best_route(market, given, base_asset, amount)
    if not isinstance(out, Route):
        return ONE
    back = best_route(market, base_asset, taken, out.received)
    if not isinstance(back, Route):
        return ONE
    with localcontext(MONEY):
        return out.cost / market.value(given, out.spent) + back.cost / market.value(base_asset, back.spent)
