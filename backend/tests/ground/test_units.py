"""The systemd units, and the guide that puts them on a server: each path that one names, the other makes."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import pytest
from dotenv import dotenv_values

from backend.command_line import main
from backend.config import load_settings

ROOT: Final = Path(__file__).resolve().parents[3]
UNITS: Final = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
GUIDE: Final = (ROOT / "docs" / "operations.md").read_text("utf-8")
HOME: Final = "/opt/portfolio"


def unit(path: Path) -> configparser.SectionProxy:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]  # names of units are written in both cases
    found.read_string(path.read_text("utf-8"))
    return found["Service"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_the_guide_makes_what_the_units_name(path: Path) -> None:
    service = unit(path)
    assert f"--home-dir {HOME} " in GUIDE
    assert f"useradd --system --home-dir {HOME} --shell /usr/sbin/nologin {service['User']}\n" in GUIDE
    assert service["WorkingDirectory"] == HOME
    assert "python3 -m venv .venv" in GUIDE
    program, *words = service["ExecStart"].split()
    assert (program, words[:2]) == (f"{HOME}/.venv/bin/python", ["-m", "backend"])
    assert words[2] in main.list_commands(click.Context(main))
    assert service["EnvironmentFile"].lstrip("-") in GUIDE
    assert f"{path.stem}.service" in GUIDE
    assert f"/var/lib/{service['StateDirectory']}" in service["Environment"]


def test_the_settings_of_the_guide_are_the_defaults(tmp_path: Path) -> None:
    """What `grep` lets through of the example; the unit's own folder stands."""
    assert "grep -v '^DATA_DIR=' .env.example" in GUIDE
    kept = [
        line for line in (ROOT / ".env.example").read_text("utf-8").splitlines() if not line.startswith("DATA_DIR=")
    ]
    file = tmp_path / "portfolio.env"
    file.write_text("\n".join(kept), "utf-8")
    assert "DATA_DIR" not in dotenv_values(file)
    # systemd takes a line as it stands: a quote or a comment behind a value would become part of it.
    assert not [line for line in kept if re.search(r"""^[A-Z_]+=.*["'#]""", line)]
    own = {"DATA_DIR": str(tmp_path)}
    assert load_settings(own, file) == load_settings(own, tmp_path / "absent")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(path: Path, tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed")
    here = tmp_path / path.name
    # The guide's interpreter is not on this machine; any that is will do.
    here.write_text(path.read_text("utf-8").replace(f"{HOME}/.venv/bin/python", sys.executable), "utf-8")
    found = subprocess.run(
        [tool, "verify", "--recursive-errors=no", str(here)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
