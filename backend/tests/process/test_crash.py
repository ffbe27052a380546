"""Killed at any moment, the program starts again, repeats nothing and loses nothing.

Eight kills here; more by `python -m soak crash`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.crash_run import killed_at_random

pytestmark = pytest.mark.process

KILLS: Final = 8
SEED: Final = 20_260_601


def test_kills_at_random_moments_repeat_nothing_and_lose_nothing(tmp_path: Path) -> None:
    killed_at_random(tmp_path, KILLS, SEED)
