"""The kill switch where no page answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend.bootstrap import Container
from backend.config import load_settings
from backend.kill_switch_command import kill_switch_command

Run = Callable[[str], Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def opened() -> Container:
        container = Container(load_settings({"DATA_DIR": str(tmp_path), "DEMO_MODE": "true"}, tmp_path / "absent.env"))
        container.migrate()
        return container

    return lambda action: CliRunner().invoke(kill_switch_command(opened), [action])


def test_it_stops_says_so_and_lets_go_on(run: Run) -> None:
    assert (run("status").exit_code, run("status").stdout) == (0, "Orders may be sent\n")
    assert run("on").stdout == "No order is sent: the switch\n"
    assert (run("status").exit_code, run("status").stdout) == (1, "No order is sent: the switch\n")
    assert (run("off").exit_code, run("off").stdout) == (0, "Orders may be sent\n")
    assert run("status").exit_code == 0


def test_off_takes_the_file_away_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "KILL_SWITCH"
    file.touch()
    assert run("status").exit_code == 1
    assert str(file) in run("status").output
    assert run("off").exit_code == 0
    assert not file.exists()


def test_a_file_that_cannot_be_taken_away_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "KILL_SWITCH").mkdir()
    refused = run("off")
    assert refused.exit_code == 2
    assert "KILL_SWITCH" in refused.output
    assert run("status").exit_code == 1
