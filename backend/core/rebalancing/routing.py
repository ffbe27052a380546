"""From one asset to another in one order or in two, by what it costs in all.

Source: docs/formulas.md#routes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.model.rebalancing import MarketOrder
from backend.core.rebalancing.filters import filter_order

if TYPE_CHECKING:
    from backend.core.rebalancing.market import Market, Pair, Side

# Quotients are cut to a digit far beyond any step: one that rounds up must not cost more than there is.
FAR_DIGITS: Final = Decimal("1e-24")
NoRoute = Literal["same_asset", "no_market", "min_qty", "min_notional"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop(MarketOrder):
    """One order of a route; `spread`: the way from the middle to the offer, in the reporting currency."""

    spread: Decimal


@dataclass(frozen=True, slots=True)
class Route:
    """Orders one after the other, each fed by what the one before brings; what rounding leaves, stays where it is."""

    hops: tuple[Hop, ...]

    @property
    def spent(self) -> Decimal:
        """Of the asset given."""
        return self.hops[0].spent

    @property
    def received(self) -> Decimal:
        """Of the asset wanted."""
        return self.hops[-1].received

    @property
    def fee(self) -> Decimal:
        """Of all hops, reporting currency."""
        return _sum(hop.fee for hop in self.hops)

    @property
    def spread(self) -> Decimal:
        """Of all hops, reporting currency."""
        return _sum(hop.spread for hop in self.hops)

    @property
    def cost(self) -> Decimal:
        """Fees and spread, reporting currency."""
        return _sum((self.fee, self.spread))


def best_route(market: Market, given: str, wanted: str, amount: Decimal) -> Route | NoRoute:
    """The cheapest way of turning `amount` of one asset into another, by cost for each unit of money that moves.

    Of equal ways the one with fewer orders, then the one that moves more, then the first by name. Where no way keeps to
    the filters, the reason that stopped the shortest one.

    Args:
        amount: of the asset given, above zero.
    """
    if given == wanted:
        return "same_asset"
    paths = [[given, wanted]] if market.between(given, wanted) else []
    paths += [[given, over, wanted] for over in market.over_one(given, wanted) if over in market.prices]
    refused: NoRoute = "no_market"
    routes: list[Route] = []
    for path in paths:
        found = walk(market, path, amount)
        if isinstance(found, Route):
            routes.append(found)
        elif refused == "no_market":
            refused = found
    return _cheapest(market, routes) if routes else refused


def walk(market: Market, path: list[str], amount: Decimal) -> Route | NoRoute:
    """Send an amount along a path of assets, as the filters and the best offers let it.

    No more sets out than the last order takes: the rest would be left in a coin that nobody asked for.
    """
    hops: list[Hop] = []
    most = _most(market, path) if len(path) > 2 else None
    amount = amount if most is None else min(amount, most)
    for given, taken in pairwise(path):
        found = market.between(given, taken)
        if found is None:
            return "no_market"
        hop = _hop(market, *found, given, taken, amount)
        if not isinstance(hop, Hop):
            return hop
        hops.append(hop)
        amount = hop.received
    return Route(tuple(hops))


def _most(market: Market, path: list[str]) -> Decimal | None:
    """Of the asset given: what brings as much as the last order takes at most; None: it takes any quantity."""
    first, last = (market.between(*ends) for ends in pairwise(path))
    most = last[0].bounds.max_qty if last else None
    if first is None or last is None or most is None:
        return None
    pair, side = last
    with localcontext(MONEY):
        taken = most * (ONE if side == "SELL" else pair.ask)
        pair, side = first
        gross = taken if pair.fee_apart else taken / (ONE - pair.fee_rate)
        return (gross / pair.bid if side == "SELL" else gross * pair.ask).quantize(FAR_DIGITS, ROUND_FLOOR)


def _hop(market: Market, pair: Pair, side: Side, given: str, taken: str, amount: Decimal) -> Hop | NoRoute:
    price = pair.bid if side == "SELL" else pair.ask
    with localcontext(MONEY):
        wished = amount if side == "SELL" else (amount / price).quantize(FAR_DIGITS, ROUND_FLOOR)
        if pair.bounds.max_qty is not None:
            wished = min(wished, pair.bounds.max_qty)
        order = filter_order(wished, price, pair.bounds.step, pair.bounds.min_qty, pair.bounds.min_notional)
        if order.dropped is not None:
            return "min_qty" if order.dropped == "min_qty" else "min_notional"
        quantity, notional = order.quantity, order.value
        spent, gross = (quantity, notional) if side == "SELL" else (notional, quantity)
        fee_coins = gross * pair.fee_rate
        worth = market.value(taken, gross)
        return Hop(
            symbol=pair.symbol,
            side=side,
            given=given,
            taken=taken,
            quantity=quantity,
            price=price,
            notional=notional,
            spent=spent,
            received=gross if pair.fee_apart else gross - fee_coins,
            fee=worth * pair.fee_rate,
            spread=market.value(given, spent) - worth,
        )


def _cheapest(market: Market, routes: Sequence[Route]) -> Route:
    return min(routes, key=lambda route: _rank(market, route))


def _rank(market: Market, route: Route) -> tuple[Decimal, int, Decimal, tuple[str, ...]]:
    first = route.hops[0]
    with localcontext(MONEY):
        moved = market.value(first.given, first.spent)
        share = route.cost / moved if moved > ZERO else ONE
        return share, len(route.hops), -moved, tuple(hop.symbol for hop in route.hops)


def _sum(values: Iterable[Decimal]) -> Decimal:
    with localcontext(MONEY):
        return sum(values, ZERO)
