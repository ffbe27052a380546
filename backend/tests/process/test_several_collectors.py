"""Four collectors at once, frozen and killed: one writes at a time, and nothing is written twice or left out.

The same code as `python -m soak collectors`, which does it a hundred times each with the lease of the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.collectors_run import lived

LEASE_MS: Final = 1_500
SEED: Final = 5
MOST_FREEZES: Final = 12

pytestmark = pytest.mark.process


def test_one_of_four_collectors_writes_at_a_time(tmp_path: Path) -> None:
    found = lived(tmp_path, freezes=2, kills=2, seed=SEED, lease_ms=LEASE_MS)
    assert found.failures == []
    assert found.counts["rows seen"] > 100
    assert found.counts["times the lease passed"] >= 3


def test_the_triggers_see_a_collector_that_does_not_look_at_the_lease(tmp_path: Path) -> None:
    found = lived(tmp_path, freezes=MOST_FREEZES, kills=0, seed=SEED, lease_ms=LEASE_MS, blind=True)
    assert found.counts["stale rows"] > 0
