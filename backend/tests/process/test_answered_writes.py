"""What was answered for is there after a kill. The same code as `python -m soak answered`, which kills 200 times."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.empty_database import lay_database
from backend.tests.process.answered_run import Answered, killed_while_writing, missing

KILLS: Final = 3
SEED: Final = 2

pytestmark = pytest.mark.process


def test_what_was_answered_for_is_there_after_a_kill(tmp_path: Path) -> None:
    answered, wrong = killed_while_writing(tmp_path, KILLS, SEED)
    assert wrong == []
    assert {kind for kind, names in answered.names.items() if names} == set(answered.names)
    assert answered.settings[0] > 0


def test_a_row_that_is_gone_is_seen(tmp_path: Path) -> None:
    lay_database(tmp_path / "data" / "portfolio.db")
    answered = Answered()
    answered.names["address"].add("0xgone")
    answered.settings = (3, 4)
    wrong = missing(tmp_path / "data", tmp_path / "left", answered)
    assert wrong == [
        "1 of kind address were answered for and are gone: ['0xgone']",
        "the settings are '', answered for was 3",
    ]
