"""Orders between page, collector and exchange: dry runs, clicks, failing reads and SIGTERM; the exchange is asked.

The full counts are run by `make soak ARGS="orders o2 o8 o9 o12"`, by the same code (docs/evidence/orders.md).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.tests.process.order_api import (
    Tried,
    clicked,
    converted,
    dry_sequence,
    ended_politely,
    sent,
    starts_with_failing_reads,
)
from backend.tests.process.order_scene import TARGETS, OrderScene, order_scene
from backend.tests.process.tree import needs_proc

pytestmark = [pytest.mark.process, needs_proc]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrderScene]:
    with order_scene(tmp_path_factory.mktemp("orders"), 2) as made:
        yield made


def test_a_dry_run_posts_no_order_whatever_else_is_called(scene: OrderScene) -> None:
    tried, before = Tried(), sent(scene)
    for seed in range(8):
        tried.add(dry_sequence(scene, seed))
    scene.web.request("DELETE", "/api/rebalancing/kill-switch")
    assert tried.failures == []
    assert tried.counts["execute: 202"] + tried.counts["execute by default: 202"] > 0
    assert sent(scene) == before


def test_a_plan_is_executed_once_however_often_it_is_asked_for(scene: OrderScene) -> None:
    tried = Tried()
    for seed in range(5):
        tried.add(clicked(scene, scene.names[0], seed))
    assert tried.failures == []
    assert 0 < tried.counts["runs"] < tried.counts["clicks"]


def test_a_conversion_is_made_once_however_often_it_is_asked_for_and_whoever_gave_up(scene: OrderScene) -> None:
    tried = Tried()
    for seed in range(6):
        tried.add(converted(scene, scene.names[0], seed))
    assert tried.failures == []
    assert tried.counts["runs"] == tried.counts["conversions"] == 6
    assert tried.counts["given up"] > 0


def test_nothing_is_sent_while_balances_cannot_be_read_and_the_page_says_why(scene: OrderScene) -> None:
    tried = starts_with_failing_reads(scene, scene.names[1], TARGETS[0], 1, 2)
    assert tried.failures == []
    assert tried.counts["runs finished afterwards"] == 1


def test_sigterm_ends_it_in_time_with_every_order_in_the_journal(scene: OrderScene) -> None:
    tried = ended_politely(scene, [scene.names[1]], 1, TARGETS[1], 3, 10.0)
    assert tried.failures == []
    assert tried.counts["ends"] > 0
