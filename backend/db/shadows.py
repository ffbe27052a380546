"""Shadows of an account: which plan its benchmark columns follow, and the rows of the hold-only shadow."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    ForeignKey,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from backend.core.model.amounts import plain
from backend.core.performance.hold_only import HoldRow, HoldState
from backend.db.dialect import upsert
from backend.db.models import metadata, partial_index, snapshots
from backend.db.months import check_by_month, first_rows
from backend.db.snapshots import benchmark_text
from backend.db.types import ExactDecimal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.shadow_ports import BenchmarkColumns, ChainRow

CHUNK = 500

# What the rows of an account were made by; a line that is absent: as a new installation has it.
benchmark_plans = Table(
    "benchmark_plans",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("plan", Text),
    Column("hold", Text),
    # From this instant on the money line of the benchmark has to be made anew: a flow there has changed.
    Column("line_from", BigInteger),
)

# One row a snapshot, gone with it; `state` where flows changed what is held.
hold_rows = Table(
    "hold_rows",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("value_usd", ExactDecimal, nullable=False),
    Column("hold_index", Double),
    Column("reason", Text),
    Column("state", Text),
    UniqueConstraint("account_id", "timestamp"),
    partial_index("ix_hold_rows_states", "account_id", "timestamp", where="state IS NOT NULL"),
)  # fmt: skip


class SqlShadows:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, account_id: int) -> str | None:
        """The plan that the benchmark columns of the account's snapshots follow."""
        return self.plans([account_id]).get(account_id)

    def plans(self, account_ids: Sequence[int]) -> Mapping[int, str]:
        """Plans of accounts, where one was ever set."""
        table = benchmark_plans.c
        query = select(table.account_id, table.plan).where(table.account_id.in_(account_ids), table.plan.is_not(None))
        return {row.account_id: row.plan for row in self._connection.execute(query)}

    def set_plan(self, account_id: int, plan: str) -> None:
        self._set(account_id, plan=plan)

    def line_from_ms(self, account_id: int) -> int | None:
        """From when on the money line of the benchmark is to be made anew; None: it is whole."""
        query = select(benchmark_plans.c.line_from).where(benchmark_plans.c.account_id == account_id)
        found: int | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def set_line_from(self, account_id: int, at_ms: int | None) -> None:
        self._set(account_id, line_from=at_ms)

    def chain(self, account_id: int, after_ms: int, limit: int) -> Sequence[ChainRow]:
        """The first snapshots later than an instant, oldest first."""
        table = snapshots.c
        query = select(table.id, table.timestamp, table.total_value_usd, table.flow_usd, table.reason)
        query = query.where(table.account_id == account_id).order_by(table.timestamp)
        rows: Sequence[Any] = first_rows(self._connection, query, limit, after_ms + 1)
        return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]

    def put_benchmark(self, account_id: int, columns: Sequence[tuple[int, BenchmarkColumns]]) -> None:
        """Put other benchmark columns into snapshots, told by their instants."""
        statement = (
            update(snapshots)
            .where(snapshots.c.account_id == account_id, snapshots.c.timestamp == bindparam("at"))
            .values(
                benchmark_index=bindparam("index"),
                benchmark_value_usd=bindparam("value"),
                benchmark_state=bindparam("state"),
            )
        )
        for start in range(0, len(columns), CHUNK):
            values = [
                {"at": at_ms, "index": index, "value": value, "state": None if tail is None else benchmark_text(tail)}
                for at_ms, (index, value, tail) in columns[start : start + CHUNK]
            ]
            self._connection.execute(statement, values)

    def hold_choice(self, account_id: int) -> str | None:
        """From when on, and how, the hold-only rows there are were made; None: there are none yet."""
        query = select(benchmark_plans.c.hold).where(benchmark_plans.c.account_id == account_id)
        found: str | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def begin_hold(self, account_id: int, choice: str) -> None:
        """Drop the rows there are: they are made anew, as the choice says."""
        self._connection.execute(delete(hold_rows).where(hold_rows.c.account_id == account_id))
        self._set(account_id, hold=choice)

    def add_hold(self, account_id: int, rows: Sequence[tuple[int, HoldRow]]) -> None:
        """Add rows, each with the id of its snapshot."""
        check_by_month(self._connection)
        for start in range(0, len(rows), CHUNK):
            values = [_values(account_id, snapshot, row) for snapshot, row in rows[start : start + CHUNK]]
            self._connection.execute(insert(hold_rows), values)

    def forget_hold(self, account_id: int, from_ms: int) -> None:
        """Drop the rows from an instant on: they are made anew."""
        own = hold_rows.c.account_id == account_id
        self._connection.execute(delete(hold_rows).where(own, hold_rows.c.timestamp >= from_ms))

    def hold_last_ms(self, account_id: int) -> int | None:
        """The instant of the newest row."""
        row = self._one(_of(account_id).order_by(hold_rows.c.timestamp.desc()))
        return None if row is None else row.at_ms

    def hold_state(self, account_id: int, at_ms: int) -> HoldState | None:
        """What is held after the last flow not later than an instant."""
        query = select(hold_rows.c.state).where(
            hold_rows.c.account_id == account_id, hold_rows.c.timestamp <= at_ms, hold_rows.c.state.is_not(None)
        )
        found = self._connection.execute(query.order_by(hold_rows.c.timestamp.desc()).limit(1)).scalar_one_or_none()
        return None if found is None else _state(found)

    def hold_by(self, account_id: int, at_ms: int) -> HoldRow | None:
        """The newest row not later than an instant."""
        query = _of(account_id).where(hold_rows.c.timestamp <= at_ms)
        return self._one(query.order_by(hold_rows.c.timestamp.desc()))

    def hold_first(self, account_id: int) -> HoldRow | None:
        return self._one(_of(account_id).order_by(hold_rows.c.timestamp))

    def hold_line(self, account_id: int, start_ms: int, end_ms: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Instants and index of all rows with start <= instant <= end, oldest first; NaN where there is no index."""
        table = hold_rows.c
        query = select(table.timestamp, table.hold_index).where(
            table.account_id == account_id, table.timestamp >= start_ms, table.timestamp <= end_ms
        )
        rows = self._connection.execute(query.order_by(table.timestamp)).all()
        index = [math.nan if row[1] is None else row[1] for row in rows]
        return np.array([row[0] for row in rows], dtype=np.int64), np.array(index, dtype=np.float64)

    def hold_since(self, account_id: int, start_ms: int, instants_ms: Sequence[int]) -> Mapping[int, float]:
        """The growth from the row of an instant on, as a ratio, at others; nothing where the shadow was not there."""
        table = hold_rows.c
        opening = self._one(_of(account_id).where(table.timestamp == start_ms))
        if opening is None or not opening.index:
            return {}
        found: dict[int, float] = {}
        for start in range(0, len(instants_ms), CHUNK):
            query = select(table.timestamp, table.hold_index).where(
                table.account_id == account_id,
                table.timestamp.in_(instants_ms[start : start + CHUNK]),
                table.hold_index.is_not(None),
            )
            for row in self._connection.execute(query):
                found[row.timestamp] = row.hold_index / opening.index - 1.0
        return found

    def _set(self, account_id: int, **changes: str | int | None) -> None:
        statement = upsert(self._connection)(benchmark_plans).values(account_id=account_id, **changes)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=changes))

    def _one(self, query: Select[Any]) -> HoldRow | None:
        row = self._connection.execute(query.limit(1)).first()
        return None if row is None else _row(row)


def _of(account_id: int) -> Select[Any]:
    return select(hold_rows).where(hold_rows.c.account_id == account_id)


def _values(account_id: int, snapshot_id: int, row: HoldRow) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot_id,
        "account_id": account_id,
        "timestamp": row.at_ms,
        "value_usd": row.value,
        "hold_index": row.index,
        "reason": row.reason,
        "state": None if row.state is None else _text(row.state),
    }


def _row(row: Row[Any]) -> HoldRow:
    state = None if row.state is None else _state(row.state)
    return HoldRow(row.timestamp, row.value_usd, row.hold_index, row.reason, state)


def _text(state: HoldState) -> str:
    units = {coin: plain(quantity) for coin, quantity in state.units.items()}
    return json.dumps([state.index, plain(state.base), units, state.exhausted, state.doubt, state.broken])


def _state(stored: str) -> HoldState:
    index, base, units, exhausted, doubt, broken = json.loads(stored)
    held = {coin: Decimal(quantity) for coin, quantity in units.items()}
    return HoldState(index, Decimal(base), held, exhausted, doubt, broken)
