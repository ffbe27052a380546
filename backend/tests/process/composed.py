"""The services of docker-compose.yml as processes of this machine: their commands, settings, signals and patience.

What is not as in containers: processes, data and addresses are this machine's; the program is told of the simulator.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import requests

from backend.tests.compose_file import ROOT, Service, service_of
from backend.tests.process.harness import STOP_S, Product, free_port

# Of the image; each has another value here. In the image everything is compiled before.
OF_THE_IMAGE: Final = frozenset({"PATH", "HOME", "HOST", "PORT", "DATA_DIR", "PYTHONDONTWRITEBYTECODE"})
LOOPBACK: Final = "127.0.0.1"
# Where Debian puts servers, which is not on everybody's path.
SERVERS: Final = "/usr/sbin:/usr/local/sbin"
NO_NGINX: Final = "nginx is not installed (Debian: apt-get install nginx-light): the backend was asked without it"


def has_nginx() -> bool:
    return shutil.which("nginx", path=_path()) is not None


def _path() -> str:
    return f"{os.environ.get('PATH', os.defpath)}:{SERVERS}"


class Composed(Product):
    """One service, a process and all that it starts: they are ended as an engine ends a container."""

    def __init__(self, service: Service, data: Path, command: Sequence[str], settings: Mapping[str, str]) -> None:
        """`settings`: what differs here from what image and file say."""
        told = {name: value for name, value in service.environment.items() if name not in OF_THE_IMAGE}
        super().__init__(data, {**told, "PATH": _path(), "HOST": LOOPBACK, **settings})
        self.name = service.name
        self.log = data / f"{service.name}.log"
        # What the health check of its image asks for.
        self.health = f"{self.url}/health"
        self._service = service
        self._command = [sys.executable if word == "python" else word for word in command]

    def launch(self) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL for all of it, as when its container is killed."""
        os.killpg(self.pid, signal.SIGKILL)
        self._started().wait(STOP_S)

    @property
    def asked_to_end(self) -> int:
        """The process that is told to."""
        return self.pid

    def end(self) -> bool:
        """Ask it to end and kill what has not done so in time; whether it ended by itself."""
        process = self._started()
        os.kill(self.asked_to_end, self._service.stop_signal)
        try:
            process.wait(self._service.patience_s)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        # Whatever it left behind ends with its container.
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        return True

    def well(self) -> bool:
        try:
            return self.session.get(self.health, timeout=5).ok
        except requests.RequestException:
            return False


class Front(Composed):
    """nginx with the configuration of deploy/nginx, whose fixed places are moved into a folder."""

    def __init__(self, folder: Path, backend_port: int) -> None:
        service, places, addresses = service_of("frontend"), lay_nginx(folder), Addresses(backend_port)
        super().__init__(service, folder, [moved(word, places) for word in service.command], addresses.settings)
        addresses.tell(self)


class Addresses:
    """Where nginx listens on this machine, and whom it asks."""

    def __init__(self, backend_port: int) -> None:
        self._port, self._metrics = free_port(), f"{LOOPBACK}:{free_port()}"
        self.settings = {
            "LISTEN": f"{LOOPBACK}:{self._port}",
            "METRICS_LISTEN": self._metrics,
            "BACKEND": f"{LOOPBACK}:{backend_port}",
        }

    def tell(self, front: Composed) -> None:
        front.port, front.url = self._port, f"http://{LOOPBACK}:{self._port}"
        front.health = f"http://{self._metrics}/alive"


def lay_nginx(folder: Path) -> Mapping[str, Path]:
    """Put a copy of deploy/nginx into a folder, where it reads and writes in place of where the image does."""
    laid = folder / "nginx"
    places = {"/etc/portfolio/nginx": laid, "/tmp/nginx": folder / "run", "/srv/dashboard": ROOT / "frontend" / "dist"}
    # Started by root its workers would be nobody, who may read nothing of this; in the image nobody is root.
    user = "" if os.geteuid() else " user root;"
    laid.mkdir(parents=True)
    for file in (ROOT / "deploy" / "nginx").iterdir():
        text = moved(file.read_text("utf-8"), places).replace("daemon off;", f"daemon off;{user}")
        (laid / file.name).write_text(text, "utf-8")
    return places


def moved(text: str, places: Mapping[str, Path]) -> str:
    for fixed, here in places.items():
        text = text.replace(fixed, str(here))
    return text


class Machine:
    """Where the services run: as processes of this machine, nginx where it can be had."""

    def has_front(self) -> bool:
        return has_nginx()

    def front(self, folder: Path, backend_port: int) -> Composed:
        return Front(folder, backend_port)

    def program(self, name: str, data: Path, given: Mapping[str, str], simulator: str) -> Composed:
        """The service `name` of the program beside a `.env` that says `given`."""
        service = service_of(name, given)
        return Composed(service, data, service.command, {"BINANCE_SIMULATOR_URL": simulator})

    def shown(self, file: Path) -> str:
        """Where the program sees a file that it is shown."""
        return str(file)

    def close(self) -> None:
        """Nothing is left of it."""
