"""Seeded price paths: is every figure that is called exact the true one, whatever the program is not told?

One case is one small history on one course of prices. Played with nothing withheld, every figure must be exact and
true. Then it is played without each of these: candles around a flow, the price of a coin, a wallet for some looks,
the trades of a pair. The truth is the exchange's ledger times its candles (`backend/tests/histories/path_truth.py`).
"""

from __future__ import annotations

import logging
import random
import tempfile
from pathlib import Path
from typing import Final

import click
import structlog

from backend.tests.histories.in_process import Course
from backend.tests.histories.judge import empty_database
from backend.tests.histories.path_truth import PathJudge
from backend.tests.histories.price_paths import NOTHING_WITHHELD, path_of, told_path, withholdings
from soak.harness import Run, Tally, go, report

PATHS: Final = 300
SLICE: Final = 10
SCENARIOS: Final = ("calm", "bull", "bear", "crash", "flash_crash", "depeg")
SHOWN: Final = 3


@click.command("paths")
@click.option("--count", default=PATHS, show_default=True, help="How many histories.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Price paths with known returns: what is exact is true, and what was not told is never called exact."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("paths", seed, count, slice_size=SLICE)
    context.exit(report(run, go(run, some)))


def some(dice: random.Random, cases: int) -> Tally:
    """So many histories on one course of prices; `one(name, ...)` plays a history again."""
    tally = Tally()
    course = Course(dice.randrange(10**6), dice.choice(SCENARIOS))
    with tempfile.TemporaryDirectory(prefix="soak-paths-") as place:
        folder = Path(place)
        database = empty_database(folder)
        for _ in range(cases):
            tally.add(one(f"soak {dice.randrange(10**9)}", course, folder, database))
    return tally


def one(name: str, course: Course, folder: Path, database: Path) -> Tally:
    """One history, once whole and once without each thing that can be withheld from it."""
    tally = Tally()
    script = path_of(name, folder, course)
    tally.counts["histories"] += 1
    tally.counts["flows"] += len(script.crossings)
    for held in (NOTHING_WITHHELD, *withholdings(script, random.Random(name))):
        judge = PathJudge(held)
        try:
            told_path(script, held, judge, folder / "played", database, course)
        except Exception as broken:  # noqa: BLE001  # a history that stops the program is a finding, and the others go on
            judge.wrong.append(f"{type(broken).__name__}: {broken}")
        tally.counts[f"played without {held.kind}"] += 1
        tally.counts["figures called exact, compared with the truth"] += judge.told["exact"]
        tally.counts["figures marked"] += judge.told["estimated"] + judge.told["unavailable"]
        tally.counts[f"marked without {held.kind}"] += judge.told["estimated"]
        tally.failures += [f"{name}, {course}, {held}: {sentence}" for sentence in judge.wrong[:SHOWN]]
    return tally
