"""The services of docker-compose.yml in containers of their images, without an engine, as `make images` starts them.

Each has its own file system, the data folder apart, and runs as the image's user; network and processes are this
machine's.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from backend.tests.compose_file import Service, service_of
from backend.tests.process.composed import LOOPBACK, OF_THE_IMAGE, Addresses, Composed, Machine
from backend.tests.process.harness import STOP_S
from backend.tests.process.resident import family
from scripts import images

PROGRAM, FRONT = images.IMAGES


def missing() -> str:
    """What stands in the way of containers on this machine; empty: nothing."""
    reason = images.missing()
    if reason:
        return reason
    there = [tag for tag in images.IMAGES if not _there(tag)]
    return f"{' and '.join(there)} not built (make images)" if there else ""


def _there(tag: str) -> bool:
    return (
        subprocess.run(["buildah", "inspect", "--type", "image", tag], capture_output=True, check=False).returncode == 0
    )


class Contained(Composed):
    """One service in a container of its own, which is kept when it ends and starts again."""

    def __init__(
        self, service: Service, tag: str, data: Path, settings: Mapping[str, str], volume: Path | None
    ) -> None:
        super().__init__(service, data, (), {})
        self._name = images.run("buildah", "from", "--pull-never", tag)
        told = {name: value for name, value in service.environment.items() if name not in OF_THE_IMAGE}
        told |= {"HOST": LOOPBACK, "PORT": str(self.port), **settings}
        self._command = images.Service(tag, service.command, (), told, volume).inside(self._name, service.command)

    @property
    def asked_to_end(self) -> int:
        """The program in it: the end of buildah would kill that at once."""
        return images.program_of(self.pid) or self.pid

    def kill(self) -> None:
        # Who started another one first: it would start that anew.
        for one in family(self.pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self._started().wait(STOP_S)

    def remove(self) -> None:
        """The container goes, with all that was written into it."""
        images.run("buildah", "rm", self._name)


class Containers(Machine):
    """All three services in containers; what they meet in belongs to the images' user."""

    def __init__(self) -> None:
        self._made: list[Contained] = []

    def has_front(self) -> bool:
        return True

    def front(self, folder: Path, backend_port: int) -> Composed:
        addresses = Addresses(backend_port)
        made = self._keep(Contained(service_of("frontend"), FRONT, folder, addresses.settings, None))
        addresses.tell(made)
        return made

    def program(self, name: str, data: Path, given: Mapping[str, str], simulator: str) -> Composed:
        data.mkdir(parents=True, exist_ok=True)
        for one in (data, *data.iterdir()):
            os.chown(one, images.USER, images.USER)
        settings = {"BINANCE_SIMULATOR_URL": simulator}
        return self._keep(Contained(service_of(name, given), PROGRAM, data, settings, data))

    def shown(self, file: Path) -> str:
        return f"{images.MEETING}/{file.name}"

    def close(self) -> None:
        while self._made:
            self._made.pop().remove()

    def _keep(self, made: Contained) -> Contained:
        self._made.append(made)
        return made
