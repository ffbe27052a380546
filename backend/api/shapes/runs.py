"""Answers about runs, arming and the kill switch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant, money
from backend.core.model.amounts import plain

if TYPE_CHECKING:
    from backend.core.run_book import LegView, RunSummary, RunView
    from backend.core.trading_rights import SwitchView

PERCENT_DIGITS = 8


def runs(found: Sequence[RunSummary], cursor: int | None, environment: str) -> dict[str, Any]:
    items = [run(one) for one in found]
    return {"environment": environment, "items": items, "next_cursor": None if cursor is None else str(cursor)}


def run(found: RunSummary) -> dict[str, Any]:
    one = found.run
    return {
        "id": one.id,
        "account": one.account_id,
        "environment": one.environment,
        "plan_id": one.plan_id,
        "source": one.source,
        "state": one.state,
        "reason": one.reason,
        "detail": one.detail,
        "dry_run": one.dry_run,
        "stop_asked": one.stop_asked,
        "created_at": instant(one.created_ms),
        "finished_at": instant(one.finished_ms),
        "orders": found.orders,
        "filled": found.filled,
        "score_usd": money(found.score.value),
        "score_status": found.score.status,
        "score_reason": found.score.reason,
    }


def run_detail(view: RunView) -> dict[str, Any]:
    return run(view.summary) | {"legs": [_leg(leg) for leg in view.legs]}


def _leg(view: LegView) -> dict[str, Any]:
    leg, planned = view.leg, view.leg.planned
    last = view.tries[-1] if view.tries else None
    slippage = view.slippage_percent
    only = next(iter(view.fees.items())) if len(view.fees) == 1 else (None, None)
    return {
        "n": planned.n,
        "line": planned.line,
        "hop": planned.hop,
        "hops": planned.hops,
        "action": planned.action,
        "asset": planned.asset,
        "symbol": planned.symbol,
        "side": planned.side,
        "given": planned.given,
        "taken": planned.taken,
        "client_order_id": None if last is None else last.client_order_id,
        "order_id": None if last is None else last.order_id,
        "attempts": len(view.tries),
        "state": leg.state,
        "planned": {
            "quantity": plain(planned.quantity),
            "price": plain(planned.price),
            "quote": plain(planned.notional),
            "spent": plain(planned.spent),
            "received": plain(planned.received),
            "fee_usd": money(planned.fee),
        },
        "filled": {
            "quantity": plain(view.quantity),
            "price": money(view.price),
            "quote": plain(view.quote),
            "fee": money(only[1]),
            "fee_asset": only[0],
            "fees": [{"asset": asset, "amount": plain(amount)} for asset, amount in view.fees.items()],
        },
        "slippage_percent": None if slippage is None else round(float(slippage), PERCENT_DIGITS),
        "error": leg.error,
        "detail": leg.detail,
    }


def kill_switch(view: SwitchView, environment: str) -> dict[str, Any]:
    state = view.state
    by = [name for name, holds in (("switch", state.by_switch_ms is not None), ("file", state.by_file)) if holds]
    return {
        "environment": environment,
        "on": state.on,
        "by": by,
        "since": instant(state.by_switch_ms),
        "in_flight": view.in_flight,
    }
