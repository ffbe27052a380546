"""Develop: the product with reload on http://localhost:5000 and the dashboard with hot reload on http://localhost:5173."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from backend.config import SettingsError, load_settings

ROOT = Path(__file__).resolve().parent.parent
STOP_WITHIN_S = 5.0


def start_both(backend_port: int) -> list[subprocess.Popen[bytes]]:
    """Start both servers, each leading a process group, so that the programs they start end with them."""
    environment = {**os.environ, "BACKEND_URL": f"http://127.0.0.1:{backend_port}"}
    product = shlex.join([sys.executable, "-m", "backend", "start", "--development"])
    reload = [sys.executable, "-m", "watchfiles", "--filter", "python", "--target-type", "command", product, "backend"]
    npm = shutil.which("npm") or "npm"
    return [
        subprocess.Popen(reload, cwd=ROOT, start_new_session=True),
        subprocess.Popen([npm, "run", "dev"], cwd=ROOT / "frontend", env=environment, start_new_session=True),
    ]


def stop(servers: list[subprocess.Popen[bytes]]) -> None:
    """Ask both groups to end as Ctrl-C would, and end by force what is left after STOP_WITHIN_S."""
    for server in servers:
        _signal(server, signal.SIGINT)
    deadline = time.monotonic() + STOP_WITHIN_S
    for server in servers:
        try:
            server.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(server, signal.SIGKILL)
            server.wait()


def _signal(server: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(server.pid, number)
    except ProcessLookupError:
        return


def main() -> int:
    """Run until Ctrl-C or until one of the two ends; 0 after Ctrl-C, 2 for a bad setting, else 1."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    try:
        port = load_settings().port
    except SettingsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    servers: list[subprocess.Popen[bytes]] = []
    try:
        servers = start_both(port)
        while all(server.poll() is None for server in servers):
            time.sleep(0.3)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(servers)
    print("One of the two servers ended, so the other was stopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
