"""Run the real simulator as a process: on a free port, on its own folder, killed and restarted at will."""

import hashlib
import hmac
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlencode

import requests

ROOT: Final = Path(__file__).resolve().parents[3]
READY: Final = "simulator ready on "
# What it may work until it is ready, and how long that may last on a machine that gives it a tenth of its time.
START_S: Final = 30
STARTED_WITHIN_S: Final = 10 * START_S
# It writes down what is open when it ends; a machine under load takes its time.
STOP_S: Final = 60


def _end_when_too_long(process: subprocess.Popen[str], ready: threading.Event) -> None:
    """Kill a process that is not ready after so much work; where nobody counts its work, after so much time."""
    for waited_s in range(STARTED_WITHIN_S):
        if ready.wait(1) or process.poll() is not None:
            return
        if _worked_s(process.pid, waited_s) > START_S:
            break
    process.kill()


def _worked_s(pid: int, otherwise: float) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return otherwise
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class SimulatorProcess:
    """A context manager around one simulator process.

    Args:
        data: its folder; the caller owns it (pytest's `tmp_path`).
        arguments: further command-line arguments, such as `--market-data DIR`.
        command: how to start it, up to the arguments.
    """

    def __init__(
        self,
        data: Path,
        arguments: Sequence[str] = (),
        command: Sequence[str] = (sys.executable, "-m", "backend.exchange.simulator"),
    ) -> None:
        self.data = data
        self._arguments = [*command, "--data", str(data), *arguments]
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy of the machine must not stand between
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.session.close()

    @property
    def pid(self) -> int:
        return self._running().pid

    def start(self) -> None:
        """Start and wait for the ready line; a restart keeps the port of the first start."""
        self._process = subprocess.Popen(
            [*self._arguments, "--port", str(self._port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        ready = threading.Event()
        watchdog = threading.Thread(target=_end_when_too_long, args=(self._process, ready), daemon=True)
        watchdog.start()
        try:
            line = self._process.stdout.readline() if self._process.stdout else ""
        finally:
            ready.set()
            watchdog.join()
        if not line.startswith(READY):
            errors = self._process.communicate()[1]
            raise RuntimeError(f"the simulator did not start: {line}{errors}")
        self.url = line.removeprefix(READY).strip()
        self._port = int(self.url.rsplit(":", 1)[1])

    def stop(self) -> int:
        """End it politely and return its exit code."""
        process = self._running()
        if process.poll() is None:
            process.terminate()
        return self._reap(process)

    def kill(self) -> None:
        """SIGKILL: it gets no chance to write anything."""
        process = self._running()
        process.kill()
        self._reap(process)

    def close_stdin(self) -> int:
        """Let its standard input end, as the death of a parent does, and wait for the exit code."""
        process = self._running()
        if process.stdin:
            process.stdin.close()
        return process.wait(STOP_S)

    def restart(self) -> None:
        """Kill it and start it again on the same folder and port."""
        self.kill()
        self.start()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("the simulator was never started")
        return self._process

    @staticmethod
    def _reap(process: subprocess.Popen[str]) -> int:
        try:
            return process.wait(STOP_S)
        finally:
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()

    # -- talking to it ------------------------------------------------------------------------------------------

    def control(self, path: str, body: Mapping[str, Any] | None = None, *, status: int | None = None) -> Any:
        """POST a control call (GET without a body) and return its JSON; fails unless it is accepted.

        Args:
            status: the exact status to expect instead of any 2xx.
        """
        url = self.url + path
        response = self.session.get(url, timeout=60) if body is None else self.session.post(url, json=body, timeout=60)
        accepted = response.status_code == status if status else response.ok
        assert accepted, f"{path}: {response.status_code} {response.text}"
        return response.json()

    def get(self, path: str, **params: Any) -> requests.Response:
        """An unsigned call."""
        return self.session.get(self.url + path, params=params, timeout=60)

    def signed(self, method: str, path: str, key: str, secret: str, **params: Any) -> requests.Response:
        """A call signed with HMAC, everything in the query; `timestamp` is the exchange's own unless given."""
        if "timestamp" not in params:
            params["timestamp"] = self.get("/api/v3/time").json()["serverTime"]
        query = urlencode(params)
        signature = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
        url = f"{self.url}{path}?{query}&signature={signature}"
        return self.session.request(method, url, headers={"X-MBX-APIKEY": key}, timeout=60)

    def open_account(self, key: str = "key", secret: str = "secret", **fields: Any) -> None:
        """Open an account; `fields` as in `POST /sim/accounts`."""
        self.control("/sim/accounts", {"name": key, "api_key": key, "api_secret": secret} | fields)
