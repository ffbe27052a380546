"""Days that an export tells: those of its lines, but for days of which it has a line that nobody understands."""

from __future__ import annotations

from typing import Final

import pytest

from backend.core.imports.statements.covered import covered
from backend.core.imports.statements.entries import NO_MOVE, UNKNOWN_OPERATION, WRONG_WIDTH, StatementLine
from backend.core.model.instants import DAY_MS, HOUR_MS

LATER: Final = 1_000 * DAY_MS


def line(day: float | None, reason: str | None = None) -> StatementLine:
    at_ms = None if day is None else int(day * DAY_MS)
    return StatementLine(2, at_ms, reason=reason, ignored=reason == NO_MOVE)


@pytest.mark.parametrize(("lines", "told"), [
    ([line(3), line(9.5)], [(3, 10)]),
    # Refused in the middle, at both ends, on two days in a row.
    ([line(3), line(5.2, UNKNOWN_OPERATION), line(9)], [(3, 5), (6, 10)]),
    ([line(3, UNKNOWN_OPERATION), line(5), line(9, UNKNOWN_OPERATION)], [(4, 9)]),
    ([line(3), line(4, WRONG_WIDTH), line(5, UNKNOWN_OPERATION), line(5.5), line(6)], [(3, 4), (6, 7)]),
    ([line(3, UNKNOWN_OPERATION)], []),
    # What moves nothing is understood.
    ([line(3), line(5, NO_MOVE), line(9)], [(3, 10)]),
    # Without an instant: any day from the line before it to the one after it, whichever way the file runs.
    ([line(3), line(5), line(None, WRONG_WIDTH), line(7), line(9)], [(3, 5), (8, 10)]),
    ([line(9), line(7), line(None, WRONG_WIDTH), line(5), line(3)], [(3, 5), (8, 10)]),
    ([line(None, WRONG_WIDTH), line(3), line(5)], [(4, 6)]),
    ([line(3), line(5), line(None, WRONG_WIDTH)], [(3, 5)]),
    ([line(None, WRONG_WIDTH)], []),
    ([line(0, UNKNOWN_OPERATION), line(None, WRONG_WIDTH), line(2), line(3)], [(3, 4)]),
])  # fmt: skip
def test_days_with_a_line_that_nobody_understands_are_not_told(
    lines: list[StatementLine], told: list[tuple[int, int]]
) -> None:
    found = covered("trades", (), lines, (), LATER)
    assert [(one.from_ms / DAY_MS, one.until_ms / DAY_MS) for one in found] == told


def test_nothing_later_than_now_is_told() -> None:
    (found,) = covered("trades", (), [line(3), line(9)], (), 9 * DAY_MS + HOUR_MS)
    assert found.until_ms == 9 * DAY_MS + HOUR_MS
