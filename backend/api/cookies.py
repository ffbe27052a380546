"""The two cookies of a session: one that only the server reads, and the token that writes send back.

Over HTTPS both are `Secure` and the first has the `__Host-` prefix, so that no other host of the site can set it.
Whether it is HTTPS, the browser says: it names its origin whenever it signs in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug.http import parse_cookie

from backend.core.sign_in.model import SECOND_MS, Opened
from backend.core.sign_in.secret_texts import csrf_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from flask import Response

SESSION: Final = "portfolio_session"
SECURE_SESSION: Final = f"__Host-{SESSION}"
CSRF: Final = "portfolio_csrf"
CSRF_HEADER: Final = "X-CSRF-Token"


def session_token(environ: WSGIEnvironment) -> str | None:
    """What the browser sends, whoever it is of."""
    text = environ.get("HTTP_COOKIE")
    if not text:
        return None
    found = parse_cookie(text)
    return found.get(SECURE_SESSION) or found.get(SESSION)


def set_cookies(answer: Response, opened: Opened, secure: bool) -> None:
    """Hand a new session to the browser."""
    # Without an age the browser forgets it when it is closed.
    longest_s = (opened.session.expires_ms - opened.session.created_ms) // SECOND_MS if opened.stay else None
    name, other = (SECURE_SESSION, SESSION) if secure else (SESSION, SECURE_SESSION)
    _drop(answer, other)
    answer.set_cookie(name, opened.token, longest_s, path="/", secure=secure, httponly=True, samesite="Strict")
    answer.set_cookie(CSRF, csrf_of(opened.token), longest_s, path="/", secure=secure, samesite="Strict")


def drop_cookies(answer: Response) -> None:
    """Have the browser forget the session."""
    for name in (SECURE_SESSION, SESSION, CSRF):
        _drop(answer, name)


def _drop(answer: Response, name: str) -> None:
    secure = name == SECURE_SESSION
    answer.delete_cookie(name, path="/", secure=secure, httponly=name != CSRF, samesite="Strict")
