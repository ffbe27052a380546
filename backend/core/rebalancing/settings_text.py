"""Settings of rebalancing as text. What a text of an older version lacks is as the program sets it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from backend.core.model.amounts import plain
from backend.core.model.rebalancing import Limits, RebalancingSettings

DECIMALS = frozenset(
    {
        "interval_hours",
        "threshold_percent",
        "cooldown_hours",
        "min_trade_usd",
        "min_trade_percent",
        "max_turnover_percent",
        "per_trade_usd",
        "per_run_usd",
        "per_day_usd",
        "max_share_percent",
        "max_slippage_percent",
    }
)
SETS = frozenset({"excluded", "symbols"})


def settings_values(settings: RebalancingSettings) -> dict[str, Any]:
    """The settings as JSON values: decimals as strings, sets as sorted lists."""
    values = _values(asdict(settings))
    return values | {"limits": _values(values["limits"])}


def encode_settings(settings: RebalancingSettings) -> str:
    return json.dumps(settings_values(settings), sort_keys=True)


def decode_settings(text: str) -> RebalancingSettings:
    """
    Raises:
        ValueError: no settings of ours.
    """
    return settings_of_values(json.loads(text))


def settings_of_values(values: dict[str, Any]) -> RebalancingSettings:
    """The inverse of `settings_values`."""
    read = _read(RebalancingSettings, values)
    if "protected" in read:
        read["protected"] = {asset: Decimal(quantity) for asset, quantity in read["protected"].items()}
    if "limits" in read:
        read["limits"] = Limits(**_read(Limits, read["limits"]))
    return RebalancingSettings(**read)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in given.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {asset: _value(amount) for asset, amount in sorted(value.items())}
    return value


def _read(kind: type[RebalancingSettings] | type[Limits], values: dict[str, Any]) -> dict[str, Any]:
    known = {one.name for one in fields(kind)}
    return {name: _typed(name, value) for name, value in values.items() if name in known}


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DECIMALS:
        return Decimal(value)
    return frozenset(value) if name in SETS else value
