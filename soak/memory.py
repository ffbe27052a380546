"""What the default set-up takes of the machine's memory with five years of demo data: web, collector and simulator.

Judged is the sum of the resident sets of all its processes (Rss of /proc/PID/smaps_rollup), in which a page that two
of them share counts twice; beside it stands the sum of their proportional sets (Pss), which counts it once, but counts
less of it while other programs of the machine have it too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Final

import click

from backend.tests.process.harness import NeverHappened, free_port, wait_for
from backend.tests.process.resident import Resident, family, resident, together
from backend.tests.process.tree import children
from bench.http_client import KeepAlive
from bench.overview import NotSettledError, wait_until_settled
from scripts.servers import ServerError, demo_settings, running
from soak.harness import Run, Tally, report

MOST_MB: Final = 300
SAMPLE_S: Final = 0.5
START_S: Final = 300.0
SETTLED_S: Final = 3_600.0
REST_S: Final = 40.0
VIEWERS: Final = 1
ROUNDS: Final = 2
PATHS: Final = (
    "/api/portfolio/overview",
    "/api/portfolio/nav",
    "/api/portfolio/balances",
    "/api/portfolio/positions",
    "/api/portfolio/lots?limit=1000",
    "/api/portfolio/pnl-by-symbol",
    "/api/portfolio/metrics",
    "/api/portfolio/trade-history?limit=1000",
    "/api/performance/stats",
    "/api/performance/twr-history?days=365&points=500",
    "/api/performance/twr-history?days=1826&points=500",
    "/api/performance/risk?days=1826",
    "/api/performance/drawdowns?days=1826",
    "/api/performance/daily?days=1826",
    "/api/performance/monthly",
    "/api/performance/benchmark",
    "/api/performance/cashflows?limit=1000",
    "/api/performance/snapshots?limit=1000",
    "/api/performance/attribution?days=1826",
    "/api/reports/periods",
    "/api/imports/coverage",
    "/api/imports/certificate",
    "/api/audit?limit=1000",
    "/api/logs/lines?limit=1000",
    "/metrics",
)


@dataclass
class Watch:
    """Looks at the program all the time, a context manager; `most` is the fullest moment since it was last asked."""

    pid: int
    most: Resident = field(default_factory=Resident)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def taken(self) -> Resident:
        """The fullest moment, and begin anew."""
        most, self.most = self.most, Resident()
        return most

    def _look(self) -> None:
        while not self._stop.wait(SAMPLE_S):
            self.most = max(self.most, together(self.pid), key=lambda one: one.rss)


def visit(port: int) -> tuple[int, list[str]]:
    """Ask for everything once, as a browser that opens one page after the other; how many came, and what did not."""
    came, refused = 0, []
    for path in PATHS:
        client = KeepAlive(port, path)
        try:
            answer = client.get()
        finally:
            client.close()
        if answer.status == 200:
            came += 1
        else:
            refused.append(f"{path}: {answer.status} {answer.body[:200].decode('utf-8', 'replace')}")
    return came, refused


def measured(folder: Path, tally: Tally) -> dict[str, str]:
    """Let the program live: its import, a rest, its pages by several at once, a rest."""
    port, pause = free_port(), threading.Event()
    before = set(children(os.getpid()))
    with running(["-m", "soak.five_years", "start"], demo_settings(port, folder), port, PATHS[0], START_S):
        (pid,) = set(children(os.getpid())) - before
        watch = Watch(pid)
        with watch.looking():

            def settled() -> bool:
                try:
                    return bool(wait_until_settled(port))
                except NotSettledError:
                    return False

            wait_for(settled, "five years are in place", SETTLED_S)
            facts = {"import, most": watch.taken().told}
            pause.wait(REST_S)
            facts["at rest, most"] = watch.taken().told
            with ThreadPoolExecutor(VIEWERS) as pool:
                for came, refused in pool.map(visit, repeat(port, VIEWERS * ROUNDS)):
                    tally.counts["answers"] += came
                    tally.failures += refused
            facts["pages, most"] = watch.taken().told
            pause.wait(REST_S)
            facts["afterwards, most"] = watch.taken().told
            for number in family(pid):
                words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
                name = "simulator" if b"backend.exchange.simulator" in words else "web and collector"
                facts[f"{name} at the end"] = resident(number).told
    for phase, told in facts.items():
        if int(told.split()[0]) > MOST_MB:
            tally.failures.append(f"{phase}: {told}, more than {MOST_MB} MB")
    return facts


@click.command("memory")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keeps the demo for the next time.")
@click.pass_context
def command(context: click.Context, folder: Path | None) -> None:
    """Memory of `start` with five years of demo data: at most 300 MB resident in all."""
    if sys.platform != "linux":
        raise click.ClickException("Memory is read in /proc, which Linux alone has")
    tally = Tally()
    try:
        with tempfile.TemporaryDirectory(prefix="soak-memory-") as scratch:
            facts = measured(folder or Path(scratch), tally)
    except (NeverHappened, ServerError) as error:
        raise click.ClickException(str(error)) from None
    context.exit(report(Run("memory", 0, VIEWERS * ROUNDS), tally, **facts))
