"""Faults of every kind: nothing wrong is shown, silence that was asked for is kept, and all is over soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.database_places import NAME
from backend.tests.process.fault_run import (
    OVERVIEW,
    Witness,
    asked,
    exchange_with_a_past,
    product,
    run_with_faults,
    settled,
    start_faults,
    stop_faults,
)
from backend.tests.process.harness import Product, wait_for
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import rows

pytestmark = pytest.mark.process

# Ten thousand with each of ten seeds: `python -m soak faults`.
REQUESTS: Final = 600
SEED: Final = 11
GIVE_UP_S: Final = 240.0
LASTING: Final = ("slow", "http_429", "http_418", "clock_skew")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with exchange_with_a_past(tmp_path / "exchange") as process:
        yield process


def test_no_wrong_figure_is_shown_while_a_fifth_of_all_answers_is_broken(tmp_path: Path) -> None:
    assert run_with_faults(tmp_path, REQUESTS, SEED, GIVE_UP_S).requests >= REQUESTS


def test_faults_that_last_are_survived_and_forgotten(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with product(tmp_path / "tried", exchange) as tried:
        settled(tried)
        witness = Witness(tried)
        start_faults(exchange, LASTING, p=0.5, count=12)
        before = asked(exchange)

        def enough() -> bool:
            witness.look()
            return asked(exchange) > before + 40

        wait_for(enough, "faults happened", GIVE_UP_S, 0.2)
        stop_faults(exchange)
        assert settled(tried)["sync"]["error"] is None


@pytest.mark.parametrize(("kind", "wait_s"), [("http_429", 1.0), ("http_418", 2.0)])
def test_after_a_refusal_nothing_is_sent_until_its_time_is_over(
    exchange: SimulatorProcess, tmp_path: Path, kind: str, wait_s: float
) -> None:
    status = kind.removeprefix("http_")
    with product(tmp_path / "tried", exchange) as tried:
        settled(tried)
        before = silent_until(tried)
        start_faults(exchange, (kind,), p=1.0, count=1)
        silent_from = time.monotonic()
        while not refusals(exchange, status):
            silent_from = time.monotonic()  # the refusal came later than this
        # What was on its way already is still answered; the program's own books say when nothing is any more.
        wait_for(lambda: silent_until(tried) > before and idle(tried), "the program heard of it", 20, 0.01)
        count = asked(exchange)
        while (now := asked(exchange)) and time.monotonic() < silent_from + wait_s:
            assert now == count
        assert settled(tried)["sync"]["error"] is None
    assert refusals(exchange, status) == 1


def test_a_ban_is_sat_out_also_when_the_user_asks(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with product(tmp_path / "tried", exchange) as tried:
        settled(tried)
        while exchange.get("/api/v3/exchangeInfo").status_code != 418:
            pass  # somebody else at this address overdoes it
        # Where its own count was full just before the ban, it waits for the next minute and learns of it then.
        told = wait_for(lambda: tried.get(OVERVIEW)["sync"]["error"], "the program says what stops it", 80)
        # The limit may have met the program itself just before the ban: it is silent then already.
        assert "banned" in told or "Too many requests" in told
        count = asked(exchange)
        for _ in range(5):
            answer = tried.request("POST", "/api/portfolio/refresh?force=true")
            assert answer.status_code in (429, 503)
            tried.request("GET", "/api/portfolio/connection/test")
        wait_for(lambda: tried.get(OVERVIEW)["stale"], "the balances are stale", 20)
        assert asked(exchange) == count
        assert tried.get(OVERVIEW)["total_value_usd"] is not None


def silent_until(tried: Product) -> int:
    """Until when its own books forbid it to send, the latest of all hosts."""
    (until,) = told_by_books(tried, "SELECT max(silent_until_machine) FROM request_hosts")
    return int(until)


def idle(tried: Product) -> bool:
    """Whether every call that its own books know of has ended."""
    (count,) = told_by_books(tried, "SELECT sum(in_flight) FROM request_pools")
    return int(count) == 0


def told_by_books(tried: Product, query: str) -> tuple[Any, ...]:
    (row,) = rows(tried.data / NAME, query)
    return row


def refusals(exchange: SimulatorProcess, status: str) -> int:
    """How many requests the exchange answered with a status."""
    return sum(row["status"].get(status, 0) for row in exchange.control("/sim/requests")["requests"])
