"""Log lines in the database: read by id and by what they are, bounded by age and by number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from backend.core.errors import DatabaseUnavailableError
from backend.core.log_book import LogBook
from backend.core.model.instants import DAY_MS
from backend.core.model.log_lines import Component, Level, LogFilter, LogLine, NumberedLine
from backend.db import log_lines
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.log_lines import SqlLogLines
from backend.db.state import SqlState
from backend.db.unit_of_work import SqlStore
from backend.db.work_models import log_lines as log_lines_table
from backend.services.log_keeper import LogKeeper
from backend.tests.integration.db.conftest import MachineClock
from backend.tests.query_plans import plan_of


@pytest.fixture
def quick(engine: Engine) -> Iterator[Engine]:
    made = make_engine(str(engine.url), durable=False, busy_ms=20)
    yield made
    made.dispose()


@pytest.fixture
def rows(engine: Engine, quick: Engine) -> SqlLogLines:
    return SqlLogLines(engine, quick)


def line(
    event: str,
    level: Level = "info",
    component: Component = "web",
    at_ms: int = 0,
    account: int | None = None,
    request: str | None = None,
) -> LogLine:
    return LogLine(at_ms, level, component, event, request, account, 1.5, {"n": 1, "words": "é", "many": [1, None]})


def events(found: list[NumberedLine]) -> str:
    return "".join(one.line.event for one in found)


def test_a_line_comes_back_as_it_was_and_filters_take_what_they_name(rows: SqlLogLines) -> None:
    stored = [
        line("a", "debug", "web", 1, None, "request-1"),
        line("b", "info", "collector", 2, 1),
        line("c", "warning", "exchange", 3, 2, "request-1"),
        line("d", "error", "web", 4, 1),
    ]
    rows.append(stored)
    assert [one.line for one in rows.newest(LogFilter(), 10, None)] == stored[::-1]

    def found(wanted: LogFilter) -> str:
        return events(list(rows.newest(wanted, 10, None)))

    assert [found(LogFilter(level)) for level in ("info", "warning", "error", "critical")] == ["dcb", "dc", "d", ""]
    assert found(LogFilter(component="web")) == "da"
    assert found(LogFilter(account_id=1)) == "db"
    assert found(LogFilter(request_id="request-1")) == "ca"
    assert found(LogFilter("warning", "web", 1, None)) == "d"


def test_pages_and_followers_miss_nothing_and_see_nothing_twice(rows: SqlLogLines, quick: Engine) -> None:
    rows.append([line(letter) for letter in "abcdefg"])
    book = LogBook(rows, LogKeeper(rows, 10, lambda: 0))
    first = book.page(LogFilter(), 3)
    rows.append([line("h")])
    second = book.page(LogFilter(), 3, first.next_before_id)
    third = book.page(LogFilter(), 3, second.next_before_id)
    assert [events(list(page.lines)) for page in (first, second, third)] == ["gfe", "dcb", "a"]
    assert third.next_before_id is None
    assert first.newest_id is not None
    followed = book.since(LogFilter(), 10, first.newest_id)
    assert events(list(followed.lines)) == "h"
    assert followed.newest_id is not None
    assert book.since(LogFilter(), 10, followed.newest_id).newest_id == followed.newest_id
    assert events([one for page in book.export(LogFilter()) for one in page]) == "hgfedcba"


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (LogFilter("warning"), "ix_log_lines_grave"),
        (LogFilter("error"), "ix_log_lines_grave"),
        (LogFilter(request_id="r"), "ix_log_lines_request_id"),
        (LogFilter(account_id=1), "ix_log_lines_account_id_id"),
        (LogFilter(component="web"), "ix_log_lines_component_id"),
    ],
)
def test_a_rare_line_among_many_is_found_by_an_index(
    engine: Engine, rows: SqlLogLines, wanted: LogFilter, index: str
) -> None:
    rows.append(
        [line("often", component="collector", account=2, request=f"request-{number}") for number in range(2_000)]
    )
    query = log_lines._matching(wanted).order_by(log_lines_table.c.id.desc()).limit(50)
    written = query.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE log_lines")
        plan = plan_of(connection, str(written))
    assert any(index in step for step in plan), plan


def test_lines_of_more_than_thirty_days_ago_are_dropped_a_few_at_a_time(rows: SqlLogLines) -> None:
    now = 100 * DAY_MS
    rows.append([line(letter, at_ms=now - 31 * DAY_MS) for letter in "abcde"])
    rows.append([line(letter, at_ms=now - DAY_MS) for letter in "fg"])
    assert [rows.forget_old(now, 2) for _ in range(4)] == [2, 2, 1, 0]
    assert events(list(rows.newest(LogFilter(), 10, None))) == "gf"


def test_of_lines_beyond_a_million_the_oldest_are_dropped(rows: SqlLogLines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_lines, "KEEP_ROWS", 3)
    rows.append([line(letter) for letter in "abcdefg"])
    assert [rows.forget_old(0, 100) for _ in range(2)] == [4, 0]
    assert events(list(rows.newest(LogFilter(), 10, None))) == "gfe"


def test_a_writer_that_is_busy_is_not_waited_for_and_does_not_wait(
    engine: Engine, store: SqlStore, rows: SqlLogLines
) -> None:
    keeper = LogKeeper(rows, 10, lambda: 0)
    keeper.take(line("a"))
    with store.write():
        keeper.take(line("b"))  # whoever logs inside a transaction goes on at once
        assert not keeper.flush()
        with pytest.raises(DatabaseUnavailableError):
            rows.append([line("x")])
    assert keeper.flush()
    assert events(list(rows.newest(LogFilter(), 10, None))) == "ba"


def test_the_state_of_the_database_is_found_out_by_writing_and_at_most_every_ten_seconds(
    engine: Engine, quick: Engine, store: SqlStore, clock: MachineClock
) -> None:
    now_s = 0.0
    state = SqlState(engine, quick, clock, lambda: now_s)
    assert state.lease_held() is False
    with store.write():
        refused = state.write()
    assert (refused.works, "locked" in refused.detail) == (False, True)
    assert not state.write().works  # not tried again yet
    now_s = 10.0
    assert state.write().works
    assert state.schema() == state.newest_schema


def test_the_lease_counts_while_its_holder_renews_it(engine: Engine, quick: Engine, clock: MachineClock) -> None:
    state = SqlState(engine, quick, clock)
    lease = SqlLease(engine, "me", 15_000, clock)
    lease.acquire()
    assert state.lease_held() is True
    clock.now += 60_000
    assert state.lease_held() is False
    lease.acquire()
    assert state.lease_held() is True
    lease.release()
    assert state.lease_held() is False
