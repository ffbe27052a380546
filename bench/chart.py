"""The chart of five years of hours: asked again, built anew, and by a program that has just started."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response
from sqlalchemy import Engine

from backend.api.deps import ApiServices
from backend.core.series import BEFORE_EVERYTHING, SeriesCache
from backend.db.unit_of_work import SqlStore
from bench.fixture import ACCOUNT, BLOCK_ROWS, HOUR_MS, History, make_database
from bench.history import application, asking, machine_ms
from bench.report import Result
from bench.timing import ratio, side_by_side

FIVE_YEARS_OF_HOURS = History(5 * BLOCK_ROWS, HOUR_MS)
PATH = "/api/performance/twr-history?days=0&points=500"
GOAL_WARM, GOAL_RESTARTED, GOAL_KIB = 2.0, 10.0, 24.0


class ForgetfulCache(SeriesCache):
    """Has nothing in memory, as after a start."""

    def get(self, *asked: Any) -> Any:
        self._held.clear()
        return super().get(*asked)


def measure() -> list[Result]:
    """Return the ratios to a constant answer of a bare Flask application, of the same bytes, and the size sent."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        engine = stack.enter_context(_history(Path(folder)))
        body = application(engine).get(PATH).get_data()
        restarted = application(engine)
        services: ApiServices = restarted.application.extensions["portfolio"]
        services.performance._series = ForgetfulCache()
        calls: dict[str, Callable[[], object]] = {
            "constant": asking(_constant(body), "/constant"),
            "again": asking(application(engine, lambda: 1), PATH),
            "anew": asking(application(engine), PATH),
            "restarted": asking(restarted, PATH),
        }
        timings = side_by_side(calls, turns=10, per_turn=5)
    base = timings["constant"]
    told = {name: f"{one.p50_s * 1000:.2f} ms against {base.p50_s * 1000:.2f} ms" for name, one in timings.items()}
    size = len(gzip.compress(body, 6)) / 1024
    return [
        Result("five-year chart / constant, asked again", ratio(timings["again"], base), GOAL_WARM, "x", told["again"]),
        Result(
            "five-year chart / constant, built anew", ratio(timings["anew"], base), GOAL_RESTARTED, "x", told["anew"]
        ),
        Result(
            "five-year chart / constant, after a start",
            ratio(timings["restarted"], base),
            GOAL_RESTARTED,
            "x",
            told["restarted"],
        ),
        Result("five-year chart, sent", size, GOAL_KIB, "KiB", f"{len(body)} bytes, gzip"),
    ]


@contextmanager
def _history(folder: Path) -> Iterator[Engine]:
    engine = make_database(folder / "chart.db", FIVE_YEARS_OF_HOURS)
    store = SqlStore(engine, machine_ms)
    with store.write() as unit:
        # As the collector packs it, all but the rows of the last month.
        rows = unit.snapshots.series_after(ACCOUNT, BEFORE_EVERYTHING)
        unit.packed.put(ACCOUNT, 0, rows.part(0, int(rows.at_ms[-720])))
    yield engine
    engine.dispose()


def _constant(body: bytes) -> Any:
    app = Flask(__name__)
    app.add_url_rule("/constant", view_func=lambda: Response(body, mimetype="application/json"))
    return app.test_client()
