"""What the control calls tell of fills."""

from typing import Any

from backend.exchange.simulator.records import Fill, Movement
from backend.exchange.simulator.wire import fixed


def contract_fill_row(fill: Movement) -> dict[str, Any]:
    details = fill.details
    words = {name: details[name] for name in ("price", "commission", "realized")}
    return words | {"qty": details["quantity"], "trade_id": int(fill.id)}


def margin_fill_row(fill: Movement) -> dict[str, Any]:
    words = ("price", "quote", "commission", "commission_asset")
    return {name: fill.details[name] for name in words} | {"qty": fill.details["quantity"], "trade_id": int(fill.id)}


def fill_row(fill: Fill) -> dict[str, Any]:
    return {
        "price": fixed(fill.price),
        "qty": fixed(fill.quantity),
        "quote": fixed(fill.quote_quantity),
        "commission": fixed(fill.commission),
        "commission_asset": fill.commission_asset,
        "trade_id": fill.trade_id,
    }
