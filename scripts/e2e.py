"""Run the browser tests against real demos: each Playwright worker has one, in a folder of its own.

Beside each the web server of another one that asks for a sign-in; nobody collects there, so it costs next to nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from scripts.servers import ROOT, ServerError, demo_settings, free_port, running

WORKERS: Final = 2  # a page waits for its server as often as it computes


def main(arguments: Sequence[str]) -> int:
    """Pass `arguments` on to Playwright and return its exit code; 1 when a product does not get ready."""
    with tempfile.TemporaryDirectory(prefix="portfolio-e2e-") as folder, ExitStack() as servers:
        try:
            started = [_start(servers, Path(folder) / str(worker)) for worker in range(WORKERS)]
        except ServerError as error:
            print(error, file=sys.stderr)
            return 1
        demos, asking = (" ".join(addresses) for addresses in zip(*started, strict=True))
        browser = os.environ | {"E2E_BASE_URLS": demos, "E2E_SIGN_IN_URLS": asking}
        playwright = [shutil.which("npx") or "npx", "playwright", "test", *arguments]
        return subprocess.run(playwright, cwd=ROOT / "frontend", env=browser, check=False).returncode


def _start(servers: ExitStack, folder: Path) -> tuple[str, str]:
    """Start the demo and the one that asks for a sign-in; return their addresses."""
    port, guarded = free_port(), free_port()
    asking = {**demo_settings(guarded, folder / "guarded"), "SIGN_IN": "always"}
    servers.enter_context(running(["-m", "backend", "start"], demo_settings(port, folder / "open"), port))
    servers.enter_context(running(["-m", "backend", "web"], asking, guarded, "/api/auth/session"))
    return f"http://127.0.0.1:{port}", f"http://127.0.0.1:{guarded}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
