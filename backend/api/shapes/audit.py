"""Answers about the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant

if TYPE_CHECKING:
    from backend.core.audit_book import AuditPage
    from backend.core.model.audit import AuditEntry, ChainReport


def page(environment: str, found: AuditPage) -> dict[str, Any]:
    return {
        "environment": environment,
        "items": [_entry(one, found) for one in found.items],
        "next_cursor": found.next_cursor,
        "total": found.total,
        "actions": list(found.actions),
        "actors": list(found.actors),
    }


def check(environment: str, report: ChainReport | None) -> dict[str, Any]:
    if report is None:
        known = dict.fromkeys(("checked_at", "intact", "rows", "last_id", "hash"))
        return {"environment": environment, **known, "breaks": [], "breaks_total": 0, "reason": "not_checked_yet"}
    return {
        "environment": environment,
        "checked_at": instant(report.checked_ms),
        "intact": report.intact,
        "rows": report.rows,
        "last_id": report.head.last_id,
        "hash": report.head.hash,
        "breaks": [{"kind": one.kind, "first_id": one.first_id, "last_id": one.last_id} for one in report.breaks],
        "breaks_total": report.found,
        "reason": None,
    }


def _entry(one: AuditEntry, found: AuditPage) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": instant(one.at_ms),
        "actor": one.actor,
        "origin": one.origin,
        "action": one.action,
        "account": one.account_id,
        "account_name": None if one.account_id is None else found.accounts.get(one.account_id),
        "subject": one.subject,
        "details": [{"name": name, "value": value} for name, value in _flat(_read(one.details), "")],
        "previous_hash": one.previous_hash,
        "hash": one.hash,
    }


def _read(details: str) -> Any:
    """What a row says; one that somebody has edited may be no JSON any more, and is shown as it is."""
    try:
        return json.loads(details)
    except ValueError:
        return {"details": details}


def _flat(value: Any, name: str) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from _flat(inner, f"{name}.{part}" if name else str(part))
    elif isinstance(value, list) and all(isinstance(one, str | int | float | bool | None) for one in value):
        yield name, ", ".join(_text(one) or "" for one in value)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _flat(inner, f"{name}.{place}")
    else:
        yield name or "details", _text(value)


def _text(value: str | float | bool | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)
