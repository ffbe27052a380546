"""The services of docker-compose.yml lose nothing when they are killed and started again: one random order of it.

Twenty by `make soak ARGS=services`, by the same code.
"""

from __future__ import annotations

import random
import warnings
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from backend.tests.process.composed import NO_NGINX, Machine, has_nginx
from backend.tests.process.services_run import killed_in_orders, refused_wrongly, strikes
from backend.tests.process.tree import needs_proc

pytestmark = pytest.mark.process

NAMES: Final = ("frontend", "backend", "collector")
SEED: Final = 4


@needs_proc
def test_killed_and_started_again_in_a_random_order_nothing_is_lost(tmp_path: Path) -> None:
    if not has_nginx():
        warnings.warn(NO_NGINX, stacklevel=1)
    tried = killed_in_orders(tmp_path, 1, SEED, Machine())
    assert tried.failures == []
    counts = tried.counts
    for name in NAMES if has_nginx() else NAMES[1:]:
        assert counts[f"{name} killed"] + counts[f"{name} asked to end"] == 1, counts
    # Both before and after: the page came back, the writers were answered again, and orders were sent.
    assert counts["streams opened"] >= 2
    assert min(counts[f"{kind}: answered for"] for kind in ("flow", "import", "address", "refresh")) > 0
    assert counts["orders judged"] > 0
    assert (counts["refused as backend-away"] > 0) == has_nginx()


def test_in_every_order_each_ends_once_and_begins_after_that() -> None:
    dice = random.Random(SEED)
    orders = [strikes(dice, NAMES) for _ in range(200)]
    for order in orders:
        assert sorted(order) == sorted(f"{name}{what}" for name in NAMES for what in "-+")
        assert all(order.index(f"{name}-") < order.index(f"{name}+") for name in NAMES)
    # One after the other, all down at once, and most of what lies between: ninety there are.
    assert len({tuple(order) for order in orders}) > 70


@pytest.mark.parametrize(
    ("status", "kind", "body", "wrong"),
    [
        (422, "text/html", b"<html>", False),
        (503, "application/problem+json", b'{"type":"","title":"","status":503,"detail":"","code":"x"}', False),
        (503, "application/problem+json", b'{"title":"","status":503}', True),
        (503, "text/html", b"<html>", True),
        (502, "text/html", b"<html>", True),
        (500, "application/problem+json", b'{"type":"","title":"","status":500,"detail":"","code":"x"}', True),
    ],
)
def test_only_a_503_in_the_form_of_every_error_is_no_failure(status: int, kind: str, body: bytes, wrong: Any) -> None:
    answer = requests.Response()
    answer.status_code, answer._content = status, body
    answer.headers["Content-Type"] = kind
    assert refused_wrongly(answer) is wrong
