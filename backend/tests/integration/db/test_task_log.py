"""The log of the collector's tasks stays bounded, pages without holes, and counts refreshes by the hour."""

from __future__ import annotations

import pytest

from backend.core.model.accounts import Account
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.task_log import LEVELS, LogLevel, StoredLine, TaskLine
from backend.core.task_book import TaskBook
from backend.db.task_log import KEEP_LINES
from backend.db.unit_of_work import SqlStore
from backend.tests.integration.db.conftest import MachineClock

ENVIRONMENT = "simulator"


@pytest.fixture
def book(store: SqlStore, clock: MachineClock) -> TaskBook:
    return TaskBook(store, ENVIRONMENT, clock)


def line(account: Account, level: LogLevel = "ok", number: int = 0, took_ms: int | None = None) -> TaskLine:
    return TaskLine(level, "balances", account.id, numbers={"assets": number}, duration_ms=took_ms)


def numbers(lines: list[StoredLine]) -> list[int]:
    return [stored.line.numbers["assets"] for stored in lines]


def test_pages_follow_each_other_without_hole_or_double_also_when_lines_come_meanwhile(
    store: SqlStore, account: Account, book: TaskBook
) -> None:
    with store.write() as unit:
        for number in range(7):
            unit.task_log.note(line(account, number=number))
    first, cursor = book.lines("ok", None, None, 3, None)
    with store.write() as unit:
        unit.task_log.note(line(account, number=99))
    second, cursor = book.lines("ok", None, account.id, 3, cursor)
    third, end = book.lines("ok", "balances", None, 3, cursor)
    assert [numbers(list(page)) for page in (first, second, third)] == [[6, 5, 4], [3, 2, 1], [0]]
    assert end is None


def test_a_level_stands_for_itself_and_those_above_it(store: SqlStore, account: Account, book: TaskBook) -> None:
    with store.write() as unit:
        for level in LEVELS:
            unit.task_log.note(line(account, level))
    told = {least: [stored.line.level for stored in book.lines(least, None, None, 9, None)[0]] for least in LEVELS}
    assert told == {
        "ok": ["warning", "retry", "run", "ok"],
        "run": ["warning", "retry", "run"],
        "retry": ["warning", "retry"],
        "warning": ["warning"],
    }


def test_lines_and_counts_of_another_environment_are_not_told(
    store: SqlStore, account: Account, book: TaskBook
) -> None:
    with store.write() as unit:
        other = unit.accounts.ensure("demo", "demo", "other")
        unit.task_log.note(line(other))
        unit.task_log.note(TaskLine("retry", "streams", None, environment="demo"))
        unit.task_log.count_refresh(other.id, worked=False)
        unit.task_log.note(TaskLine("ok", "streams", None, environment=ENVIRONMENT))
        unit.task_log.note(line(account))
    assert [stored.line.task for stored in book.lines("ok", None, None, 9, None)[0]] == ["balances", "streams"]
    assert (book.refreshes().count.failed, book.refreshes().reason) == (0, "no_data_yet")


def test_good_news_do_not_push_a_warning_out(store: SqlStore, account: Account, clock: MachineClock) -> None:
    with store.write() as unit:
        unit.task_log.note(line(account, "warning"))
        for number in range(KEEP_LINES + 50):
            unit.task_log.note(line(account, number=number))
    clock.now += 2 * HOUR_MS
    with store.write() as unit:
        unit.task_log.forget_old()
        kept = unit.task_log.page(ENVIRONMENT, LEVELS, None, None, 2 * KEEP_LINES, None)
    assert len(kept) == KEEP_LINES + 1
    assert (kept[-1].line.level, kept[-2].line.numbers) == ("warning", {"assets": 50})


def test_lines_of_the_last_hour_stay_however_many(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        for number in range(KEEP_LINES + 50):
            unit.task_log.note(line(account, number=number))
        unit.task_log.forget_old()
        assert len(unit.task_log.page(ENVIRONMENT, LEVELS, None, None, 2 * KEEP_LINES, None)) == KEEP_LINES + 50


def test_lines_of_last_month_and_counts_of_last_week_are_forgotten(
    store: SqlStore, account: Account, clock: MachineClock
) -> None:
    with store.write() as unit:
        unit.task_log.note(line(account))
        unit.task_log.count_refresh(account.id, worked=True)
    clock.now += 31 * DAY_MS
    with store.write() as unit:
        unit.task_log.forget_old()
        assert unit.task_log.page(ENVIRONMENT, LEVELS, None, None, 9, None) == []
        assert unit.task_log.refreshes(ENVIRONMENT, 10_000).since_ms is None


def test_less_than_an_hour_is_no_share_and_never_all_of_nothing(
    store: SqlStore, account: Account, clock: MachineClock, book: TaskBook
) -> None:
    assert (book.refreshes().ratio, book.refreshes().reason) == (None, "no_data_yet")
    began = clock.now
    with store.write() as unit:
        unit.task_log.count_refresh(account.id, worked=True)
    clock.now += HOUR_MS - 1
    assert (book.refreshes().ratio, book.refreshes().reason) == (None, "too_short")
    clock.now += 1
    known = book.refreshes()
    assert (known.ratio, known.reason, known.count.since_ms) == (1.0, None, began)


def test_a_day_is_counted_and_what_is_older_is_not(
    store: SqlStore, account: Account, clock: MachineClock, book: TaskBook
) -> None:
    """48 hours, a try each half hour; the first day fails, and one try of the second."""
    clock.now -= clock.now % HOUR_MS
    for half in range(96):
        with store.write() as unit:
            unit.task_log.count_refresh(account.id, worked=half >= 48 and half != 60)
        clock.now += 30 * MINUTE_MS
    clock.now -= MINUTE_MS
    share = book.refreshes()
    assert (share.count.worked, share.count.failed) == (47, 1)
    assert share.ratio == 47 / 48


def test_the_latency_is_the_median_of_the_last_hour_and_its_course(
    store: SqlStore, account: Account, clock: MachineClock, book: TaskBook
) -> None:
    def run(took_ms: int, answer_ms: int) -> None:
        with store.write() as unit:
            done = TaskLine("ok", "balances", account.id, duration_ms=took_ms, answer_ms=answer_ms)
            unit.task_log.note(done)
            unit.task_log.note(TaskLine("retry", "balances", account.id, "exchange-unavailable", "no answer"))
            unit.task_log.note(TaskLine("ok", "streams", account.id))

    run(9_000, 9_000)
    clock.now += HOUR_MS + 1
    began = clock.now
    for took_ms in (100, 300, 200, 1_000):
        run(took_ms, took_ms // 10)
        clock.now += 10 * MINUTE_MS
    told = {one.component: one for one in book.latencies()}
    assert set(told) == {"exchange", "collector"}  # no snapshot was taken
    assert (told["collector"].median_ms, told["collector"].samples, told["collector"].since_ms) == (250, 4, began)
    assert told["exchange"].median_ms == 25
    assert [took for _, took in told["collector"].course] == [100, 300, 200, 1_000]
    instants = [at_ms for at_ms, _ in told["collector"].course]
    assert instants == sorted(instants)
    assert began - 90_000 < instants[0] <= began
