"""The chart of five years of hours: asked again, and first asked of a program that has just started or whose data
have just changed."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
from bench.history import SETTINGS, application, asking, machine_ms
from bench.report import Result
from bench.timing import ratio, side_by_side

FIVE_YEARS_OF_HOURS = History(5 * BLOCK_ROWS, HOUR_MS)
# As the dashboard asks for it.
PATH = f"/api/performance/twr-history?days=0&points={STORED_POINTS}"
GOAL_WARM, GOAL_RESTARTED, GOAL_KIB = 2.0, 10.0, 24.0
TURNS, PER_TURN = 10, 5


def measure() -> list[Result]:
    """Return the ratios to a constant answer of a bare Flask application, of the same bytes, and the size sent."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        engine = stack.enter_context(_history(Path(folder)))
        body = application(engine).get(PATH).get_data()
        calls: dict[str, Callable[[], object]] = {
            "constant": asking(constant_app(body).test_client(), "/constant"),
            "again": asking(application(engine, lambda: 1), PATH),
            "restarted": _asking_new_ones(engine, (TURNS + 1) * PER_TURN),
        }
        timings = side_by_side(calls, TURNS, PER_TURN)
    base = timings["constant"]
    told = {name: f"{one.p50_s * 1000:.2f} ms against {base.p50_s * 1000:.2f} ms" for name, one in timings.items()}
    size = len(gzip.compress(body, 6)) / 1024
    return [
        Result("five-year chart / constant, asked again", ratio(timings["again"], base), GOAL_WARM, "x", told["again"]),
        Result(
            "five-year chart / constant, after a restart",
            ratio(timings["restarted"], base),
            GOAL_RESTARTED,
            "x",
            told["restarted"],
        ),
        Result("five-year chart, sent", size, GOAL_KIB, "KiB", f"{len(body)} bytes, gzip"),
    ]


def _asking_new_ones(engine: Engine, count: int) -> Callable[[], object]:
    """Return a call that asks the next of `count` applications: none has anything of the data in memory."""
    waiting = [asking(application(engine), PATH) for _ in range(count)]

    def ask() -> None:
        waiting.pop()()

    return ask


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
