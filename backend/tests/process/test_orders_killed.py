"""Killed in the middle of orders, on an exchange that loses every fifth answer, no order is doubled and none is lost.

All 200 kills are run by `make soak ARGS="orders o1 o1-three"`, by the same code (docs/evidence/orders.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.order_run import Outcome, kills, naive_doubles
from backend.tests.process.tree import needs_proc

pytestmark = [pytest.mark.process, needs_proc]

SEED: Final = 20_261_121
KILLS: Final = 50
OF_THEM_IN_A_ROW: Final = 9


def told(outcome: Outcome) -> str:
    """Where the kills landed, for whoever reads the output of the tests."""
    return f"{outcome.kills} kills in {outcome.runs} runs of {outcome.orders} orders: {dict(outcome.landed)}"


@pytest.mark.parametrize(("count", "in_a_row"), [(KILLS - OF_THEM_IN_A_ROW, 1), (OF_THEM_IN_A_ROW, 3)])
def test_kills_double_nothing_lose_nothing_and_end_as_if_undisturbed(tmp_path: Path, count: int, in_a_row: int) -> None:
    outcome = kills(tmp_path, SEED + in_a_row, count, in_a_row=in_a_row)
    print(told(outcome))  # noqa: T201 - where kills landed belongs to what the test says
    assert outcome.wrong == []
    assert outcome.kills == count
    assert outcome.in_an_order >= 0.75, told(outcome)


def test_a_client_that_sends_again_on_silence_doubles_orders_under_the_same_kills(tmp_path: Path) -> None:
    meant, made = naive_doubles(tmp_path, SEED, 50, 4)
    assert made > meant
