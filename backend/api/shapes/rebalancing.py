"""Answers of /api/rebalancing: targets, settings, plans; and what its requests mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft
from backend.api.schemas.rebalancing import LimitsIn, RebalancingSettingsIn
from backend.api.shapes.common import base, instant, money, number, percent
from backend.core.model.amounts import ZERO, total
from backend.core.model.asset_names import asset_name
from backend.core.model.rebalancing import PLAN_LIFE_MS, StoredPlan

if TYPE_CHECKING:
    from backend.core.rebalancing.standing import AssetStanding
    from backend.core.rebalancing_book import AllocationView, SettingsView

CUT = frozenset({"value", "minimum", "drift_points"})
HOP_SHOWN = ("symbol", "side", "quantity", "price", "notional", "fee_in_bnb")
AMOUNTS = frozenset({"min_trade_usd", "per_trade_usd", "per_run_usd", "per_day_usd"})
NUMBERS = frozenset(
    {
        "interval_hours",
        "threshold_percent",
        "cooldown_hours",
        "min_trade_percent",
        "max_turnover_percent",
        "max_share_percent",
        "max_slippage_percent",
    }
)


def allocation(view: AllocationView) -> Draft:
    weights = [line.weight for line in view.lines if line.weight is not None and line.target is None]
    body = base(view.basis) | {
        "account": view.scope,
        "own": view.own,
        "allocations": {asset: float(share) for asset, share in view.targets.items()},
        "total_value_usd": money(view.total),
        "untargeted_percent": None if view.total is None else number(total(weights)),
        "threshold_percent": number(view.threshold),
        "outside": sum(1 for line in view.lines if line.outside),
        "status": view.status,
        "reason": view.reason,
        "items": [_target(line) for line in view.lines],
    }
    return Draft(body, view.basis.expires_s)


def _target(line: AssetStanding) -> dict[str, Any]:
    return {
        "asset": line.asset,
        "name": asset_name(line.asset),
        "value_usd": money(line.value),
        "weight_percent": number(line.weight),
        "base_weight_percent": number(line.base_weight),
        "target_percent": number(line.target),
        "drift_percent": number(line.drift),
        "outside_band": line.outside,
    }


def settings(view: SettingsView, environment: str) -> dict[str, Any]:
    values = asdict(view.settings)
    limits = values.pop("limits")
    return _told(values) | {
        "environment": environment,
        "account": view.scope,
        "own": view.own,
        "limits": _told(limits),
        "rank_filter": view.rank_filter,
        "plan_valid_seconds": PLAN_LIFE_MS // 1000,
    }


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {asset: one if name == "coin_ids" else money(one) for asset, one in sorted(value.items())}
    if isinstance(value, Decimal):
        return number(value) if name in NUMBERS else money(value)
    return value


def plan(stored: StoredPlan, expired: bool) -> dict[str, Any]:
    body = stored.body
    return {
        "plan_id": stored.plan_id,
        "hash": stored.hash,
        "created_at": instant(stored.created_ms),
        "expires_at": instant(stored.expires_ms),
        "expired": expired,
        "environment": stored.environment,
        "account": stored.account_id,
        "account_name": body["account"]["name"],
        "reporting_currency": body["reporting_currency"],
        "as_of": instant(body["as_of_ms"]),
        "prices_at": instant(body["priced_ms"]),
        "executable": stored.executable,
        "executed": stored.consumed,
        "blocked": body["blocked"],
        "mode": body["mode"],
        "amount_usd": _money(body["amount"]),
        "base_asset": body["base_asset"],
        "allocations": {asset: float(share) for asset, share in body["percents"].items()},
        "lines": [_line(line) for line in body["lines"]],
        "totals": _totals(body),
        "not_tradable": [one | {"value_usd": _money(one["value_usd"])} for one in body["not_tradable"]],
        "rank_filter": body["rank_filter"] | {"as_of": instant(body["rank_filter"]["as_of"])},
    }


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    hops = line["hops"]
    return {
        "n": line["n"],
        "action": line["action"],
        "asset": line["asset"],
        "against": line["against"],
        "route": [{name: hop[name] for name in HOP_SHOWN} | {"fee_usd": _money(hop["fee"])} for hop in hops],
        "quantity": _money(line["quantity"]),
        "est_price": _money(line["price"]),
        "notional_usd": _money(line["notional"]),
        "fee_usd": _money(line["fee"]),
        "spread_usd": _money(line["spread"]),
        "realized_pnl_usd": _money(line["realized"]),
        "realized_pnl_reason": line["realized_reason"],
        "wished_usd": _money(line["wished"]),
        "weight_before": _ratio(line["weight_before"]),
        "target": _ratio(line["target"]),
        "weight_after": _ratio(line["weight_after"]),
        "reason": line["reason"],
        "reason_params": {name: _money(one) if name in CUT else one for name, one in line["reason_params"].items()},
    }


def _totals(body: Mapping[str, Any]) -> dict[str, Any]:
    sums = body["totals"]
    return {
        "sells": _money(sums["sold"]),
        "buys": _money(sums["bought"]),
        "orders": sum(len(line["hops"]) for line in body["lines"]),
        "fees_usd": _money(sums["fees"]),
        "spread_usd": _money(sums["spread"]),
        "realized_pnl_usd": _money(sums["realized"]),
        "realized_pnl_reason": next(
            (line["realized_reason"] for line in body["lines"] if line["realized_reason"]), None
        ),
        "turnover_percent": percent(Decimal(sums["turnover"])),
        "max_drift_after": _ratio(sums["max_drift_after"]),
        "portfolio_usd": _money(sums["total"]),
        "minimum_usd": _money(sums["minimum"]),
    }


def _money(told: str | None) -> str | None:
    return None if told is None else money(Decimal(told))


def _ratio(told: str | None) -> float | None:
    return None if told is None else round(float(told), 10)


def percents_of(allocations: Mapping[str, float]) -> dict[str, Decimal]:
    """Targets as they were written: 33.3 is 33.3, not the float next to it."""
    return {asset: Decimal(str(share)) for asset, share in allocations.items()}


def changes_of(form: RebalancingSettingsIn | LimitsIn) -> dict[str, Any]:
    """The fields that a request names, as values of the domain; without `limits`."""
    return {name: _read(name, getattr(form, name)) for name in form.model_fields_set - {"limits"}}


def _read(name: str, value: Any) -> Any:
    if name == "base_asset":
        return value or ""
    if value is None:
        return None
    if name in AMOUNTS:
        return Decimal(value)
    if name in NUMBERS:
        return Decimal(str(value))
    if name in ("excluded", "symbols"):
        return frozenset(value)
    if name == "protected":
        return {asset: Decimal(quantity) for asset, quantity in value.items() if Decimal(quantity) > ZERO}
    return value
