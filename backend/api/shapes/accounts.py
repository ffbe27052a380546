"""Answers of /api/accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.api.shapes.common import instant
from backend.core.accounts_book import AccountView


def accounts(views: Sequence[AccountView], environment: str) -> dict[str, Any]:
    return {"environment": environment, "items": [account(view) for view in views]}


def account(view: AccountView) -> dict[str, Any]:
    return {
        "id": view.account.id,
        "name": view.account.name,
        "environment": view.account.environment,
        "has_read_key": view.key == "settings",
        "key": view.key,
        "deletable": view.key != "settings",
        "created_at": instant(view.created_ms),
        "first_event_at": instant(view.first_event_ms),
        "last_event_at": instant(view.last_event_ms),
        "last_statement_at": instant(view.last_statement_ms),
        "events": view.events,
    }
