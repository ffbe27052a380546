"""A collector's sign of life: seen while it is fresh, of this machine alone, and asked for without the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from backend.alive import LONGEST_S, SignOfLife
from backend.config import PROJECT_ROOT

NOW_S: Final = 1_800_000_000.0


def test_it_is_seen_while_it_is_fresh(tmp_path: Path) -> None:
    sign = SignOfLife(tmp_path, "one")
    assert not sign.seen(NOW_S)
    sign.give()
    os.utime(sign.file, (NOW_S, NOW_S))
    assert sign.seen(NOW_S + LONGEST_S)
    assert not sign.seen(NOW_S + LONGEST_S + 1)
    assert not SignOfLife(tmp_path, "another").seen(NOW_S)
    sign.take_away()
    sign.take_away()
    assert not sign.seen(NOW_S)


def test_the_command_ends_with_0_while_there_is_one_and_loads_nothing_of_the_program(tmp_path: Path) -> None:
    def asked() -> int:
        command = [sys.executable, "-X", "importtime", "-m", "backend.alive", str(tmp_path)]
        done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
        loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert not {"flask", "sqlalchemy", "click"} & loaded
        return done.returncode

    assert asked() == 1
    SignOfLife(tmp_path).give()
    assert asked() == 0
