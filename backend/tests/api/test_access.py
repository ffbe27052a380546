"""Every operation is in the table of access, and whoever lacks its scope does not get to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

from backend.api.access import ACCESS, PAGES
from backend.api.gate import CALLER, AccessGate, template
from backend.api.request_layer import REQUEST_ID
from backend.core.sign_in.model import ORDER, Caller, Scope
from backend.tests.api.contract import Contract
from backend.tests.api.guarded import FIGURES, Browser, bearer, code_of, guarded
from backend.tests.api.installation import Installation

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

METHODS: Final = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OPERATIONS: Final = sorted(Contract.committed().operations)
ROLES: Final = ("none", "read", "trade", "admin")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with guarded(tmp_path_factory.mktemp("access")) as running:
        yield running


@pytest.fixture(scope="module")
def tokens(installation: Installation) -> dict[str, str]:
    browser = Browser(installation)
    assert browser.set_up().status_code == 200
    return {role: browser.token(role) for role in ROLES[1:]}


class Reached:
    """What stands behind the gate: it says who came."""

    def __init__(self, installation: Installation) -> None:
        app = installation.api.app
        self.callers: list[Caller | None] = []
        self._gate = AccessGate(self._answer, app.url_map, lambda: installation.container.sessions)

    def status(self, method: str, path: str, token: str | None) -> int:
        seen: list[str] = []

        def start(status: str, headers: Any, exc_info: Any = None) -> Any:
            seen.append(status)

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, REQUEST_ID: "0a1b2c3d"}
        if token is not None:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        list(self._gate(environ, start))
        return int(seen[0][:3])

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.callers.append(environ.get(CALLER))
        start_response("200 OK", [])
        return [b"figures"]


def test_the_table_and_the_document_name_the_same_operations() -> None:
    assert set(ACCESS) == set(OPERATIONS)


def test_every_path_of_the_application_is_in_the_table_or_is_a_page(installation: Installation) -> None:
    unknown = [
        (method, rule.rule)
        for rule in installation.api.app.url_map.iter_rules()
        for method in METHODS & (rule.methods or set())
        if rule.rule not in PAGES and (method, template(rule.rule)) not in ACCESS
    ]
    assert unknown == []


@pytest.mark.parametrize("role", ROLES)
def test_each_operation_opens_to_those_who_hold_its_scope_only(
    installation: Installation, tokens: dict[str, str], role: str
) -> None:
    behind = Reached(installation)
    held = set() if role == "none" else set(ORDER[: ORDER.index(Scope(role)) + 1])
    found, wanted = {}, {}
    for method, path in OPERATIONS:
        need = ACCESS[method, path]
        stranger = 401 if role == "none" else 403
        wanted[method, path] = 200 if need.scope is None or need.scope in held else stranger
        found[method, path] = behind.status(method, re.sub(r"\{\w+\}", "1", path), tokens.get(role))
    assert found == wanted
    assert len(behind.callers) == list(wanted.values()).count(200)


def test_heads_are_reads_and_paths_that_are_not_there_are_told_to_nobody_outside(
    installation: Installation, tokens: dict[str, str]
) -> None:
    behind = Reached(installation)
    assert [behind.status("HEAD", FIGURES, token) for token in (None, tokens["read"])] == [401, 200]
    for path in ("/api/nothing", "/api/auth/nothing", "/api/portfolio/overview/"):
        assert [behind.status("GET", path, token) for token in (None, tokens["read"])] == [401, 200]
    # Another spelling of a path is no way around: it leads to pages, which hold no figure.
    for path in ("//api/portfolio/overview", "/API/portfolio/overview", "/api%2Fportfolio/overview"):
        answer = Browser(installation).get(path)
        assert answer.status_code in (200, 308, 401, 403, 404)
        assert "total_value_usd" not in answer.text


def test_what_a_scope_forbids_is_said(installation: Installation, tokens: dict[str, str]) -> None:
    refused = Browser(installation).send("PUT", "/api/settings", json={}, headers=bearer(tokens["trade"]))
    assert code_of(refused) == (403, "scope-needed")
    assert "admin" in refused.text
