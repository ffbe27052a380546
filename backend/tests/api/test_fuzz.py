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

from backend.openapi import DOCUMENT
from backend.tests.api.installation import NOON, Installation, open_history, simulator_settings
from backend.tests.simulator.harness import SimulatorProcess

CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 25


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One of its own: what is written here stays."""
    folder = tmp_path_factory.mktemp("fuzz")
    with SimulatorProcess(folder / "exchange", ["--start-time", NOON]) as process:
        open_history(process, days=10, flows=4)
        with Installation(simulator_settings(process.url, folder), folder) as running:
            running.settled()
            yield running


# A stream never ends; its refusals have tests of their own.
schema = schemathesis.openapi.from_path(DOCUMENT).exclude(path="/api/events")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_gets_an_answer_outside_the_document(
    case: schemathesis.Case[Any], installation: Installation
) -> None:
    answer = case.call(app=installation.api.app)
    case.validate_response(answer, checks=CHECKS)
