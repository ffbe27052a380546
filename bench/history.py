"""Whether answers and new snapshots stay as quick when the history gets long."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast

from flask.testing import FlaskClient
from sqlalchemy import Engine

from backend.api.answers import ReadCache
from backend.app import create_app
from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.market import Candle, CandleAsk, Symbol
from backend.core.portfolio_view import ViewSettings
from backend.core.ports import Exchange
from backend.db.unit_of_work import SqlStore
from backend.services.snapshot_builder import SnapshotBuilder
from bench.constant_app import constant_app
from bench.fixture import (
    ACCOUNT,
    BLOCK_ROWS,
    ENVIRONMENT,
    HOLDINGS,
    HOUR_MS,
    LEASE_EPOCH,
    MINUTE_MS,
    NEWEST_MS,
    History,
    make_database,
)
from bench.report import Result
from bench.timing import Timings, ratio, side_by_side

YEAR_OF_HOURS = History(BLOCK_ROWS, HOUR_MS)
YEAR_OF_MINUTES = History(525_600, MINUTE_MS)
TEN_YEARS_OF_MINUTES = History(5_256_000, MINUTE_MS)
GOAL_STATS, GOAL_AGAIN, GOAL_APPEND = 1.2, 2.0, 1.5
STATS = "/api/performance/stats"
OPENED_MS = NEWEST_MS - 300 * 24 * HOUR_MS
BROWSER = {"Accept-Encoding": "gzip"}
SETTINGS = ViewSettings(ENVIRONMENT, "USDT", 30, 3600, "UTC")


def measure_stats() -> list[Result]:
    """Return the ratio of `/api/performance/stats` at a year of minutes to a year of hours, and to a constant answer.

    Both lengths are built anew at every call, as after each new snapshot. Beside a constant answer of the same bytes
    stands the long one asked again.
    """
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        calls: dict[str, Callable[[], object]] = {}
        for name, history in (("short", YEAR_OF_HOURS), ("long", YEAR_OF_MINUTES)):
            engine = make_database(Path(folder) / f"{name}.db", history)
            stack.callback(engine.dispose)
            calls[name] = asking(application(engine), STATS)
        # The last one is the long history.
        again = application(engine, lambda: 1)
        body = again.get(STATS).get_data()
        timings = side_by_side(calls, turns=30, per_turn=10)
        beside = side_by_side(
            {"again": asking(again, STATS), "constant": asking(constant_app(body).test_client(), "/constant")}, 30, 10
        )
    told = f"{beside['again'].p50_s * 1000:.2f} ms against {beside['constant'].p50_s * 1000:.2f} ms"
    return [
        _compared("stats, 525,600 / 8,760 snapshots", timings, GOAL_STATS),
        Result(
            "stats of 525,600 / constant, asked again",
            ratio(beside["again"], beside["constant"]),
            GOAL_AGAIN,
            "x",
            told,
        ),
    ]


def measure_append() -> list[Result]:
    """Return the ratio of adding one snapshot, to the commit on disk, at 5,256,000 rows to 8,760."""
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as folder, ExitStack() as stack:
        calls: dict[str, Callable[[], object]] = {}
        for name, history in (("short", YEAR_OF_HOURS), ("long", TEN_YEARS_OF_MINUTES)):
            engine = make_database(Path(folder) / f"{name}.db", history)
            stack.callback(engine.dispose)
            calls[name] = appending(engine)
        timings = side_by_side(calls, turns=30, per_turn=10)
    return [_compared("adding a snapshot, 5,256,000 / 8,760", timings, GOAL_APPEND)]


def _compared(name: str, timings: dict[str, Timings], goal: float) -> Result:
    long_ms, short_ms = timings["long"].p50_s * 1000, timings["short"].p50_s * 1000
    return Result(
        name, ratio(timings["long"], timings["short"]), goal, "x", f"{long_ms:.2f} ms against {short_ms:.2f} ms"
    )


def machine_ms() -> int:
    return int(time.time() * 1000)


def application(engine: Engine, revision: Callable[[], int] | None = None) -> FlaskClient:
    """An application over `engine`, prepared as at a start; without a `revision` of the data it forgets every answer at
    once.
    """
    env = {"DATABASE_URL": engine.url.render_as_string(hide_password=False), "DEMO_MODE": "true"}
    services = Container(load_settings(env, env_file=Path("absent"))).services()
    services.charts.prepare()
    cache = ReadCache(revision or itertools.count().__next__)  # without one the data have always just changed
    return create_app(replace(services, cache=cache, dashboard=Path("absent"))).test_client()


def asking(client: FlaskClient, path: str) -> Callable[[], object]:
    """Return a call that asks as a browser does."""

    def ask() -> None:
        answer = client.get(path, headers=BROWSER)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}: {answer.get_data(as_text=True)[:300]}")

    return ask


def appending(engine: Engine) -> Callable[[], object]:
    """Return a call that lets an hour pass and brings the snapshots up to it."""
    exchange = cast(Exchange, SteadyMarket())  # the other calls of the port are not made here
    builder = SnapshotBuilder(SqlStore(engine, machine_ms), exchange, ACCOUNT, LEASE_EPOCH, "USDT", 3600)
    ledger = _ledger()
    hours = itertools.count(1)

    def append() -> None:
        if builder.update(ledger, None, NEWEST_MS + next(hours) * HOUR_MS) != 1:
            raise RuntimeError("one hour did not give one snapshot")

    return append


def _ledger() -> list[LedgerEvent]:
    """The deposits that explain what is held, so that a replay gives the balances."""
    return [
        LedgerEvent("deposit", asset, EventKind.DEPOSIT, OPENED_MS, (Leg(asset, Decimal(quantity), "in"),))
        for asset, (quantity, _) in HOLDINGS.items()
    ]


class SteadyMarket:
    """As much of an exchange as snapshots ask for, in memory: candles of every hour, with prices that never move."""

    def symbols(self) -> Sequence[Symbol]:
        return [Symbol(f"{asset}USDT", asset, "USDT", True) for asset in HOLDINGS if asset != "USDT"]

    def set_purpose(self, purpose: str) -> None:
        del purpose  # it has no fast or slow lane of questions

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        return [self._answer(ask) for ask in asks]

    def _answer(self, ask: CandleAsk) -> Sequence[Candle]:
        price = Decimal(HOLDINGS[ask.symbol.removesuffix("USDT")][1])
        step = MINUTE_MS if ask.start_ms is None or ask.interval == "1m" else HOUR_MS
        first = ask.end_ms // step - 1 if ask.start_ms is None else -(-ask.start_ms // step)
        return [Candle(n * step, (n + 1) * step, price) for n in range(first, ask.end_ms // step)][:1000]
