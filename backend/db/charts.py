"""Stored bodies of charts. One statement finds a body and says whether all that it rests on is as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    case,
    func,
    or_,
    select,
)

from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.ledger.residuals import ROW_CAUSES
from backend.core.stored_charts import ChartBody, ChartGround, FoundChart, StoredChart
from backend.db.dialect import upsert
from backend.db.models import account_sync, accounts, closing_findings, import_cursors, metadata, snapshots
from backend.db.months import stretches
from backend.db.shadows import benchmark_plans, hold_rows
from backend.db.wholes import whole_members

stored_charts = Table(
    "stored_charts",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("days", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    # What the account's rows were when it was made: a JSON list (`ChartGround`).
    Column("ground", Text, nullable=False),
    # The first of its rows, and whether a finding doubts any of them.
    Column("start", BigInteger, nullable=False),
    Column("doubted", Boolean, nullable=False),
    Column("digest", Text, nullable=False),
    # Compressed (core/packed_json.py).
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("account_id", "days"),
)

_SYNC, _CHART = account_sync.c, stored_charts.c
# Written into the statement, as in every one that is to leave older months alone (db/months.py).
SINCE: Final = bindparam("since", type_=BigInteger(), literal_execute=True)
# In the order of `ChartGround`.
_GROUND: Final = (
    _SYNC.rebuilds,
    select(func.max(snapshots.c.timestamp))
    .where(snapshots.c.account_id == _SYNC.account_id, snapshots.c.timestamp >= SINCE)
    .scalar_subquery()
    .label("until"),
    _SYNC.flow_changes,
    _SYNC.dirty_from,
    select(benchmark_plans.c.hold)
    .where(benchmark_plans.c.account_id == _SYNC.account_id)
    .scalar_subquery()
    .label("hold"),
    select(func.max(hold_rows.c.timestamp))
    .where(hold_rows.c.account_id == _SYNC.account_id)
    .scalar_subquery()
    .label("hold_until"),
    select(import_cursors.c.position)
    .where(
        import_cursors.c.account_id == _SYNC.account_id,
        import_cursors.c.source == IMPORT,
        import_cursors.c.key == WATCHED,
    )
    .scalar_subquery()
    .label("watched"),
)
_DOUBTED: Final = (
    select(closing_findings.c.until)
    .where(
        or_(
            closing_findings.c.account_id == _SYNC.account_id,
            closing_findings.c.account_id.in_(
                select(whole_members.c.account_id).where(whole_members.c.whole_id == _SYNC.account_id)
            ),
        ),
        closing_findings.c.until >= _CHART.start,
        closing_findings.c.cause.in_(ROW_CAUSES),
    )
    .exists()
    .label("doubted_now")
)
# Statements that are made once: what one costs to put together is more than it costs to run.
_ACCOUNT_GROUND: Final = select(*_GROUND).where(_SYNC.account_id == bindparam("account"))
_OF_ACCOUNT: Final = (
    select(*_GROUND, _DOUBTED, stored_charts.c.days, stored_charts.c.doubted, stored_charts.c.ground)
    .join_from(account_sync, stored_charts, _CHART.account_id == _SYNC.account_id)
    .where(_SYNC.account_id == bindparam("account"), _CHART.made_by == bindparam("made_by"))
)
_CHOSEN: Final = (
    select(
        *_GROUND,
        _DOUBTED,
        _SYNC.refreshed_machine,
        _SYNC.as_of,
        _SYNC.depegged,
        accounts.c.id,
        _CHART.doubted,
        _CHART.ground,
        _CHART.digest,
        _CHART.content,
    )
    .join_from(accounts, account_sync, _SYNC.account_id == accounts.c.id)
    .join(stored_charts, _CHART.account_id == _SYNC.account_id)
    .where(
        accounts.c.environment == bindparam("environment"),
        _CHART.days == bindparam("days"),
        _CHART.made_by == bindparam("made_by"),
    )
)
_BY_ACCOUNT: Final = _CHOSEN.where(accounts.c.id == bindparam("account"))
_others, _state = accounts.alias(), account_sync.alias()
_LISTED: Final = (_others.c.environment == bindparam("environment")) & (_others.c.id > 0)
_ONLY_ONE: Final = _CHOSEN.where(
    accounts.c.id > 0, select(func.count()).select_from(_others).where(_LISTED).scalar_subquery() == 1
)
# Of several accounts what stands for all together, where all are in it and none waits.
_TOGETHER: Final = _CHOSEN.where(
    accounts.c.id < 0,
    select(func.count()).select_from(_others).where(_LISTED).scalar_subquery() > 1,
    ~select(_others.c.id)
    .where(
        _LISTED,
        or_(
            _others.c.id.not_in(select(whole_members.c.account_id)),
            _others.c.id.in_(select(_state.c.account_id).where(_state.c.dirty_from.is_not(None))),
        ),
    )
    .exists(),
)
_REFRESHED: Final = (
    select(
        func.min(_SYNC.refreshed_machine),
        func.count(_SYNC.refreshed_machine),
        func.count(),
        func.max(case((_SYNC.depegged, 1), else_=0)),
    )
    .join_from(whole_members, account_sync, _SYNC.account_id == whole_members.c.account_id)
    .where(whole_members.c.whole_id == bindparam("whole"))
)


class SqlCharts:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ground(self, account_id: int) -> ChartGround:
        """What the charts of an account rest on now."""
        (row,) = self._rows(_ACCOUNT_GROUND, {"account": account_id})
        return ChartGround(*tuple(row))

    def standing(self, account_id: int, made_by: str) -> set[int]:
        """The ranges whose stored bodies are as they would be made now."""
        rows = self._rows(_OF_ACCOUNT, {"account": account_id, "made_by": made_by})
        return {row.days for row in rows if _stands(row)}

    def find(self, environment: str, account_id: int | None, days: int, made_by: str) -> FoundChart | None:
        """The body of a range of an account, or of all of an environment; None where none stands."""
        asked = {"environment": environment, "days": days, "made_by": made_by}
        if account_id is None:
            rows = self._rows(_ONLY_ONE, asked)
            if not rows:
                return self._together(asked)
        else:
            rows = self._rows(_BY_ACCOUNT, asked | {"account": account_id})
        row = rows[0] if rows else None
        if row is None or not _stands(row):
            return None
        return FoundChart(
            body=ChartBody(row.content, row.digest),
            until_ms=row.until,
            refreshed_machine_ms=row.refreshed_machine,
            # As `SqlBalances.latest`: before the first valuation nothing is known of it.
            depegged=row.as_of is not None and row.depegged,
        )

    def _together(self, asked: dict[str, Any]) -> FoundChart | None:
        """The body of all accounts together: as old as the one of them that was refreshed first."""
        rows = self._rows(_TOGETHER, asked)
        row = rows[0] if rows else None
        if row is None or not _stands(row):
            return None
        first, told, members, depegged = self._connection.execute(_REFRESHED, {"whole": row.id}).one()
        body = ChartBody(row.content, row.digest)
        return FoundChart(body, row.until, first if told == members else None, bool(depegged))

    def _rows(self, statement: Select[Any], asked: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """What a statement about one account finds: on PostgreSQL in as few months as have its newest snapshot."""
        rows: Sequence[Row[Any]] = ()
        for stretch in stretches(self._connection, newest_first=True):
            since = 0 if stretch is None else stretch[0]
            rows = self._connection.execute(statement, {**asked, "since": since}).all()
            if not rows or rows[0].until is not None:
                break
        return rows

    def put(self, account_id: int, chart: StoredChart) -> None:
        """Put a body in the place of the one there is."""
        values: dict[str, Any] = {
            "made_by": chart.made_by,
            "ground": _text(astuple(chart.ground)),
            "start": chart.start_ms,
            "doubted": chart.doubted,
            "digest": chart.body.digest,
            "content": chart.body.kept,
        }
        statement = upsert(self._connection)(stored_charts).values(account_id=account_id, days=chart.days, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["account_id", "days"], set_=values))


def _stands(row: Row[Any]) -> bool:
    """Whether what a stored body rests on is as it was."""
    return row.ground == _text(row[: len(_GROUND)]) and bool(row.doubted) == bool(row.doubted_now)


def _text(ground: Iterable[object]) -> str:
    return json.dumps(list(ground))
