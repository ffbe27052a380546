"""What docker-compose.yml and the Dockerfiles say, read as an engine reads them; as far as these files go."""

from __future__ import annotations

import json
import re
import shlex
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
NOTHING: Final[Mapping[str, str]] = {}
# What compose makes of a name that is not set: a default, or nothing. A `$$` is the shell's.
PLACE: Final = re.compile(r"(?<!\$)\$\{([A-Z_]+)(?::-([^}]*))?\}")
# An engine's own, where the file names none.
PATIENCE_S: Final = 10.0


def compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def filled(text: object, given: Mapping[str, str] = NOTHING) -> str:
    """A value of the file beside a `.env` that says `given`."""
    return PLACE.sub(lambda found: given.get(found[1]) or found[2] or "", str(text))


@dataclass(frozen=True)
class Image:
    """How a container of an image begins and ends unless it is told otherwise."""

    environment: Mapping[str, str]
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]
    stop_signal: signal.Signals


@dataclass(frozen=True)
class Service:
    """A service of the compose file.

    Args:
        environment: what the image and the file give it.
        patience_s: how long it is waited for after `stop_signal` before it is killed.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    stop_signal: signal.Signals
    patience_s: float


def image_of(dockerfile: str) -> Image:
    """The last stage of a Dockerfile."""
    text = (ROOT / dockerfile).read_text("utf-8").replace("\\\n", " ")
    last = text[text.rindex("\nFROM ") :]

    def told(word: str) -> list[str]:
        return re.findall(rf"^{word} (.+)$", last, re.MULTILINE)

    pairs = (pair.partition("=") for line in told("ENV") for pair in shlex.split(line))
    return Image(
        {name: value for name, _, value in pairs},
        tuple(json.loads(told("ENTRYPOINT")[-1])),
        tuple(json.loads(told("CMD")[-1])),
        signal.Signals[told("STOPSIGNAL")[-1]],
    )


def service_of(name: str, given: Mapping[str, str] = NOTHING) -> Service:
    """A service beside a `.env` that says `given`; of the images built here."""
    services = compose()["services"]
    files = {one["image"]: one["build"]["dockerfile"] for one in services.values() if "build" in one}
    found = services[name]
    image = image_of(files[found["image"]])
    told = {key: filled(value, given) for key, value in found.get("environment", {}).items()}
    grace = found.get("stop_grace_period")
    return Service(
        name,
        (*image.entrypoint, *found.get("command", image.command)),
        {**image.environment, **told},
        image.stop_signal,
        float(grace.removesuffix("s")) if grace else PATIENCE_S,
    )
