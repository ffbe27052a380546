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

from backend.core import errors

if TYPE_CHECKING:
    from apiflask import APIFlask
    from apiflask.exceptions import HTTPError
    from flask import Flask

log = structlog.get_logger(__name__)

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


def register_validation(app: APIFlask) -> None:
    """Make what APIFlask finds wrong in a request a problem document; before `register`, since this takes over
    HTTPException, too.
    """

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


def register(app: Flask) -> None:
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
