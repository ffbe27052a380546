"""The audit trail in the database: one chain, however many write, in the transaction of the act or not at all."""

from __future__ import annotations

import multiprocessing
import random
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.core.acting import acting_as
from backend.core.audit_book import AuditBook, checked_chain
from backend.core.audit_chain import HEAD_LOST
from backend.core.errors import NotFoundError
from backend.core.model.accounts import Account
from backend.core.model.audit import AuditEntry, AuditFilter, ChainReport
from backend.db.engine import make_engine
from backend.db.unit_of_work import SqlStore
from backend.tests.database_places import url_of
from backend.tests.integration.db.conftest import MachineClock

ENVIRONMENT = "simulator"
WRITERS, EACH = 4, 25
EVERYTHING = AuditFilter()


def record(store: SqlStore, count: int, writer: str = "test") -> None:
    for number in range(count):
        with store.write() as unit:
            unit.audit.record("test.act", subject=f"{writer} {number}", details={"n": number})


def rows_of(store: SqlStore) -> list[AuditEntry]:
    with store.read() as unit:
        return list(unit.audit.after(None, 10_000))


def check(store: SqlStore) -> ChainReport:
    return checked_chain(store, MachineClock())


def places(report: ChainReport) -> list[tuple[str, int, int]]:
    return [(one.kind, one.first_id, one.last_id) for one in report.breaks]


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def book(store: SqlStore, clock: MachineClock) -> AuditBook:
    return AuditBook(store, ENVIRONMENT, clock)


def write_apart(url: str, writer: str) -> None:
    """What each process of the test below does."""
    engine = make_engine(url)
    record(SqlStore(engine, MachineClock()), EACH, writer)
    engine.dispose()


def expect_one_chain(store: SqlStore) -> None:
    rows = rows_of(store)
    assert [row.id for row in rows] == list(range(1, WRITERS * EACH + 1))
    for writer in range(WRITERS):
        # Nothing is lost, and each writer's acts stand in the order in which it did them.
        own = [row.subject for row in rows if row.subject.startswith(f"{writer} ")]
        assert own == [f"{writer} {number}" for number in range(EACH)]
    assert check(store).intact


def test_four_threads_that_write_at_once_make_one_chain(store: SqlStore) -> None:
    begin = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        begin.wait()
        record(store, EACH, str(writer))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect_one_chain(store)


def test_four_processes_that_write_at_once_make_one_chain(store: SqlStore, database: Path) -> None:
    context = multiprocessing.get_context("spawn")
    url = url_of(database)
    processes = [context.Process(target=write_apart, args=(url, str(writer))) for writer in range(WRITERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * WRITERS
    expect_one_chain(store)


def test_an_act_that_is_undone_leaves_no_row(store: SqlStore) -> None:
    record(store, 1)

    def fail() -> None:
        with store.write() as unit:
            unit.audit.record("test.act")
            unit.settings.set("name", "value")
            raise NotFoundError("no")

    with pytest.raises(NotFoundError):
        fail()
    record(store, 1)
    assert [row.id for row in rows_of(store)] == [1, 2]
    assert check(store).intact


def test_who_acts_and_from_where_is_written_down(store: SqlStore, account: Account, clock: MachineClock) -> None:
    with acting_as("user:admin", "192.0.2.10"), store.write() as unit:
        unit.audit.record("test.act", account_id=account.id, subject="a thing", details={"password": "canary"})
    record(store, 1)
    mine, others = rows_of(store)
    assert (mine.actor, mine.origin, mine.action, mine.subject) == ("user:admin", "192.0.2.10", "test.act", "a thing")
    assert (mine.account_id, mine.environment, mine.at_ms) == (account.id, ENVIRONMENT, clock.now)
    assert mine.details == '{"password":"[hidden]"}'
    assert (others.actor, others.origin, others.environment) == ("program", "", None)


def test_acts_outlive_the_account_that_they_were_about(store: SqlStore, account: Account, book: AuditBook) -> None:
    with store.write() as unit:
        unit.audit.record("account.delete", account_id=account.id)
        unit.accounts.remove(account.id)
    (row,) = book.page(EVERYTHING, 10, None).items
    assert (row.account_id, row.environment) == (account.id, ENVIRONMENT)
    assert check(store).intact


TYPED = "PostgreSQL refuses what is not of a column's kind"
EDITS = (
    "UPDATE audit SET at = at + 1 WHERE id = {n}",
    "UPDATE audit SET actor = 'user:nobody' WHERE id = {n}",
    "UPDATE audit SET origin = '198.51.100.7' WHERE id = {n}",
    "UPDATE audit SET action = 'test.other' WHERE id = {n}",
    "UPDATE audit SET environment = 'live' WHERE id = {n}",
    "UPDATE audit SET account = 9 WHERE id = {n}",
    "UPDATE audit SET subject = subject || ' ' WHERE id = {n}",
    "UPDATE audit SET details = '{{}}' WHERE id = {n}",
    "UPDATE audit SET previous_hash = hash WHERE id = {n}",
    "UPDATE audit SET hash = previous_hash WHERE id = {n}",
    "UPDATE audit SET at = 9000000000000000000 WHERE id = {n}",
    # SQLite takes anything in any column: a check, and the page, outlive it.
    *(
        pytest.param(f"UPDATE audit SET {edit} WHERE id = {{n}}", marks=pytest.mark.of_sqlite(reason=TYPED))
        for edit in ("at = 'yesterday'", "account = 'one'", "details = x'00ff'", "actor = 7.5")
    ),
)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_past_the_program_is_found_in_its_place(
    store: SqlStore, engine: Engine, book: AuditBook, edit: str
) -> None:
    record(store, 40)
    number = random.Random(edit).randint(1, 40)
    change(engine, edit.format(n=number))
    assert places(check(store)) == [("changed", number, number)]
    assert len(list(book.export(EVERYTHING).rows)) + ("'live'" in edit) == 40


def test_rows_that_are_gone_are_missed_the_last_ones_too(store: SqlStore, engine: Engine, book: AuditBook) -> None:
    record(store, 20)
    change(engine, "DELETE FROM audit WHERE id IN (3, 4)")
    assert places(check(store)) == [("missing", 3, 4)]
    change(engine, "DELETE FROM audit WHERE id > 18")
    assert places(check(store)) == [("missing", 3, 4), ("missing", 19, 20)]


def test_an_anchor_holds_the_last_rows_where_the_head_was_set_back(
    store: SqlStore, engine: Engine, book: AuditBook
) -> None:
    record(store, 20)
    assert book.check().intact
    change(engine, "DELETE FROM audit WHERE id > 15")
    change(engine, "UPDATE audit_head SET last_id = 15, hash = (SELECT hash FROM audit WHERE id = 15)")
    assert places(book.check()) == [("missing", 16, 20)]
    # It stays found, also when the numbers were given again.
    record(store, 10)
    assert places(book.check()) == [("rewritten", 1, 20)]


def test_a_head_that_is_gone_is_told_and_acts_go_on(store: SqlStore, engine: Engine) -> None:
    record(store, 3)
    change(engine, "DELETE FROM audit_head")
    assert places(check(store)) == [("head", 3, 3)]
    record(store, 1)
    assert [row.action for row in rows_of(store)][3:] == [HEAD_LOST, "test.act"]
    assert places(check(store)) == [("head", 4, 4)]


def test_a_check_is_kept_and_told_again(store: SqlStore, engine: Engine, book: AuditBook) -> None:
    assert book.last_check() is None
    assert book.check() == book.last_check()
    record(store, 2)
    change(engine, "UPDATE audit SET subject = 'x' WHERE id = 2")
    found = book.check()
    assert (found.intact, found == book.last_check()) == (False, True)


def test_a_page_is_of_this_environment_and_of_the_installation(
    store: SqlStore, account: Account, book: AuditBook
) -> None:
    with store.write() as unit:
        foreign = unit.accounts.ensure("live", "other", "other key")
        for one in (account.id, foreign.id, None):
            unit.audit.record("test.act", account_id=one)
    found = book.page(EVERYTHING, 10, None)
    assert [row.account_id for row in found.items] == [None, account.id]
    assert (found.total, found.accounts) == (2, {account.id: account.name})
    with pytest.raises(NotFoundError):
        book.page(AuditFilter(account_id=foreign.id), 10, None)
    with pytest.raises(NotFoundError):
        book.export(AuditFilter(account_id=foreign.id))


def test_pages_follow_each_other_without_hole_or_double(store: SqlStore, book: AuditBook) -> None:
    record(store, 7)
    first = book.page(EVERYTHING, 3, None)
    record(store, 1)
    second = book.page(EVERYTHING, 3, first.next_cursor)
    third = book.page(EVERYTHING, 3, second.next_cursor)
    assert [[row.id for row in page.items] for page in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert third.next_cursor is None


def test_filters_leave_what_they_say(store: SqlStore, account: Account, book: AuditBook, clock: MachineClock) -> None:
    acts = [
        ("program", "run.start", None, "run 1", {"n": 1}),
        ("user:admin", "run.stop", account.id, "run 1", {}),
        ("user:admin", "runaway", None, "100%_sure", {}),
    ]
    for who, action, account_id, subject, details in acts:
        clock.now += 1_000
        with acting_as(who), store.write() as unit:
            unit.audit.record(action, account_id=account_id, subject=subject, details=details)

    def left(**wanted: object) -> list[int]:
        return [row.id for row in book.page(AuditFilter(**wanted), 10, None).items]  # type: ignore[arg-type]  # by name

    assert left(action="run") == [2, 1]
    assert left(action="run.stop") == [2]
    assert left(actor="user:admin") == [3, 2]
    assert left(account_id=account.id) == [2]
    assert left(text="RUN 1") == [2, 1]
    # What a database takes for wild cards is text.
    assert left(text="0%_s") == [3]
    assert left(text="%") == [3]
    assert left(start_ms=clock.now - 1_000, end_ms=clock.now) == [2]
    assert book.page(EVERYTHING, 1, None).actions == ["run.start", "run.stop", "runaway"]
    assert book.page(EVERYTHING, 1, None).actors == ["program", "user:admin"]
