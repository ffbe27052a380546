"""Run the browser tests against a real demo: the product started on a free port with a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.servers import ROOT, ServerError, demo_settings, free_port, running


def main(arguments: Sequence[str]) -> int:
    """Pass `arguments` on to Playwright and return its exit code; 1 when the product does not get ready."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portfolio-e2e-") as folder:
        try:
            with running(["-m", "backend", "start"], demo_settings(port, Path(folder)), port):
                browser = {**os.environ, "E2E_BASE_URL": f"http://127.0.0.1:{port}"}
                playwright = [shutil.which("npx") or "npx", "playwright", "test", *arguments]
                return subprocess.run(playwright, cwd=ROOT / "frontend", env=browser, check=False).returncode
        except ServerError as error:
            print(error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
