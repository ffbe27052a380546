"""A migrated database without a row, copied for each history."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.tests.histories.judge import empty_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_database(tmp_path_factory.mktemp("schema"))
