"""Answers about who is signed in."""

from __future__ import annotations

from typing import Any

from backend.api.shapes.common import instant
from backend.core.sign_in.model import ORDER, Opened, Session, Token
from backend.core.sign_in.secret_texts import csrf_of


def session(
    *,
    required: bool,
    has_password: bool,
    code_needed: bool,
    session: Session | None,
    token: str | None,
    version: str,
) -> dict[str, Any]:
    """`token`: of the session, where there is one."""
    if session is not None:
        state = "signed-in"
    elif not required:
        state = "open"
    else:
        state = "signed-out" if has_password else "set-up"
    return {
        "state": state,
        "code_needed": code_needed and not has_password,
        "user": session.user_name if session else None,
        "expires_at": instant(session.expires_ms) if session else None,
        "csrf_token": csrf_of(token) if session and token else None,
        "version": version,
    }


def signed_in(opened: Opened) -> dict[str, Any]:
    found = opened.session
    return {
        "user": found.user_name,
        "csrf_token": csrf_of(opened.token),
        "expires_at": instant(found.expires_ms),
    }


def session_item(found: Session, own_id: int | None) -> dict[str, Any]:
    return {
        "id": found.id,
        "created": instant(found.created_ms),
        "last_seen": instant(found.seen_ms),
        "expires_at": instant(min(found.expires_ms, found.seen_ms + found.idle_ms)),
        "address": found.address,
        "agent": found.agent,
        "current": found.id == own_id,
    }


def token(found: Token) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "scopes": [one.value for one in ORDER if one in found.scopes],
        "ending": found.ending,
        "created": instant(found.created_ms),
        "last_used": instant(found.used_ms),
    }
