"""The command list of `make help` is the Makefile's own."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.bootstrap import COMMANDS

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(*arguments: str) -> str:
    command = ["make", "--no-print-directory", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def declared_targets() -> set[str]:
    phony = re.search(r"^\.PHONY:(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    return set(phony[1].split())


def test_help_lists_every_target() -> None:
    listed = set(re.findall(r"^  make ([a-z-]+) ", make("help"), re.MULTILINE))
    assert listed == declared_targets()


def test_make_without_a_target_shows_the_help() -> None:
    assert make() == make("help")


def test_every_target_but_help_is_a_command_of_the_bootstrap() -> None:
    assert declared_targets() - {"help"} == set(COMMANDS)


def test_no_interpreter_new_enough_is_said_in_one_line_with_exit_code_2() -> None:
    command = ["make", "-C", str(ROOT), "start", "PYTHON="]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    words = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert (result.returncode, words) == (2, ["Python 3.11 or newer is needed and was not found on the PATH."])
