"""A hundred open pages and twenty requests a second: quick answers, memory that stays, a quick end (W8).

The web process runs under gunicorn beside a collector of a demo that refreshes every second, so every stream is told of
something all the time. A request's time counts from when it was due, not from when it could be sent.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click
import psutil
import requests

from backend.alive import SignOfLife
from backend.tests.process.harness import Product, wait_for
from soak.harness import Run, Tally, report

STREAMS: Final = 100
REQUESTS_PER_S: Final = 20
SLOWEST_MS: Final = 300.0
ENDS_WITHIN_S: Final = 3.0
# What the last tenth may have over the second one, in which everything has been asked for once.
GROWTH: Final = 1.05
FIRST_FIGURES_S: Final = 120.0
SETTINGS: Final = {"DEMO_MODE": "true", "BALANCE_UPDATE_INTERVAL": "1"}
PATHS: Final = (
    "/api/portfolio/overview",
    "/api/portfolio/nav",
    "/api/portfolio/balances",
    "/api/performance/stats",
    "/api/performance/twr-history?days=365&points=500",
    "/api/performance/snapshots?limit=100",
    "/health",
)


class Viewers:
    """Open streams, each read by a thread, which counts events; none may end before it is told to."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self.events = 0
        self.broken = 0

    def watch(self) -> None:
        """Read one stream until it ends."""
        with requests.Session() as session:
            session.trust_env = False
            try:
                with session.get(f"{self._url}/api/events", stream=True, timeout=60) as answer:
                    answer.raise_for_status()
                    for line in answer.iter_lines(chunk_size=1):
                        if line.startswith(b"event: "):
                            with self._lock:
                                self.events += 1
            except requests.RequestException:
                pass
        if not self._stopping.is_set():
            with self._lock:
                self.broken += 1

    def may_end(self) -> None:
        self._stopping.set()


def asked(product: Product, number: int, due_s: float, sessions: threading.local) -> float:
    """Milliseconds from when a request was due until its answer was there.

    Raises:
        requests.RequestException: it was refused, or not answered.
    """
    if not hasattr(sessions, "own"):
        sessions.own = requests.Session()
        sessions.own.trust_env = False
    answer = sessions.own.get(product.url + PATHS[number % len(PATHS)], timeout=30)
    answer.raise_for_status()
    return (time.monotonic() - due_s) * 1000


def resident_mb(pid: int) -> float:
    """Of a process and all that it started."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in family) / 1024 / 1024


def asking(product: Product, seconds: float) -> tuple[list[float], list[float], int]:
    """Send requests at their pace; the milliseconds of each, megabytes each second, and how many failed."""
    pause, sessions, memory, failed = threading.Event(), threading.local(), list[float](), 0
    with ThreadPoolExecutor(REQUESTS_PER_S * 2) as pool:
        began, sent = time.monotonic(), []
        for number in range(int(seconds * REQUESTS_PER_S)):
            due_s = began + number / REQUESTS_PER_S
            pause.wait(max(due_s - time.monotonic(), 0.0))
            sent.append(pool.submit(asked, product, number, due_s, sessions))
            if number % REQUESTS_PER_S == 0:
                memory.append(resident_mb(product.pid))
        took = []
        for one in sent:
            try:
                took.append(one.result())
            except requests.RequestException:
                failed += 1
    return took, memory, failed


def judged(took: list[float], memory: list[float], failed: int, viewers: Viewers, ended_s: float) -> Tally:
    """What the promise says of it."""
    tally, tenth = Tally(), max(len(memory) // 10, 1)
    slowest = statistics.quantiles(took, n=100)[98]
    before, after = statistics.median(memory[tenth : 2 * tenth] or memory), statistics.median(memory[-tenth:])
    checks: list[tuple[bool, str]] = [
        (slowest < SLOWEST_MS, f"p99 is {slowest:.0f} ms"),
        (after <= before * GROWTH, f"memory went from {before:.0f} to {after:.0f} MB"),
        (ended_s < ENDS_WITHIN_S, f"SIGTERM took {ended_s:.1f} s"),
        (failed == 0, f"{failed} requests failed"),
        (viewers.broken == 0, f"{viewers.broken} streams ended by themselves"),
        (viewers.events > 0, "no stream was told of anything"),
    ]
    tally.failures += [words for kept, words in checks if not kept]
    tally.counts.update({"requests": len(took), "events heard": viewers.events})
    return tally


def one_run(
    worker: str, streams: int, seconds: float, say: Callable[[str], None] = print
) -> tuple[Tally, dict[str, str]]:
    """So many seconds under one kind of worker."""
    with tempfile.TemporaryDirectory(prefix="soak-viewers-") as name, ExitStack() as left:
        folder = Path(name)
        collector = Product(folder, SETTINGS, ("collector",))
        collector.launch()
        left.callback(collector.kill)
        sign = SignOfLife(folder)
        wait_for(lambda: sign.seen(time.time()), "the collector runs", FIRST_FIGURES_S)
        with Product(folder, SETTINGS | {"WEB_WORKER": worker}, ("web", "--gunicorn")) as product:
            wait_for(
                lambda: product.get("/api/portfolio/overview")["total_value_usd"], "the first figures", FIRST_FIGURES_S
            )
            viewers = Viewers(product.url)
            readers = left.enter_context(ThreadPoolExecutor(streams))
            for _ in range(streams):
                readers.submit(viewers.watch)
            wait_for(lambda: viewers.events >= streams, "every stream is open", FIRST_FIGURES_S)
            say(f"viewers: {worker}, {seconds:g} s")
            took, memory, failed = asking(product, seconds)
            viewers.may_end()
            began = time.monotonic()
            product.stop()
            ended_s = time.monotonic() - began
        collector.stop()
    facts = {
        f"{worker} p50, p99": f"{statistics.median(took):.1f} ms, {statistics.quantiles(took, n=100)[98]:.1f} ms",
        f"{worker} resident": f"{memory[0]:.0f} MB at first, {memory[-1]:.0f} MB at last",
        f"{worker} SIGTERM": f"{ended_s:.2f} s",
    }
    return judged(took, memory, failed, viewers, ended_s), facts


@click.command("viewers")
@click.option("--seconds", default=600.0, show_default=True, help="How long, for each kind of worker.")
@click.option("--streams", default=STREAMS, show_default=True, help="Open pages; fewer prove less.")
@click.option("--worker", type=click.Choice(["gevent", "gthread"]), multiple=True, help="One kind; both without.")
@click.pass_context
def command(context: click.Context, seconds: float, streams: int, worker: tuple[str, ...]) -> None:
    """100 streams and 20 requests a second (W8): p99 under 300 ms, memory flat, SIGTERM under 3 s."""
    whole, facts = Tally(), dict[str, object]({"streams": streams, "each": f"{seconds:g} s"})
    kinds = worker or ("gevent", "gthread")
    for kind in kinds:
        tally, told = one_run(kind, streams, seconds)
        whole.add(tally)
        facts |= told
    context.exit(report(Run("viewers", 0, len(kinds)), whole, **facts))
