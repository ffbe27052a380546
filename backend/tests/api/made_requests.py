"""Requests made up from the document by schemathesis, and an installation of their own that they are sent to."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err, Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.api.access import ACCESS
from backend.openapi import DOCUMENT
from backend.tests.api.guarded import Browser, bearer, execute
from backend.tests.api.installation import NOON, Installation, open_history, simulator_settings
from backend.tests.reached import REACHED
from backend.tests.simulator.harness import SimulatorProcess

CHECKS: Final[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# A stream never ends; its refusals have tests of their own.
SCHEMA: Final = schemathesis.openapi.from_path(DOCUMENT).exclude(path="/api/events")
ATTEMPT: Final[Any] = {
    "database": None,
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
# What is unpacked here is not the program's.
PLAIN: Final = {"Accept-Encoding": "identity"}
LONGEST_SENTENCE: Final = 900
LONGEST_BODY: Final = 300
# Each of these reads the exchange again for every account that was made up before, or all that there is. A request to
# it costs twenty others, so it gets one part of these many of the requests that the others get.
HEAVY: Final = {
    "POST /api/performance/snapshots": 8,
    "POST /api/portfolio/refresh": 3,
    "GET /api/portfolio/export/all": 4,
}


@contextmanager
def open_target() -> Iterator[tuple[Installation, Mapping[str, str]]]:
    """An account with a short past, and the headers of a program that may do everything: nobody else gets in.

    What the requests write stays in it.
    """
    with tempfile.TemporaryDirectory(prefix="made-requests-") as place:
        folder = Path(place)
        with SimulatorProcess(folder / "exchange", ["--start-time", NOON]) as process:
            open_history(process, days=10, flows=4)
            with Installation(simulator_settings(process.url, folder), folder) as running:
                running.settled()
                browser = Browser(running)
                assert browser.set_up().status_code == 200
                token = browser.token("admin")
                # What is made up here does not revoke it.
                execute(running, "UPDATE api_tokens SET id = 1000000007")
                yield running, bearer(token)


def operations() -> list[Any]:
    """Every operation of the document but the stream."""
    described = list(SCHEMA.get_all_operations())
    assert not [one for one in described if isinstance(one, Err)]
    return [one.ok() for one in described if isinstance(one, Ok)]


def name(operation: Any) -> str:
    """Method and path."""
    return f"{operation.method.upper()} {operation.path}"


def share(operation: Any, each: int) -> int:
    """How many requests are made up for an operation where most get `each`."""
    return -(-each // HEAVY.get(name(operation), 1))


def ask(
    operation: Any, target: Installation, senders: Mapping[str, Mapping[str, str] | None], count: int, dice: int
) -> tuple[dict[str, Counter[str]], list[str]]:
    """Make up so many requests to an operation, and have each of the senders send every one of them.

    Args:
        senders: their headers by what they are called; None: of nobody, who must be refused where the operation needs a
            scope. They send in this order.
        dice: the same ones make the same requests.

    Returns:
        For each sender its answers by status, and a sentence for each that breaks a promise.
    """
    answers: dict[str, Counter[str]] = {who: Counter() for who in senders}
    broken: list[str] = []

    @seed(dice)
    @settings(max_examples=count, **ATTEMPT)
    @given(case=operation.as_strategy())
    def sent(case: Any) -> None:
        for who, headers in senders.items():
            answer = case.call(app=target.api.app, headers=PLAIN | dict(headers or {}))
            answers[who][f"{answer.status_code // 100}xx"] += 1
            try:
                case.validate_response(answer, checks=CHECKS)
                REACHED.note(case.method, case.operation.path, answer.status_code)
                assert _known(answer.status_code, case, headers is None), f"answered {answer.status_code}"
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | SystemExit):
                    raise
                broken.append(
                    f"{who}: {case.method} {case.formatted_path} {str(case.body)[:300]!r}: {error}"[:LONGEST_SENTENCE]
                )

    sent()
    return answers, broken


def _known(status: int, case: Any, stranger: bool) -> bool:
    """Whether who asks was let in or refused as the table of scopes says."""
    path = case.operation.path
    if stranger:
        return status == 401 or ACCESS[case.operation.method.upper(), path].scope is None
    # A password that is made up is refused in words of its own; /metrics has a token of its own.
    return status != 401 or path.startswith("/api/auth/") or path == "/metrics"
