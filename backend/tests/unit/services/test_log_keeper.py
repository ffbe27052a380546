"""Lines reach the database behind everybody's back: nobody waits for it, and what is left out is counted and told."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from backend.core.errors import DatabaseUnavailableError
from backend.core.log_book import LogBook
from backend.core.model.log_lines import LogFilter, LogLine, NumberedLine
from backend.services.log_keeper import BATCH, CLEAN_EVERY_S, DROPPED, LogKeeper

NOW = 1_800_000_000_000


class Rows:
    """Stored lines; `broken` refuses everything."""

    def __init__(self) -> None:
        self.stored: list[LogLine] = []
        self.batches: list[int] = []
        self.broken = False
        self.old = 0
        self.cleaned = 0

    def append(self, lines: Sequence[LogLine]) -> None:
        self._check()
        self.stored.extend(lines)
        self.batches.append(len(lines))

    def newest(self, wanted: LogFilter, limit: int, before_id: int | None) -> Sequence[NumberedLine]:
        self._check()
        return []

    def after(self, wanted: LogFilter, limit: int, after_id: int) -> Sequence[NumberedLine]:
        self._check()
        return []

    def forget_old(self, now_ms: int, most: int) -> int:
        self._check()
        self.cleaned += 1
        gone = min(self.old, most)
        self.old -= gone
        return gone

    def _check(self) -> None:
        if self.broken:
            raise DatabaseUnavailableError("The database is locked by another program")


class Clock:
    now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def keeper_of(rows: Rows, clock: Clock, kept: int = 100, waiting: int = 2_000) -> LogKeeper:
    return LogKeeper(rows, kept, lambda: NOW, monotonic_s=clock, waiting=waiting)


def line(number: int, level: str = "info") -> LogLine:
    return LogLine(NOW, "warning" if level == "warning" else "info", "program", str(number))


def test_lines_are_written_in_order_and_in_batches(rows: Rows, clock: Clock) -> None:
    keeper = keeper_of(rows, clock)
    for number in range(2 * BATCH + 10):
        keeper.take(line(number))
    assert rows.stored == []  # nobody who logs has written anything
    assert keeper.flush()
    assert [one.event for one in rows.stored] == [str(number) for number in range(2 * BATCH + 10)]
    assert rows.batches == [BATCH, BATCH, 10]


def test_while_the_database_is_busy_lines_wait_and_what_is_too_many_is_counted_and_told(
    rows: Rows, clock: Clock
) -> None:
    keeper = keeper_of(rows, clock, waiting=50)
    rows.broken = True
    for number in range(70):
        keeper.take(line(number))
    assert not keeper.flush()
    assert (rows.stored, keeper.dropped) == ([], 20)
    rows.broken = False
    assert keeper.flush()
    keeper.flush()
    assert [one.event for one in rows.stored] == [*map(str, range(50)), DROPPED]
    assert rows.stored[-1].fields == {"lines": 20}
    assert rows.stored[-1].level == "warning"
    keeper.flush()
    assert keeper.dropped == 20  # told once


def test_the_clean_up_runs_at_the_start_and_once_a_day_until_nothing_is_left(rows: Rows, clock: Clock) -> None:
    keeper = keeper_of(rows, clock)
    rows.old = 7_000
    keeper.step()
    assert (rows.old, rows.cleaned) == (0, 5)
    keeper.step()
    assert rows.cleaned == 5
    clock.now_s += CLEAN_EVERY_S
    rows.old = 1_000_000
    keeper.step()
    assert rows.old > 0  # the rest in further steps: nobody waits for all of it
    for _ in range(30):
        keeper.step()
    assert rows.old == 0


def test_memory_keeps_the_newest_and_answers_while_the_database_cannot_be_read(rows: Rows, clock: Clock) -> None:
    keeper = keeper_of(rows, clock, kept=10)
    for number in range(25):
        keeper.take(line(number, "warning" if number % 5 == 0 else "info"))
    rows.broken = True
    page = LogBook(rows, keeper).page(LogFilter(), 4)
    assert (page.source, page.newest_id, page.next_before_id) == ("memory", None, None)
    assert [one.line.event for one in page.lines] == ["24", "23", "22", "21"]
    warnings = LogBook(rows, keeper).since(LogFilter("warning"), 100, 3)
    assert [one.line.event for one in warnings.lines] == ["20", "15"]
    assert keeper.counts() == {"debug": 0, "info": 20, "warning": 5, "error": 0, "critical": 0}


def test_stopping_writes_what_still_waits(rows: Rows, clock: Clock) -> None:
    keeper = keeper_of(rows, clock)
    keeper.take(line(1))
    assert keeper.stop()
    assert [one.event for one in rows.stored] == ["1"]


def test_two_that_flush_at_once_write_every_line_once(rows: Rows, clock: Clock) -> None:
    keeper = keeper_of(rows, clock)
    for number in range(3):
        keeper.take(line(number))
    begun, second = threading.Event(), threading.Thread(target=lambda: keeper.flush(in_a_hurry=True))
    store = rows.append

    def append(lines: Sequence[LogLine]) -> None:
        if not begun.is_set():
            begun.set()
            second.start()
            second.join(0.2)  # it waits, or it has written the same lines by then
        store(lines)

    rows.append = append  # type: ignore[method-assign]
    assert keeper.flush(in_a_hurry=True)
    second.join()
    assert len(rows.stored) == 3
