"""Run the browser tests against real demos: for each screen the product, on a free port, with a folder of its own.

Without arguments both screens are tested at once; arguments are passed on to one Playwright with one demo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Final

from scripts.servers import ROOT, ServerError, demo_settings, free_port, running

# The projects of frontend/playwright.config.ts.
SCREENS: Final = ("desktop", "phone")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when all tests passed; 1 when the product does not get ready."""
    if arguments:
        return _tested(arguments, None)
    with tempfile.TemporaryFile("w+b") as later, ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(_tested, [f"--project={screen}", f"--output=test-results/{screen}"], told)
            for screen, told in zip(SCREENS, (None, later), strict=True)
        ]
        codes = [run.result() for run in runs]
        later.seek(0)
        shutil.copyfileobj(later, sys.stdout.buffer)
        sys.stdout.flush()
    return max(codes, key=abs)


def _tested(arguments: Sequence[str], told: IO[bytes] | None) -> int:
    """Run Playwright with a demo of its own; what it says goes to `told`, or to our own output."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portfolio-e2e-") as folder:
        try:
            with running(["-m", "backend", "start"], demo_settings(port, Path(folder)), port):
                browser = {**os.environ, "E2E_BASE_URL": f"http://127.0.0.1:{port}"}
                playwright = [shutil.which("npx") or "npx", "playwright", "test", *arguments]
                run = subprocess.run(
                    playwright, cwd=ROOT / "frontend", env=browser, stdout=told, stderr=told, check=False
                )
                return run.returncode
        except ServerError as error:
            print(error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
