"""How long a start takes until its first figures, against a plain Flask and SQLAlchemy app on the same rows."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Final

from bench.http_client import KeepAlive
from bench.overview import PATH, wait_until_settled
from bench.report import Result
from scripts.servers import demo_settings, free_port, running

GOAL: Final = 2.0
ROUNDS, WARM_UP = 7, 1
# Often enough to tell a start of half a second from one of 0.6, seldom enough to cost neither side much.
ASK_EVERY_S: Final = 0.02


def measure() -> list[Result]:
    """Return the ratio of the times from nothing to an answer with figures: the median over pairs of starts."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as name:
        folder, port = Path(name) / "data", free_port()
        with running(["-m", "backend", "start"], demo_settings(port, folder), port, PATH):
            wait_until_settled(port)
        rows = Path(shutil.copy(folder / "portfolio.db", Path(name) / "rows.db"))
        pairs = [(_ours(folder), _plain(rows)) for _ in range(ROUNDS + WARM_UP)][WARM_UP:]
    ours, plain = (median(one[side] for one in pairs) for side in (0, 1))
    return [
        Result(
            "cold start to first figures / Flask + SQLAlchemy",
            median(mine / theirs for mine, theirs in pairs),
            GOAL,
            "x",
            f"{ours:.2f} s against {plain:.2f} s, demo of 800 days",
        )
    ]


def _ours(folder: Path) -> float:
    port = free_port()
    return _seconds(["-m", "backend", "start"], demo_settings(port, folder), port, PATH)


def _plain(rows: Path) -> float:
    port = free_port()
    return _seconds(["-m", "bench.plain_app", str(port), str(rows)], {}, port, "/figures")


def _seconds(arguments: list[str], settings: Mapping[str, str], port: int, path: str) -> float:
    """Until an answer with a total has come."""
    started = time.perf_counter()
    with running(arguments, settings, port, path, every_s=ASK_EVERY_S):
        client = KeepAlive(port, path)
        told = client.get().json()["total_value_usd"]
        taken = time.perf_counter() - started
        client.close()
    if told is None:
        raise RuntimeError("the first answer has no total")
    return taken
