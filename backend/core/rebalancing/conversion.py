"""One asset turned into another: a plan of one line, over the cheapest way.

Source: docs/formulas.md#conversion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import BadInputError
from backend.core.model.amounts import MONEY, ZERO, plain, product
from backend.core.rebalancing.eligibility import Position, spendable
from backend.core.rebalancing.planner import Plan, PlanInputs, PlanLine, realised
from backend.core.rebalancing.routing import Route, best_route

if TYPE_CHECKING:
    from backend.core.rebalancing.market import Market

SHOWN_DIGITS: Final = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class ConversionWish:
    """So much of one asset into another. Errors name the fields of the request: `from`, `to`, `amount`."""

    given: str
    taken: str
    amount: Decimal

    @staticmethod
    def of(told: Mapping[str, Any]) -> ConversionWish:
        """From the payload of a job, or the body of a plan."""
        return ConversionWish(str(told["from"]), str(told["to"]), Decimal(told["amount"]))

    def body(self) -> dict[str, str]:
        """The inverse of `of`."""
        return {"from": self.given, "to": self.taken, "amount": plain(self.amount)}


def conversion_plan(inputs: PlanInputs, wish: ConversionWish) -> Plan:
    """The one line that a wish comes to: a sale of what is given for what is wanted.

    Of the user's rules those count that protect: excluded assets, protected quantities, the least worth of a trade.

    Raises:
        BadInputError: says what to change.
    """
    market, rules = inputs.market, inputs.rules
    _refuse(inputs, wish)
    held = inputs.positions.get(wish.given, Position(ZERO, ZERO))
    free = spendable(held, rules.protected.get(wish.given, ZERO))
    if wish.amount > free:
        why = f"no more {wish.given} is free in the spot wallet"
        if held.free > free:
            why = f"{plain(held.free - free)} more {wish.given} are free, and protected by the settings"
        raise BadInputError(f"Convert at most {plain(free)}: {why}", "amount")
    least = inputs.sizes.min_trade_value
    if market.value(wish.given, wish.amount) < least:
        raise BadInputError(
            f"Worth less than your minimum trade of {plain(least)}: convert more, or lower it", "amount"
        )
    route = best_route(market, wish.given, wish.taken, wish.amount)
    if route == "no_market":
        words = f"{wish.given} cannot be turned into {wish.taken} here, not over one other coin either: choose another"
        raise BadInputError(words, "to")
    if not isinstance(route, Route):
        raise BadInputError(_too_little(market, wish), "amount")
    return _plan(inputs, wish, route)


def _refuse(inputs: PlanInputs, wish: ConversionWish) -> None:
    if wish.given == wish.taken:
        raise BadInputError(f"{wish.given} into {wish.taken} changes nothing: choose another asset", "to")
    if wish.amount <= ZERO:
        raise BadInputError("The amount must be above 0", "amount")
    for field, asset in (("from", wish.given), ("to", wish.taken)):
        if asset in inputs.rules.excluded:
            raise BadInputError(f"{asset} is excluded by the settings: take it off that list first", field)
        if asset not in inputs.market.prices:
            raise BadInputError(f"{asset} has no price here now: check its name, or try again later", field)


def _too_little(market: Market, wish: ConversionWish) -> str:
    """Where one order would do, the least amount that it takes, rounded up."""
    found = market.between(wish.given, wish.taken)
    if found is None:
        return f"Too little {wish.given} for the smallest order on the way: convert more"
    pair, side = found
    bounds = pair.bounds
    price = pair.bid if side == "SELL" else pair.ask
    with localcontext(MONEY):
        steps = (max(bounds.min_qty, bounds.min_notional / price) / bounds.step).to_integral_value(ROUND_CEILING)
        least = max(steps, Decimal(1)) * bounds.step
        if side == "BUY":
            least = (least * price).quantize(SHOWN_DIGITS, ROUND_CEILING)
    return f"Too little: the smallest order of {pair.symbol} takes {plain(least)} {wish.given} now"


def _plan(inputs: PlanInputs, wish: ConversionWish, route: Route) -> Plan:
    market = inputs.market
    with localcontext(MONEY):
        total = sum(
            (market.value(asset, one.owned) for asset, one in inputs.positions.items() if asset in market.prices), ZERO
        )
        sold = market.value(wish.given, route.spent)
        line = PlanLine(
            action="SELL",
            asset=wish.given,
            against=wish.taken,
            route=route,
            wished=product(wish.amount, market.prices[wish.given]),
            realised=realised(inputs, wish.given, route),
            weight_before=None,
            target=None,
            weight_after=None,
            reason="",
        )
        return Plan(
            lines=(line,),
            total=total,
            minimum=inputs.sizes.min_trade_value,
            sold=sold,
            bought=market.value(wish.taken, route.received),
            fees=route.fee,
            spread=route.spread,
            turnover=sold / total if total else ZERO,
            max_drift_after=ZERO,
        )
