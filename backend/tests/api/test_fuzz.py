"""Requests made up from the document: none gets a 5xx, and every answer is one that the document foresees.

Twenty thousand here; a million by `python -m soak requests`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from backend.tests.api.installation import Installation
from backend.tests.api.made_requests import HEAVY, ask, name, open_target, operations, share

Target = tuple[Installation, Mapping[str, str]]
OPERATIONS: Final = operations()
# Each is sent by nobody first, and then by an administrator.
EXAMPLES: Final = 80
SENDERS: Final = 2


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with open_target() as opened:
        yield opened


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_no_request_gets_an_answer_outside_the_document(operation: Any, target: Target) -> None:
    installation, admin = target
    answers, broken = ask(operation, installation, {"nobody": None, "admin": admin}, share(operation, EXAMPLES), dice=1)
    assert not broken, "\n".join(broken)
    assert all(got.total() > 0 for got in answers.values())


def test_so_many_requests_are_twenty_thousand() -> None:
    assert set(HEAVY) < set(map(name, OPERATIONS))
    assert sum(SENDERS * share(one, EXAMPLES) for one in OPERATIONS) >= 20_000
