"""Runs and the journal of their orders. Every write is in the caller's transaction, which names the lease epoch."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from backend.core.model.amounts import plain, total
from backend.core.model.rebalancing import PlannedOrder
from backend.core.model.runs import (
    BLOCKING_RUNS,
    UNFINISHED_RUNS,
    Attempt,
    LegState,
    NewRun,
    Run,
    RunFill,
    RunLeg,
    RunState,
)
from backend.db.dialect import upsert
from backend.db.run_models import account_arming, run_attempts, run_fills, run_legs, runs

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade

# Attempts that count for what was sent today: the others certainly came to nothing.
CAME_TO_NOTHING: Final = ("REFUSED", "ABSENT")
PLANNED_FIELDS: Final = tuple(PlannedOrder.__dataclass_fields__)
# Columns of an attempt that have other names than its fields.
RENAMED: Final = {"stamp_ms": "stamp", "recv_window_ms": "recv_window"}


class SqlRuns:
    """Rows of one connection; nothing here commits. `now_ms` is this machine's clock."""

    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def create(self, run: NewRun, legs: Sequence[PlannedOrder], epoch: int | None) -> int:
        values = {
            "account_id": run.account_id,
            "environment": run.environment,
            "plan_id": run.plan_id,
            "plan_hash": run.plan_hash,
            "dry_run": run.dry_run,
            "source": run.source,
            "state": "queued",
            "portfolio": run.portfolio,
            "created": run.created_ms,
            "created_machine": self._now_ms(),
            "epoch": epoch,
            "request": run.request,
            "start_balances": json.dumps({asset: plain(amount) for asset, amount in run.start.items()}),
        }
        run_id = int(self._connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one())
        rows = [{"run_id": run_id, **asdict(leg), "state": "PLANNED"} for leg in legs]
        if rows:
            self._connection.execute(insert(run_legs), rows)
        return run_id

    def find(self, run_id: int) -> Run | None:
        row = self._connection.execute(select(runs).where(runs.c.id == run_id)).first()
        return None if row is None else _run(row)

    def of_plan(self, plan_id: str) -> Run | None:
        row = self._connection.execute(select(runs).where(runs.c.plan_id == plan_id)).first()
        return None if row is None else _run(row)

    def page(self, account_ids: Sequence[int], limit: int, before: int | None, is_open: bool = False) -> Sequence[Run]:
        query = select(runs).where(runs.c.account_id.in_(account_ids)).order_by(runs.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(runs.c.id < before)
        if is_open:
            query = query.where(runs.c.state.in_(BLOCKING_RUNS))
        return [_run(row) for row in self._connection.execute(query)]

    def progress(self, run_ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        orders = select(run_legs.c.run_id, func.count()).where(run_legs.c.run_id.in_(run_ids))
        fills = select(run_fills.c.run_id, func.count(run_fills.c.n.distinct())).where(run_fills.c.run_id.in_(run_ids))
        filled = {row[0]: row[1] for row in self._connection.execute(fills.group_by(run_fills.c.run_id))}
        counted = self._connection.execute(orders.group_by(run_legs.c.run_id))
        return {run_id: (count, filled.get(run_id, 0)) for run_id, count in counted}

    def leg_states(self, environment: str, newest: int) -> Mapping[LegState, int]:
        of_them = select(runs.c.id).where(runs.c.environment == environment).order_by(runs.c.id.desc()).limit(newest)
        query = select(run_legs.c.state, func.count()).where(run_legs.c.run_id.in_(of_them)).group_by(run_legs.c.state)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def unfinished(self, environment: str) -> Sequence[Run]:
        query = select(runs).where(runs.c.environment == environment, runs.c.state.in_(UNFINISHED_RUNS))
        return [_run(row) for row in self._connection.execute(query.order_by(runs.c.id))]

    def blocking(self, account_id: int) -> Run | None:
        query = select(runs).where(runs.c.account_id == account_id, runs.c.state.in_(BLOCKING_RUNS))
        row = self._connection.execute(query.where(~runs.c.dry_run).limit(1)).first()
        return None if row is None else _run(row)

    def begin(self, run_id: int, epoch: int) -> None:
        self._change(run_id, state="running", epoch=epoch)

    def end(self, run_id: int, state: RunState, reason: str | None, detail: str, finished_ms: int) -> None:
        self._change(run_id, state=state, reason=reason, detail=detail, finished=finished_ms)

    def ask_stop(self, run_id: int) -> None:
        self._change(run_id, stop_asked=True)

    def legs(self, run_id: int) -> Sequence[RunLeg]:
        query = select(run_legs).where(run_legs.c.run_id == run_id).order_by(run_legs.c.n)
        return [_leg(row) for row in self._connection.execute(query)]

    def set_leg(self, run_id: int, n: int, state: LegState, error: str | None = None, detail: str = "") -> None:
        own = (run_legs.c.run_id == run_id, run_legs.c.n == n)
        self._connection.execute(update(run_legs).where(*own).values(state=state, error=error, detail=detail))

    def attempts(self, run_id: int) -> Sequence[Attempt]:
        table = run_attempts.c
        query = select(run_attempts).where(table.run_id == run_id).order_by(table.n, table.attempt)
        return [_attempt(row) for row in self._connection.execute(query)]

    def add_attempt(self, attempt: Attempt) -> None:
        values = {RENAMED.get(name, name): value for name, value in asdict(attempt).items()}
        self._connection.execute(insert(run_attempts).values(values))

    def change_attempt(self, attempt: Attempt) -> None:
        table = run_attempts.c
        own = (table.run_id == attempt.run_id, table.n == attempt.n, table.attempt == attempt.attempt)
        told = {
            "state": attempt.state,
            "order_id": attempt.order_id,
            "executed": attempt.executed,
            "executed_quote": attempt.executed_quote,
            "error": attempt.error,
        }
        self._connection.execute(update(run_attempts).where(*own).values(told))

    def add_fills(self, account_id: int, run_id: int, n: int, trades: Sequence[AccountTrade]) -> int:
        added = 0
        for trade in trades:
            fill = trade.fill
            values = {
                "account_id": account_id,
                "symbol": fill.symbol,
                "trade_id": fill.trade_id,
                "run_id": run_id,
                "n": n,
                "order_id": trade.order_id,
                "side": "BUY" if trade.buyer else "SELL",
                "price": fill.price,
                "quantity": fill.quantity,
                "quote": trade.quote_quantity,
                "commission": fill.commission,
                "commission_asset": fill.commission_asset,
                "at": trade.at_ms,
            }
            statement = upsert(self._connection)(run_fills).values(values).on_conflict_do_nothing()
            added += self._connection.execute(statement).rowcount
        return added

    def fills(self, run_id: int) -> Sequence[RunFill]:
        table = run_fills.c
        query = select(run_fills).where(table.run_id == run_id).order_by(table.n, table.at, table.id)
        return [_fill(row) for row in self._connection.execute(query)]

    def sent_since(self, account_id: int, since_ms: int) -> Decimal:
        table = run_attempts.c
        query = (
            select(table.worth)
            .join(runs, runs.c.id == table.run_id)
            .where(runs.c.account_id == account_id, table.stamp >= since_ms, table.state.not_in(CAME_TO_NOTHING))
        )
        return total(list(self._connection.execute(query).scalars()))

    def sending(self, environment: str) -> int:
        query = (
            select(func.count())
            .select_from(run_attempts.join(runs, runs.c.id == run_attempts.c.run_id))
            .where(runs.c.environment == environment, run_attempts.c.state == "SENDING")
        )
        return int(self._connection.execute(query).scalar_one())

    def _change(self, run_id: int, **values: Any) -> None:
        self._connection.execute(update(runs).where(runs.c.id == run_id).values(values))


class SqlArming:
    """Until when accounts may trade."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def until(self, account_id: int) -> int | None:
        query = select(account_arming.c.until_machine).where(account_arming.c.account_id == account_id)
        return self._connection.execute(query).scalar()

    def set(self, account_id: int, until_machine_ms: int | None) -> None:
        self._connection.execute(delete(account_arming).where(account_arming.c.account_id == account_id))
        if until_machine_ms is not None:
            values = {"account_id": account_id, "until_machine": until_machine_ms}
            self._connection.execute(insert(account_arming).values(values))


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        account_id=row.account_id,
        environment=row.environment,
        plan_id=row.plan_id,
        plan_hash=row.plan_hash,
        dry_run=row.dry_run,
        source=row.source,
        state=row.state,
        reason=row.reason,
        detail=row.detail,
        portfolio=row.portfolio,
        created_ms=row.created,
        created_machine_ms=row.created_machine,
        finished_ms=row.finished,
        stop_asked=row.stop_asked,
        epoch=row.epoch,
        request=row.request,
        start={asset: Decimal(amount) for asset, amount in json.loads(row.start_balances).items()},
    )


def _leg(row: Row[Any]) -> RunLeg:
    planned = PlannedOrder(**{name: getattr(row, name) for name in PLANNED_FIELDS})
    return RunLeg(row.run_id, planned, row.state, row.error, row.detail)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(**{name: getattr(row, RENAMED.get(name, name)) for name in Attempt.__dataclass_fields__})


def _fill(row: Row[Any]) -> RunFill:
    return RunFill(
        run_id=row.run_id,
        n=row.n,
        symbol=row.symbol,
        side=row.side,
        trade_id=row.trade_id,
        order_id=row.order_id,
        price=row.price,
        quantity=row.quantity,
        quote=row.quote,
        commission=row.commission,
        commission_asset=row.commission_asset,
        at_ms=row.at,
    )
