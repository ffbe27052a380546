"""The Overview in Chromium from an empty cache against a bare Vue and Chart.js page of the same data, in turns."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.http_client import KeepAlive
from bench.overview import wait_until_settled
from bench.report import Result
from scripts.servers import ROOT, ServerError, demo_settings, free_port, running

GOAL, ROUNDS, WARM_UP = 1.5, 12, 2
# What the page asks for when it opens.
CHART = "/api/performance/twr-history?days=365&points=500"
LONGEST_S = 300.0


def measure() -> list[Result]:
    """Return the ratio of the times until number and chart are shown: the median over pairs of visits."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as name, ExitStack() as stack:
        folder, port, yardstick = Path(name), free_port(), free_port()
        _run(["npx", "vite", "build", "scripts/bare", "--outDir", str(folder / "page")])
        data = folder / "data"
        stack.enter_context(running(["-m", "backend", "start"], demo_settings(port, data), port))
        (folder / "overview.json").write_bytes(wait_until_settled(port).body)
        client = KeepAlive(port, CHART)
        (folder / "chart.json").write_bytes(client.get().body)
        client.close()
        stack.enter_context(running(["-m", "bench.bare_page", str(yardstick), name], {}, yardstick, "/"))
        pages = {"ours": f"http://127.0.0.1:{port}/", "bare": f"http://127.0.0.1:{yardstick}/"}
        asked = [f"{one}={address}" for one, address in pages.items()]
        taken = json.loads(_run(["node", "scripts/cold-load.mjs", str(ROUNDS + WARM_UP), *asked]))
    pairs = list(zip(taken["ours"], taken["bare"], strict=True))[WARM_UP:]
    ours, bare = (median(one[side] for one in pairs) for side in (0, 1))
    return [
        Result(
            "Overview cold in Chromium / bare page",
            median(mine / theirs for mine, theirs in pairs),
            GOAL,
            "x",
            f"{ours:.0f} ms against {bare:.0f} ms until number and chart are shown",
        )
    ]


def _run(command: list[str]) -> str:
    """What a command of the dashboard's folder prints.

    Raises:
        ServerError: it failed; the text says how.
    """
    program, *arguments = command
    found = [shutil.which(program) or program, *arguments]
    done = subprocess.run(found, cwd=ROOT / "frontend", capture_output=True, text=True, timeout=LONGEST_S, check=False)
    if done.returncode:
        raise ServerError(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")
    return done.stdout
