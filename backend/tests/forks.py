"""Begin the program as a process without its import: a fork of one that has imported it (`fork_server.py`)."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Final

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST_ANSWER: Final = 64
ONE_AT_A_TIME: Final = threading.Lock()


class Begun:
    """A process as `subprocess.Popen` shows one, as far as the tests ask."""

    def __init__(self, pid: int, end: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = end

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._look(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code.

        Raises:
            subprocess.TimeoutExpired: it ran longer than `timeout` seconds.
        """
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(["backend"], timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, within_s: float | None) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], within_s)[0]:
            self.returncode = int(os.read(self._end, LONGEST_ANSWER))
            os.close(self._end)
        return self.returncode


def begin(
    words: Sequence[str],
    environment: Mapping[str, str],
    stdout: IO[bytes],
    stderr: IO[bytes] | None = None,
    first: str = "",
    folder: Path = ROOT,
) -> Begun:
    """What `python -m backend WORDS` does in a folder; without `stderr` both go to `stdout`.

    `first`: a module that the process imports before it begins, to change what it is to do.
    """
    told, tell = os.pipe()
    order = {"words": list(words), "folder": str(folder), "environment": dict(environment), "first": first}
    with ONE_AT_A_TIME, open(os.devnull, "rb") as nothing:
        streams = [nothing.fileno(), stdout.fileno(), (stderr or stdout).fileno(), tell]
        socket.send_fds(_server(), [json.dumps(order).encode()], streams)
        number = _server().recv(LONGEST_ANSWER)
    os.close(tell)
    return Begun(int(number), told)


def run(
    words: Sequence[str],
    environment: Mapping[str, str],
    within_s: float = 60.0,
    first: str = "",
    folder: Path = ROOT,
) -> tuple[int, str, str]:
    """Exit code, output and errors of `python -m backend WORDS`; `first` and `folder` as in `begin`.

    Raises:
        subprocess.TimeoutExpired: it ran longer; it is killed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = begin(words, environment, out, errors, first, folder)
        try:
            code = process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        return code, _text(out), _text(errors)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def _server() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # Celery changes what sockets of the process begin with while it closes a connection; an answer that is given up
    # would be taken for that of the next order.
    ours.settimeout(None)
    theirs.settimeout(None)
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-m", "backend.tests.fork_server", str(theirs.fileno())],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(_end, ours, server)
    return ours


def _end(connection: socket.socket, server: subprocess.Popen[bytes]) -> None:
    connection.close()
    server.wait()
