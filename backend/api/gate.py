"""The gate: who asks, and whether they may. A WSGI layer before everything that answers.

It stands before the answers that are sent from memory, too, so that none of them passes by it. What it lets through
finds the caller in the request (`caller()`), and whoever is asked later who acted is told (`core/acting.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, cast

from flask import request
from werkzeug.exceptions import HTTPException

from backend.api.access import PAGES, PUBLIC, READ, Need, need_of
from backend.api.cookies import session_token
from backend.api.deps import first_services
from backend.api.protection import refuse
from backend.core.acting import acting_as
from backend.core.errors import DatabaseUnavailableError
from backend.core.sign_in.model import ANYBODY, Caller
from backend.core.sign_in.secret_texts import csrf_of, same

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.routing import Map, MapAdapter

    from backend.core.sign_in.sessions import Sessions

PLACE: Final = re.compile(r"<(?:[^<>:]+:)?([^<>:]+)>")
CALLER: Final = "portfolio.caller"
WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BEARER: Final = "bearer "
# Headers by which some frameworks take a request for one of another method. Ours does not, and says so.
OVERRIDES: Final = ("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD", "HTTP_X_METHOD_OVERRIDE")
NOT_SIGNED_IN: Final = "Sign in first"
NOT_SET_UP: Final = "Set a password first: open the page in a browser"
BAD_TOKEN: Final = "This token is not known here: it was revoked, or belongs to another installation"
NO_CSRF: Final = "Send the token that the sign-in answered, as X-CSRF-Token"
UNCONFIRMED: Final = "Type your password again"


class AccessGate:
    """`rules`: the paths of the application. `sessions` are asked for at the first request."""

    def __init__(self, application: WSGIApplication, rules: Map, sessions: Callable[[], Sessions]) -> None:
        self._application = application
        self._rules = rules
        self._sessions = sessions
        self._adapter: MapAdapter | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if any(name in environ for name in OVERRIDES):
            return refuse(environ, start_response, 400, "method-override", "Send the method itself, not in a header")
        try:
            return self._answer(environ, start_response)
        except DatabaseUnavailableError as error:
            return refuse(environ, start_response, 503, error.code, str(error))

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        need = self._need(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        if need.scope is None:
            return self._application(environ, start_response)
        sessions = self._sessions()
        caller, token = who(sessions, environ)
        if caller is None:
            return self._refuse_stranger(environ, start_response)
        if need.scope not in caller.scopes:
            words = f"This needs the scope {need.scope.value}; the token has {', '.join(sorted(caller.scopes))}"
            return refuse(environ, start_response, 403, "scope-needed", words)
        if caller.kind == "session" and environ["REQUEST_METHOD"] in WRITES:
            if not same(environ.get("HTTP_X_CSRF_TOKEN", ""), csrf_of(token)):
                return refuse(environ, start_response, 403, "csrf-token", NO_CSRF)
            if need.confirmed and not sessions.is_confirmed(caller):
                return refuse(environ, start_response, 403, "confirm-password", UNCONFIRMED)
        environ[CALLER] = caller
        with acting_as(caller.actor, environ.get("REMOTE_ADDR", "")):
            return self._application(environ, start_response)

    def _need(self, method: str, path: str) -> Need:
        """What a request asks for; what is not known is for those who are signed in to hear."""
        if method == "OPTIONS":
            return PUBLIC  # a browser asks, without credentials, whether it may ask
        if self._adapter is None:
            self._adapter = self._rules.bind("localhost")
        try:
            rule, _ = self._adapter.match(path, "GET" if method == "HEAD" else method, return_rule=True)
        except HTTPException:
            return READ if path.startswith("/api/") else PUBLIC
        if rule.rule in PAGES:
            return PUBLIC
        return need_of("GET" if method == "HEAD" else method, template(rule.rule))

    def _refuse_stranger(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        headers = {"WWW-Authenticate": "Bearer"}
        if environ.get("HTTP_AUTHORIZATION", "")[: len(BEARER)].lower() == BEARER:
            return refuse(environ, start_response, 401, "not-signed-in", BAD_TOKEN, headers)
        if not self._sessions().has_password():
            return refuse(environ, start_response, 401, "set-up-needed", NOT_SET_UP, headers)
        return refuse(environ, start_response, 401, "not-signed-in", NOT_SIGNED_IN, headers)


def who(sessions: Sessions, environ: WSGIEnvironment) -> tuple[Caller | None, str]:
    """Who asks, and the token that says so. A token in the header counts more than a cookie.

    Raises:
        DatabaseUnavailableError: nobody can be looked up now.
    """
    given = environ.get("HTTP_AUTHORIZATION", "")
    if given[: len(BEARER)].lower() == BEARER:
        token = given[len(BEARER) :].strip()
        return sessions.of_program(token), token
    if not sessions.required():
        return ANYBODY, ""
    cookie = session_token(environ)
    return (None, "") if cookie is None else (sessions.of_browser(cookie), cookie)


def template(rule: str) -> str:
    """A path of Flask's as the OpenAPI document names it: `/runs/<int:run_id>` is `/runs/{run_id}`."""
    return PLACE.sub(r"{\1}", rule)


def is_stranger() -> bool:
    """Of what everybody may ask for: whether it is nobody who may see figures."""
    try:
        return who(first_services().sessions, request.environ)[0] is None
    except DatabaseUnavailableError:
        return True


def caller() -> Caller:
    """Who makes this request; of what everybody may ask for, anybody."""
    return cast(Caller, request.environ.get(CALLER, ANYBODY))
