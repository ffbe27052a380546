"""A migrated database per test. `DATABASE_URL` of the environment is never touched: a file of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.core.model.accounts import Account
from backend.db.engine import make_engine
from backend.db.unit_of_work import SqlStore
from backend.tests.database_places import copy_database, url_of
from backend.tests.empty_database import lay_database


@dataclass
class MachineClock:
    """This machine's clock in milliseconds, as far as the tests are concerned."""

    now: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema; tests work on copies."""
    return lay_database(tmp_path_factory.mktemp("schema") / "portfolio.db")


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return copy_database(migrated, tmp_path / "portfolio.db")


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    made = make_engine(url_of(database))
    yield made
    made.dispose()


@pytest.fixture
def clock() -> MachineClock:
    return MachineClock()


@pytest.fixture
def store(engine: Engine, clock: MachineClock) -> SqlStore:
    return SqlStore(engine, clock)


@pytest.fixture
def account(store: SqlStore) -> Account:
    with store.write() as unit:
        return unit.accounts.ensure("simulator", "test", "reference")
