"""Answers about alerts. No secret of a channel is in any of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backend.api.schemas.alerts import RulesIn
from backend.api.shapes.common import instant
from backend.core.alerts.kinds import TERMS
from backend.core.model.alerts import Alert, AlertPlan, AlertRule, Delivery, QuietHours
from backend.core.model.amounts import parse_amount, plain

if TYPE_CHECKING:
    from backend.core.alert_book import AlertPage, ChannelsView, ChannelView


def page(found: AlertPage, environment: str) -> dict[str, Any]:
    return {
        "environment": environment,
        "unread": found.unread,
        "items": [_alert(one, found.names) for one in found.alerts],
        "next_cursor": None if found.next_cursor is None else str(found.next_cursor),
    }


def plan(found: AlertPlan, environment: str, reporting: str) -> dict[str, Any]:
    quiet = found.quiet
    return {
        "environment": environment,
        "reporting_currency": reporting,
        "rules": [_rule(rule) for rule in found.rules],
        "quiet_hours": {
            "enabled": quiet.enabled,
            "start": _clock(quiet.start_minute),
            "end": _clock(quiet.end_minute),
            "time_zone": quiet.zone,
        },
        "language": found.language,
    }


def wanted_plan(body: RulesIn) -> AlertPlan:
    """What was sent, as values."""
    quiet = body.quiet_hours
    return AlertPlan(
        rules=tuple(
            AlertRule(
                kind=one.kind,
                limit=None if one.limit is None else parse_amount(one.limit),
                enabled=one.enabled,
                channels=frozenset(one.channels),
                asset=one.asset.upper(),
            )
            for one in body.rules
        ),
        quiet=QuietHours(quiet.enabled, _minute(quiet.start), _minute(quiet.end), quiet.time_zone),
        language=body.language,
    )


def channels(found: ChannelsView, environment: str) -> dict[str, Any]:
    return {
        "environment": environment,
        "blocked": found.blocked,
        "allowed_hosts": list(found.allowed_hosts),
        "items": [_channel(one) for one in found.items],
    }


def _alert(one: Alert, names: Mapping[int, str]) -> dict[str, Any]:
    new, told = one.new, one.new.told
    return {
        "id": one.id,
        "time": instant(new.at_ms),
        "kind": told.kind,
        "severity": new.severity,
        "account": new.account_id,
        "account_name": None if new.account_id is None else names.get(new.account_id),
        "subject": told.subject or None,
        "unit": TERMS[told.kind].unit,
        "value": _plain(told.value),
        "limit": _plain(told.limit),
        "reason": told.reason,
        "detail": told.detail,
        "run_id": told.run_id,
        "read": one.read,
        "deliveries": [_delivery(sent) for sent in one.deliveries],
    }


def _delivery(sent: Delivery) -> dict[str, Any]:
    return {
        "channel": sent.channel,
        "state": sent.state,
        "tries": sent.tries,
        "time": instant(sent.at_ms),
        "error": sent.error,
    }


def _rule(rule: AlertRule) -> dict[str, Any]:
    terms = TERMS[rule.kind]
    has_limit = terms.unit is not None
    return {
        "kind": rule.kind,
        "asset": rule.asset,
        "limit": _plain(rule.limit),
        "enabled": rule.enabled,
        "channels": sorted(rule.channels),
        "unit": terms.unit,
        "severity": terms.severity,
        "lowest": plain(terms.lowest) if has_limit else None,
        "highest": plain(terms.highest) if has_limit else None,
        "optional_limit": terms.may_lack_limit,
    }


def _channel(one: ChannelView) -> dict[str, Any]:
    settings: dict[str, Any] = dict(one.settings)
    if one.name == "email" and one.set:
        settings["port"] = int(settings["port"])
    own = dict.fromkeys(("webhook", "telegram", "email")) | ({one.name: settings} if one.set else {})
    last = None if one.last is None else _delivery(one.last)
    return {"channel": one.name, "set": one.set, "enabled": one.enabled, "last": last} | own


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
