"""Local servers as processes of their own: started, waited for, and always ended."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 10.0
LOG_TAIL_LINES = 20
# Settings of the person who runs this that would lead the product away from its demo or its scratch folder.
FOREIGN = (
    "DATABASE_URL",
    "BINANCE_API_KEY",
    "BINANCE_API_SECRET",
    "BINANCE_SECRET_KEY",
    "BINANCE_SIMULATOR_URL",
    "SIGN_IN",
    "ADMIN_PASSWORD",
)


class ServerError(Exception):
    """A server did not get ready; the text says why, with the last lines it printed."""


def free_port() -> int:
    """Return a loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo_settings(port: int, folder: Path) -> dict[str, str]:
    """Return the environment variables of a demo on `port` that keeps everything in `folder`.

    The foreign settings are set to nothing rather than left out: a `.env` beside the code could name them too.
    """
    own = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(folder), "DEMO_MODE": "true"}
    return {**dict.fromkeys(FOREIGN, ""), **own}


def status(port: int, path: str) -> int | None:
    """Return the status of GET `path`, None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@contextmanager
def running(
    arguments: Sequence[str],
    settings: Mapping[str, str],
    port: int,
    path: str = "/health",
    within_s: float = READY_WITHIN_S,
    every_s: float = 0.1,
) -> Iterator[None]:
    """Run `python <arguments>` with `settings` on top of the environment; enter once GET `path`, asked every
    `every_s` seconds, answers 200.

    Raises:
        ServerError: it ended, or did not answer within `within_s` seconds.
    """
    with tempfile.TemporaryFile("w+b") as log:
        server = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
        )
        try:
            trouble = _wait(server, port, path, within_s, every_s)
            if trouble:
                log.seek(0)
                tail = log.read().decode(errors="replace").splitlines()[-LOG_TAIL_LINES:]
                raise ServerError("\n".join([f"python {' '.join(arguments)}: {trouble}", *tail]))
            yield
        finally:
            _stop(server)


def _wait(server: subprocess.Popen[bytes], port: int, path: str, within_s: float, every_s: float) -> str:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if server.poll() is not None:
            return f"ended with exit code {server.returncode}"
        if status(port, path) == 200:
            return ""
        time.sleep(every_s)
    return f"not ready within {within_s:.0f} s"


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server as Ctrl-C would, and by force when it does not listen."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
