"""Seeded price paths: what is called exact is the true figure, and nothing is that rests on what nobody told."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest

from backend.tests.histories.in_process import Course
from backend.tests.histories.path_truth import PathJudge
from backend.tests.histories.price_paths import COURSES, NOTHING_WITHHELD, Withheld, path_of, told_path, withholdings

PATHS: Final = range(4)
# One in which a pair that was traded before the first look is not told of.
TRADED_BEFORE: Final = 15
# Histories in which something went wrong once, by what was withheld.
ONCE_WRONG: Final = (
    # Three trades that nobody told, of one coin and in both directions.
    ("soak 401945167", Course(571081, "depeg"), "trades"),
    # The lowest midnight lies in the outage.
    ("soak 774786157", Course(150549, "flash_crash"), "wallet"),
    # The newest snapshot is that of a deposit without a price.
    ("soak 477642098", Course(571081, "depeg"), "price"),
    # The program looks half a minute after the coin is traded again: its price is told, its candle is not.
    ("soak 79074647", Course(920838, "calm"), "candles"),
)
# Old prices and unexplained changes say so themselves; without a wallet the total is one of a part.
SAYS: Final = {
    "candles": {"old_price"},
    "price": {"old_price", "no_price"},
    "wallet": {"partial"},
    "trades": {"unexplained_change", "negative_quantity"},
}


def judged(number: int, held: Withheld, folder: Path, database: Path) -> PathJudge:
    judge, course = PathJudge(held), COURSES[number % len(COURSES)]
    told_path(path_of(f"path {number}", folder, course), held, judge, folder / "played", database, course)
    return judge


def withheld(number: int, folder: Path) -> list[Withheld]:
    script = path_of(f"path {number}", folder, COURSES[number % len(COURSES)])
    return list(withholdings(script, random.Random(f"withheld {number}")))


@pytest.mark.parametrize("number", PATHS)
def test_every_figure_of_a_path_is_exact_and_the_true_one(number: int, tmp_path: Path, database: Path) -> None:
    judge = judged(number, NOTHING_WITHHELD, tmp_path, database)
    assert judge.wrong == []
    assert judge.told["exact"] > 50
    assert judge.reasons.keys() <= {"history_too_short"}


@pytest.mark.parametrize("number", PATHS)
def test_no_figure_is_called_exact_that_rests_on_what_nobody_told(number: int, tmp_path: Path, database: Path) -> None:
    ways = withheld(number, tmp_path)
    assert {"candles", "price", "wallet"} <= {held.kind for held in ways}
    for held in ways:
        judge = judged(number, held, tmp_path, database)
        assert judge.wrong == [], held
        assert judge.reasons.keys() & SAYS[held.kind], held


@pytest.mark.parametrize(("name", "course", "kind"), ONCE_WRONG)
def test_what_was_wrong_once_is_right(name: str, course: Course, kind: str, tmp_path: Path, database: Path) -> None:
    script = path_of(name, tmp_path, course)
    (held,) = (one for one in withholdings(script, random.Random(name)) if one.kind == kind)
    judge = PathJudge(held)
    told_path(script, held, judge, tmp_path / "played", database, course)
    assert judge.wrong == []
    assert judge.told["estimated"] > 0


def test_no_snapshot_is_called_exact_between_an_untold_trade_and_the_look_that_missed_it(
    tmp_path: Path, database: Path
) -> None:
    (held,) = (one for one in withheld(TRADED_BEFORE, tmp_path) if one.kind == "trades")
    assert judged(TRADED_BEFORE, held, tmp_path, database).wrong == []
