"""A plan as JSON values: what it rests on, whole enough to be made again, and what it says.

Decimals are strings of all their digits. The same inputs give the same body, so the same hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, cast

from backend.core.model.amounts import MONEY, ONE, ZERO, plain
from backend.core.rebalancing.eligibility import Position, Rules
from backend.core.rebalancing.market import Market, Pair
from backend.core.rebalancing.order_bounds import OrderBounds
from backend.core.rebalancing.planner import Plan, PlanInputs, PlanLine
from backend.core.rebalancing.wishes import Sizes

if TYPE_CHECKING:
    from backend.core.rebalancing.routing import Hop, Route

HUNDRED = Decimal(100)


def inputs_body(inputs: PlanInputs) -> dict[str, Any]:
    """What a plan rests on. Ratios are ratios, quantities coins, prices in the reporting currency."""
    rules, sizes = inputs.rules, inputs.sizes
    return {
        "base_asset": inputs.base_asset,
        "positions": {
            asset: {"owned": plain(held.owned), "free": plain(held.free)}
            for asset, held in sorted(inputs.positions.items())
        },
        "targets": _decimals(inputs.targets),
        "prices": _decimals(inputs.market.prices),
        "pairs": [_pair(pair) for pair in inputs.market.pairs],
        "deep": None if inputs.market.deep is None else sorted(inputs.market.deep),
        "rules": {
            "protected": _decimals(rules.protected),
            "excluded": sorted(rules.excluded),
            "only_held": rules.only_held,
            "sell_untargeted": rules.sell_untargeted,
            "ranks": None if rules.ranks is None else dict(sorted(rules.ranks.items())),
            "max_rank": rules.max_rank,
        },
        "sizes": {
            "mode": sizes.mode,
            "amount": plain(sizes.amount),
            "min_trade_value": plain(sizes.min_trade_value),
            "min_trade_share": plain(sizes.min_trade_share),
            "max_turnover": None if sizes.max_turnover is None else plain(sizes.max_turnover),
        },
        "unit_costs": _decimals(inputs.unit_costs),
    }


def inputs_of(body: Mapping[str, Any]) -> PlanInputs:
    """The inverse of `inputs_body`: what made the plan makes it again."""
    rules, sizes = body["rules"], body["sizes"]
    return PlanInputs(
        base_asset=body["base_asset"],
        positions={
            asset: Position(Decimal(held["owned"]), Decimal(held["free"])) for asset, held in body["positions"].items()
        },
        targets=_read(body["targets"]),
        market=market_of_body(body),
        rules=Rules(
            protected=_read(rules["protected"]),
            excluded=frozenset(rules["excluded"]),
            only_held=rules["only_held"],
            sell_untargeted=rules["sell_untargeted"],
            ranks=rules["ranks"],
            max_rank=rules["max_rank"],
        ),
        sizes=Sizes(
            mode=sizes["mode"],
            amount=Decimal(sizes["amount"]),
            min_trade_value=Decimal(sizes["min_trade_value"]),
            min_trade_share=Decimal(sizes["min_trade_share"]),
            max_turnover=None if sizes["max_turnover"] is None else Decimal(sizes["max_turnover"]),
        ),
        unit_costs=_read(body["unit_costs"]),
    )


def market_of_body(body: Mapping[str, Any]) -> Market:
    """The pairs, prices and filters of a plan: what a later order of it is sized anew with."""
    deep = None if body["deep"] is None else frozenset(body["deep"])
    return Market(tuple(_pair_of(pair) for pair in body["pairs"]), _read(body["prices"]), deep)


def plan_body(inputs: PlanInputs, plan: Plan, max_slippage: Decimal) -> dict[str, Any]:
    """What a plan says.

    Args:
        max_slippage: a ratio; an order may bring as much less than planned.
    """
    market = inputs.market
    lines = [_line(n, line, plan, inputs, max_slippage) for n, line in enumerate(plan.lines, 1)]
    sales = [line for line in plan.lines if line.action == "SELL"]
    with localcontext(MONEY):
        gains = [line.realised for line in sales]
        realized = None if None in gains else sum((gain for gain in gains if gain is not None), ZERO)
    return {
        "lines": lines,
        "totals": {
            "sold": plain(plan.sold),
            "bought": plain(plan.bought),
            "fees": plain(plan.fees),
            "spread": plain(plan.spread),
            "realized": None if realized is None else plain(realized),
            "turnover": plain(plan.turnover),
            "max_drift_after": plain(plan.max_drift_after),
            "total": plain(plan.total),
            "minimum": plain(plan.minimum),
            "base_price": plain(market.prices[inputs.base_asset]),
        },
    }


def _line(n: int, line: PlanLine, plan: Plan, inputs: PlanInputs, max_slippage: Decimal) -> dict[str, Any]:
    told: dict[str, Any] = {
        "n": n,
        "action": line.action,
        "asset": line.asset,
        "against": line.against or None,
        "hops": [],
        "quantity": None,
        "price": None,
        "notional": None,
        "fee": None,
        "spread": None,
        "realized": None if line.realised is None else plain(line.realised),
        "wished": plain(line.wished),
        "weight_before": _optional(line.weight_before),
        "target": _optional(line.target),
        "weight_after": _optional(line.weight_after),
        "reason": line.reason or None,
        "reason_params": _numbers(line, plan, inputs) if line.reason else {},
    }
    if line.route is not None:
        told |= _routed(line, line.route, inputs.market, max_slippage)
    return told


def _routed(line: PlanLine, route: Route, market: Market, max_slippage: Decimal) -> dict[str, Any]:
    """Quantity of the asset before the fee, what it is worth at the offers, and so its price."""
    if line.action == "SELL":
        quantity, counter = route.spent, route.hops[0]
    else:
        counter = route.hops[-1]
        quantity = counter.quantity if counter.side == "BUY" else counter.notional
    with localcontext(MONEY):
        notional = market.value(_quote_of(counter), counter.notional)
        return {
            "hops": [_hop(hop, market, max_slippage) for hop in route.hops],
            "quantity": plain(quantity),
            "price": plain(notional / quantity),
            "notional": plain(notional),
            "fee": plain(route.fee),
            "spread": plain(route.spread),
        }


def _hop(hop: Hop, market: Market, max_slippage: Decimal) -> dict[str, Any]:
    found = market.between(hop.given, hop.taken)
    with localcontext(MONEY):
        least = hop.received * (ONE - max_slippage)
    return {
        "symbol": hop.symbol,
        "side": hop.side,
        "given": hop.given,
        "taken": hop.taken,
        "quantity": plain(hop.quantity),
        "price": plain(hop.price),
        "notional": plain(hop.notional),
        "spent": plain(hop.spent),
        "received": plain(hop.received),
        "fee": plain(hop.fee),
        "fee_in_bnb": found is not None and found[0].fee_apart,
        "min_received": plain(least),
    }


def _quote_of(hop: Hop) -> str:
    return hop.taken if hop.side == "SELL" else hop.given


def _numbers(line: PlanLine, plan: Plan, inputs: PlanInputs) -> dict[str, str]:
    """The numbers that caused a line to be skipped, by what they are."""
    asset, rules = line.asset, inputs.rules
    market = inputs.market
    if line.reason in ("below_minimum", "on_target") and line.weight_before is not None and line.target is not None:
        with localcontext(MONEY):
            drift = (line.weight_before - line.target) * HUNDRED
            value = abs(line.weight_before - line.target) * plan.total
        return {"value": plain(value), "minimum": plain(plan.minimum), "drift_points": plain(drift)}
    if line.reason == "not_ranked":
        rank = (rules.ranks or {}).get(asset)
        return {"max_rank": str(rules.max_rank)} | ({} if rank is None else {"rank": str(rank)})
    if line.reason == "not_free":
        return {"owned": plain(inputs.positions[asset].owned), "free": plain(inputs.positions[asset].free)}
    if line.reason in ("min_qty", "min_notional"):
        found = market.between(asset, inputs.base_asset)
        if found is None:
            return {}
        bounds = found[0].bounds
        least = bounds.min_qty if line.reason == "min_qty" else bounds.min_notional
        return {"symbol": found[0].symbol, "minimum": plain(least)}
    if line.reason == "max_position":
        return {"maximum": plain(market.max_position(asset) or ZERO)}
    if line.reason == "no_market":
        return {"base_asset": inputs.base_asset}
    return {}


def _pair(pair: Pair) -> dict[str, Any]:
    bounds = pair.bounds
    return {
        "symbol": pair.symbol,
        "base": pair.base,
        "quote": pair.quote,
        "bid": plain(pair.bid),
        "ask": plain(pair.ask),
        "step": plain(bounds.step),
        "min_qty": plain(bounds.min_qty),
        "max_qty": None if bounds.max_qty is None else plain(bounds.max_qty),
        "min_notional": plain(bounds.min_notional),
        "max_position": _optional(bounds.max_position),
        "fee_rate": plain(pair.fee_rate),
        "fee_apart": pair.fee_apart,
    }


def _pair_of(told: Mapping[str, Any]) -> Pair:
    bounds = OrderBounds(
        step=Decimal(told["step"]),
        min_qty=Decimal(told["min_qty"]),
        max_qty=None if told["max_qty"] is None else Decimal(told["max_qty"]),
        min_notional=Decimal(told["min_notional"]),
        max_position=None if told.get("max_position") is None else Decimal(told["max_position"]),
    )
    names = {name: cast(str, told[name]) for name in ("symbol", "base", "quote")}
    return Pair(
        **names,
        bid=Decimal(told["bid"]),
        ask=Decimal(told["ask"]),
        bounds=bounds,
        fee_rate=Decimal(told["fee_rate"]),
        fee_apart=told["fee_apart"],
    )


def _decimals(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: plain(value) for name, value in sorted(values.items())}


def _read(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def _optional(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
