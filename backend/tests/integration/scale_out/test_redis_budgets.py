"""The request budget in Redis: shared, never counted by nobody, and a ban outlives Redis."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from backend.core.errors import ExchangeLimitedError, RequestBudgetError
from backend.core.model.request_budget import PoolUse, Silence
from backend.db.request_budgets import SqlRequestBudgets
from backend.exchange.binance.limits import WeightBudget
from backend.scale_out.budgets import RedisRequestBudgets
from backend.scale_out.link import RedisLink
from backend.tests.redis_server import RedisServer

CHANGES = 40
NOW_S = 1_800_000_000.0
HEADER = "X-MBX-USED-WEIGHT-1M"


def plus_one(before: PoolUse, silence: Silence) -> PoolUse:
    return PoolUse(7, before.counted + 1, before.in_flight)


def budget(rows: RedisRequestBudgets) -> WeightBudget:
    return WeightBudget("host", rows, lambda: NOW_S, lambda: 0.0)


@pytest.fixture
def rows(engine: Engine) -> SqlRequestBudgets:
    return SqlRequestBudgets(engine, engine)


@pytest.fixture
def budgets(link: RedisLink, rows: SqlRequestBudgets) -> RedisRequestBudgets:
    return RedisRequestBudgets(link, rows)


@pytest.fixture
def stopped(server: RedisServer) -> Iterator[RedisServer]:
    yield server
    server.kill()
    server.start()


def test_hosts_and_pools_are_apart(budgets: RedisRequestBudgets, rows: SqlRequestBudgets) -> None:
    assert budgets.use("host", "api").used == 0
    budgets.change("host", "api", plus_one)
    budgets.change("host", "api", plus_one)
    budgets.change("host", "sapi_ip", plus_one)
    assert budgets.use("host", "api") == PoolUse(7, 2, 0)
    assert budgets.use("host", "sapi_ip") == PoolUse(7, 1, 0)
    assert budgets.use("other", "api").used == 0
    assert rows.use("host", "api").used == 0
    assert {(one.host, pool) for one in budgets.all() for pool in one.pools} == {("host", "api"), ("host", "sapi_ip")}


def test_a_change_that_is_refused_changes_nothing(budgets: RedisRequestBudgets) -> None:
    def refuse(before: PoolUse, silence: Silence) -> PoolUse:
        raise RequestBudgetError("full", 1.0, banned=False)

    budgets.change("host", "api", plus_one)
    with pytest.raises(RequestBudgetError):
        budgets.change("host", "api", refuse)
    assert budgets.use("host", "api") == PoolUse(7, 1, 0)


def test_processes_change_one_after_the_other(server: RedisServer, rows: SqlRequestBudgets) -> None:
    links = [RedisLink(server.url) for _ in range(3)]

    def send(own: RedisLink) -> None:
        counted = RedisRequestBudgets(own, rows)
        for _ in range(CHANGES):
            counted.change("host", "api", plus_one)

    threads = [threading.Thread(target=send, args=[own]) for own in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared = RedisRequestBudgets(links[0], rows).use("host", "api").counted
    assert shared + rows.use("host", "api").counted >= len(links) * CHANGES
    for own in links:
        own.close()


def test_a_count_that_is_busy_is_no_redis_that_is_away(
    server: RedisServer, budgets: RedisRequestBudgets, rows: SqlRequestBudgets
) -> None:
    budgets.change("host", "api", plus_one)
    server.client.set("portfolio:counting:host:api", "another's")
    budgets.change("host", "api", plus_one)
    assert budgets.use("host", "api") == PoolUse(7, 2, 0)
    assert rows.use("host", "api").used == 0


def test_the_exchanges_own_count_corrects_ours_up_and_down(budgets: RedisRequestBudgets) -> None:
    one = budget(budgets)
    booking = one.take("api", 40, "live")
    assert one.use().used == 40
    one.settle(booking, {HEADER: "400"})
    assert one.use().used == 400
    one.settle(one.take("api", 5, "live"), {HEADER: "7"})
    assert one.use().used == 7


def test_a_budget_is_all_processes_together(server: RedisServer, rows: SqlRequestBudgets) -> None:
    links = [RedisLink(server.url) for _ in range(2)]
    first, second = (budget(RedisRequestBudgets(own, rows)) for own in links)
    first.take("api", 5_000, "live")
    with pytest.raises(RequestBudgetError):
        second.take("api", 200, "live")
    for own in links:
        own.close()


def test_a_ban_holds_for_every_process_and_outlives_redis(
    server: RedisServer, link: RedisLink, rows: SqlRequestBudgets
) -> None:
    first, second = (budget(RedisRequestBudgets(link, rows)) for _ in range(2))
    second.settle(second.take("api", 1, "live"), {})
    first.silence(120.0, banned=True)
    with pytest.raises(ExchangeLimitedError) as refusal:
        second.take("api", 1, "user")
    assert refusal.value.banned
    server.client.flushall()
    with pytest.raises(ExchangeLimitedError):
        second.take("api", 1, "user")


def test_without_redis_the_database_counts_on_and_back(
    stopped: RedisServer, budgets: RedisRequestBudgets, rows: SqlRequestBudgets
) -> None:
    one = budget(budgets)
    one.settle(one.take("api", 5_000, "live"), {HEADER: "5000"})
    stopped.kill()
    # What Redis had counted of this minute is not forgotten.
    with pytest.raises(RequestBudgetError):
        one.take("api", 200, "live")
    one.settle(one.take("api", 50, "live"), {HEADER: "5050"})
    assert rows.use("host", "api").used == 5_050
    stopped.start()
    # Nor what the database had, by a Redis that begins with nothing.
    with pytest.raises(RequestBudgetError):
        one.take("api", 200, "live")
    one.take("api", 20, "live")
    assert budgets.use("host", "api").used == 5_070
