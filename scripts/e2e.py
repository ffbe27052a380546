"""Run the browser tests against a real demo: the product started on a free port with a data folder of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 10.0
# Settings of the person who runs the tests that would lead the product away from its demo or its scratch folder.
FOREIGN = ("DATABASE_URL", "BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_SECRET_KEY", "BINANCE_SIMULATOR_URL")


def free_port() -> int:
    """Return a loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo_environment(port: int, folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a demo on `port` that keeps everything in `folder`.

    The foreign settings are set to nothing rather than left out: a `.env` beside the code could name them too.
    """
    own = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(folder), "DEMO_MODE": "true"}
    return {**environ, **dict.fromkeys(FOREIGN, ""), **own}


def health(port: int) -> int | None:
    """Return the status of GET /health, None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_until_ready(product: subprocess.Popen[bytes], port: int) -> bool:
    """Return True once /health answers 200; False when the product ends first or takes too long."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and product.poll() is None:
        if health(port) == 200:
            return True
        time.sleep(0.2)
    return False


def stop(product: subprocess.Popen[bytes]) -> None:
    """End the product as Ctrl-C would, and by force when it does not listen."""
    if product.poll() is None:
        product.send_signal(signal.SIGINT)
        try:
            product.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            product.kill()
            product.wait()


def main(arguments: Sequence[str]) -> int:
    """Pass `arguments` on to Playwright and return its exit code; 1 when the product does not get ready."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portfolio-e2e-") as folder:
        environment = demo_environment(port, Path(folder), os.environ)
        log_path = Path(folder) / "product-output.log"
        with log_path.open("wb") as log:
            product = subprocess.Popen(
                [sys.executable, "-m", "backend", "start"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        try:
            if not wait_until_ready(product, port):
                print(f"The product was not ready within {READY_WITHIN_S:.0f} s:", file=sys.stderr)
                print(log_path.read_text(errors="replace"), file=sys.stderr)
                return 1
            browser = {**os.environ, "E2E_BASE_URL": f"http://127.0.0.1:{port}"}
            playwright = [shutil.which("npx") or "npx", "playwright", "test", *arguments]
            result = subprocess.run(playwright, cwd=ROOT / "frontend", env=browser, check=False)
            if result.returncode != 0:
                print("The product's last lines:", file=sys.stderr)
                print("\n".join(log_path.read_text(errors="replace").splitlines()[-20:]), file=sys.stderr)
            return result.returncode
        finally:
            stop(product)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
