"""What the OpenAPI document says of errors, and of what all operations of a kind share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from backend.api.access import need_of
from backend.api.cookies import CSRF_HEADER, SESSION
from backend.api.schemas.common import Problem
from backend.api.writes import MAX_KEY

# APIFlask stores it under this name; the nested part must be found from the top of the document.
PROBLEM_SCHEMA: Final = Problem.model_json_schema(ref_template="#/components/schemas/HTTPError/$defs/{model}")
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
