"""A history of three years, with every kind of movement, is imported whole though the program is killed meanwhile.

The same code as `python -m soak history`, on a smaller account; `test_certificate.py` leaves a fill out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.history_run import killed_again_and_again, staged
from backend.tests.process.long_account import SMALL

KILLS: Final = 4
A_KILL: Final = 50
WITHIN_S: Final = 180.0
SEED: Final = 3


@pytest.mark.process
def test_three_years_of_every_kind_survive_kills_exact_to_the_digit(tmp_path: Path) -> None:
    with staged(tmp_path, SMALL, SEED) as scene:
        killed = killed_again_and_again(scene, KILLS, SEED, A_KILL, WITHIN_S)
    assert killed.failures == []
    assert killed.counts["kills inside the import"] >= KILLS * 3 // 4
