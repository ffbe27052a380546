"""The chart of five years of hours: asked again, asked after the data have changed, and as the first question to a
process that has just started."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import Engine

from backend.api.shapes.performance import chart_body
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView
from backend.core.series import BEFORE_EVERYTHING
from backend.core.stored_charts import STORED_POINTS
from backend.db.unit_of_work import SqlStore
from backend.services.chart_keeper import ChartKeeper
from bench.constant_app import constant_app
from bench.fixture import ACCOUNT, BLOCK_ROWS, HOUR_MS, LEASE_EPOCH, History, make_database
from bench.history import BROWSER, SETTINGS, application, asking, machine_ms
from bench.report import Result
from bench.timing import ratio, side_by_side

FIVE_YEARS_OF_HOURS = History(5 * BLOCK_ROWS, HOUR_MS)
# As the dashboard asks for it.
PATH = f"/api/performance/twr-history?days=0&points={STORED_POINTS}"
GOAL_WARM, GOAL_RESTARTED, GOAL_KIB = 2.0, 10.0, 24.0
TURNS, PER_TURN, PROCESSES = 10, 5, 11


def measure() -> list[Result]:
    """Return the ratios to a constant answer of a bare Flask application, of the same bytes, and the size sent."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        engine = stack.enter_context(_history(Path(folder)))
        answer = application(engine).get(PATH, headers=BROWSER)
        sent = answer.get_data()
        timings = side_by_side(
            {
                "constant": asking(constant_app(sent).test_client(), "/constant"),
                "again": asking(application(engine, lambda: 1), PATH),
                "changed": asking(application(engine), PATH),
            },
            TURNS,
            PER_TURN,
        )
        body_file = Path(folder) / "body"
        body_file.write_bytes(sent)
        first = [_of_a_new_process(engine, body_file) for _ in range(PROCESSES)]
    base = timings["constant"]
    told = {name: f"{one.p50_s * 1000:.2f} ms against {base.p50_s * 1000:.2f} ms" for name, one in timings.items()}
    first_s, constant_s = median(one for one, _ in first), median(other for _, other in first)
    return [
        Result("five-year chart / constant, asked again", ratio(timings["again"], base), GOAL_WARM, "x", told["again"]),
        Result(
            "five-year chart / constant, data changed",
            ratio(timings["changed"], base),
            GOAL_RESTARTED,
            "x",
            told["changed"],
        ),
        Result(
            "five-year chart / constant, first answer of a new process",
            median(one / other for one, other in first),
            GOAL_RESTARTED,
            "x",
            f"{first_s * 1000:.2f} ms against {constant_s * 1000:.2f} ms, {PROCESSES} processes",
        ),
        Result("five-year chart, sent", len(sent) / 1024, GOAL_KIB, "KiB", f"as {answer.headers['Content-Encoding']}"),
    ]


def _of_a_new_process(engine: Engine, body_file: Path) -> tuple[float, float]:
    """Seconds of the first answer of a process that has just started, and of its constant answer."""
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "bench.new_process", url, PATH, str(body_file)]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=True)
    first, constant = done.stdout.split()
    return float(first), float(constant)


@contextmanager
def _history(folder: Path) -> Iterator[Engine]:
    """A database as the collector leaves it: rows packed but for the last month, charts made."""
    engine = make_database(folder / "chart.db", FIVE_YEARS_OF_HOURS)
    store = SqlStore(engine, machine_ms)
    with store.write() as unit:
        rows = unit.snapshots.series_after(ACCOUNT, BEFORE_EVERYTHING)
        unit.packed.put(ACCOUNT, 0, rows.part(0, int(rows.at_ms[-720])))
    performance = PerformanceTracker(store, PortfolioView(store, SETTINGS, machine_ms), SETTINGS, machine_ms)
    ChartKeeper(store, performance, SETTINGS, chart_body).update(ACCOUNT, LEASE_EPOCH)
    yield engine
    engine.dispose()
