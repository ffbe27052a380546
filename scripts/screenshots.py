"""Take the pictures of docs/images from a fresh demo, at the width of a desk and of a phone: `make screenshots`,
or some of them: `make screenshots ARGS="plan trades"`.

What they show is the demo as everybody finds it, with target weights set; its amounts follow from its seed and the day.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scripts.checks import find_chromium
from scripts.servers import ROOT, ServerError, demo_settings, free_port, running

IMAGES: Final = ROOT / "docs" / "images"
SIZES: Final = ((1440, 1080), (390, 844))
TARGETS: Final = {"BTC": 30, "ETH": 25, "LTC": 15, "SOL": 10, "USDT": 20}
READY_WITHIN_S: Final = 300.0


@dataclass(frozen=True)
class Shot:
    """A picture: the page, the buttons that are pressed on it, and words by which it is known to be there."""

    name: str
    path: str
    shown: str
    click: tuple[str, ...] = ()
    asks_sign_in: bool = False


SHOTS: Final = (
    Shot("overview", "/?range=1y", "Month-end value"),
    Shot("performance", "/performance?range=1y", "Monthly returns"),
    Shot("explain", "/performance?range=90d", "Data behind it", click=("Explain",)),
    Shot("cash-flows", "/cash-flows", "Net deposits"),
    Shot("trades", "/trades", "Profit factor"),
    Shot("rebalance", "/rebalance", "Sum 100.00%"),
    Shot("plan", "/rebalance", "Refresh plan", click=("Make plan",)),
    Shot("imports", "/imports", "Coins against the balances"),
    Shot("report", "/report", "Holdings at the end"),
    Shot("audit-log", "/audit-log", "Chain checked"),
    Shot("system", "/system", "Connection test"),
    Shot("settings", "/settings", "Add account"),
    Shot("sign-in", "/", "Set the password", asks_sign_in=True),
)


def main(names: Sequence[str]) -> int:
    """Take those of SHOTS that are named, or all.

    Exit code 1 when a demo does not get ready or a picture cannot be made, 2 without a browser or for an unknown name.
    """
    chosen = [shot for shot in SHOTS if not names or shot.name in names]
    if len(chosen) < len(set(names)):
        print(f"There are {', '.join(shot.name for shot in SHOTS)}.", file=sys.stderr)
        return 2
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found: set CHROMIUM_PATH.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="portfolio-pictures-") as folder, ExitStack() as servers:
        port, asking = free_port(), free_port()
        guarded = {**demo_settings(asking, Path(folder) / "guarded"), "SIGN_IN": "always"}
        try:
            servers.enter_context(running(["-m", "backend", "start"], demo_settings(port, Path(folder) / "open"), port))
            servers.enter_context(running(["-m", "backend", "web"], guarded, asking, "/api/auth/session"))
            _ready(port)
        except ServerError as error:
            print(error, file=sys.stderr)
            return 1
        _ask(port, "POST", "/api/rebalancing/allocation?account=1", {"allocations": TARGETS})
        shots = [
            {
                "name": shot.name,
                "address": f"http://127.0.0.1:{asking if shot.asks_sign_in else port}{shot.path}",
                "click": shot.click,
                "shown": shot.shown,
            }
            for shot in chosen
        ]
        wanted = json.dumps({"folder": str(IMAGES), "sizes": SIZES, "shots": shots})
        node = [shutil.which("node") or "node", "scripts/screenshots.mjs", wanted]
        browser = os.environ | {"CHROMIUM_PATH": chromium}
        return subprocess.run(node, cwd=ROOT / "frontend", env=browser, check=False).returncode


def _ready(port: int) -> None:
    """Wait until the past of the demo is replayed.

    Raises:
        ServerError: READY_WITHIN_S seconds went by.
    """
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        periods = _ask(port, "GET", "/api/performance/stats")["periods"].values()
        waiting = _ask(port, "GET", "/api/portfolio/overview")["attention"]
        if not waiting and all(period["status"] == "exact" for period in periods):
            return
        time.sleep(1)
    raise ServerError(f"the demo was not ready within {READY_WITHIN_S:.0f} s")


def _ask(port: int, method: str, path: str, body: object = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        return json.load(connection.getresponse())
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
