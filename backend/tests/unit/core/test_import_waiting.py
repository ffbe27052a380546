"""What was on its way when it was read is asked for again until it is final, and not for ever."""

from __future__ import annotations

from backend.core.import_waiting import WAIT_MS, read_from, still_waiting
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS

NOW = 1_000 * DAY_MS


def row(at_ms: int, settled: bool = False) -> LedgerEvent:
    return LedgerEvent("fiat_deposit", str(at_ms), EventKind.DEPOSIT, at_ms, (), settled=settled)


def test_a_look_begins_at_the_oldest_row_that_is_on_its_way() -> None:
    assert read_from(NOW - DAY_MS, NOW - 9 * DAY_MS, NOW) == NOW - 9 * DAY_MS
    assert read_from(NOW - DAY_MS, NOW - 3, NOW) == NOW - DAY_MS
    assert read_from(NOW - DAY_MS, None, NOW) == read_from(NOW - DAY_MS, 0, NOW) == NOW - DAY_MS


def test_the_oldest_open_row_of_a_window_is_kept() -> None:
    rows = [row(NOW - 5), row(NOW - 9), row(NOW - 20, settled=True)]
    assert still_waiting(None, NOW - 30, NOW, NOW - 30, NOW, rows) == NOW - 9


def test_nothing_is_waited_for_once_every_row_is_final() -> None:
    assert still_waiting(NOW - 9, NOW - 30, NOW, NOW - 2, NOW, [row(NOW - 9, settled=True)]) == 0


def test_what_another_window_may_still_hold_is_not_forgotten() -> None:
    # The oldest became final; the window after it has not been read again yet.
    assert still_waiting(NOW - 25, NOW - 30, NOW - 20, NOW - 2, NOW, [row(NOW - 25, settled=True)]) == NOW - 20
    # A window elsewhere says nothing of it.
    assert still_waiting(NOW - 25, NOW - 10, NOW, NOW - 2, NOW, []) == NOW - 25


def test_a_row_that_never_ends_is_given_up() -> None:
    old = NOW - WAIT_MS - DAY_MS
    assert still_waiting(None, old - 5, NOW, old, NOW, [row(old)]) == 0
    start = read_from(NOW - DAY_MS, old, NOW)
    assert start == NOW - WAIT_MS
    assert still_waiting(old, start, start + 30 * DAY_MS, NOW - 2, NOW, []) == start + 30 * DAY_MS
    assert still_waiting(start + 30 * DAY_MS, start + 30 * DAY_MS, NOW, NOW - 2, NOW, []) == 0
