"""The one place that joins what went wrong to what a client sees (RFC 9457, application/problem+json)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import structlog
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from backend.api.access import need_of
from backend.api.cookies import CSRF_HEADER, SESSION
from backend.api.schemas.common import Problem
from backend.api.writes import MAX_KEY
from backend.core import errors

if TYPE_CHECKING:
    from apiflask import APIFlask
    from apiflask.exceptions import HTTPError

log = structlog.get_logger(__name__)

# APIFlask stores it under this name; the nested part must be found from the top of the document.
PROBLEM_SCHEMA: Final = Problem.model_json_schema(ref_template="#/components/schemas/HTTPError/$defs/{model}")
STATUS: Final[Mapping[type[errors.DomainError], HTTPStatus]] = {
    errors.DomainError: HTTPStatus.CONFLICT,
    errors.BadInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.NotAllowedError: HTTPStatus.FORBIDDEN,
    errors.NotSignedInError: HTTPStatus.UNAUTHORIZED,
    errors.StaleDataError: HTTPStatus.CONFLICT,
    errors.RunRefusedError: HTTPStatus.CONFLICT,
    errors.TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.IdempotencyMismatchError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotDeliveredError: HTTPStatus.CONFLICT,
    errors.BackupRefusedError: HTTPStatus.CONFLICT,
    errors.BackupFailedError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ExportRefusedError: HTTPStatus.CONFLICT,
    errors.ExportFailedError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SealBroken: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.LeaseLostError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DatabaseUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ExchangeError: HTTPStatus.SERVICE_UNAVAILABLE,
}
STATUS_CODES: Final[Mapping[int, str]] = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    422: "bad-input",
    429: "too-many-requests",
}


# What is told there is remembered nowhere, neither by a key nor by an ETag.
SIGN_IN: Final = "/api/auth/"
SECURITY_SCHEMES: Final[dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer", "description": "Of a program: made under Settings, Security"},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION, "description": f"Writes send {CSRF_HEADER}, too"},
}
SECURITY: Final[list[dict[str, list[str]]]] = [{"token": []}, {"session": []}]
WRITES: Final = frozenset({"post", "put", "patch", "delete"})
# Reads that are asked anew each time and carry no ETag.
ALWAYS_NEW: Final = frozenset({
    "/api/events", "/api/portfolio/connection/test", "/api/portfolio/export/all", "/api/logs/lines", "/api/logs/export",
})  # fmt: skip
IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key with the same body gives the same answer and acts once; with another body 422",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
}


def _common(path: str, method: str) -> Mapping[str, str]:
    """The statuses that an operation shares with all of its kind."""
    if not path.startswith("/api/"):
        return {}
    found = {"503": "The database or the exchange cannot be used now"}
    if need_of(method.upper(), path).scope is not None:
        found["401"] = "not-signed-in, or set-up-needed: there is no password yet"
        found["403"] = "The token has not the scope"
    if method == "get" and path not in ALWAYS_NEW and not path.startswith(SIGN_IN):
        found["304"] = "Nothing has changed since the answer with the ETag of If-None-Match"
    if method in WRITES:
        found |= {
            "400": "The body is not JSON",
            "403": "The write comes from another site, the token has not the scope, the password must be typed again "
            "(confirm-password), or what it names may not be changed",
            "409": "The first request with this Idempotency-Key is still running, or the state does not allow it",
            "413": "The body is larger than 256 KiB",
            "415": "The body is not sent as application/json",
            "422": "A field, a parameter or the Idempotency-Key cannot be used",
        }
    return found


def problem(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> Response:
    """Build a problem document; `code` names the help page that explains it."""
    body = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": int(status),
        "detail": detail,
        "code": code,
        "request_id": g.get("request_id"),
    }
    answer = Response(json.dumps(body | members), int(status), mimetype="application/problem+json")
    answer.headers.extend(headers or {})
    return answer


def status_of(error: errors.DomainError) -> HTTPStatus:
    """The HTTP status of a domain error: its own class's or the nearest base's."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def described(spec: dict[str, Any]) -> dict[str, Any]:
    """Say in the OpenAPI document what every operation may answer, and that every error is a problem document."""
    schema = {"$ref": "#/components/schemas/HTTPError"}
    for name, path in spec["paths"].items():
        for method, operation in path.items():
            scope = need_of(method.upper(), name).scope
            responses = operation.setdefault("responses", {})
            for status, words in _common(name, method).items():
                responses.setdefault(status, {"description": words})
            operation["security"] = SECURITY if scope is not None else []
            operation["description"] = f"Scope: `{scope.value}`" if scope is not None else "Asks for no sign-in"
            if method in WRITES and not name.startswith(SIGN_IN):
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            for status, response in responses.items():
                if status.startswith(("4", "5")) and "HealthOut" not in json.dumps(response):
                    response["content"] = {"application/problem+json": {"schema": schema}}
    spec["components"]["schemas"].pop("ValidationError", None)
    spec["components"]["securitySchemes"] = SECURITY_SCHEMES
    return spec


def register(app: APIFlask) -> None:
    """Make every error of the application a problem document."""

    @app.errorhandler(errors.DomainError)
    def on_domain_error(error: errors.DomainError) -> Response:
        members: dict[str, Any] = {}
        headers: dict[str, str] = {}
        if isinstance(error, errors.BadInputError) and error.field:
            members["errors"] = [{"field": error.field, "message": str(error)}]
        if isinstance(error, errors.NotSignedInError):
            headers["WWW-Authenticate"] = "Bearer"
        if isinstance(error, errors.SignInRefusedError) and error.tries_left is not None:
            members["tries_left"] = error.tries_left
        if isinstance(error, errors.TooManyRequestsError | errors.ExchangeLimitedError):
            headers["Retry-After"] = str(math.ceil(error.retry_after_s))
        if isinstance(error, errors.ExchangeError) and error.exchange_code is not None:
            members["exchange_code"] = error.exchange_code
        return problem(status_of(error), error.code, str(error), headers, **members)

    # Registering the processor also takes over HTTPException: ours must come after it.
    @app.error_processor
    def on_api_error(error: HTTPError) -> Response:
        found = [
            {"field": field, "message": "; ".join(messages) if isinstance(messages, list) else str(messages)}
            for location in (error.detail or {}).values()
            for field, messages in (location.items() if isinstance(location, dict) else ())
        ]
        detail = "; ".join(f"{item['field']}: {item['message']}" for item in found) or error.message or ""
        members: dict[str, Any] = {"errors": found} if found else {}
        return problem(error.status_code, STATUS_CODES.get(error.status_code, "http-error"), detail, None, **members)

    @app.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        status = error.code or 500
        told = ("Allow", "Retry-After", "WWW-Authenticate")
        headers = {name: value for name, value in error.get_headers() if name in told}
        words = error.description or ""
        if status == 413 and request.max_content_length:
            words = f"The body is larger than {request.max_content_length // 1024:,} KiB"
        return problem(status, STATUS_CODES.get(status, "http-error"), words, headers)

    @app.errorhandler(RecursionError)
    def on_recursion(error: RecursionError) -> Response:
        # Python's JSON reader goes down one call a bracket; what a request can make happen is no fault of ours.
        if request.content_length:
            return problem(400, "bad-request", "The body is nested too deeply")
        return on_unexpected(error)

    @app.errorhandler(Exception)
    def on_unexpected(error: Exception) -> Response:
        # The text goes to the log with the request id, never to the client: it may hold a key or a signed address.
        log.error("unexpected error", path=request.path, method=request.method, exc_info=error)
        return problem(
            500, "internal-error", "Something went wrong here; the log has the details under this request id."
        )
