"""Databases of the server, one a test, and an engine on the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.db.engine import make_engine
from backend.db.unit_of_work import SqlStore
from backend.tests.database_places import NAME, url_of
from backend.tests.empty_database import lay_database

NOW_MS = 1_790_000_000_000


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return lay_database(tmp_path / NAME)


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    made = make_engine(url_of(database))
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine, lambda: NOW_MS)
