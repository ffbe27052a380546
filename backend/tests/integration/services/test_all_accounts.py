"""All accounts together have a chain of their own: what moves between them is no flow of it and no loss of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.tests.integration.services.late_flows_case import Bench, bench_over
from backend.tests.integration.services.whole_case import Together, alone, split, without_names

SEEDS = range(8)


@pytest.fixture
def together(database: Path) -> Iterator[Together]:
    with bench_over(database) as bench:
        yield Together(bench)


def spread(bench: Bench, seed: int) -> tuple[int, int, int]:
    """One history in an account of its own, and over two."""
    one, two = split(random.Random(seed))
    return alone(bench, f"one{seed}", one), *(bench.account(f"{name}{seed}", two[name]) for name in ("a", "b"))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_spread_over_two_accounts_has_the_rows_of_one(together: Together, seed: int) -> None:
    lone, *two = spread(together.bench, seed)
    together.bring_up(*two)
    assert without_names(together.rows()) == without_names(together.bench.rows(lone))
