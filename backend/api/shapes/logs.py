"""Answers about the program's log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant

if TYPE_CHECKING:
    from backend.core.log_book import LogPage
    from backend.core.model.log_lines import NumberedLine


def lines(environment: str, page: LogPage) -> dict[str, Any]:
    return {
        "environment": environment,
        "source": page.source,
        "items": [line(one) for one in page.lines],
        "newest_id": page.newest_id,
        "next_before": page.next_before_id,
        "dropped": page.dropped,
    }


def line(one: NumberedLine) -> dict[str, Any]:
    told = one.line
    return {
        "id": one.id,
        "at": instant(told.at_ms),
        "level": told.level,
        "component": told.component,
        "event": told.event,
        "request_id": told.request_id,
        "account": told.account_id,
        "duration_ms": told.duration_ms,
        "fields": [{"name": name, "value": _text(value)} for name, value in told.fields.items()],
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
