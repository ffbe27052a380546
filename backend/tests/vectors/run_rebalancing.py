"""Runner of the family `rebalancing`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from backend.core.rebalancing.cost import rebalance_cost
from backend.core.rebalancing.drift import drifting_weights, drifts
from backend.core.rebalancing.filters import filter_order, whole_units
from backend.core.rebalancing.plan import flow_only_trades, price_holdings, sells_first, target_trades
from backend.core.rebalancing.targets import cap_weights, limit_step, targets_are_whole
from backend.tests.vectors.cases import Inputs, UnknownFieldError


def plan(inputs: Inputs) -> dict[str, Any]:
    prices = inputs.money_map("prices")
    values = inputs.money_map("values") or price_holdings(inputs.money_map("holdings"), prices).values
    result = target_trades(values, inputs.money_map("targets"), inputs.money("cash_in", "0"))
    answers = {
        "total": result.total,
        "target_values": result.target_values,
        "trades": result.trades,
        "sides": result.sides,
    }
    return answers | ({"quantities": result.quantities(prices)} if prices else {})


def flow_only(inputs: Inputs) -> dict[str, Any]:
    values, targets = inputs.money_map("values"), inputs.money_map("targets")
    return {"trades": flow_only_trades(values, targets, inputs.money("cash_in", "0"))}


def drift(inputs: Inputs) -> dict[str, Any]:
    rows = drifts(inputs.money_map("values"), inputs.money_map("targets"), inputs.money("tolerance", "0"))
    return {
        "weights": {row.asset: row.weight for row in rows},
        "drift": {row.asset: row.drift for row in rows},
        "status": {row.asset: row.status for row in rows},
        "order": [row.asset for row in rows],
        "actions": len(rows),
    }


def units(inputs: Inputs) -> dict[str, Any]:
    result = whole_units(
        inputs.money("cash"),
        inputs.money("price"),
        inputs.money("step"),
        inputs.money("fee_per_order", "0"),
        inputs.money("weight", "1"),
        inputs.money("sale", "0"),
    )
    return {"quantity": result.quantity, "cash_left": result.cash_left, "value": result.value}


def limited(inputs: Inputs) -> dict[str, Any]:
    current, targets = inputs.money_map("current"), inputs.money_map("targets")
    return {"weights": limit_step(current, targets, inputs.money("max_change"))}


def capped(inputs: Inputs) -> dict[str, Any]:
    return {"weights": cap_weights(inputs.money_map("targets"), inputs.money("cap"))}


def filtered(inputs: Inputs) -> dict[str, Any]:
    names = ("quantity", "price", "step")
    limits = ("min_qty", "min_notional", "min_value")
    result = filter_order(*(inputs.money(name) for name in names), **{name: inputs.money(name, "0") for name in limits})
    return {"quantity": result.quantity, "value": result.value, "dropped": result.dropped}


def validated(inputs: Inputs) -> dict[str, Any]:
    return {"valid": targets_are_whole(inputs.money_map("targets"))}


def valued(inputs: Inputs) -> dict[str, Any]:
    result = price_holdings(inputs.money_map("holdings"), inputs.money_map("prices"))
    return {"total": result.total, "priced_assets": len(result.values), "unpriced": result.unpriced}


def executed(inputs: Inputs) -> dict[str, Any]:
    result = sells_first(
        inputs.money_map("values"),
        inputs.money_map("targets"),
        inputs.money("fee_rate", "0"),
        inputs.money("quote_free", "0"),
    )
    return {"sell_value": result.sell_value, "buy_budget": result.buy_budget, "buys": result.buys}


def drifting(inputs: Inputs) -> dict[str, Any]:
    mode = inputs.text("rebalance", "none")
    if mode not in ("none", "each"):
        raise UnknownFieldError(f"rebalance {mode!r}")
    returns = {asset: [Decimal(str(one)) for one in series] for asset, series in inputs.raw("returns").items()}
    periods = drifting_weights(returns, inputs.money_map("weights"), rebalance=mode == "each")
    answers: dict[str, Any] = {
        f"weights_before_period_{number}": period.weights_before for number, period in enumerate(periods, start=1)
    }
    return answers | {
        "first_return": periods[0].portfolio_return,
        "returns": [period.portfolio_return for period in periods],
    }


def cost(inputs: Inputs) -> dict[str, Any]:
    result = rebalance_cost(
        inputs.money_map("weights_before"),
        inputs.money_map("targets"),
        inputs.money_map("cost_rate"),
        inputs.money("next_return", "0"),
    )
    return {"turnover": result.turnover, "drag": result.drag, "return_difference": result.return_difference}


RUNNERS: dict[str, Callable[[Inputs], dict[str, Any]]] = {
    "rebalance.plan": plan,
    "rebalance.flow_only": flow_only,
    "rebalance.drift": drift,
    "rebalance.whole_units": units,
    "rebalance.limit_step": limited,
    "rebalance.cap_weights": capped,
    "rebalance.filter": filtered,
    "rebalance.validate_targets": validated,
    "rebalance.value": valued,
    "rebalance.execute": executed,
    "portfolio.drift": drifting,
    "portfolio.rebalance_cost": cost,
}
