"""The order of the tests."""

from __future__ import annotations

from typing import Final

import pytest

# The longest files first: one that is begun last leaves the other workers without work.
FIRST: Final = (
    "backend/tests/process/test_real_prices.py",
    "backend/tests/simulator/conformance/",
    "backend/tests/process/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((rank for rank, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))
    )
