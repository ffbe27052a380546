"""The rows behind the request budget: shared by connections, changed by one at a time, kept over a restart."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.request_budget import PoolUse, Silence
from backend.db.engine import make_engine
from backend.db.request_budgets import SqlRequestBudgets
from backend.tests.database_places import url_of

CHANGES = 100


def plus_one(before: PoolUse, silence: Silence) -> PoolUse:
    return PoolUse(7, before.counted + 1, before.in_flight)


@pytest.fixture
def budgets(engine: Engine) -> SqlRequestBudgets:
    return SqlRequestBudgets(engine, engine)


def test_what_was_never_sent_to_is_empty(budgets: SqlRequestBudgets) -> None:
    assert budgets.use("host", "api").used == 0


def test_hosts_and_pools_are_apart(budgets: SqlRequestBudgets) -> None:
    budgets.change("host", "api", plus_one)
    budgets.change("host", "api", plus_one)
    budgets.change("host", "sapi_ip", plus_one)
    assert budgets.use("host", "api") == PoolUse(7, 2, 0)
    assert budgets.use("host", "sapi_ip") == PoolUse(7, 1, 0)
    assert budgets.use("other", "api").used == 0


def test_a_change_that_is_refused_changes_nothing(budgets: SqlRequestBudgets) -> None:
    def refuse(before: PoolUse, silence: Silence) -> PoolUse:
        raise ZeroDivisionError

    budgets.change("host", "api", plus_one)
    with pytest.raises(ZeroDivisionError):
        budgets.change("host", "api", refuse)
    assert budgets.use("host", "api") == PoolUse(7, 1, 0)


def test_connections_change_one_after_the_other(engine: Engine) -> None:
    engines = [make_engine(str(engine.url), durable=False) for _ in range(3)]

    def send(own: Engine) -> None:
        budgets = SqlRequestBudgets(own, own)
        for _ in range(CHANGES):
            budgets.change("host", "api", plus_one)

    threads = [threading.Thread(target=send, args=[own]) for own in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SqlRequestBudgets(engine, engine).use("host", "api").counted == len(engines) * CHANGES
    for own in engines:
        own.dispose()


def test_a_silence_is_told_to_everybody_and_never_shortened(engine: Engine, budgets: SqlRequestBudgets) -> None:
    def told(by: SqlRequestBudgets, host: str) -> Silence:
        heard: list[Silence] = []

        def listen(before: PoolUse, silence: Silence) -> PoolUse:
            heard.append(silence)
            return before

        by.change(host, "api", listen)
        return heard[0]

    budgets.silence("host", 5_000, banned=True)
    budgets.silence("host", 1_000, banned=False)
    again = make_engine(str(engine.url))
    assert told(SqlRequestBudgets(again, again), "host") == Silence(5_000, banned=True)
    assert told(budgets, "other") == Silence(0, banned=False)
    again.dispose()


def test_without_the_database_nothing_is_booked(tmp_path: Path) -> None:
    engine = make_engine(url_of(tmp_path / "empty.db"))
    with pytest.raises(DatabaseUnavailableError):
        SqlRequestBudgets(engine, engine).change("host", "api", plus_one)
    engine.dispose()
