"""What orders of a run moved, and how much the next one may spend: from trades, never from what was planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.rebalancing.market import Market, Pair
from backend.core.rebalancing.order_bounds import SMALLEST_STEP, market_order_bounds, one_step_counts
from backend.core.rebalancing.routing import Hop, NoRoute, Route, walk

if TYPE_CHECKING:
    from backend.core.model.rebalancing import PlannedOrder
    from backend.core.model.runs import RunFill
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.trade_ports import Quote

Amounts = Mapping[str, Decimal]
PERCENT: Final = Decimal(100)


def changes(order: PlannedOrder, fills: Sequence[RunFill]) -> dict[str, Decimal]:
    """What fills of an order did to the balances, fees included, by asset."""
    base, quote = (order.given, order.taken) if order.side == "SELL" else (order.taken, order.given)
    sign = -ONE if order.side == "SELL" else ONE
    found: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for fill in fills:
            moved = (
                (base, sign * fill.quantity),
                (quote, -sign * fill.quote),
                (fill.commission_asset, -fill.commission),
            )
            for asset, change in moved:
                found[asset] = found.get(asset, ZERO) + change
    return found


def held_after(start: Amounts, moved: Sequence[Amounts]) -> dict[str, Decimal]:
    """Balances after changes, without what has become zero."""
    held = dict(start)
    with localcontext(MONEY):
        for one in moved:
            for asset, change in one.items():
                held[asset] = held.get(asset, ZERO) + change
    return {asset: amount for asset, amount in held.items() if amount != ZERO}


@dataclass(frozen=True, slots=True)
class Income:
    """Payments of the exchange in their order; the balances of the start may hold the first `early` of them already."""

    payments: Sequence[Amounts] = ()
    early: int = 0

    def all_told(self) -> Iterator[Sequence[Amounts]]:
        """All of them, and without those that the start may hold."""
        return (self.payments[first:] for first in range(self.early + 1))

    def parts(self) -> Iterator[Sequence[Amounts]]:
        """Those of which a read that lags may know."""
        for first in range(self.early + 1):
            yield from (self.payments[first:last] for last in range(first, len(self.payments) + 1))


NO_INCOME: Final = Income()
Verdict = Literal["as_expected", "behind", "more", "foreign"]


def compared(start: Amounts, moved: Sequence[Amounts], held: Amounts, came: Income = NO_INCOME) -> Verdict:
    """Whether balances that were read are what the run's own trades, and income, make of those at its start.

    Args:
        moved: one change for each own trade, in their order.
        came: income that the exchange has told of.

    Returns:
        behind: they are what an earlier moment of the run knew, as a read that lags shows them; more: some coins came
        in beside that, which is told of late, or is no income; foreign: somebody else moved something.
    """
    found = {asset: amount for asset, amount in held.items() if amount != ZERO}
    if any(found == held_after(start, [*moved, *paid]) for paid in came.all_told()):
        return "as_expected"
    own = [held_after(start, moved[:count]) for count in range(len(moved) + 1)]
    parts = list(came.parts())
    if any(found == held_after(known, paid) for known in own for paid in parts):
        return "behind"
    if any(all(change > ZERO for change in _beyond(known, found).values()) for known in own):
        return "more"
    return "foreign"


def _beyond(known: Amounts, found: Amounts) -> dict[str, Decimal]:
    """What of each coin there is more than is known, negative: less."""
    return held_after(found, [{asset: -amount for asset, amount in known.items()}])


@dataclass(frozen=True, slots=True)
class Budget:
    """The orders of a run and what their fills have moved so far, each with its number."""

    orders: Sequence[PlannedOrder]
    moved: Mapping[int, Amounts]

    def amount(self, order: PlannedOrder, free: Decimal) -> Decimal:
        """How much of the asset it gives an order may spend now; never more than is free.

        A second hop spends what the first one brought; a purchase its part of what is there for all of them, less what
        the sales brought less than planned.
        """
        if order.hop > 1:
            before = next(one for one in self.orders if one.line == order.line and one.hop == order.hop - 1)
            return _within(self._came(before.n, order.given), free)
        if order.action == "SELL":
            return _within(order.spent, free)
        buys = [one for one in self.orders if one.action == "BUY" and one.hop == 1 and one.given == order.given]
        sales = [
            one for one in self.orders if one.action == "SELL" and one.hop == one.hops and one.taken == order.given
        ]
        with localcontext(MONEY):
            planned = sum((one.spent for one in buys), ZERO)
            missing = sum((one.received - self._came(one.n, one.taken) for one in sales), ZERO)
            allowed = planned - max(missing, ZERO)
            spent = -sum((self._came(one.n, one.given) for one in buys), ZERO)
            if planned <= ZERO or allowed <= ZERO:
                return ZERO
            share = order.spent if allowed == planned else order.spent * allowed / planned
            return _within(min(share, allowed - spent), free)

    def _came(self, n: int, asset: str) -> Decimal:
        return self.moved.get(n, {}).get(asset, ZERO)


def _within(amount: Decimal, free: Decimal) -> Decimal:
    return max(min(amount, free), ZERO)


@dataclass(frozen=True, slots=True)
class Sized:
    """An order for an amount: `hop` at the offer, and the money to be spent where the order can name it.

    `hop.spent` is what it takes at most, once the price has got as much worse as is allowed.
    """

    hop: Hop
    quote_quantity: Decimal | None


def sized(
    order: PlannedOrder, rules: SymbolRules, quote: Quote, amount: Decimal, slippage_percent: Decimal
) -> Sized | NoRoute:
    """The order for an amount at the offers and filters of now, by the same steps as a plan's.

    A purchase never takes more than the amount, whatever the price does before it arrives: it is sent as an amount of
    money, and where the pair does not allow that, or has two steps that do not fit each other, so many coins are left
    out as the slippage may cost.
    """
    buying = order.side == "BUY"
    by_money = buying and rules.market_by_quote and one_step_counts(rules)
    if by_money:
        # What is sent has so many digits: the coins that it buys are reckoned from them.
        amount = amount.quantize(SMALLEST_STEP, ROUND_FLOOR)
    if amount <= ZERO:
        return "min_qty"
    with localcontext(MONEY):
        worst = quote.ask * (ONE + slippage_percent / PERCENT) if buying and not by_money else quote.ask
    bounds = market_order_bounds(rules)
    pair = Pair(
        symbol=order.symbol,
        base=rules.symbol.base,
        quote=rules.symbol.quote,
        bid=quote.bid,
        ask=worst,
        bounds=bounds,
        fee_rate=ZERO,
    )
    # Only the quantity is taken: worth and fees come from the fills.
    found = walk(Market((pair,), {order.given: ONE, order.taken: ONE}), [order.given, order.taken], amount)
    if not isinstance(found, Route):
        return found
    hop = found.hops[0]
    if not by_money:
        with localcontext(MONEY):
            # The exchange measures it at the price of now, where it is worth less than at the worst one.
            if buying and hop.quantity * quote.ask < bounds.min_notional:
                return "min_notional"
        return Sized(replace(hop, price=quote.ask) if buying else hop, None)
    capped = bounds.max_qty is not None and hop.quantity + bounds.step > bounds.max_qty
    money = (hop.spent if capped else amount).quantize(SMALLEST_STEP, ROUND_FLOOR)
    return Sized(replace(hop, spent=money), money)
