"""Answers of /api/accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from backend.api.shapes.common import instant
from backend.core.key_verdict import Judged, worst
from backend.core.model.keys import READ, TRADE, KeyKind, StoredKey
from backend.core.trading_rights import Standing

if TYPE_CHECKING:
    from backend.core.accounts_book import AccountView
    from backend.core.model.accounts import KeyPermissions

# Of an account that came between two reads.
NOT_KNOWN_YET: Final = Standing(allowed=False, armed=False, until_ms=None, bar=None)


def accounts(
    views: Sequence[AccountView],
    standings: Mapping[int, Standing],
    environment: str,
    judged: Callable[[AccountView, KeyKind], Judged],
) -> dict[str, Any]:
    items = [account(view, standings.get(view.account.id, NOT_KNOWN_YET), judged) for view in views]
    return {"environment": environment, "items": items}


def armed(standing: Standing) -> dict[str, Any]:
    return {"armed": standing.armed, "armed_until": instant(standing.until_ms)}


def trading(standing: Standing) -> dict[str, Any]:
    bar = standing.bar
    told = {"reason": None, "detail": None} if bar is None else {"reason": bar.code, "detail": bar.detail}
    return {"allowed": standing.allowed} | armed(standing) | told


def permissions(rights: KeyPermissions | None) -> dict[str, Any] | None:
    return None if rights is None else asdict(rights)


def key(stored: StoredKey, rights: KeyPermissions | None, judged: Judged) -> dict[str, Any]:
    return {
        "kind": stored.kind,
        "ending": stored.ending,
        "key_type": stored.type,
        "added_at": instant(stored.added_ms),
        "checked_at": instant(stored.checked_ms),
        "permissions": permissions(rights),
        "verdict": judged.verdict,
        "findings": list(judged.findings),
        "ip_seen": stored.ip_seen,
    }


def account(view: AccountView, standing: Standing, judged: Callable[[AccountView, KeyKind], Judged]) -> dict[str, Any]:
    """One account; `judged` says what is to be thought of a key of it."""
    of_kind = {one.kind: one for one in view.keys}
    read = of_kind.get(READ)
    kinds = [*of_kind] or ([READ] if view.key == "settings" else [])
    return armed(standing) | {
        "id": view.account.id,
        "name": view.account.name,
        "environment": view.account.environment,
        "has_read_key": view.key in ("stored", "settings"),
        "has_trade_key": TRADE in of_kind,
        "key": view.key,
        "key_ending": None if read is None else read.ending,
        "permissions": permissions(view.rights) if kinds else None,
        "verdict": worst([judged(view, kind).verdict for kind in kinds]),
        "ip_seen": next((one.ip_seen for one in view.keys if one.ip_seen is not None), None),
        "keys": [
            key(one, view.rights if one.kind == READ else one.rights, judged(view, one.kind)) for one in view.keys
        ],
        "deletable": view.key != "settings",
        "created_at": instant(view.created_ms),
        "first_event_at": instant(view.first_event_ms),
        "last_event_at": instant(view.last_event_ms),
        "last_statement_at": instant(view.last_statement_ms),
        "events": view.events,
        "trading": trading(standing),
    }
