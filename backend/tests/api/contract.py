"""A client that holds every answer against the committed OpenAPI document while the tests talk to the application."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

from apiflask import APIFlask
from jsonschema_rs import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from backend.api.protection import SECURITY_HEADERS
from backend.openapi import DOCUMENT
from backend.tests.reached import REACHED

PROBLEM: Final = "application/problem+json"
PROBLEM_MEMBERS: Final = {"type", "title", "status", "detail", "code", "request_id"}
# Redirects and "not modified" carry no body of ours.
WITHOUT_BODY: Final = frozenset({204, 304})


def closed(schema: Any) -> Any:
    """A copy of a schema in which an object has no fields but those it names: none may go undocumented."""
    made = copy.deepcopy(schema)

    def close(node: Any) -> None:
        if isinstance(node, dict):
            if "properties" in node:
                node.setdefault("additionalProperties", False)
            for part in node.values():
                close(part)
        elif isinstance(node, list):
            for part in node:
                close(part)

    close(made)
    return made


@dataclass(frozen=True)
class Contract:
    """The committed document."""

    spec: Mapping[str, Any]
    _validators: dict[str, Draft202012Validator] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    @cache
    def committed() -> Contract:
        return Contract(json.loads(DOCUMENT.read_text(encoding="utf-8")))

    @property
    def operations(self) -> list[tuple[str, str]]:
        """(METHOD, path with braces) of everything described."""
        return [(method.upper(), path) for path, item in self.spec["paths"].items() for method in item]

    def check(self, method: str, path: str, answer: TestResponse) -> None:
        """Fail unless the document foresees the status, the type and the whole body of an answer."""
        responses = self.spec["paths"][path][method.lower()]["responses"]
        described = responses.get(str(answer.status_code))
        REACHED.note(method, path, answer.status_code)
        assert described is not None, f"{method} {path}: {answer.status_code} is not documented: {answer.text[:300]}"
        if answer.status_code in WITHOUT_BODY:
            assert answer.data == b""
            return
        assert answer.mimetype in described["content"], f"{method} {path}: {answer.status_code} as {answer.mimetype}"
        if answer.mimetype not in (
            "text/event-stream",
            "text/csv",
            "text/plain",
            "application/x-ndjson",
            "application/zip",
        ):
            self.check_body(described["content"][answer.mimetype]["schema"], answer.json)

    def check_body(self, schema: Mapping[str, Any], body: Any) -> None:
        """Fail with every deviation of a body from its schema."""
        deviations = [
            f"{'/'.join(map(str, error.instance_path))}: {error.message}"
            for error in self._validator(schema).iter_errors(body)
        ]
        assert not deviations, "\n".join(deviations)

    def _validator(self, schema: Mapping[str, Any]) -> Draft202012Validator:
        """Made once for each schema: the document is long."""
        name = json.dumps(schema, sort_keys=True)
        if name not in self._validators:
            components = {"schemas": self._closed_schemas}
            self._validators[name] = Draft202012Validator({**closed(schema), "components": components})
        return self._validators[name]

    @cached_property
    def _closed_schemas(self) -> Any:
        return closed(self.spec["components"]["schemas"])


class Api:
    """Talks to an application; every answer must keep the contract, carry the headers, and never be a 5xx of ours."""

    def __init__(self, app: APIFlask, contract: Contract) -> None:
        self.app = app
        self.contract = contract
        self._client = app.test_client()

    def send(self, method: str, path: str, **arguments: Any) -> TestResponse:
        """One request; `arguments` as for Flask's test client. The answer's body is read to the end."""
        answer = self._client.open(path, method=method, **arguments)
        check_headers(answer)
        if answer.status_code >= 400 and method != "HEAD":
            check_problem(answer)
        described = self.described_path(method, path)
        if described is not None:
            self.contract.check(method, described, answer)
        return answer

    def get(self, path: str, **arguments: Any) -> TestResponse:
        return self.send("GET", path, **arguments)

    def read(self, path: str, **query: Any) -> Any:
        """The JSON of a GET that must succeed; `query` where the path has none of its own."""
        answer = self.get(path, query_string=query) if query else self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, **arguments: Any) -> TestResponse:
        return self.send("POST", path, **arguments)

    def stream(self, path: str, **arguments: Any) -> TestResponse:
        """A GET whose body is left to the caller to read."""
        answer = self._client.get(path, buffered=False, **arguments)
        REACHED.note("GET", path.partition("?")[0], answer.status_code)
        return answer

    def described_path(self, method: str, path: str) -> str | None:
        """The document's name of a path, None where the document has no such operation."""
        try:
            rule, _ = self.app.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)
        except HTTPException:
            return None
        named = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        return named if method.lower() in self.contract.spec["paths"].get(named, {}) else None


def check_headers(answer: TestResponse) -> None:
    """Fail unless an answer carries what protects the browser, whatever its status."""
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers.get(name) == value, f"{name} of {answer.request.path}"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])


def check_problem(answer: TestResponse) -> None:
    """Fail unless an error is a problem document that agrees with its status and names its request."""
    if answer.request.path == "/health" and answer.mimetype == "application/json":
        return  # /health says what is down in its own shape
    assert answer.mimetype == PROBLEM, f"{answer.status_code} {answer.mimetype}: {answer.text[:200]}"
    body: Any = answer.json
    assert set(body) >= PROBLEM_MEMBERS
    assert body["status"] == answer.status_code
    assert body["type"] == f"/problems/{body['code']}"
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert body["detail"]
    assert answer.status_code != 500, body


def field_errors(answer: TestResponse) -> set[str]:
    """The fields that a refusal names."""
    assert answer.status_code == 422, answer.text
    body: Any = answer.json
    return {error["field"] for error in body.get("errors", [])}
