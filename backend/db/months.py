"""Snapshots on PostgreSQL lie in a partition a month, UTC (0034); on SQLite all of them are in one table.

A month is made by whoever writes its first row, who holds the lock of all writers. It is made beside the table and then
attached, so that who reads waits for nothing. What is there is asked once a transaction, and not remembered beyond: a
month that was rolled back is not there, nor is one of the tables that a restore has laid aside.

A statement without bounds makes the server look at, and lock, every month. Reads of a few rows go from month to month
therefore, and further each time; bounds are written into the statement, for a plan made once for all bounds has every
month in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    RootTransaction,
    Row,
    Select,
    bindparam,
    func,
    select,
    text,
)

from backend.core.calendar_periods import month_starts
from backend.core.model.instants import from_ms, to_ms
from backend.db.dialect import on_postgresql
from backend.db.models import DAY_MS, accounts, snapshots

# From the first instant of a month to before that of the next one.
Stretch = tuple[int, int]
NAME: Final = "snapshots_%Y_%m"
BOUNDS: Final = text(
    "SELECT pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'snapshots'::regclass"
)
CHECK_BY_MONTH: Final = text("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
NUMBER: Final = re.compile(r"'(-?\d+)'")
# Nobody else makes a month while a writer writes, and rows of a later one are none of a reader's.
_KNOWN: Final = WeakKeyDictionary[RootTransaction, Sequence[Stretch]]()


def make_months(connection: Connection, instants_ms: Iterable[int]) -> None:
    """Make the months of instants that rows are about to have, where they are not there yet."""
    if not on_postgresql(connection):
        return
    wanted = {_month_of(day * DAY_MS) for day in {at_ms // DAY_MS for at_ms in instants_ms}}
    if not wanted:
        return
    missing = sorted(wanted.difference(_months(connection)))
    for start_ms, end_ms in missing:
        name = from_ms(start_ms).strftime(NAME)
        connection.execute(text(f"CREATE TABLE {name} (LIKE snapshots)"))
        bounds = f"FROM ({start_ms}) TO ({end_ms})"
        connection.execute(text(f"ALTER TABLE snapshots ATTACH PARTITION {name} FOR VALUES {bounds}"))
    transaction = connection.get_transaction()
    if missing and transaction is not None:
        _KNOWN.pop(transaction, None)


def check_by_month(connection: Connection) -> None:
    """Have rows that refer to snapshots, from here to the end of the transaction, looked for in one month each.

    The server checks a reference by a plan that it keeps, which would be one for all months, and lock all of them for
    each row.
    """
    if on_postgresql(connection):
        connection.execute(CHECK_BY_MONTH)


def days_of(connection: Connection, instant: ColumnElement[int], *which: ColumnElement[bool]) -> Iterator[int]:
    """The first instants of the days that rows of a table are of, asked for when the first is taken."""
    for day in connection.execute(select(instant // DAY_MS).where(*which).distinct()).scalars():
        yield day * DAY_MS


def stretches(
    connection: Connection, from_ms: int | None = None, before_ms: int | None = None, *, newest_first: bool = False
) -> Iterator[Stretch | None]:
    """Where rows with from <= instant < before can be, one month, two more, four more, ...; None: anywhere."""
    months = list(_months(connection)) if on_postgresql(connection) else []
    if not months:
        yield None
    if from_ms is not None:
        months = [month for month in months if month[1] > from_ms]
    if before_ms is not None:
        months = [month for month in months if month[0] < before_ms]
    if newest_first:
        months.reverse()
    start, count = 0, 1
    while start < len(months):
        part = months[start : start + count]
        yield min(part)[0], max(part)[1]
        start, count = start + count, count * 2


def within(stretch: Stretch | None, table: FromClause = snapshots) -> Sequence[ColumnElement[bool]]:
    """The conditions on snapshots, or an alias of them, that a stretch is."""
    if stretch is None:
        return ()
    start_ms, end_ms = stretch
    return table.c.timestamp >= _written(start_ms), table.c.timestamp < _written(end_ms)


def ends_of(
    connection: Connection, account_ids: Collection[int], after_ms: int | None = None, *, newest: bool = False
) -> dict[int, int]:
    """The instant of the first row, or the newest, of each of some accounts; without those that have none.

    Args:
        after_ms: of the rows later than that.
    """
    own, table = accounts.c, snapshots.c
    end = (func.max if newest else func.min)(table.timestamp)
    later = () if after_ms is None else (table.timestamp > after_ms,)
    found: dict[int, int] = {}
    for stretch in stretches(connection, None if after_ms is None else after_ms + 1, newest_first=newest):
        here = select(end).where(table.account_id == own.id, *later, *within(stretch)).scalar_subquery()
        missing = [account for account in account_ids if account not in found]
        rows = connection.execute(select(own.id, here).where(own.id.in_(missing)))
        found |= {account: at_ms for account, at_ms in rows if at_ms is not None}
        if len(found) == len(account_ids):
            break
    return found


def _written(value: int) -> BindParameter[int]:
    """A number that stands in the statement itself."""
    return bindparam(None, value, BigInteger(), literal_execute=True)


def first_rows(
    connection: Connection,
    query: Select[Any],
    limit: int,
    from_ms: int | None = None,
    before_ms: int | None = None,
    *,
    newest_first: bool = False,
) -> list[Row[Any]]:
    """The first rows of a query of snapshots with from <= instant < before.

    Args:
        query: in the order of instants; newest first where that is said.
    """
    if from_ms is not None:
        query = query.where(snapshots.c.timestamp >= from_ms)
    if before_ms is not None:
        query = query.where(snapshots.c.timestamp < before_ms)
    found: list[Row[Any]] = []
    for stretch in stretches(connection, from_ms, before_ms, newest_first=newest_first):
        found += connection.execute(query.where(*within(stretch)).limit(limit - len(found)))
        if len(found) >= limit:
            break
    return found


def _months(connection: Connection) -> Sequence[Stretch]:
    """The months that there are, oldest first."""
    transaction = connection.get_transaction()
    known = None if transaction is None else _KNOWN.get(transaction)
    if known is None:
        known = sorted(_bounds(told) for told in connection.execute(BOUNDS).scalars())
        if transaction is not None:
            _KNOWN[transaction] = known
    return known


def _bounds(told: str) -> Stretch:
    start, end = NUMBER.findall(told)
    return int(start), int(end)


def _month_of(at_ms: int) -> Stretch:
    at = from_ms(at_ms)
    ((start, end),) = pairwise(month_starts(at, at, 1))
    return to_ms(start), to_ms(end)
