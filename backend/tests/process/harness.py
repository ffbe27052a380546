"""Run the real program as processes: the simulator and the product beside it, polled, stopped, killed, restarted.

Nothing here is imported from the program under test but the test package's own simulator process.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import requests

from backend.tests.database_places import NAME, lay_nothing, settings_of
from backend.tests.forks import Begun, begin
from backend.tests.simulator.harness import ROOT, SimulatorProcess

Found = TypeVar("Found")
SHARED: Final = ROOT.parent / "shared"
START_S: Final = 60.0
STOP_S: Final = 15.0
LOOK_S: Final = 0.2
POLL_S: Final = 0.05
# Emptied unless given: neither the shell nor a `.env` of the checkout may decide what a test runs against.
FOREIGN_SETTINGS: Final = (
    "DATABASE_URL", "ACCOUNTS_FILE", "BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_SECRET_KEY", "BINANCE_TESTNET",
    "BINANCE_SIMULATOR_URL", "BINANCE_SIMULATOR_STREAM_URL", "ACCOUNTS_FILE", "DEMO_MODE", "DEMO_SCENARIO",
    "BALANCE_UPDATE_INTERVAL", "SNAPSHOT_INTERVAL", "EXCHANGE_TIMEOUT", "REPORTING_CURRENCY", "DISPLAY_TIME_ZONE",
    "SECRET_KEY", "MASTER_KEY", "ALLOWED_ORIGINS", "REDIS_URL", "LOG_LEVEL", "HOST", "SIGN_IN", "ADMIN_PASSWORD",
    "SET_UP_CODE", "PUBLISHED_ON", "WEB_WORKER", "WEB_WORKERS", "WORKERS",
    "WORKER_THREADS",
)  # fmt: skip


class NeverHappened(AssertionError):
    """What a test waited for did not come true in time."""


def wait_for(probe: Callable[[], Found | None], what: str, within_s: float, every_s: float = POLL_S) -> Found:
    """Ask `probe` again and again until it answers something true.

    Raises:
        NeverHappened: `within_s` seconds went by; names `what`.
    """
    pause, deadline = threading.Event(), time.monotonic() + within_s
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > deadline:
            raise NeverHappened(f"{what}: not within {within_s:g} s")
        pause.wait(every_s)


def wait_while_it_stirs(
    probe: Callable[[], object], what: str, stirs: Callable[[], object], still_s: float = 90.0, stretches: int = 10
) -> None:
    """Ask `probe` again and again while `stirs` tells something else each time: a machine where much else runs is given
    its time, a standstill is not.

    Raises:
        NeverHappened: nothing stirred for `still_s` seconds, or something did for `stretches` times as long.
    """
    for stretch in range(1, stretches + 1):
        before = stirs()
        try:
            wait_for(probe, what, still_s, LOOK_S)
        except NeverHappened:
            if stretch == stretches or stirs() == before:
                raise
        else:
            return


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exact_json(response: requests.Response) -> Any:
    """The body with its numbers as `Decimal`, digit by digit as they were printed."""
    return json.loads(response.text, parse_float=Decimal)


def simulator(data: Path, *arguments: str) -> SimulatorProcess:
    """A simulator on a free port; enter it as a context."""
    return SimulatorProcess(data, arguments)


class Product:
    """The product as `python -m backend start`, a context manager; its folder and log stay after a stop.

    Args:
        data: its folder, made when absent; the log is `product.log` in it.
        settings: environment variables; `PORT` and `DATA_DIR` are chosen here.
        forked: it is a fork of a process that has imported the program; else an interpreter begins with nothing.
        file: this one is run in place of the command line, by an interpreter that begins with nothing.
        first: a module that a fork imports before it begins, to change what it is to do.
    """

    def __init__(
        self,
        data: Path,
        settings: Mapping[str, str],
        arguments: Sequence[str] = ("start",),
        forked: bool = True,
        file: str | None = None,
        first: str = "",
    ) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self.log = data / "product.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy of the machine must not stand between
        self._arguments = arguments
        self._first = first
        self._anew = [file] if file else [] if forked else ["-m", "backend", *arguments]
        self._environment = (
            dict(os.environ)
            | dict.fromkeys(FOREIGN_SETTINGS, "")
            | {"PORT": str(self.port), "DATA_DIR": str(data), "PYTHONFAULTHANDLER": "1"}
            | settings_of(lay_nothing(data / NAME).parent)
            | dict(settings)
        )
        self._process: subprocess.Popen[bytes] | Begun | None = None

    @classmethod
    def on_simulator(cls, data: Path, url: str, key: str, secret: str, **settings: str) -> Self:
        """A product that reads one account of a simulator, every second unless the settings say otherwise."""
        chosen = {
            "BINANCE_SIMULATOR_URL": url,
            "BINANCE_API_KEY": key,
            "BINANCE_API_SECRET": secret,
            "BALANCE_UPDATE_INTERVAL": "1",
            "SNAPSHOT_INTERVAL": "3600",
            "EXCHANGE_TIMEOUT": "10",
            "LOG_LEVEL": "INFO",
        }
        return cls(data, chosen | settings)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.running:
            self.stop()
        self.session.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """What its other commands run with."""
        return self._environment

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._started().pid

    def start(self, within_s: float = START_S) -> None:
        """Start and wait until it answers requests, healthy or not.

        Raises:
            RuntimeError: it ended instead; with the last lines it wrote.
            NeverHappened: it did not answer in time.
        """
        self.launch()
        try:
            wait_for(self._answers, "the product answers", within_s)
        except BaseException:
            self.kill()
            raise

    def launch(self) -> None:
        """Start without waiting."""
        with self.log.open("ab") as output:
            if not self._anew:
                self._process = begin(self._arguments, self._environment, output, first=self._first)
                return
            self._process = subprocess.Popen(
                [sys.executable, *self._anew],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def stop(self, within_s: float = STOP_S) -> int:
        """End it politely and return its exit code; a program that does not end is an error that says where it hung."""
        process = self._started()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            return process.wait(within_s)
        except subprocess.TimeoutExpired:
            # It writes the stacks of its threads.
            process.send_signal(signal.SIGABRT)
            process.wait(STOP_S)
            words = f"the product did not end within {within_s:g} s; its last lines:\n{self.log_tail(120)}"
            raise NeverHappened(words) from None

    def kill(self) -> None:
        """SIGKILL: it gets no chance to write anything."""
        process = self._started()
        process.kill()
        process.wait(STOP_S)

    def restart(self) -> None:
        """Kill it and start it again on the same folder and port."""
        self.kill()
        self.start()

    def log_tail(self, lines: int = 30) -> str:
        """The last lines it wrote, for messages of failed tests."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        """Any call; `more` as in `requests.request`."""
        return self.session.request(method, self.url + path, timeout=30, **more)

    def get(self, path: str, **params: Any) -> Any:
        """The JSON of a read that must be accepted, numbers as Decimal."""
        response = self.request("GET", path, params=params)
        assert response.ok, f"GET {path}: {response.status_code} {response.text}"
        return exact_json(response)

    def post(self, path: str, body: Mapping[str, Any] | None = None, **params: Any) -> Any:
        """The JSON of a write that must be accepted, numbers as Decimal."""
        response = self.request("POST", path, json=body, params=params)
        assert response.ok, f"POST {path}: {response.status_code} {response.text}"
        return exact_json(response)

    def all_items(self, path: str, **params: Any) -> list[Any]:
        """Every item of a list, page by page."""
        items: list[Any] = []
        cursor: str | None = None
        while True:
            page = self.get(path, limit=1000, **params, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return items

    def _answers(self) -> bool:
        if not self.running:
            raise RuntimeError(f"the product ended with code {self._started().returncode}:\n{self.log_tail()}")
        try:
            return self.session.get(f"{self.url}/health", timeout=2).status_code in (200, 503)
        except requests.RequestException:
            return False

    def _started(self) -> subprocess.Popen[bytes] | Begun:
        if self._process is None:
            raise RuntimeError("the product was never started")
        return self._process
