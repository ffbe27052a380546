"""Processes of the program, each a fork of this one that has only imported it: `-m backend.tests.fork_server FD`.

What runs in them is what `python -m backend ...` runs; the seconds of importing are spent once. Orders come over the
socket FD as JSON, with the three standard streams and a pipe that is told how the process ended; `forks.py` sends them.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

LARGEST: Final = 1 << 20
STREAMS: Final = 3
# Higher ones are not open: this process has a handful.
HIGHEST: Final = 1024


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Begin a process for each order. Returns the order in every such process, None here when nobody asks any more."""
    ends: dict[int, int] = {}
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        ready, _, _ = select.select([connection.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, LARGEST)
            _tell_ends(ends)
        if connection.fileno() not in ready:
            continue
        text, given, _, _ = socket.recv_fds(connection, LARGEST, STREAMS + 1)
        if not text:
            return None
        order = json.loads(text)
        number = os.fork()
        if number == 0:
            connection.detach()
            _begin(order, given[:STREAMS])
            return dict(order)
        for stream in given[:STREAMS]:
            os.close(stream)
        ends[number] = given[STREAMS]
        connection.send(str(number).encode())


def _tell_ends(ends: dict[int, int]) -> None:
    for number, pipe in list(ends.items()):
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            with suppress(BrokenPipeError):  # who asked for it is gone
                os.write(pipe, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(ends.pop(number))


def _begin(order: dict[str, Any], streams: Sequence[int]) -> None:
    """Be a process like any other: its own streams, folder and environment, and nothing of this one's."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for target, source in enumerate(streams):
        os.dup2(source, target)
    os.closerange(STREAMS, HIGHEST)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    if os.environ.get("PYTHONFAULTHANDLER"):
        faulthandler.enable()


if __name__ == "__main__":
    for name in ("backend.__main__", "backend.bootstrap"):
        importlib.import_module(name)
    for make in importlib.import_module("backend.commands").LATER.values():
        make()
    # It is run as the main program later, with all that it imported at hand.
    del sys.modules["backend.__main__"]
    gc.collect()
    gc.freeze()
    asked = serve(socket.socket(fileno=int(sys.argv[1])))
    if asked is not None:
        if asked["first"]:
            importlib.import_module(asked["first"])
        sys.argv = ["backend", *asked["words"]]
        runpy.run_module("backend", run_name="__main__", alter_sys=True)
