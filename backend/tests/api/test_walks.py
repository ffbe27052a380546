"""Requests that follow from each other, made up: no 5xx, every answer as the document foresees, each way walked.

A few hundred here; more by `python -m soak stateful`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from backend.tests.api.made_requests import open_target
from backend.tests.api.made_walks import EXECUTE, FLOWS, IMPORTS, PLAN, READABLE, TOKENS, Walked, walk

WALKS: Final = 24
# Each is to be answered well at least once: without the one before it, it cannot be.
WAYS: Final = (
    *(f"POST {FLOWS}", f"PUT {FLOWS}/{{flow_id}}", f"DELETE {FLOWS}/{{flow_id}}"),
    *(f"POST {IMPORTS}", f"GET {IMPORTS}/{{import_id}}", f"GET {IMPORTS}/{{import_id}}/lines"),
    *(f"POST {IMPORTS}/{{import_id}}/{one}" for one in ("commit", "undo")),
    *(f"POST {PLAN}", f"GET {PLAN}/{{plan_id}}", f"POST {EXECUTE}", "GET /api/rebalancing/runs/{run_id}"),
    *(f"POST {TOKENS}", f"GET {READABLE}", f"DELETE {TOKENS}/{{token_id}}"),
)


@pytest.fixture(scope="module")
def walked() -> Iterator[Walked]:
    with open_target() as (installation, admin):
        yield walk(installation, admin, WALKS, dice=3)


def test_no_walk_gets_an_answer_outside_the_document_or_after_what_it_did(walked: Walked) -> None:
    assert walked.broken == []
    assert walked.answers.total() >= 300
    assert [way for way, hundreds in walked.answers if hundreds == "5xx"] == []


def test_every_way_was_walked_to_its_end(walked: Walked) -> None:
    assert [way for way in WAYS if not walked.answers[way, "2xx"]] == []
    # What was revoked, deleted or taken back was asked for again.
    again = (f"GET {READABLE}", f"DELETE {FLOWS}/{{flow_id}}", f"POST {IMPORTS}/{{import_id}}/undo")
    assert [way for way in again if not walked.answers[way, "4xx"]] == []
