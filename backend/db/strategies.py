"""Clocks and due instants of automatic runs, and single conversions. Every write is in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select

from backend.core.flows import NOT_A_FLOW
from backend.core.model.strategies import QUIET, Conversion, NewDue, StrategyClock, StrategyDue
from backend.db.dialect import upsert
from backend.db.models import cash_flows
from backend.db.run_models import runs
from backend.db.strategy_models import conversion_history, strategy_clocks, strategy_dues

# Columns that have other names than the fields of their values.
RENAMED: Final = {
    "started_ms": "started",
    "last_due_ms": "last_due",
    "deposit_seen_ms": "deposit_seen",
    "due_ms": "due",
    "at_ms": "at",
}


class SqlStrategies:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clock(self, account_id: int) -> StrategyClock | None:
        query = select(strategy_clocks).where(strategy_clocks.c.account_id == account_id)
        row = self._connection.execute(query).first()
        return None if row is None else StrategyClock(**_fields(row, StrategyClock))

    def keep_clock(self, clock: StrategyClock) -> None:
        values = {RENAMED.get(name, name): value for name, value in asdict(clock).items()}
        statement = upsert(self._connection)(strategy_clocks).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))

    def newest_deposit(self, account_id: int) -> int | None:
        """Number of the newest deposit that is known; None: there is none."""
        table = cash_flows.c
        came = (table.account_id == account_id, table.type == "DEPOSIT", table.status != NOT_A_FLOW)
        found: int | None = self._connection.execute(select(func.max(table.id)).where(*came)).scalar()
        return found

    def add_due(self, due: NewDue) -> bool:
        values = {RENAMED.get(name, name): value for name, value in asdict(due).items()}
        key = ["account_id", "due"]
        statement = upsert(self._connection)(strategy_dues).values(values)
        anew = {name: value for name, value in values.items() if name not in (*key, "put_off")}
        waiting = strategy_dues.c.outcome == "put_off"
        return (
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=key, set_=anew, where=waiting)
            ).rowcount
            == 1
        )

    def knows_due(self, account_id: int, due_ms: int) -> bool:
        table = strategy_dues.c
        query = select(table.id).where(table.account_id == account_id, table.due == due_ms)
        return self._connection.execute(query).first() is not None

    def forget_quiet(self, account_id: int, before_ms: int) -> None:
        table = strategy_dues.c
        old = (table.account_id == account_id, table.due < before_ms, table.outcome.in_(QUIET))
        self._connection.execute(delete(strategy_dues).where(*old))

    def page(self, account_ids: Sequence[int], limit: int, before: int | None) -> Sequence[StrategyDue]:
        """The newest first; `before`: the id of the last one that was told."""
        query = select(strategy_dues).where(strategy_dues.c.account_id.in_(account_ids))
        if before is not None:
            query = query.where(strategy_dues.c.id < before)
        rows = self._connection.execute(query.order_by(strategy_dues.c.id.desc()).limit(limit))
        return [StrategyDue(**_fields(row, StrategyDue)) for row in rows]

    def last_automatic_ms(self, account_id: int) -> int | None:
        """When an automatic run began last, dry runs included, by this machine's clock."""
        table = strategy_dues.c
        query = select(func.max(table.at)).where(table.account_id == account_id, table.outcome == "run")
        found: int | None = self._connection.execute(query).scalar()
        return found

    def last_run_ms(self, account_id: int) -> int | None:
        """When the newest run that was no dry run and no conversion began, or ended, by this machine's clock."""
        table = runs.c
        own = (table.account_id == account_id, ~table.dry_run, table.source != "conversion")
        query = select(table.created, table.created_machine, table.finished).where(*own).order_by(table.id.desc())
        row = self._connection.execute(query.limit(1)).first()
        if row is None:
            return None
        # The exchange's clock may run fast or stand elsewhere: only how long it took is taken from it.
        took_ms = 0 if row.finished is None else max(row.finished - row.created, 0)
        return int(row.created_machine + took_ms)


class SqlConversions:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversion: Conversion) -> None:
        values = {
            "run_id": conversion.run_id,
            "account_id": conversion.account_id,
            "timestamp": conversion.at_ms,
            "from_asset": conversion.given,
            "to_asset": conversion.taken,
            "amount": conversion.amount,
            "expected": conversion.expected,
            "route": json.dumps(conversion.route),
        }
        self._connection.execute(insert(conversion_history).values(values))

    def page(self, account_ids: Sequence[int], limit: int, before: int | None) -> Sequence[Conversion]:
        """The newest first; `before`: the run of the last one that was told."""
        table = conversion_history.c
        query = select(conversion_history).where(table.account_id.in_(account_ids))
        if before is not None:
            query = query.where(table.run_id < before)
        return [
            Conversion(
                run_id=row.run_id,
                account_id=row.account_id,
                at_ms=row.timestamp,
                given=row.from_asset,
                taken=row.to_asset,
                amount=row.amount,
                expected=row.expected,
                route=tuple(json.loads(row.route)),
            )
            for row in self._connection.execute(query.order_by(table.run_id.desc()).limit(limit))
        ]


def _fields(row: Row[Any], kind: type[StrategyClock] | type[StrategyDue]) -> dict[str, Any]:
    return {name: getattr(row, RENAMED.get(name, name)) for name in kind.__dataclass_fields__}
