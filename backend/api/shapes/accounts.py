"""Answers of /api/accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from backend.api.shapes.common import instant
from backend.core.accounts_book import AccountView
from backend.core.trading_rights import Standing

# Of an account that came between two reads.
NOT_KNOWN_YET: Final = Standing(allowed=False, armed=False, until_ms=None, bar=None)


def accounts(views: Sequence[AccountView], standings: Mapping[int, Standing], environment: str) -> dict[str, Any]:
    items = [account(view, standings.get(view.account.id, NOT_KNOWN_YET)) for view in views]
    return {"environment": environment, "items": items}


def armed(standing: Standing) -> dict[str, Any]:
    return {"armed": standing.armed, "armed_until": instant(standing.until_ms)}


def trading(standing: Standing) -> dict[str, Any]:
    bar = standing.bar
    told = {"reason": None, "detail": None} if bar is None else {"reason": bar.code, "detail": bar.detail}
    return {"allowed": standing.allowed} | armed(standing) | told


def account(view: AccountView, standing: Standing) -> dict[str, Any]:
    return armed(standing) | {
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
        "trading": trading(standing),
    }
