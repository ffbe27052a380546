"""An upgrade that is cut off anywhere is gone on with by the next start, and no row is another one for it.

The same code as `python -m soak upgrades`, which kills it a hundred times.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.upgrade_run import Upgrades
from backend.tests.schema_fixture import earlier, fixtures

FROM: Final = "0040"
KILLS: Final = 4


@pytest.mark.of_sqlite(reason="older files; a server's upgrade is one transaction")
@pytest.mark.process
def test_an_upgrade_that_is_killed_is_finished_by_the_next_start(tmp_path: Path) -> None:
    upgrades = Upgrades(earlier(fixtures()["0.1.0"], FROM, tmp_path / "old.db"), tmp_path)
    assert upgrades.schemas[0] == FROM
    # Evenly over the whole of it; two of them one after the other.
    steps = [1 + number * (upgrades.steps - 1) // (KILLS - 1) for number in range(KILLS)]
    wrong = [sentence for step in steps[:-2] for sentence in upgrades.killed(f"at {step}", [step])]
    assert wrong + upgrades.killed("twice", steps[-2:]) == []
