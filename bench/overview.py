"""The overview endpoint against a constant answer of a bare Flask app, in its own process under the same server."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.http_client import Answer, KeepAlive
from bench.report import Result
from bench.timing import ratio, side_by_side
from scripts.servers import demo_settings, free_port, running

PATH = "/api/portfolio/overview"
GOAL, GOAL_UNCHANGED = 1.3, 1.1
TURNS, PER_TURN = 80, 50
SETTLED_WITHIN_S = 180.0


class NotSettledError(Exception):
    """The demo did not come to rest, so that there is nothing steady to measure."""


def measure() -> list[Result]:
    """Return the ratio for a full answer, and for a 304 (both against the full constant answer)."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        port = free_port()
        stack.enter_context(running(["-m", "backend", "start"], demo_settings(port, Path(folder)), port))
        settled = wait_until_settled(port)
        yardstick = stack.enter_context(_constant_server(Path(folder), settled.body))

        overview = KeepAlive(port, PATH)
        unchanged = KeepAlive(port, PATH, conditional=True)
        constant = KeepAlive(yardstick, "/constant")
        for client in (overview, unchanged, constant):
            stack.callback(client.close)
        timings = side_by_side(
            {"overview": overview.get, "unchanged": unchanged.get, "constant": constant.get}, TURNS, PER_TURN
        )
    base = timings["constant"].p50_s * 1e6
    size = f"{len(settled.body)} bytes"
    return [
        Result(
            "overview / bare Flask, p50",
            ratio(timings["overview"], timings["constant"]),
            GOAL,
            "x",
            f"{timings['overview'].p50_s * 1e6:.0f} us against {base:.0f} us, {size}, keep-alive",
        ),
        Result(
            "overview 304 / bare Flask, p50",
            ratio(timings["unchanged"], timings["constant"]),
            GOAL_UNCHANGED,
            "x",
            f"{timings['unchanged'].p50_s * 1e6:.0f} us against {base:.0f} us",
        ),
    ]


@contextmanager
def _constant_server(folder: Path, body: bytes) -> Iterator[int]:
    body_file, port = folder / "constant.json", free_port()
    body_file.write_bytes(body)
    arguments = ["-m", "bench.constant_app", str(port), str(body_file)]
    with running(arguments, {}, port, "/constant"):
        yield port


def wait_until_settled(port: int) -> Answer:
    """Return the overview once the demo's past is in place up to the present: the program is at rest then."""
    client = KeepAlive(port, PATH)
    deadline = time.monotonic() + SETTLED_WITHIN_S
    try:
        while time.monotonic() < deadline:
            answer = client.get()
            if answer.status == 200 and _at_rest(answer.json()):
                return answer
            time.sleep(0.5)
    finally:
        client.close()
    raise NotSettledError(f"the demo was not ready within {SETTLED_WITHIN_S:.0f} s")


def _at_rest(overview: Any) -> bool:
    sync = overview["sync"]
    last, due = sync["last_snapshot_at"], sync["next_snapshot_at"]
    if overview["total_value_usd"] is None or sync["import_progress"] or not last or not due:
        return False
    waiting = datetime.fromisoformat(due) - datetime.fromisoformat(last)
    return waiting <= timedelta(seconds=sync["snapshot_interval_s"])
