"""Answers about conversions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant, money
from backend.api.shapes.rebalancing import plan
from backend.core.model.amounts import plain

if TYPE_CHECKING:
    from backend.core.conversion_book import ConversionView
    from backend.core.model.rebalancing import PlannedOrder, StoredPlan


def started(made: StoredPlan, run_id: int, dry_run: bool) -> dict[str, Any]:
    """A conversion as it was planned, and the run it began."""
    return _wished(made, plan(made, expired=False)) | {"run_id": run_id, "dry_run": dry_run}


def planned(made: StoredPlan) -> dict[str, Any]:
    """A conversion that nobody has begun, order by order."""
    body = plan(made, expired=False)
    kept = {name: body[name] for name in ("hash", "created_at", "expires_at", "executable", "blocked")}
    return _wished(made, body) | kept | {"legs": [_leg(order) for order in made.orders()]}


def _leg(order: PlannedOrder) -> dict[str, Any]:
    return {
        "symbol": order.symbol,
        "side": order.side,
        "given": order.given,
        "taken": order.taken,
        "quantity": plain(order.quantity),
        "price": plain(order.price),
        "spent": plain(order.spent),
        "received": plain(order.received),
        "fee_usd": money(order.fee),
    }


def _wished(made: StoredPlan, body: Mapping[str, Any]) -> dict[str, Any]:
    (line,) = body["lines"]
    orders = made.orders()
    return {
        "environment": made.environment,
        "account": made.account_id,
        "plan_id": made.plan_id,
        **made.body["conversion"],
        "spent": plain(orders[0].spent),
        "expected": plain(orders[-1].received),
        "route": line["route"],
        "fee_usd": line["fee_usd"],
        "spread_usd": line["spread_usd"],
    }


def conversions(views: Sequence[ConversionView], cursor: int | None, environment: str) -> dict[str, Any]:
    items = [_conversion(view) for view in views]
    return {"environment": environment, "items": items, "next_cursor": None if cursor is None else str(cursor)}


def _conversion(view: ConversionView) -> dict[str, Any]:
    wish, run = view.wish, view.run
    return {
        "run_id": run.id,
        "account": run.account_id,
        "time": instant(wish.at_ms),
        "dry_run": run.dry_run,
        "state": run.state,
        "reason": run.reason,
        "detail": run.detail,
        "from": wish.given,
        "to": wish.taken,
        "route": list(wish.route),
        "amount": plain(wish.amount),
        "expected": plain(wish.expected),
        "spent": None if view.spent is None else plain(view.spent),
        "received": None if view.received is None else plain(view.received),
    }
