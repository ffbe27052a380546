"""Requests made up from the document: none gets a 5xx, and every answer is one that the document foresees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.api.access import ACCESS
from backend.openapi import DOCUMENT
from backend.tests.api.guarded import Browser, bearer, execute
from backend.tests.api.installation import NOON, Installation, open_history, simulator_settings
from backend.tests.simulator.harness import SimulatorProcess

CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 25
# Without a sign-in nothing is looked at but who asks.
OUTSIDE = 5
ATTEMPT: Any = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One of its own: what is written here stays."""
    folder = tmp_path_factory.mktemp("fuzz")
    with SimulatorProcess(folder / "exchange", ["--start-time", NOON]) as process:
        open_history(process, days=10, flows=4)
        with Installation(simulator_settings(process.url, folder), folder) as running:
            running.settled()
            yield running


@pytest.fixture(scope="module")
def admin(installation: Installation) -> dict[str, str]:
    """A program that may do everything; from then on nobody gets in without saying who it is."""
    browser = Browser(installation)
    assert browser.set_up().status_code == 200
    token = browser.token("admin")
    execute(installation, "UPDATE api_tokens SET id = 1000000007")  # what is made up here does not revoke it
    return bearer(token)


# A stream never ends; its refusals have tests of their own.
schema = schemathesis.openapi.from_path(DOCUMENT).exclude(path="/api/events")


@schema.parametrize()
@settings(max_examples=EXAMPLES, **ATTEMPT)
def test_no_request_gets_an_answer_outside_the_document(
    case: schemathesis.Case[Any], installation: Installation, admin: dict[str, str]
) -> None:
    answer = case.call(app=installation.api.app, headers=admin)
    case.validate_response(answer, checks=CHECKS)
    # A password that is made up is refused in words of its own.
    assert answer.status_code != 401 or case.operation.path.startswith("/api/auth/")


@schema.parametrize()
@settings(max_examples=OUTSIDE, **ATTEMPT)
@pytest.mark.usefixtures("admin")
def test_without_a_sign_in_every_request_is_refused_as_documented(
    case: schemathesis.Case[Any], installation: Installation
) -> None:
    answer = case.call(app=installation.api.app)
    case.validate_response(answer, checks=CHECKS)
    assert answer.status_code == 401 or ACCESS[case.operation.method.upper(), case.operation.path].scope is None
