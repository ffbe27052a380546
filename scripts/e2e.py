"""Run the browser tests against a real demo: the product started on a free port with a data folder of its own.

Beside it the web server of another one that asks for a sign-in; nobody collects there, so it costs next to nothing.
"""

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
    port, guarded = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="portfolio-e2e-") as folder:
        try:
            asking = {**demo_settings(guarded, Path(folder) / "guarded"), "SIGN_IN": "always"}
            with (
                running(["-m", "backend", "start"], demo_settings(port, Path(folder) / "open"), port),
                running(["-m", "backend", "web"], asking, guarded, "/api/auth/session"),
            ):
                addresses = {"E2E_BASE_URL": port, "E2E_SIGN_IN_URL": guarded}
                browser = os.environ | {name: f"http://127.0.0.1:{one}" for name, one in addresses.items()}
                playwright = [shutil.which("npx") or "npx", "playwright", "test", *arguments]
                return subprocess.run(playwright, cwd=ROOT / "frontend", env=browser, check=False).returncode
        except ServerError as error:
            print(error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
