"""Alerts and where their rules stand. Every write is in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from backend.core.model.alerts import Alert, AlertCounts, AlertKind, Delivery, NewAlert, RuleState, Told
from backend.db.alert_models import alert_outbox, alert_states, alerts
from backend.db.dialect import upsert


class SqlAlerts:
    """Rows of one connection and environment; nothing here commits."""

    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def add(self, alert: NewAlert) -> int | None:
        """The number of an alert that is new; None: its cause was told before."""
        told = alert.told
        statement = upsert(self._connection)(alerts).values(
            environment=alert.environment,
            account_id=alert.account_id,
            cause=alert.key,
            kind=told.kind,
            severity=alert.severity,
            at_machine=alert.at_ms,
            subject=told.subject,
            value=told.value,
            limit_value=told.limit,
            reason=told.reason,
            detail=told.detail,
            run_id=told.run_id,
        )
        known = statement.on_conflict_do_nothing(index_elements=["environment", "cause"])
        found: int | None = self._connection.execute(known.returning(alerts.c.id)).scalar()
        return found

    def page(
        self, environment: str, account_id: int | None, limit: int, before: int | None, unread: bool
    ) -> Sequence[Alert]:
        """The newest first, with what became of their messages; `before`: the id of the last one that was told."""
        table = alerts.c
        query = select(alerts).where(table.environment == environment)
        if account_id is not None:
            query = query.where(or_(table.account_id == account_id, table.account_id.is_(None)))
        if before is not None:
            query = query.where(table.id < before)
        if unread:
            query = query.where(table.read_machine.is_(None))
        rows = self._connection.execute(query.order_by(table.id.desc()).limit(limit)).all()
        sent = self._deliveries([row.id for row in rows])
        return [alert_of(row, tuple(sent.get(row.id, ()))) for row in rows]

    def unread(self, environment: str) -> int:
        table = alerts.c
        query = select(func.count()).where(table.environment == environment, table.read_machine.is_(None))
        return int(self._connection.execute(query).scalar_one())

    def counts(self, environment: str) -> AlertCounts:
        table, states = alerts.c, alert_states.c
        own = table.environment == environment
        query = select(table.kind, func.count(), func.count().filter(table.read_machine.is_(None))).where(own)
        rows = self._connection.execute(query.group_by(table.kind)).all()
        fired = select(states.rule).where(states.environment == environment, states.fired)
        firing = Counter(cast(AlertKind, rule.partition(":")[0]) for rule in self._connection.execute(fired).scalars())
        return AlertCounts({kind: all_ for kind, all_, _ in rows}, {kind: left for kind, _, left in rows}, firing)

    def mark_read(self, environment: str, ids: Sequence[int] | None, up_to: int | None) -> int:
        """Mark some as read, or all up to a number; returns how many were not."""
        table = alerts.c
        which = table.id.in_(ids) if ids is not None else table.id <= (0 if up_to is None else up_to)
        wanted = and_(table.environment == environment, table.read_machine.is_(None), which)
        return self._connection.execute(update(alerts).where(wanted).values(read_machine=self._now_ms())).rowcount

    def states(self, environment: str, rule: str, account_id: int) -> Sequence[RuleState]:
        table = alert_states.c
        own = (table.environment == environment, table.rule == rule, table.account_id == account_id)
        rows = self._connection.execute(select(alert_states).where(*own).order_by(table.subject))
        return [RuleState(row.rule, row.account_id, row.subject, row.fired, row.times, row.mark) for row in rows]

    def keep_state(self, environment: str, state: RuleState) -> None:
        key = {
            "environment": environment,
            "rule": state.rule,
            "account_id": state.account_id,
            "subject": state.subject,
        }
        values = {"fired": state.fired, "times": state.times, "mark": state.mark}
        statement = upsert(self._connection)(alert_states).values(key | values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))

    def arm(self, environment: str, kept: Sequence[str]) -> None:
        """Arm all rules but these anew: one that is switched off, or gone, has no memory but how often it fired."""
        table = alert_states.c
        gone = (table.environment == environment, table.rule.not_in(kept))
        self._connection.execute(update(alert_states).where(*gone).values(fired=False, mark=""))

    def forget_old(self, before_ms: int) -> None:
        """Drop alerts of before an instant that were read, with their messages."""
        table = alerts.c
        self._connection.execute(delete(alerts).where(table.at_machine < before_ms, table.read_machine.is_not(None)))

    def _deliveries(self, ids: Sequence[int]) -> dict[int, list[Delivery]]:
        table = alert_outbox.c
        found: dict[int, list[Delivery]] = {}
        for row in self._connection.execute(
            select(alert_outbox).where(table.alert_id.in_(ids)).order_by(table.alert_id, table.channel)
        ):
            found.setdefault(row.alert_id, []).append(delivery_of(row))
        return found


def delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(row.channel, row.state, row.tries, row.changed_machine, row.error)


def alert_of(row: Row[Any], deliveries: tuple[Delivery, ...] = ()) -> Alert:
    told = Told(row.kind, row.subject, row.value, row.limit_value, row.reason, row.detail, row.run_id)
    new = NewAlert(row.environment, row.account_id, row.cause, row.severity, row.at_machine, told)
    return Alert(row.id, new, row.read_machine is not None, deliveries)
