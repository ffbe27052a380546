"""The plan: what would be traded, by which orders, at what cost, and why not the rest. The same inputs, the same plan.

Source: docs/formulas.md#plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.eligibility import Eligible, Position, Rules, Untouched, eligible, spendable
from backend.core.rebalancing.netting import coins, swaps
from backend.core.rebalancing.routing import NoRoute, Route, best_route
from backend.core.rebalancing.wishes import Sizes, Unwished, Wishes, wishes

if TYPE_CHECKING:
    from backend.core.rebalancing.market import Market

Action = Literal["SELL", "BUY", "SKIP"]
Reason = Literal["", "no_proceeds", "nothing_to_buy"] | NoRoute | Unwished | Untouched


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """All that a plan rests on. Weights are ratios, quantities coins, prices in the reporting currency.

    `unit_costs`: the cost of one coin where it is known; without it the profit of a sale is unknown.
    """

    base_asset: str
    positions: Mapping[str, Position]
    targets: Mapping[str, Decimal]
    market: Market
    rules: Rules = field(default_factory=Rules)
    sizes: Sizes = field(default_factory=Sizes)
    unit_costs: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One way of an asset: sold for `against`, or bought with it; or skipped, with the reason.

    `wished`: the money that should move before any filter. `realised`: profit that the sale would realise after its
    costs, None where the cost of the coins is unknown. Weights are None for what takes no part.
    """

    action: Action
    asset: str
    against: str
    route: Route | None
    wished: Decimal
    realised: Decimal | None
    weight_before: Decimal | None
    target: Decimal | None
    weight_after: Decimal | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Sells first, then buys, each the largest first, then what is skipped. Sums in the reporting currency.

    `turnover`: the larger side, as a ratio of `total`. `max_drift_after`: of the assets that take part, a ratio.
    """

    lines: tuple[PlanLine, ...]
    total: Decimal
    minimum: Decimal
    sold: Decimal
    bought: Decimal
    fees: Decimal
    spread: Decimal
    turnover: Decimal
    max_drift_after: Decimal


@dataclass(frozen=True, slots=True)
class _Order:
    """A route with what it serves, before weights are known; `asked`: the money it was made for."""

    action: Action
    asset: str
    against: str
    route: Route
    wished: Decimal
    asked: Decimal


@dataclass(frozen=True, slots=True)
class _Orders:
    """Orders by side, and why assets have none."""

    sells: list[_Order]
    buys: list[_Order]
    skipped: Mapping[str, Reason]


def make_plan(inputs: PlanInputs) -> Plan:
    """Plan the orders that bring the assets that take part to their targets.

    Raises:
        PlanError: there is nothing to plan; the code says why.
    """
    market, base = inputs.market, inputs.base_asset
    reached = market.reaching(base)
    part = eligible(inputs.positions, inputs.targets, market.prices, inputs.rules, base, reached)
    free_base = spendable(inputs.positions.get(base, Position(ZERO, ZERO)), inputs.rules.protected.get(base, ZERO))
    wish = wishes(part, inputs.targets, market.prices, base, free_base, inputs.sizes)
    wish = _within_positions(inputs, wish)
    found = _ordered(market, wish, base)
    if inputs.sizes.mode == "full":
        found = _without_idle(market, wish, base, found)
    return _plan(inputs, part, wish, found)


def _within_positions(inputs: PlanInputs, wish: Wishes) -> Wishes:
    """The wishes without purchases after which the account would hold more of a coin than its pairs allow."""
    market = inputs.market
    beyond: dict[str, Unwished] = {}
    with localcontext(MONEY):
        for asset, worth in wish.buys.items():
            most, held = market.max_position(asset), inputs.positions.get(asset, Position(ZERO, ZERO))
            if most is not None and held.owned + worth / market.prices[asset] > most:
                beyond[asset] = "max_position"
    buys = {asset: worth for asset, worth in wish.buys.items() if asset not in beyond}
    return replace(wish, buys=buys, unwished={**wish.unwished, **beyond}) if beyond else wish


def _ordered(market: Market, wish: Wishes, base: str) -> _Orders:
    skipped: dict[str, Reason] = {}
    sells = _sells(market, wish, base, skipped)
    return _Orders(sells, _buys(market, wish, base, sells, skipped), skipped)


def _without_idle(market: Market, wish: Wishes, base: str, found: _Orders) -> _Orders:
    """The orders without sales whose money would lie idle, because what it should pay for cannot be bought."""
    again, possible = found, wish
    for _ in range(2 * len(wish.buys) + 1):
        idle = _idle(market, possible, base, again)
        if idle <= wish.minimum:
            break
        # What cannot be bought leaves its part of the money to the others first.
        buys = _possible(market, possible, base, again)
        if buys != possible.buys:
            possible = replace(possible, buys=buys)
            again = _ordered(market, possible, base)
            continue
        cut = replace(possible, sells=_cut(market, possible.sells, base, again, idle))
        less = _ordered(market, cut, base)
        # What is idle may be the rest of a step without which there is no order: then more must be spent than not.
        spent = _sum(market.value(base, order.route.spent) for order in again.buys)
        if len(less.buys) < len(again.buys) and idle <= spent:
            break
        possible, again = cut, less
    sold = {order.asset for order in again.sells}
    unsold: dict[str, Reason] = dict.fromkeys((asset for asset in wish.sells if asset not in sold), "nothing_to_buy")
    bought = {order.asset for order in again.buys} | {order.against for order in again.sells}
    unbought = {asset: why for asset, why in found.skipped.items() if asset in wish.buys and asset not in bought}
    return replace(again, skipped={**unsold, **again.skipped, **unbought})


def _possible(market: Market, wish: Wishes, base: str, found: _Orders) -> dict[str, Decimal]:
    """Purchases as far as steps and largest quantities let them, the others whole."""
    with localcontext(MONEY):
        swapped: dict[str, Decimal] = {}
        for order in found.sells:
            if order.against != base:
                swapped[order.against] = swapped.get(order.against, ZERO) + order.wished
        most = {asset: swapped.get(asset, ZERO) for asset in wish.buys}
        for order in found.buys:
            spent = market.value(base, order.route.spent)
            whole = order.asked - spent < wish.minimum
            most[order.asset] = wish.buys[order.asset] if whole else most[order.asset] + spent
        return {asset: min(worth, most[asset]) for asset, worth in wish.buys.items() if most[asset] > ZERO}


def _idle(market: Market, wish: Wishes, base: str, found: _Orders) -> Decimal:
    """Proceeds that neither a purchase nor the base asset's own target needs, reporting currency."""
    with localcontext(MONEY):
        brought = _sum(market.value(base, order.route.received) for order in found.sells if order.against == base)
        spent = _sum(market.value(base, order.route.spent) for order in found.buys)
        return min(brought, brought + wish.cash - spent)


def _cut(market: Market, sells: Mapping[str, Decimal], base: str, found: _Orders, idle: Decimal) -> dict[str, Decimal]:
    """Sales without what is idle, each less by the same part of what it sells to the base asset."""
    with localcontext(MONEY):
        over_base = [one for one in found.sells if one.against == base]
        part = min(ONE, idle / _sum(market.value(base, one.route.received) for one in over_base))
        less = {one.asset: one.asked - market.value(one.asset, one.route.spent) * (ONE - part) for one in over_base}
        return {asset: worth - less.get(asset, ZERO) for asset, worth in sells.items()}


def _sells(market: Market, wish: Wishes, base: str, skipped: dict[str, Reason]) -> list[_Order]:
    """Straight swaps, and what is left of each sale for the base asset."""
    orders: list[_Order] = []
    left = dict(wish.sells)
    with localcontext(MONEY):
        for swap in swaps(market, wish.sells, wish.buys, base, wish.minimum):
            orders.append(_Order("SELL", swap.given, swap.taken, swap.route, swap.worth, swap.worth))
            left[swap.given] -= swap.worth
        for asset, worth in left.items():
            if worth < wish.minimum or worth <= ZERO:
                continue
            found = _routed(market, asset, base, worth, wish.minimum)
            if isinstance(found, Route):
                orders.append(_Order("SELL", asset, base, found, worth, worth))
            elif worth == wish.sells[asset]:
                skipped[asset] = found
    return orders


def _buys(market: Market, wish: Wishes, base: str, sells: Sequence[_Order], skipped: dict[str, Reason]) -> list[_Order]:
    """Purchases with the base asset: at most what is free of it and what the sales bring after their fees."""
    wanted = dict(wish.buys)
    with localcontext(MONEY):
        budget = wish.cash
        for order in sells:
            if order.against == base:
                budget += market.value(base, order.route.received)
            else:
                wanted[order.against] = max(wanted[order.against] - order.wished, ZERO)
        whole = sum(wanted.values(), ZERO)
        scale = min(ONE, max(budget, ZERO) / whole) if whole > ZERO else ONE
        orders: list[_Order] = []
        for asset, worth in wanted.items():
            scaled = worth * scale
            if scaled < wish.minimum or scaled <= ZERO:
                if worth == wish.buys[asset]:
                    skipped[asset] = "no_proceeds"
                continue
            found = _routed(market, base, asset, scaled, wish.minimum)
            if isinstance(found, Route):
                orders.append(_Order("BUY", asset, base, found, worth, scaled))
            elif worth == wish.buys[asset]:
                skipped[asset] = found
    return orders


def _routed(market: Market, given: str, taken: str, worth: Decimal, minimum: Decimal) -> Route | Reason:
    """The way for an amount of money; what steps and largest quantities leave of it must be worth the minimum too."""
    found = best_route(market, given, taken, coins(market, given, worth))
    if isinstance(found, Route) and market.value(given, found.spent) < minimum:
        return "below_minimum"
    return found


def _plan(inputs: PlanInputs, part: Eligible, wish: Wishes, found: _Orders) -> Plan:
    sells, buys, skipped = found.sells, found.buys, found.skipped
    market = inputs.market
    orders = [*_largest_first(market, sells), *_largest_first(market, buys)]
    after = _values_after(market, part.values, orders)
    before_total, after_total = _sum(part.values.values()), _sum(after.values())

    def line(action: Action, asset: str, reason: Reason, order: _Order | None = None) -> PlanLine:
        takes_part = asset in part.values
        return PlanLine(
            action=action,
            asset=asset,
            against=order.against if order else "",
            route=order.route if order else None,
            wished=order.wished if order else wish.sells.get(asset, wish.buys.get(asset, ZERO)),
            realised=realised(inputs, asset, order.route) if order and action == "SELL" else None,
            weight_before=_share(part.values[asset], before_total) if takes_part else None,
            target=wish.targets[asset] if takes_part else inputs.targets.get(asset),
            weight_after=_share(after[asset], after_total) if takes_part else None,
            reason=reason,
        )

    lines = [line(order.action, order.asset, "", order) for order in orders]
    reasons: dict[str, Reason] = {**part.left_out, **wish.unwished, **skipped}
    lines += [line("SKIP", asset, reasons[asset]) for asset in sorted(reasons)]
    with localcontext(MONEY):
        sold = _sum(market.value(order.asset, order.route.spent) for order in sells)
        swapped = _sum(market.value(o.against, o.route.received) for o in sells if o.against != inputs.base_asset)
        bought = _sum(market.value(order.asset, order.route.received) for order in buys) + swapped
        drift = [abs(_share(after[asset], after_total) - wish.targets[asset]) for asset in part.values]
        return Plan(
            lines=tuple(lines),
            total=wish.total,
            minimum=wish.minimum,
            sold=sold,
            bought=bought,
            fees=_sum(order.route.fee for order in orders),
            spread=_sum(order.route.spread for order in orders),
            turnover=max(sold, bought) / wish.total,
            max_drift_after=max(drift, default=ZERO),
        )


def _largest_first(market: Market, orders: Sequence[_Order]) -> list[_Order]:
    def worth(order: _Order) -> Decimal:
        return market.value(order.route.hops[0].given, order.route.spent)

    return sorted(orders, key=lambda order: (-worth(order), order.asset, order.against))


def _values_after(market: Market, values: Mapping[str, Decimal], orders: Sequence[_Order]) -> dict[str, Decimal]:
    """Worth of each asset that takes part once all orders are filled as planned."""
    after = dict(values)
    with localcontext(MONEY):
        for order in orders:
            for hop in order.route.hops:
                for asset, change in ((hop.given, -hop.spent), (hop.taken, hop.received)):
                    if asset in after:
                        after[asset] += market.value(asset, change)
    return after


def realised(inputs: PlanInputs, asset: str, route: Route) -> Decimal | None:
    """The profit of selling an asset over a route, after its costs; None where the cost of the coins is unknown."""
    cost = inputs.unit_costs.get(asset)
    if cost is None:
        return None
    with localcontext(MONEY):
        return inputs.market.value(asset, route.spent) - route.cost - cost * route.spent


def _share(value: Decimal, total: Decimal) -> Decimal:
    with localcontext(MONEY):
        return value / total if total else ZERO


def _sum(values: Iterable[Decimal]) -> Decimal:
    with localcontext(MONEY):
        return sum(values, ZERO)
