"""Writes: the same Idempotency-Key with the same body gives the same answer and acts once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask import Response, g, request

from backend.api.deps import services
from backend.core.errors import BadInputError, DatabaseUnavailableError, DomainError, WorkGoesOnError
from backend.core.request_ports import Remembered

Route = TypeVar("Route", bound=Callable[..., Any])
MAX_KEY = 200
# After these nobody can say whether anything was done.
UNCERTAIN = (WorkGoesOnError, DatabaseUnavailableError)


def json_answer(body: dict[str, Any], status: int = 200) -> Response:
    """A JSON answer that is not kept."""
    answer = Response(json.dumps(body, separators=(",", ":"), allow_nan=False), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def write_token() -> str | None:
    """Names the write under way, the same whenever its key is sent again; None: it came without a key."""
    return cast("str | None", g.get("write_token"))


def idempotent(route: Route) -> Route:
    """Answer a repeated Idempotency-Key from memory; without the header the route just runs.

    A refusal frees the key. Where nobody can say what was done, the key stays taken and its next request runs the route
    with the same `write_token`: what was begun under it is found, not begun again.
    """

    @wraps(route)
    def wrapped(*args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return cast(Response, route(*args, **kwargs))
        if not 1 <= len(key) <= MAX_KEY or not key.isprintable():
            raise BadInputError(f"Idempotency-Key must be 1 to {MAX_KEY} printable characters", "Idempotency-Key")
        store = services().idempotency
        scope = f"{request.method} {request.path}"
        body_hash = sha256(request.query_string + b"\n" + request.get_data()).hexdigest()
        known = store.recall(key, scope, body_hash)
        if isinstance(known, Remembered):
            answer = Response(known.body, known.status, mimetype="application/json")
            answer.headers["Idempotent-Replayed"] = "true"
            return answer
        g.write_token = known
        try:
            answer = cast(Response, route(*args, **kwargs))
        except BaseException as error:
            if isinstance(error, DomainError) and not isinstance(error, UNCERTAIN):
                store.forget(key, scope)
            else:
                store.release(key, scope)
            raise
        store.remember(key, scope, body_hash, answer.status_code, answer.get_data())
        return answer

    return cast(Route, wrapped)
