"""Lines of the documentation that name a run of `make soak`, or are for docker-compose: read by what they are for.

docker-compose needs an engine to bring anything up, and none to say whether it understands its file.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import click
import pytest
import yaml

from backend.tests.docs.pages import ROOT, Command, block_commands, inline_code, pages, text_of
from soak.__main__ import main

EVERY: Final = [command for page in pages() for command in (*block_commands(page), *inline_code(page))]
SOAKS: Final = [one for one in EVERY if re.match(r"(make soak ARGS=|python -m soak )\"?[a-z]", one.text)]
COMPOSED: Final = [one for one in EVERY if re.match(r"(\w+=\S+ )*docker-compose [a-z]", one.text)]


@pytest.mark.parametrize("command", SOAKS, ids=str)
def test_a_full_run_is_there_with_its_options(command: Command) -> None:
    words = shlex.split(command.text.removeprefix("make soak ").removeprefix("python -m soak "))
    name, *rest = " ".join(words).removeprefix("ARGS=").split()
    known = main.commands.get(name)
    assert known is not None, command
    options = {name for one in known.params if isinstance(one, click.Option) for name in one.opts}
    assert {word for word in rest if word.startswith("--")} <= options, command


@cache
def understood(settings: frozenset[str]) -> Sequence[str]:
    """The services that docker-compose finds in its file with these settings, each `NAME=VALUE`."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / ".env"
        file.write_text("\n".join(sorted(settings)), "utf-8")
        asked = ["docker-compose", "--env-file", str(file), "--file", str(ROOT / "docker-compose.yml")]
        done = subprocess.run([*asked, "config", "--services"], capture_output=True, text=True, cwd=place)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("command", COMPOSED, ids=str)
def test_docker_compose_understands_what_it_is_asked(command: Command) -> None:
    """Its file with the settings of the line, and the services that the line scales: in the profiles that it names."""
    if shutil.which("docker-compose") is None:
        pytest.skip("docker-compose is not installed")
    words = shlex.split(command.text)
    settings = dict(word.split("=", 1) for word in words[: words.index("docker-compose")])
    scaled = [word.partition("=")[0] for before, word in pairwise(words) if before == "--scale"]
    assert {*scaled} <= {*understood(frozenset(words[: words.index("docker-compose")]))}, command
    services = yaml.safe_load(text_of("docker-compose.yml"))["services"]
    profiles = set(settings.get("COMPOSE_PROFILES", "scale").split(","))
    for name in scaled:
        own = set(services[name].get("profiles", ()))
        assert not own or own & profiles, f"{command}: {name} is of no profile that is on"
