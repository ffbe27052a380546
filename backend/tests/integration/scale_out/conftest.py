"""A real Redis, emptied for each test, and a migrated database with two accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.core.model.accounts import Account
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.scale_out.link import RedisLink
from backend.tests.database_places import NAME, copy_database, url_of
from backend.tests.empty_database import lay_database
from backend.tests.redis_server import RedisServer, why_no_redis

NOW_MS = 1_800_000_000_000


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    missing = why_no_redis()
    if missing is not None:
        pytest.skip(missing)
    with RedisServer() as server:
        yield server


@pytest.fixture
def server(redis_server: RedisServer) -> RedisServer:
    redis_server.client.flushall()
    return redis_server


@pytest.fixture
def link(server: RedisServer) -> Iterator[RedisLink]:
    # Its clock goes on by a minute with each question: after a failure it is asked again at once.
    minutes = iter(range(0, 60_000_000, 60))
    found = RedisLink(server.url, lambda: float(next(minutes)))
    yield found
    found.close()


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_database(tmp_path_factory.mktemp("schema") / NAME)


@pytest.fixture
def engine(laid: Path, tmp_path: Path) -> Iterator[Engine]:
    found = make_engine(url_of(copy_database(laid, tmp_path / NAME)))
    yield found
    found.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine, lambda: NOW_MS)


@pytest.fixture
def epoch(engine: Engine) -> int:
    found = SqlLease(engine, "collector", 60_000, lambda: NOW_MS).acquire()
    assert found is not None
    return found


@pytest.fixture
def account(store: SqlStore) -> Account:
    with store.write() as unit:
        unit.accounts.ensure("simulator", "other", "reference-1")
        return unit.accounts.ensure("simulator", "main", "reference-2")
