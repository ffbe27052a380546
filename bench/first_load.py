"""What the first page loads, gzipped: counted from the build by the dashboard's own budget script."""

from __future__ import annotations

import json
import shutil
import subprocess

from bench.report import Result
from scripts.servers import ROOT

GOAL_KIB = 250


class NotBuiltError(Exception):
    """There is no built dashboard to count."""


def measure() -> list[Result]:
    """Return the size of the first load in KiB (1024 bytes)."""
    script = [shutil.which("node") or "node", "scripts/first-load.mjs", "--json"]
    # Its exit code repeats whether the budget is kept; what is measured stands in its output.
    answer = subprocess.run(script, cwd=ROOT / "frontend", capture_output=True, text=True, check=False)
    try:
        sizes = json.loads(answer.stdout)
    except ValueError:
        raise NotBuiltError(f"no first load to count: {answer.stderr.strip()[-300:]}") from None
    parts = ", ".join(f"{name} {size / 1024:.1f}" for name, size in sizes.items() if name != "total")
    return [Result("first load, gzipped", sizes["total"] / 1024, GOAL_KIB, "KiB", parts)]
