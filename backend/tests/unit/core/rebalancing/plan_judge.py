"""What a plan must keep to, checked on plain numbers: nothing here is imported from the program that is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any, Final, NamedTuple

ZERO: Final = Decimal(0)
DIGITS: Final = 60
# An exchange reads eight decimals and no more.
SMALLEST: Final = Decimal("0.00000001")


class Order(NamedTuple):
    """One market order of a plan, in the order of execution."""

    symbol: str
    side: str
    quantity: Decimal
    price: Decimal
    spent: Decimal
    received: Decimal


@dataclass
class World:
    """Everything that a plan is made of, as the exchange and the user say it.

    `entries`: rows of exchangeInfo by symbol. `book`: bid and ask. `owned` and `free`: coins. `prices`: of a coin in
    the reporting currency. `fee`: of what is received; `fee_apart`: taken from another coin.
    """

    entries: Mapping[str, Mapping[str, Any]]
    book: Mapping[str, tuple[Decimal, Decimal]]
    prices: Mapping[str, Decimal]
    owned: Mapping[str, Decimal]
    free: Mapping[str, Decimal]
    targets: Mapping[str, Decimal]
    fee: Decimal
    fee_apart: bool
    base: str
    protected: Mapping[str, Decimal] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    only_held: bool = False
    sell_untargeted: bool = False
    mode: str = "full"
    amount: Decimal = ZERO
    max_turnover: Decimal | None = None


def refused(entry: Mapping[str, Any], quantity: Decimal, price: Decimal) -> str:
    """The name of the filter that a market order breaks; empty: the exchange takes it."""
    filters = {one["filterType"]: one for one in entry["filters"]}
    if quantity <= 0 or quantity % SMALLEST:
        return "quantity"
    for name in ("LOT_SIZE", "MARKET_LOT_SIZE"):
        rule = filters.get(name)
        if rule is None:
            continue
        least, most, step = (Decimal(rule[key]) for key in ("minQty", "maxQty", "stepSize"))
        if quantity < least or (most and quantity > most) or (step and quantity % step):
            return name
    notional = quantity * price
    rule = filters.get("NOTIONAL")
    if rule is not None:
        if rule["applyMinToMarket"] and notional < Decimal(rule["minNotional"]):
            return "NOTIONAL"
        if rule["applyMaxToMarket"] and notional > Decimal(rule["maxNotional"]):
            return "NOTIONAL"
    rule = filters.get("MIN_NOTIONAL")
    if rule is not None and rule["applyToMarket"] and notional < Decimal(rule["minNotional"]):
        return "MIN_NOTIONAL"
    return ""


def linked(world: World) -> set[str]:
    """Assets that one order or two turn into the base asset."""
    pairs = [{entry["baseAsset"], entry["quoteAsset"]} for entry in world.entries.values()]
    found = {world.base}
    for _ in range(2):
        found |= {asset for pair in pairs if pair & found for asset in pair}
    return found


def taking_part(world: World) -> dict[str, Decimal]:
    """Worth of each asset that a plan may move, protected coins taken off."""
    found = {}
    for asset in {*world.owned, *world.targets} & linked(world):
        target, owned = world.targets.get(asset, ZERO), world.owned.get(asset, ZERO)
        wanted = target > 0 or world.sell_untargeted
        if asset in world.excluded or world.prices.get(asset, ZERO) <= 0 or not wanted:
            continue
        if asset != world.base and world.only_held and owned <= 0:
            continue
        found[asset] = (owned - min(world.protected.get(asset, ZERO), owned)) * world.prices[asset]
    return found


def scaled_targets(world: World, assets: Iterable[str]) -> dict[str, Decimal]:
    """Targets of those that take part, together one."""
    wanted = {asset: world.targets.get(asset, ZERO) for asset in assets}
    whole = sum(wanted.values(), ZERO)
    return {asset: weight / whole for asset, weight in wanted.items()}


def moved(world: World, orders: Sequence[Order]) -> dict[str, Decimal]:
    """Change of each coin once all orders are filled as planned."""
    change: dict[str, Decimal] = {}
    for order in orders:
        entry = world.entries[order.symbol]
        base, quote = entry["baseAsset"], entry["quoteAsset"]
        given, taken = (base, quote) if order.side == "SELL" else (quote, base)
        change[given] = change.get(given, ZERO) - order.spent
        change[taken] = change.get(taken, ZERO) + order.received
    return change


def residue(world: World, orders: Sequence[Order]) -> Decimal:
    """Money that rounding may leave on the way, reporting currency: one step of each order, one digit of its price."""
    left = ZERO
    for order in orders:
        entry = world.entries[order.symbol]
        steps = [Decimal(one.get("stepSize", "0")) for one in entry["filters"]]
        # Two steps that differ can only be kept together by a common multiple of both.
        step = max(steps) * max(steps) / min(one for one in steps if one) if any(steps) else SMALLEST
        of_quote = world.prices[entry["quoteAsset"]]
        left += step * max(world.prices[entry["baseAsset"]], world.book[order.symbol][1] * of_quote)
        left += order.quantity * SMALLEST * of_quote
    return left


@dataclass
class Verdict:
    """What is wrong with a plan, one sentence each, and the figures that were compared."""

    wrong: list[str]
    sold: Decimal = ZERO
    bought: Decimal = ZERO
    drift_before: Decimal = ZERO
    drift_after: Decimal = ZERO


def judge(world: World, orders: Sequence[Order]) -> Verdict:
    """Filters, purse, amounts and drift of a plan."""
    with localcontext() as context:
        context.prec = DIGITS
        return (
            Verdict([*_filters(world, orders), *_purse(world, orders), *_prices(world, orders)])
            if not orders
            else _whole(world, orders)
        )


def _whole(world: World, orders: Sequence[Order]) -> Verdict:
    verdict = Verdict([*_filters(world, orders), *_purse(world, orders), *_prices(world, orders)])
    values = taking_part(world)
    targets = scaled_targets(world, values)
    change = moved(world, orders)
    worth = {asset: coins * world.prices[asset] for asset, coins in change.items()}
    left = residue(world, orders) + Decimal("1e-9")
    verdict.sold = -sum((one for asset, one in worth.items() if one < 0 and asset != world.base), ZERO)
    verdict.bought = sum((one for asset, one in worth.items() if one > 0 and asset != world.base), ZERO)
    before = dict(values)
    if world.base not in before:
        # What sales leave in the base asset is then nobody's target: it counts as drift, as new money there does.
        targets[world.base] = ZERO
        before[world.base] = world.amount if world.mode == "buy_only" else ZERO
    if world.mode == "sell_only":
        # Money that is to go out is a claim on the base asset: it is missing there until it is raised, whether the
        # base asset's own coins pay it or sales do.
        before[world.base] -= world.amount
    after = {asset: value + worth.get(asset, ZERO) for asset, value in before.items()}
    off, total = _off(before, targets)
    verdict.drift_before = off / total if total else ZERO
    if world.mode == "buy_only":
        # New money lies in the base asset already; before it came the drift may have been another.
        without, smaller = _off(before | {world.base: before[world.base] - world.amount}, targets)
        verdict.drift_before = max(verdict.drift_before, without / smaller if smaller else ZERO)
    off_after, total_after = _off(after, targets)
    verdict.drift_after = off_after / total_after if total_after else ZERO
    if world.mode == "full":
        for name, amount in (("sold", verdict.sold), ("bought", verdict.bought)):
            if amount > off / 2 + left:
                verdict.wrong.append(f"{name} {amount:f}, more than half of {off:f}")
    else:
        wrong = verdict.sold if world.mode == "buy_only" else verdict.bought
        right = verdict.bought if world.mode == "buy_only" else verdict.sold
        if wrong > left:
            verdict.wrong.append(f"{world.mode} also did the opposite, {wrong:f}")
        if right > world.amount + left:
            verdict.wrong.append(f"{world.mode} moved {right:f} of {world.amount:f}")
        if right > off / 2 + left:
            verdict.wrong.append(f"{world.mode} moved {right:f}, more than half of {off:f}")
    for asset in world.excluded:
        if asset != world.base and abs(worth.get(asset, ZERO)) > left:
            verdict.wrong.append(f"{asset} is excluded and was traded")
    if world.mode == "sell_only":
        # Next to nothing may be what is to stay: drift counts in money, not as a share of it.
        if off_after > off + left:
            verdict.wrong.append(f"drift of {off:f} became {off_after:f}")
    elif verdict.drift_after > verdict.drift_before + left / total_after:
        verdict.wrong.append(f"drift {verdict.drift_before:.6f} became {verdict.drift_after:.6f}")
    return verdict


def _off(values: Mapping[str, Decimal], targets: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Money that lies where it should not, counted on both sides, and all the money."""
    total = sum(values.values(), ZERO)
    return sum((abs(value - targets[asset] * total) for asset, value in values.items()), ZERO), total


def _filters(world: World, orders: Sequence[Order]) -> Iterable[str]:
    for order in orders:
        name = refused(world.entries[order.symbol], order.quantity, order.price)
        if name:
            yield f"{order.symbol} {order.side} {order.quantity:f}: {name}"


def _purse(world: World, orders: Sequence[Order]) -> Iterable[str]:
    held = dict(world.free)
    for order in orders:
        entry = world.entries[order.symbol]
        base, quote = entry["baseAsset"], entry["quoteAsset"]
        given, taken = (base, quote) if order.side == "SELL" else (quote, base)
        held[given] = held.get(given, ZERO) - order.spent
        held[taken] = held.get(taken, ZERO) + order.received
        if held[given] < 0:
            yield f"{order.symbol} {order.side}: {given} overspent by {-held[given]:f}"
    for asset, kept in world.protected.items():
        owned = world.owned.get(asset, ZERO)
        if owned - world.free.get(asset, ZERO) + held.get(asset, ZERO) < min(kept, owned):
            yield f"{asset}: protected coins were sold"


def _prices(world: World, orders: Sequence[Order]) -> Iterable[str]:
    """Money of an order, from its quantity and the best offer alone."""
    for order in orders:
        bid, ask = world.book[order.symbol]
        price = bid if order.side == "SELL" else ask
        notional = order.quantity * price
        spent, gross = (order.quantity, notional) if order.side == "SELL" else (notional, order.quantity)
        received = gross if world.fee_apart else gross - gross * world.fee
        if (order.price, order.spent, order.received) != (price, spent, received):
            yield f"{order.symbol} {order.side}: {order.spent:f} for {order.received:f} is not what the book says"


def cheapest(
    world: World, given: str, wanted: str, amount: Decimal, deep: frozenset[str] | None = None
) -> Decimal | None:
    """The least cost of each unit of money, over every way of one order or two; None: no way keeps to the filters.

    Args:
        deep: over which assets two orders may go; None: over any.
    """
    with localcontext() as context:
        context.prec = DIGITS
        costs = []
        between = [over for over in world.prices if over not in (given, wanted) and (deep is None or over in deep)]
        for path in [[given, wanted], *([given, over, wanted] for over in between)]:
            cost = _cost_of(world, path, amount)
            if cost is not None:
                costs.append(cost)
        return min(costs, default=None)


def _cost_of(world: World, path: Sequence[str], amount: Decimal) -> Decimal | None:
    lost, first = ZERO, ZERO
    for place, (given, taken) in enumerate(pairwise(path)):
        order = _order_between(world, given, taken, amount)
        if order is not None and place + 2 < len(path):
            # What the next order cannot take would be left in between: so much less sets out.
            room = _room(world, taken, path[place + 2])
            if order.received > room:
                order = _order_between(world, given, taken, min(amount, order.spent * room / order.received))
        if order is None:
            return None
        gross = order.received if world.fee_apart else order.received / (1 - world.fee)
        first = first or order.spent * world.prices[given]
        lost += order.spent * world.prices[given] - gross * world.prices[taken] * (1 - world.fee)
        amount = order.received
    return lost / first


def _room(world: World, given: str, taken: str) -> Decimal:
    """Of a coin: what the largest order into another one takes."""
    for symbol, entry in world.entries.items():
        if {entry["baseAsset"], entry["quoteAsset"]} == {given, taken}:
            most = [Decimal(one["maxQty"]) for one in entry["filters"] if Decimal(one.get("maxQty", "0"))]
            price = Decimal(1) if given == entry["baseAsset"] else world.book[symbol][1]
            return min(most, default=Decimal("Infinity")) * price
    return ZERO


def _order_between(world: World, given: str, taken: str, amount: Decimal) -> Order | None:
    for symbol, entry in world.entries.items():
        base, quote = entry["baseAsset"], entry["quoteAsset"]
        if {base, quote} != {given, taken}:
            continue
        bid, ask = world.book[symbol]
        side, price = ("SELL", bid) if given == base else ("BUY", ask)
        quantity = largest(entry, amount if side == "SELL" else amount / price)
        if refused(entry, quantity, price):
            return None
        notional = quantity * price
        spent, gross = (quantity, notional) if side == "SELL" else (notional, quantity)
        return Order(symbol, side, quantity, price, spent, gross if world.fee_apart else gross * (1 - world.fee))
    return None


def largest(entry: Mapping[str, Any], wished: Decimal) -> Decimal:
    """The largest quantity not above the wished one that every lot rule divides; found by going down step by step."""
    lots = [one for one in entry["filters"] if one["filterType"] in ("LOT_SIZE", "MARKET_LOT_SIZE")]
    for lot in lots:
        if Decimal(lot["maxQty"]):
            wished = min(wished, Decimal(lot["maxQty"]))
    steps = [Decimal(lot["stepSize"]) for lot in lots if Decimal(lot["stepSize"])] or [SMALLEST]
    step = max([*steps, SMALLEST])
    quantity = wished - wished % step
    while quantity > 0 and any(quantity % one for one in [*steps, SMALLEST]):
        quantity -= step
    return quantity
