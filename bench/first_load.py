"""What the first page loads, gzipped, and in how many files: counted from the build by the dashboard's own script."""

from __future__ import annotations

import json
import shutil
import subprocess

from bench.report import Result
from scripts.servers import ROOT

GOAL_KIB, GOAL_REQUESTS = 250, 10


class NotBuiltError(Exception):
    """There is no built dashboard to count."""


def measure() -> list[Result]:
    """Return the size of the first load in KiB (1024 bytes), and how many files it is."""
    script = [shutil.which("node") or "node", "scripts/first-load.mjs", "--json"]
    # Its exit code repeats whether the budget is kept; what is measured stands in its output.
    answer = subprocess.run(script, cwd=ROOT / "frontend", capture_output=True, text=True, check=False)
    try:
        sizes = json.loads(answer.stdout)
    except ValueError:
        raise NotBuiltError(f"no first load to count: {answer.stderr.strip()[-300:]}") from None
    requests = sizes.pop("requests")
    parts = ", ".join(f"{name} {size / 1024:.1f}" for name, size in sizes.items() if name != "total")
    return [
        Result("first load, gzipped", sizes["total"] / 1024, GOAL_KIB, "KiB", parts),
        Result("first load, files", requests, GOAL_REQUESTS, "", "document, scripts, styles, font and icon"),
    ]
