"""Days follow the snapshots: however these come, are cut off or come again, and in databases of before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event, text

from backend.core.model.accounts import Account
from backend.core.model.day_row import DayRow
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.performance.snapshot_chain import Grid, extend
from backend.db.migrate import MIGRATIONS
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, point
from backend.tests.query_plans import plan_of, reads_through

BEGIN = T0 + 15 * HOUR_MS + 7 * MINUTE_MS
ALWAYS = (0, 10**15)


def history(account_id: int, seed: int, hours: int = 200) -> list[SnapshotRow]:
    """Hourly snapshots from the middle of a day on, with flows between them, holes, doubts and a lost benchmark."""
    rng = random.Random(seed)
    points = [point(BEGIN, "1000", "50", kind="flow")]
    for hour in range(16, 16 + hours):
        at_ms = T0 + hour * HOUR_MS
        if rng.random() < 0.1:
            continue
        if rng.random() < 0.1:
            points.append(point(at_ms - 17 * MINUTE_MS, str(rng.randint(900, 1100)), "25.5", kind="flow"))
        doubt = "no_price:X" if rng.random() < 0.05 else None
        prices = None if rng.random() < 0.05 else (str(rng.randint(40_000, 60_000)), str(rng.randint(1_500, 2_500)))
        points.append(point(at_ms, str(rng.randint(900, 1100)), doubt=doubt, benchmark=prices))
    return extend(account_id, None, points, [], Grid(HOUR_MS))


def days(store: SqlStore, account_id: int) -> Sequence[DayRow]:
    with store.read() as unit:
        return unit.daily.rows(account_id, *ALWAYS)


def judged(rows: Sequence[SnapshotRow]) -> dict[int, tuple[object, ...]]:
    """The days by the words of the module, in plain loops."""
    found: dict[int, tuple[object, ...]] = {}
    for day in sorted({row.at_ms // DAY_MS * DAY_MS for row in rows}):
        inside = [row for row in rows if day <= row.at_ms < day + DAY_MS]
        hours = [row for row in inside if row.at_ms % HOUR_MS == 0]
        falls = [
            later.growth_index / earlier.growth_index - 1
            for place, earlier in enumerate(hours)
            for later in hours[place:]
        ]
        at_midnight = next((row for row in inside if row.at_ms == day), None)
        found[day] = (
            None if at_midnight is None else (at_midnight.growth_index, at_midnight.benchmark_index, at_midnight.value),
            len(hours),
            sum((row.value for row in hours), Decimal(0)),
            max((row.growth_index for row in hours), default=None),
            min((row.growth_index for row in hours), default=None),
            min(falls, default=None),
            sum(row.benchmark_value is not None for row in hours),
            next((row.reason for row in inside if row.reason is not None), None),
        )
    return found


def told(day: DayRow) -> tuple[object, ...]:
    opening, span = day.opening, day.growth
    return (
        None if opening is None else (opening.growth, opening.benchmark, opening.value),
        day.hours,
        day.value_sum,
        *((None, None, None) if span is None else (span.high, span.low, span.fall)),
        day.benchmark_hours,
        day.reason,
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_day_is_what_its_snapshots_say_whether_they_came_at_once_or_one_by_one(
    store: SqlStore, account: Account, seed: int
) -> None:
    rows = history(account.id, seed)
    rng = random.Random(seed)
    with store.write() as unit:
        other = unit.accounts.ensure("simulator", "other", "other")
        unit.snapshots.append([replace(row, account_id=other.id) for row in rows])
    left = list(rows)
    while left:
        size = rng.randint(1, 30)
        with store.write() as unit:
            unit.snapshots.append(left[:size])
        left = left[size:]
    found = days(store, account.id)
    assert {day.day_ms: told(day) for day in found} == judged(rows)
    assert [replace(day, account_id=other.id) for day in found] == days(store, other.id)


def test_the_newest_rows_of_several_accounts_are_found_by_the_index(engine: Engine, store: SqlStore) -> None:
    with store.write() as unit:
        one, other, empty = (unit.accounts.ensure("simulator", name, name).id for name in ("one", "other", "empty"))
        unit.snapshots.append(history(one, 1))
        unit.snapshots.append(history(other, 2)[:-5])
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    with store.read() as unit:
        found = unit.snapshots.newest([one, other, empty])
        statement = asked[-1]
        assert found == {account: unit.snapshots.last(account) for account in (one, other)}
    with engine.connect() as connection:
        plan = plan_of(connection, *statement)
    assert not reads_through(plan), plan


@pytest.mark.parametrize("seed", range(8))
def test_what_is_cut_off_at_any_instant_and_written_anew_leaves_no_trace(
    store: SqlStore, account: Account, seed: int
) -> None:
    rows = history(account.id, seed)
    with store.write() as unit:
        unit.snapshots.append([replace(row, value=row.value + 7) for row in rows])
    cut = random.Random(seed).choice(rows).at_ms
    with store.write() as unit:
        unit.snapshots.delete_from(account.id, cut)
    with store.read() as unit:
        kept = list(unit.snapshots.page([account.id], None, None, 1000))[::-1]
    assert {day.day_ms: told(day) for day in days(store, account.id)} == judged(kept)
    with store.write() as unit:
        unit.snapshots.delete_from(account.id, BEGIN)
        unit.snapshots.append(rows)
    assert {day.day_ms: told(day) for day in days(store, account.id)} == judged(rows)


def test_a_database_of_before_gets_the_days_of_its_snapshots(engine: Engine, store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.snapshots.append(history(account.id, 3))
    before = days(store, account.id)
    with engine.execution_options(writing=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0020-1")
        command.upgrade(config, "head")
    assert len(before) > 8
    assert days(store, account.id) == before


def test_days_go_away_with_their_account(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.snapshots.append(history(account.id, 1))
        unit.connection.execute(text("DELETE FROM accounts"))
    assert days(store, account.id) == []
