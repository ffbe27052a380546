"""Requests made up from the document: none gets a 5xx, and every answer is one that the document foresees.

Twenty thousand here; a million by `python -m soak requests`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from backend.tests.api.installation import Installation
from backend.tests.api.made_requests import ask, open_target, operations

Target = tuple[Installation, Mapping[str, str]]
OPERATIONS: Final = operations()
EXAMPLES: Final = 75
OUTSIDE: Final = 80
# Each of these reads the exchange again, for all accounts that were made up before.
FEWER: Final = {"POST /api/performance/snapshots": 10, "POST /api/portfolio/refresh": 25}


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with open_target() as opened:
        yield opened


def name(operation: Any) -> str:
    return f"{operation.method.upper()} {operation.path}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_no_request_gets_an_answer_outside_the_document(operation: Any, target: Target) -> None:
    installation, admin = target
    answers, broken = ask(operation, installation, admin, FEWER.get(name(operation), EXAMPLES), dice=1)
    assert broken == []
    assert answers.total() > 0


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_without_a_sign_in_every_request_is_refused_as_documented(operation: Any, target: Target) -> None:
    installation, _ = target
    answers, broken = ask(operation, installation, None, OUTSIDE, dice=2)
    assert broken == []
    assert answers.total() > 0


def test_so_many_requests_are_twenty_thousand() -> None:
    assert set(FEWER) < set(map(name, OPERATIONS))
    assert sum(FEWER.get(name(one), EXAMPLES) + OUTSIDE for one in OPERATIONS) >= 20_000
