"""`python -m backend verify`: untouched, nothing differs; what was changed is named, and the exit code says so."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.database_places import NAME, lay_nothing
from backend.tests.forks import run
from backend.tests.simulator.harness import SimulatorProcess


def command(settings: dict[str, str], *options: str) -> tuple[int, str, str]:
    """Exit code, output and progress of the command over an installation's data."""
    return run(["verify", *options], os.environ | settings | {"LOG_LEVEL": "ERROR"})


def test_the_command_names_the_changed_figure_and_ends_with_one(exchange: SimulatorProcess, tmp_path: Path) -> None:
    settings = simulator_settings(exchange.url, tmp_path)
    with Installation(settings, tmp_path) as running:
        running.settled()
    code, told, progress = command(settings)
    assert code == 0
    assert told.strip().splitlines()[-1].startswith("0 differences in ")
    assert "snapshots" in progress
    with Installation(settings, tmp_path, collecting=False) as running, running.container.engine.begin() as connection:
        row = connection.execute(text("SELECT id, timestamp FROM snapshots ORDER BY timestamp DESC LIMIT 1")).one()
        connection.execute(text("UPDATE snapshots SET total_value_usd = '1' WHERE id = :id"), {"id": row.id})
    code, told, _ = command(settings)
    assert code == 1
    (line, total) = told.strip().splitlines()
    assert line.startswith(f"snapshots {row.id} (account 1 at ")
    assert "total_value_usd is 1, its rows give " in line
    assert total.startswith("1 differences in ")
    code, told, _ = command(settings, "--json")
    (found,) = json.loads(told)["differences"]
    assert code == 1
    assert (found["table"], found["id"], found["account"], found["at_ms"]) == ("snapshots", row.id, 1, row.timestamp)
    assert (found["figure"], found["stored"]) == ("total_value_usd", "1")


@pytest.mark.parametrize("options", [("--account", "nobody"), ("--no-such-option",)])
def test_wrong_use_ends_with_two(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, told, said = command(simulator_settings("http://127.0.0.1:9", tmp_path), *options)
    assert (code, told) == (2, "")
    assert "Error" in said


def test_over_an_empty_folder_nothing_differs(tmp_path: Path) -> None:
    lay_nothing(tmp_path / NAME)
    code, told, _ = command(simulator_settings("http://127.0.0.1:9", tmp_path))
    assert (code, told.strip()) == (0, "0 differences in 0 figures (nothing stored)")
