"""The exchange is away: pages come up and say so, old data stay with their age, and it recovers by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, wait_for
from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process

UP_WITHIN_S = 5.0
SOON_S = 40.0
KEY: Final = "key"
OVERVIEW = "/api/portfolio/overview"


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """An exchange with an account, running; a test that ends it starts it again."""
    arguments = ["--start-time", "2026-06-01T12:00:30Z"]
    with SimulatorProcess(tmp_path_factory.mktemp("exchange"), arguments) as process:
        process.open_account(KEY, SECRET, balances={}, created_at="2026-05-20T00:00:00Z")
        process.control("/sim/history", {"api_key": KEY, "days": 5, "seed": 4, "trades": 6, "flows": 4})
        yield process


def product(folder: Path, exchange: SimulatorProcess) -> Product:
    return Product.on_simulator(folder, exchange.url, KEY, SECRET, EXCHANGE_TIMEOUT="1")


@contextmanager
def ended(product: Product) -> Iterator[Product]:
    """A product that the block starts itself; it ends with the block."""
    with ExitStack() as stack:
        yield stack.push(product)


def seconds_until_served(product: Product) -> float:
    """Start it and return how long the page about the portfolio took from nothing."""
    started = time.monotonic()
    product.start()
    assert product.get(OVERVIEW)["environment"] == "simulator"
    assert product.request("GET", "/").status_code in (200, 503)  # 503: the dashboard is not built here
    return time.monotonic() - started


def overview_when(product: Product, what: str, **wanted: Any) -> Any:
    """Wait until fields of the overview have some values; returns it."""

    def found() -> Any:
        overview = product.get(OVERVIEW)
        return overview if all(overview[name] == value for name, value in wanted.items()) else None

    return wait_for(found, what, SOON_S)


def exact(product: Product) -> Any:
    """Wait until everything is known and fresh."""
    return overview_when(product, "figures are exact", freshness="fresh", status="exact", pnl_status="exact")


def test_it_starts_without_the_exchange_says_so_and_recovers_by_itself(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with ended(product(tmp_path / "with", exchange)) as usual:
        usually_s = seconds_until_served(usual)
        truth = exact(usual)
    exchange.stop()
    try:
        with ended(product(tmp_path / "without", exchange)) as lonely:
            # On a machine that is busy with something else every start is slow: then as slow as with an exchange.
            assert seconds_until_served(lonely) < max(UP_WITHIN_S, 2 * usually_s)
            told = wait_for(lambda: found if (found := lonely.get(OVERVIEW))["sync"]["error"] else None, "says so", 30)
            assert told["sync"]["error"] == "The exchange cannot be reached"
            assert told["sync"]["status"] in ("degraded", "failing")
            assert (told["total_value_usd"], told["status"], told["reason"]) == (None, "unavailable", "no_data_yet")
            assert (told["freshness"], told["stale"]) == ("unknown", True)
            assert "sync_failed" in {item["kind"] for item in told["attention"]}
            health = lonely.request("GET", "/health")
            assert health.json()["detail"]
            assert health.json()["sync_status"] in ("degraded", "failing")
            refused = lonely.request("POST", "/api/portfolio/refresh?force=true")
            assert (refused.status_code, refused.json()["code"]) == (503, "exchange-unavailable")
            tested = lonely.get("/api/portfolio/connection/test")
            assert (tested["ok"], tested["code"]) == (False, "exchange-unavailable")
            exchange.start()
            found = exact(lonely)
            assert found["net_deposits_usd"] == truth["net_deposits_usd"]
            assert found["sync"]["error"] is None
            assert found["sync"]["status"] == "healthy"
            assert found["attention"] == []
    finally:
        exchange.restart()


def test_what_was_known_stays_with_its_age_also_after_a_restart(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with product(tmp_path, exchange) as running:
        before = exact(running)
        exchange.stop()
        try:
            stale = overview_when(running, "the balances are stale", freshness="stale")
            assert stale["stale"] is True
            assert "stale_balances" in {item["kind"] for item in stale["attention"]}
            unknown = overview_when(running, "the balances are too old to go by", freshness="unknown")
            assert unknown["stale"] is True
            running.restart()
            again = overview_when(running, "the restarted program shows what it knew", freshness="unknown")
            kept = ("as_of", "total_value_usd", "net_deposits_usd", "refreshed_at")
            assert {name: again[name] for name in kept} == {name: unknown[name] for name in kept}
            assert again["as_of"] >= before["as_of"]
            rows = running.get("/api/portfolio/balances")
            assert rows["stale"] is True
            assert {row["timestamp"] for row in rows["balances"]} == {again["as_of"]}
            refused = running.request("POST", "/api/performance/snapshots")
            assert (refused.status_code, refused.json()["code"]) == (409, "stale-data")
        finally:
            exchange.restart()
        found = exact(running)
        assert found["as_of"] > before["as_of"]
        assert found["sync"]["error"] is None
        assert running.get("/api/performance/twr/0")["status"] == "exact"
