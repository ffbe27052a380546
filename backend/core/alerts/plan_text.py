"""What the user set about alerts, as it is kept: JSON, decimals as strings."""

from __future__ import annotations

import json
from typing import Any, Final

from backend.core.alerts.kinds import TERMS, default_rules
from backend.core.model.alerts import CHANNELS, AlertPlan, AlertRule, QuietHours
from backend.core.model.amounts import parse_amount, plain

# One a kind and environment.
PLAN: Final = "alerts.plan."


def encode_plan(plan: AlertPlan) -> str:
    quiet = plan.quiet
    return json.dumps(
        {
            "rules": [_rule_body(rule) for rule in plan.rules],
            "quiet": [quiet.enabled, quiet.start_minute, quiet.end_minute, quiet.zone],
            "language": plan.language,
        }
    )


def decode_plan(text: str | None, zone: str) -> AlertPlan:
    """What is set; kinds that nothing was set about stand as the program has them.

    Args:
        zone: of quiet hours where none were set.
    """
    if text is None:
        return AlertPlan(tuple(default_rules()), QuietHours(zone=zone))
    body: dict[str, Any] = json.loads(text)
    rules = [_rule(one) for one in body["rules"] if one["kind"] in TERMS]
    known = {rule.kind for rule in rules}
    rules += [rule for rule in default_rules() if rule.kind not in known]
    return AlertPlan(tuple(rules), QuietHours(*body["quiet"]), body["language"])


def _rule_body(rule: AlertRule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "limit": None if rule.limit is None else plain(rule.limit),
        "enabled": rule.enabled,
        "channels": sorted(rule.channels),
        "asset": rule.asset,
    }


def _rule(body: dict[str, Any]) -> AlertRule:
    limit = body["limit"]
    return AlertRule(
        kind=body["kind"],
        limit=None if limit is None else parse_amount(limit),
        enabled=body["enabled"],
        channels=frozenset(name for name in CHANNELS if name in body["channels"]),
        asset=body["asset"],
    )
