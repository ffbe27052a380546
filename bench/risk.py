"""What the figures themselves cost: risk beside quantstats, XIRR beside pyxirr, TWR beside numpy."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyxirr

from backend.core.model.instants import DAY_MS, to_ms
from backend.core.performance.figure import Figure
from backend.core.performance.growth_index import growth_index
from backend.core.performance.mwr import xirr, xirr_at
from backend.core.performance.risk_lines import risk_pairs
from backend.core.performance.risk_sample import Line, Sample
from backend.core.performance.twr import Flow
from bench.report import Result
from bench.timing import ratio, side_by_side
from scripts.bootstrap import ROOT, venv_python

GOAL_RISK, GOAL_XIRR, GOAL_TWR = 0.1, 1.5, 12.0
DAYS, FLOWS, POINTS = 1_825, 1_000, 525_600
BEGIN = datetime(2021, 1, 1, tzinfo=UTC)
YEAR = 365


class NotInstalledError(Exception):
    """What is compared with is not there."""


def measure_risk() -> list[Result]:
    """Return the ratio of the risk figures of five years to the same ones of quantstats."""
    rng = np.random.default_rng(7)
    b = rng.normal(0, 0.03, DAYS)
    r = 0.8 * b + rng.normal(0, 0.02, DAYS)
    own, benchmark = _line(r), _line(b)
    sample = Sample(0, own, benchmark, None)

    def ours() -> None:
        risk_pairs(sample, 0.0, (Figure(0.1), Figure(0.1)))

    with _quantstats(r, b) as theirs:
        timings = side_by_side({"ours": ours, "theirs": theirs}, turns=20, per_turn=3)
    detail = f"{timings['ours'].p50_s * 1000:.2f} ms against {timings['theirs'].p50_s * 1000:.2f} ms, with benchmark"
    return [Result("risk figures of 5 years / quantstats", _of(timings), GOAL_RISK, "x", detail)]


def measure_xirr() -> list[Result]:
    """Return the ratio of our XIRR of 1,000 payments, by the second, to pyxirr's of the same, which knows days alone.

    Each has the amounts as decimals and the instants in the form that it takes.
    """
    payments = _payments()
    instants, dates = [to_ms(flow.at) for flow in payments], [flow.at for flow in payments]
    amounts = [flow.amount for flow in payments]
    if xirr_at(instants, amounts) != xirr(payments):
        raise RuntimeError("the two forms of payments have different rates")

    def ours() -> None:
        xirr_at(instants, amounts)

    def theirs() -> None:
        pyxirr.xirr(dates, amounts)

    timings = side_by_side({"ours": ours, "theirs": theirs}, turns=20, per_turn=20)
    detail = f"{timings['ours'].p50_s * 1000:.2f} ms against {timings['theirs'].p50_s * 1000:.2f} ms"
    return [Result("XIRR of 1,000 flows / pyxirr", _of(timings), GOAL_XIRR, "x", detail)]


def measure_twr() -> list[Result]:
    """Return the ratio of computing the growth index of 525,600 points anew to one pass of numpy over as many."""
    rng = np.random.default_rng(3)
    values = 1_000 * np.exp(np.cumsum(rng.normal(0, 0.001, POINTS)))
    flows = np.where(np.arange(POINTS) % 5_000 == 0, 50.0, 0.0)
    bases = values + flows
    factors = values[1:] / bases[:-1]

    def ours() -> None:
        growth_index(values, bases)

    def theirs() -> None:
        np.multiply.accumulate(factors)

    timings = side_by_side({"ours": ours, "theirs": theirs}, turns=20, per_turn=5)
    detail = f"{timings['ours'].p50_s * 1000:.2f} ms against {timings['theirs'].p50_s * 1000:.2f} ms"
    return [Result("TWR of 525,600 points anew / one numpy pass", _of(timings), GOAL_TWR, "x", detail)]


def _of(timings: Any) -> float:
    return ratio(timings["ours"], timings["theirs"])


def _line(returns: np.ndarray) -> Line:
    index = np.concatenate([[1.0], np.cumprod(1 + returns)])
    return Line(returns, index, np.arange(len(index), dtype=np.int64) * DAY_MS)


def _payments() -> list[Flow]:
    rng = random.Random(3)
    inside = [
        Flow(
            BEGIN + timedelta(seconds=rng.randint(1, 5 * YEAR * 86_400 - 1)),
            Decimal(rng.randint(-90_000, 60_000)) / 100,
        )
        for _ in range(FLOWS - 2)
    ]
    opening = Flow(BEGIN, Decimal(-50_000))
    paid = -sum((flow.amount for flow in inside), -opening.amount)
    closing = Flow(BEGIN + timedelta(days=5 * YEAR), (paid * Decimal("1.6")).quantize(Decimal("0.01")))
    return [opening, *sorted(inside, key=lambda flow: flow.at), closing]


@contextmanager
def _quantstats(r: np.ndarray, b: np.ndarray) -> Iterator[Callable[[], object]]:
    """A call that has quantstats compute its figures; a word there and back is no part of them worth telling."""
    python = venv_python(ROOT / ".venv-quantstats")
    if not python.exists():
        raise NotInstalledError("quantstats has an environment of its own: `make bench` makes it")
    script = str(Path(__file__).with_name("quantstats_alone.py"))
    with subprocess.Popen([str(python), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("a process without pipes")
        ask, answer = child.stdin, child.stdout

        def say(words: str) -> None:
            print(words, file=ask, flush=True)
            if not answer.readline():
                raise NotInstalledError("quantstats gave up; what it said stands above")

        say(json.dumps([r.tolist(), b.tolist()]))
        yield lambda: say("again")
        ask.close()
