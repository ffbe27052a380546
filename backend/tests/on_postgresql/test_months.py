"""Snapshots lie in a partition a month: made when it is written to, by whoever holds the lock of all writers, and read
one after the other as far as a question needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, delete, event, func, select, text
from sqlalchemy.exc import IntegrityError

from backend.core.ledger.closing import Closing
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.performance.chain_shift import Repair
from backend.core.performance.hold_only import HoldRow
from backend.core.performance.snapshot_chain import Grid, extend
from backend.db.engine import make_engine
from backend.db.models import closings, snapshots
from backend.db.months import ends_of
from backend.db.shadows import hold_rows
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import ms, point
from backend.tests.database_places import url_of
from backend.tests.on_postgresql.conftest import NOW_MS
from backend.tests.on_postgresql.drill import backup_of, restore_of, restored

SHORT_MS: Final = 200
DECEMBER: Final = ms("2025-12-15T00:00:00+00:00")
JANUARY: Final = ms("2026-01-01T00:00:00+00:00")
MONTHS: Final = 40
NAMES: Final = (
    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'snapshots'::regclass ORDER BY 1"
)


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text(NAMES)).scalars())


def account_of(store: SqlStore, name: str = "test") -> int:
    with store.write() as unit:
        return unit.accounts.ensure("simulator", name, name).id


def rows_at(account: int, *instants: int) -> list[SnapshotRow]:
    return extend(account, None, [point(at_ms, "100") for at_ms in instants], [], Grid(HOUR_MS))


def append(store: SqlStore, account: int, *instants: int) -> None:
    with store.write() as unit:
        unit.snapshots.append(rows_at(account, *instants))


def month(number: int) -> int:
    """The first hour of the month so many before January 2026."""
    year, rest = divmod(2026 * 12 - number, 12)
    return ms(f"{year}-{rest + 1:02d}-01T01:00:00+00:00")


@pytest.fixture
def years(store: SqlStore) -> int:
    """An account with a row in each of many months, and another in the first ten of them alone."""
    account = account_of(store)
    instants = [month(number) for number in range(MONTHS - 1, -1, -1)]
    append(store, account, *instants)
    append(store, account_of(store, "ended"), *instants[:10])
    return account


def test_a_month_is_made_with_its_first_row_and_holds_those_of_its_days_alone(store: SqlStore, engine: Engine) -> None:
    account = account_of(store)
    assert names(engine) == []
    append(store, account, JANUARY - 1, JANUARY)
    assert names(engine) == ["snapshots_2025_12", "snapshots_2026_01"]
    append(store, account, JANUARY + DAY_MS)
    with engine.connect() as connection:
        for name, found in (("snapshots_2025_12", 1), ("snapshots_2026_01", 2)):
            assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() == found


def test_a_month_that_was_rolled_back_is_made_again(store: SqlStore, engine: Engine) -> None:
    account = account_of(store)

    def fail() -> None:
        with store.write() as unit:
            unit.snapshots.append(rows_at(account, JANUARY))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(engine) == []
    append(store, account, JANUARY)
    assert names(engine) == ["snapshots_2026_01"]


def test_readers_neither_hold_up_who_makes_a_month_nor_wait_nor_see_it(
    store: SqlStore, engine: Engine, database: Path
) -> None:
    account = account_of(store)
    append(store, account, DECEMBER)
    hurried = make_engine(url_of(database), busy_ms=SHORT_MS)
    beside = SqlStore(hurried, lambda: NOW_MS)
    with beside.read() as early:
        first = early.snapshots.last(account)
        with store.write() as unit:
            unit.snapshots.append(rows_at(account, JANUARY))
            with beside.read() as meanwhile:
                assert meanwhile.snapshots.last(account) == first
                assert [one.id for one in meanwhile.accounts.in_environment("simulator")] == [account]
            locks = unit.connection.execute(
                text(
                    "SELECT relation::regclass::text || ' ' || mode FROM pg_locks WHERE pid = pg_backend_pid()"
                    " AND relation IN ('snapshots'::regclass, 'closings'::regclass, 'hold_rows'::regclass,"
                    " 'accounts'::regclass)"
                )
            ).scalars()
            assert [one for one in locks if one.endswith(" AccessExclusiveLock")] == []
        assert early.snapshots.last(account) == first
        assert len(early.snapshots.from_instant(account, 0, 10)) == 1
    with beside.read() as late:
        found = late.snapshots.last(account)
        assert found is not None
        assert found.at_ms == JANUARY
    hurried.dispose()


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def months_in_plans(engine: Engine, asked: list[tuple[str, Any]]) -> set[str]:
    """Those that the server would look at for any of some statements."""
    known, found = names(engine), set[str]()
    with engine.connect() as connection:
        for statement, parameters in asked:
            if "FROM snapshots" in statement:
                lines = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
                found |= {name for line in lines for name in known if name in line}
    return found


@pytest.mark.parametrize(
    ("question", "answer_ms", "most"),
    [
        (lambda unit, account: unit.snapshots.last(account).at_ms, month(0), 1),
        (lambda unit, account: unit.snapshots.last(account, month(20)).at_ms, month(21), 3),
        (lambda unit, account: unit.snapshots.at_or_before(account, month(20)).at_ms, month(20), 1),
        (lambda unit, account: unit.snapshots.newest([account])[account].at_ms, month(0), 1),
        (lambda unit, account: unit.snapshots.first(account).at_ms, month(MONTHS - 1), 1),
        (lambda unit, account: unit.snapshots.first_after(account, month(20)).at_ms, month(19), 3),
        (lambda unit, account: unit.snapshots.page([account], None, None, 3)[2].at_ms, month(2), 3),
        (lambda unit, account: unit.snapshots.page([account], month(20), None, 1)[0].at_ms, month(20), 1),
        (lambda unit, account: unit.snapshots.from_instant(account, month(20), 3)[2].at_ms, month(18), 3),
        (lambda unit, account: unit.shadows.chain(account, month(20), 2)[1][1], month(18), 3),
        (lambda unit, account: unit.wholes.next_ms([account], month(20) - 1), month(20), 1),
        (lambda unit, account: unit.charts.ground(account).until_ms, month(0), 1),
    ],
)
def test_a_question_about_few_rows_looks_at_few_months(
    years: int, store: SqlStore, engine: Engine, question: Any, answer_ms: int, most: int
) -> None:
    # Where every month were in the plan all of them would be locked, too.
    for _ in range(14):  # the driver prepares what is asked again and again, and the server makes one plan for all
        with asked_of(engine) as asked, store.read() as unit:
            assert question(unit, years) == answer_ms
            locked = "SELECT count(DISTINCT relation) FROM pg_locks WHERE pid = pg_backend_pid() AND relation IN"
            held = unit.connection.execute(
                text(f"{locked} (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'snapshots'::regclass)")
            ).scalar_one()
        assert held <= most
    assert 1 <= len(months_in_plans(engine, asked)) <= most


def test_accounts_whose_rows_ended_long_ago_are_found_with_the_others(years: int, store: SqlStore) -> None:
    empty = account_of(store, "empty")
    ended = account_of(store, "ended")
    with store.read() as unit:
        found = unit.snapshots.newest([years, ended, empty])
        assert {account: row.at_ms for account, row in found.items()} == {years: month(0), ended: month(MONTHS - 10)}
        assert unit.snapshots.last(ended) == found[ended]
        assert unit.snapshots.last(empty) is None
        assert unit.snapshots.first(empty) is None
        assert unit.charts.ground(ended).until_ms == month(MONTHS - 10)
        assert unit.charts.ground(empty).until_ms is None
        ends = unit.wholes.ends([years, ended, empty])
        assert {account: (one.first_ms, one.last_ms) for account, one in ends.items()} == {
            years: (month(MONTHS - 1), month(0)),
            ended: (month(MONTHS - 1), month(MONTHS - 10)),
        }
        assert ends_of(unit.connection, [ended], month(5)) == {}
        page = unit.snapshots.page([years, ended], None, None, MONTHS + 10)
        assert [(row.at_ms, row.account_id) for row in page] == sorted(
            ((row.at_ms, row.account_id) for row in page), reverse=True
        )
        assert len(page) == MONTHS + 10
        second = unit.snapshots.page([years, ended], None, (page[34].at_ms, page[34].account_id), 100)
        assert second == page[35:]
        assert len(unit.snapshots.from_instant(years, 0, 1000)) == MONTHS


def _hung(store: SqlStore, account: int) -> list[int]:
    """A closing and a hold row on each snapshot; returns the numbers of these."""
    with store.write() as unit:
        rows = [(row[0], row[1]) for row in unit.shadows.chain(account, 0, 100)]
        unit.proofs.add_closings(account, [(number, Closing(at_ms, *[Decimal(1)] * 5)) for number, at_ms in rows])
        unit.shadows.add_hold(
            account, [(number, HoldRow(at_ms, Decimal(1), 1.0, None, None)) for number, at_ms in rows]
        )
    return [number for number, _ in rows]


def test_what_hangs_on_a_snapshot_goes_with_it_and_is_refused_without_it(store: SqlStore, engine: Engine) -> None:
    account = account_of(store)
    append(store, account, DECEMBER, JANUARY, JANUARY + HOUR_MS)
    numbers = _hung(store, account)
    with store.write() as unit:
        unit.snapshots.delete_from(account, JANUARY + HOUR_MS)
        repair = Repair(DECEMBER, [DECEMBER], [], [], line_lost=False)
        unit.snapshots.repair(account, repair)
    with engine.connect() as connection:
        for table in (snapshots.c.id, closings.c.snapshot_id, hold_rows.c.snapshot_id):
            assert list(connection.execute(select(table)).scalars()) == [numbers[1]]
    with pytest.raises(IntegrityError, match="fk_closings_snapshot_id"), store.write() as unit:
        unit.proofs.add_closings(account, [(numbers[0], Closing(DECEMBER, *[Decimal(1)] * 5))])
    with store.write() as unit:
        unit.shadows.forget_hold(account, 0)
    with pytest.raises(IntegrityError, match="fk_hold_rows_snapshot_id"), store.write() as unit:
        # A number that is there, and of another instant.
        unit.shadows.add_hold(account, [(numbers[1], HoldRow(DECEMBER, Decimal(1), 1.0, None, None))])
    with store.write() as unit:
        unit.accounts.remove(account)
    with engine.connect() as connection:
        for each in (snapshots, closings, hold_rows):
            assert connection.execute(select(func.count()).select_from(each)).scalar() == 0


def test_rows_that_a_repair_or_a_rebuild_puts_into_months_without_any_are_there(
    store: SqlStore, engine: Engine
) -> None:
    account = account_of(store)
    append(store, account, JANUARY)
    (late,) = rows_at(account, DECEMBER)
    with store.write() as unit:
        unit.snapshots.repair(account, Repair(DECEMBER, [], [], [late], line_lost=False))
    assert names(engine) == ["snapshots_2025_12", "snapshots_2026_01"]
    instants = [month(number) for number in (9, 8, 4)]
    with store.write() as unit:
        unit.snapshots.delete_from(account, 0)
        unit.drafts.replace_after(account, 0, rows_at(account, *instants))
        unit.drafts.adopt(account, JANUARY)
        found = [row.at_ms for row in unit.snapshots.from_instant(account, 0, 10)]
    assert found == instants
    assert len(names(engine)) == 5


def test_months_are_laid_aside_by_a_restore_and_whoever_goes_on_writes_into_those_of_the_restored(
    store: SqlStore, engine: Engine, database: Path, tmp_path: Path
) -> None:
    account = account_of(store)
    append(store, account, DECEMBER)
    _hung(store, account)
    file = backup_of(engine, tmp_path)
    append(store, account, JANUARY)
    restore_of(database).restore(file, force=False)
    assert names(engine) == ["snapshots_2025_12"]
    with engine.connect() as connection:
        aside = "SELECT tablename FROM pg_tables WHERE schemaname = 'before_restore' AND tablename LIKE 'snapshots_2%'"
        assert set(connection.execute(text(aside)).scalars()) == {"snapshots_2025_12", "snapshots_2026_01"}
        assert connection.execute(text("SELECT count(*) FROM before_restore.snapshots")).scalar() == 2
    append(store, account, JANUARY)
    with store.read() as unit:
        assert [row.at_ms for row in unit.snapshots.from_instant(account, 0, 10)] == [DECEMBER, JANUARY]


@pytest.mark.parametrize("back_on", ["sqlite", "postgresql"])
def test_months_are_no_tables_of_their_own_in_a_backup_and_numbers_go_on(
    store: SqlStore, engine: Engine, tmp_path: Path, back_on: str
) -> None:
    account = account_of(store)
    append(store, account, DECEMBER, JANUARY, JANUARY + HOUR_MS)
    numbers = _hung(store, account)
    with store.write() as unit:
        unit.snapshots.delete_from(account, JANUARY + HOUR_MS)
    target, _ = restored(backup_of(engine, tmp_path), back_on, tmp_path)
    with engine.connect() as before, target.connect() as after:
        for table in (snapshots, closings, hold_rows):
            query = select(table).order_by(*table.primary_key.columns)
            assert after.execute(query).all() == before.execute(query).all()
    if back_on == "postgresql":
        append(SqlStore(target, lambda: NOW_MS), account, JANUARY + HOUR_MS)
        with target.connect() as connection:
            assert connection.execute(select(func.max(snapshots.c.id))).scalar_one() > max(numbers)
            assert names(target) == ["snapshots_2025_12", "snapshots_2026_01"]
    target.dispose()


def test_a_moment_and_account_has_one_row_whatever_the_number(store: SqlStore, engine: Engine) -> None:
    account = account_of(store)
    append(store, account, JANUARY)
    (again,) = rows_at(account, JANUARY)
    with pytest.raises(IntegrityError), store.write() as unit:
        unit.snapshots.append([replace(again, value=Decimal(2))])
    with engine.execution_options(writing=True).begin() as connection:
        connection.execute(delete(snapshots))
    append(store, account, JANUARY)
